"""What is wrong with a form."""


class Wrong(Exception):
    """What stands at which input; nothing of the form was stored."""

    def __init__(self, errors: dict[str, str]) -> None:
        self.errors = errors
