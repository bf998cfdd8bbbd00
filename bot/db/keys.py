"""Keys under which something happens once, as they are stored."""

from hashlib import sha256

LONGEST = 255


EVENT = "event:"
"""How the key of an event begins. Of all that Slack delivers only events are delivered again."""


def fitting(key: str) -> str:
    """A key cut to the length of its column so that no two of them become one."""
    if len(key) <= LONGEST:
        return key
    digest = sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{key[: LONGEST - len(digest) - 1]}:{digest}"
