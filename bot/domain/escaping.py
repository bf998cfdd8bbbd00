"""People's words inside a sentence of ours: they may not become a mention, a link or a call to a whole channel."""


def escape(text: str) -> str:
    """The three characters that Slack's text gives a meaning to."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    """Text as it was typed, from text as Slack's events carry it."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
