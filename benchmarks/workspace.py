"""The workspace that all processes of a run agree on."""

HOST = "127.0.0.1"
TEAM = "T1"
SECRET, TOKEN = "bench-signing-secret", "xoxb-bench"
