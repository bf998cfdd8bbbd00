"""Errors whose text a person may read: it says what is wrong and what to do next."""


class BotError(Exception):
    """Something a person can be told about; its text is shown to them."""


class FieldErrors(BotError):
    """A submitted form that needs a correction: {input name: sentence}. Nothing of it was stored."""

    def __init__(self, fields: dict[str, str]) -> None:
        super().__init__(" ".join(fields.values()))
        self.fields = fields
