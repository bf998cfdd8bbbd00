"""Words as they are compared, and the set phrases that are answers by themselves."""

import re
import unicodedata
from collections.abc import Iterator

from bot.domain.bank import Question

from .results import DontKnow, NotApplicable, NotMeasured, Reading, Skip


def phrases(listed: str) -> frozenset[str]:
    return frozenset(listed.split("|"))


DONT_KNOW = phrases(
    "i don't know|don't know|i dont know|dont know|i do not know|do not know|idk|dunno|i dunno|no idea|i have no idea"
    "|no clue|i have no clue|not sure|i'm not sure|im not sure|unknown|can't say|i can't say|i cannot say"
)
SKIP = phrases("skip|skip it|skip this|skip this one|skip for now|skip it for now|later|ask me later")
NOT_APPLICABLE = phrases("n/a|na|n.a.|n.a|not applicable|does not apply|doesn't apply|not relevant")
NOT_MEASURED = phrases(
    "not measured|not measured yet|haven't measured|haven't measured it|haven't measured yet|we haven't measured it"
    "|we haven't measured it yet|unmeasured|nobody measured it|nobody has measured it"
)
YES = phrases("yes|y|yep|yeah|yup|sure|of course|definitely|true|correct")
NO = phrases("no|n|nope|nah|false|not yet|not at all|no not yet")
NOBODY = phrases("nobody|none|no one|noone|no body|nobody yet|no one yet|none yet")
NOTHING = phrases("none|no|nothing|nope|none yet|nothing yet|no none|empty|an empty list|not yet")
AROUND = phrases("sorry|hmm|hm|um|honestly|yet|really|actually|tbh|currently|now|please|but|well|it|that")
NEGATIONS = re.compile(r"\b(not|no|never|none|nobody|without|cannot)\b|n't\b")
LOOSE = phrases(
    "a|about|actually|again|and|approximately|approx|around|at|be|better|by|ca|circa|correction|due|each|every|fine"
    "|first|for|good|i|i'd|i'm|in|is|it|it's|its|just|last|latest|less|like|likely|make|max|maximum|maybe|mean|more"
    "|most|no|of|ok|okay|on|once|or|over|perhaps|please|probably|rather|roughly|say|should|so|sorry|than|that|the"
    "|think|this|to|total|under|until|up|upto|we|well|within|would|before"
)
"""Words that add nothing to a value beside them."""


LONGEST_VALUE = 1000
"""Longer texts are prose: a number or a choice somewhere in them is not the answer."""


def straight(text: str) -> str:
    """Lower case, plain quotes and dashes, one space between words."""
    text = text.replace("’", "'").replace("‘", "'").replace("“", '"').replace("”", '"')
    return " ".join(text.casefold().split())


def bare(text: str) -> str:
    """Letters and digits only, in lower case, for comparing labels."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    words = "".join(c if c.isalnum() or unicodedata.combining(c) else " " for c in plain).split()
    return " ".join(words)


def only_loose(text: str) -> bool:
    """Whether nothing in a text says more than the value it surrounds."""
    return all(word in LOOSE for word in re.findall(r"[^\W_]+(?:'\w+)?", straight(text)))


def no_words(text: str) -> bool:
    return not any(c.isalnum() for c in text)


def negated(text: str) -> bool:
    return NEGATIONS.search(straight(text)) is not None


def key(text: str) -> str:
    """Words that a pattern found regardless of case, as the tables have them (Turkish has two more letters i)."""
    return " ".join(text.casefold().replace("\u0307", "").replace("ı", "i").split())


def set_phrase(question: Question, text: str) -> Reading | None:
    """What an exact phrase such as "I don't know" or "skip" stands for."""
    for phrase in _without_frills(straight(text)):
        if question.not_measured and phrase in NOT_MEASURED:
            return NotMeasured()
        if question.na and phrase in NOT_APPLICABLE:
            return NotApplicable()
        if phrase in DONT_KNOW:
            return DontKnow()
        if phrase in SKIP:
            return Skip()
    return None


def _without_frills(text: str) -> Iterator[str]:
    """The text, and what is left of it without "sorry", "yet" and the like around it."""
    words = [w for w in (word.strip(".,;:!?…*_~\"'()") for word in text.split(" ")[:12]) if w]
    while words and words[0] in AROUND:
        words.pop(0)
    yield " ".join(words)
    while words and words[-1] in AROUND:
        words.pop()
        yield " ".join(words)
