"""What can go wrong: for the app (ApiError), and for a person at the keyboard (the rest)."""

from typing import Any


class ApiError(Exception):
    """The answer `{"ok": false, "error": code}` of a Web API method."""

    def __init__(self, code: str, **details: Any) -> None:
        super().__init__(code)
        self.code = code
        self.details = details


class InvalidBlocks(ApiError):
    def __init__(self, problems: list[str], code: str = "invalid_blocks") -> None:
        super().__init__(code, response_metadata={"messages": problems})


class RefusedByClient(Exception):
    """A person tried what Slack's own client does not let people do."""


class NoSuchControl(RefusedByClient):
    """Nothing with that label can be clicked or filled in there."""


class NotFilledIn(RefusedByClient):
    """What the client marks in red before a form is sent, by the id of the block."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__("; ".join(errors.values()))
        self.errors = errors


class FieldErrors(Exception):
    """The app sent a submission back with errors, by the label of the input; `by_block` by the id of its block."""

    def __init__(self, errors: dict[str, str], by_block: dict[str, str] | None = None) -> None:
        super().__init__("; ".join(f"{label}: {text}" for label, text in errors.items()))
        self.errors, self.by_block = errors, by_block or {}
