"""The stand-in as a page in the browser: the real bot beside it, and anybody plays every role. Loopback only."""
