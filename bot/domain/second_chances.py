"""What is said to words that leave something open: once, friendly, and never in the way."""

from collections.abc import Sequence

from .bank import Field, Question, Type
from .escaping import escape
from .messages import Note
from .vagueness import EXAMPLES
from .wording import name_of

BLOCKING = "The kickoff needs this one, so I can't skip it. “I don't know” is fine, too: then we find who does."
MOST_NAMED = 5  # choices that a sentence can list
CLOSED_LIST = "Kept. Press Answer to fill in the rest of each line, then “That's all” on the question."


def leaves_room(question: Question, reason: str) -> str:
    example = EXAMPLES.get(question.id, "").rstrip(".")
    such = f" For example: “{example}”." if example else ""
    return f"Kept, thank you. One thing: {reason}.{such} Press Answer to say more, or just go on."


def leave_room(questions: Sequence[Question]) -> str:
    """The same for several answers of one form."""
    named = _listed([f"“{question.title}”" for question in questions])
    return f"All kept, thank you. {named} would each gain from one concrete detail: Edit adds it, or just go on."


def still_missing(question: Question, missing: Sequence[Field]) -> str:
    if question.type is Type.ROWS:
        return CLOSED_LIST
    return f"Kept. Still missing: {_listed([_with_choices(field) for field in missing])}. Reply here, or press Answer."


def _with_choices(field: Field) -> str:
    labels = " / ".join(option.label for option in field.options)
    return f"“{name_of(field)}”" + (f" ({labels})" if labels and len(field.options) <= MOST_NAMED else "")


def thanks_for_help(question: Question, by: str) -> Note:
    """To somebody who helped out by a reply: what was made of their words."""
    title = escape(question.title)
    return Note(f"Thank you, <@{by}>! I put that under *{title}*. Edit or delete your message to change it.")


def which_one(by: str) -> Note:
    """To somebody who was asked to help with several questions."""
    return Note(f"<@{by}>, more than one question is with you here. Press *Answer* on the one that you mean, please.")


def _listed(words: Sequence[str]) -> str:
    """a, b and c"""
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))
