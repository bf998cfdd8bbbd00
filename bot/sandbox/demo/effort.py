"""What a kickoff asks of each person: prompts, and presses of a button. Counted as they act, kept within bounds."""

from dataclasses import dataclass

MOST_PROMPTS = {"ana": 13, "mei": 18, "raj": 20}


@dataclass
class Effort:
    prompts: int = 0  # questions, further rows and pages of a form, things to confirm or choose
    presses: int = 0  # of a button, a choice on a message, or a form's Save

    def __str__(self) -> str:
        return f"{self.prompts} prompts, {self.presses} clicks"


def too_much(spent: dict[str, Effort]) -> str:
    """Who was asked more than is fair, in words; "" where nobody was."""
    over = (f"{who}: {spent[who].prompts} prompts" for who, most in MOST_PROMPTS.items() if spent[who].prompts > most)
    return "; ".join(over)
