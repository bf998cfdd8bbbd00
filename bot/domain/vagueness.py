"""Whether a text leaves room (alignment model, 3.9): a reason to ask once and never a verdict, as words are crude."""

import re
from collections.abc import Iterator, Mapping

from .answers import Value
from .bank import Question, Type
from .encoding import TEXTS, is_number

Words = frozenset[str]


def _set(listed: str) -> Words:
    return frozenset(listed.split())


def _phrases(listed: str) -> Words:
    return frozenset(listed.split("|"))


# ------------------------------------------------------------------ all word lists
PLACEHOLDERS = _phrases(
    "tbd|tba|tbc|todo|n/a|na|none|idk|later|soon|asap|to be decided|to be defined|to be determined|see doc|see docs"
    "|see the doc|see document|not yet|nothing|unknown|wip|pending|same|ditto|as above|see above"
)
STOP = _set(
    "a about all also an and any are as at be been being both but by can could did do does done each either else every"
    " for from get gets give had has have he her his how i if in into is it its just let like make makes many may me"
    " might more most much must my need needs no not of on once one only or other our out over own per rather shall she"
    " should so some such than that the their them then there these they this those through to too under until up us"
    " use used uses using very want wants was way we well were what when where which while who will with within would"
    " you your"
)
WEAK = _set(
    "accurate accurately adequate appropriate best better big bigger clean correct decrease easier easy efficient"
    " enhance enhanced excellent fast faster fewer fine flexible good great greatly happier happy helpful high higher"
    " ideal improve improved improvement improvements improves improving increase increased increases intelligent less"
    " lot lots low lower maximise maximize minimise minimize modern nice optimal optimise optimised optimize optimized"
    " properly quick quicker quickly raise real realtime real-time reduce reduces relevant reliable robust scalable"
    " seamless significant significantly smart smarter smooth state-of-the-art strong substantial sufficient useful"
    " worse"
)
GENERIC = _set(
    "ai algorithm app application business customer customers data engagement everyone everything experience"
    " feature features goal goals impact kpi metric metrics ml model models outcome outcomes performance platform"
    " prediction predictions process processes product products quality result results satisfaction service solution"
    " someone something stakeholders success system things thing user users value"
)

LINK = re.compile(r"<?https?://\S+>?")
WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*%?|%")
IDEOGRAPHS = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
PERCENT = frozenset({"%", "percent", "per cent", "pct", "percentage"})

EMPTY = "it is still empty"
PLACEHOLDER = "it is still a placeholder"
TOO_SHORT = "a few more words would make it clear"
ONLY_GENERAL = "it has only general words so far"
COPIED = "it is word for word another answer"
ECHO = "it mostly repeats the question"

EXAMPLES: Mapping[str, str] = {
    "pm.user_decision": "Support agents see a late-risk flag on the order page and call those customers first.",
    "pm.success_metric": "share of orders delivered on time",
    "pm.success_target": "from 91 to 95 % of orders, by 1 March",
    "pm.error_cost": "a false alarm costs 15 minutes of a support agent, a miss about 20 € in refunds",
    "ml.target": "whether an order will be late, for each order, when it is placed",
    "ml.optimise": "recall at 5 % false alarms on last month's orders",
    "eng.feasible": "only if we get the location stream by May",
    "ml.feasibility_test": "label 200 orders and see whether a simple model beats today's rule",
    "ml.v1_gain": "finds 8 % more late orders than the simple tree on the same month",
}
CHECKED_PARTS: Mapping[str, str] = {
    "pm.success_metric": "metric",
    "pm.error_cost": "cost",
    "eng.feasible": "because",
    "ml.feasibility_test": "test",
    "ml.v1_gain": "gain",
}
JOINED_PARTS: Mapping[str, tuple[str, ...]] = {"ml.target": ("predicts", "per", "when")}


def vague(question: Question, value: Value, *, others: Mapping[str, Value]) -> str | None:
    """Why an answer leaves room, as the end of "…: {reason}"; None if it is clear or not for words to judge.

    `others` are the project's answers by question id, in which a copied text is looked for.
    """
    if isinstance(value, Mapping) and {"unknown", "na", "not_measured"} & value.keys():
        return None
    text = checked_text(question, value)
    reason = _wording(question, text, others) if text is not None else None
    return reason or impossible(question, value)


def checked_text(question: Question, value: Value) -> str | None:
    """The words of an answer that are looked at, if any are."""
    if question.type in TEXTS:
        return value if isinstance(value, str) else None
    if not isinstance(value, Mapping) or value.get("verdict") in ("yes", "not_sure"):
        return None  # a yes needs no reason, and "not sure" has none yet
    if question.id in JOINED_PARTS:
        return " ".join(str(value[p]) for p in JOINED_PARTS[question.id] if value.get(p))
    part = CHECKED_PARTS.get(question.id)
    return str(value.get(part) or "") if part else None


def says_nothing(text: str) -> bool:
    """Whether a part that only has to be there is empty or still a placeholder; a bare link says where."""
    return not _words(text) or _straight(text) in PLACEHOLDERS


def _wording(question: Question, text: str, others: Mapping[str, Value]) -> str | None:
    reason = _text_reason(text, long=question.type is Type.LONG_TEXT)
    if reason:
        return reason
    words = _words(text)
    if len(words) >= 4 and any(_words(other) == words for other in _texts(question.id, others)):
        return COPIED
    return ECHO if _echoes(words, question) else None


def _text_reason(text: str, *, long: bool) -> str | None:
    words = _words(text)
    if not text.strip():
        return EMPTY
    if says_nothing(text) or LINK.fullmatch(text.strip()):
        return PLACEHOLDER
    if IDEOGRAPHS.search(text):
        return None  # the counts below are for languages that put spaces between words
    digit = any(c.isdigit() for c in text)
    if len(words) < 5 if long else len(words) < 2 and not digit:
        return TOO_SHORT
    if not digit and len(_concrete(words)) < (2 if long else 1):
        return ONLY_GENERAL
    return None


def _echoes(words: list[str], question: Question) -> bool:
    content = {word for word in words if word not in STOP}
    asked = set(_words(question.ask))
    return bool(content) and len(content & asked) >= 0.7 * len(content)


def _words(text: str) -> list[str]:
    return WORD.findall(text.casefold().replace("’", "'"))


def _straight(text: str) -> str:
    return " ".join(text.casefold().split()).strip(" .,;:!?…()[]*_~`\"'")


def _concrete(words: list[str]) -> list[str]:
    return [w for w in words if w not in STOP and w not in WEAK and w not in GENERIC]


def _texts(id: str, others: Mapping[str, Value]) -> Iterator[str]:
    for other, value in others.items():
        if other != id:
            yield from _leaves(value)


def _leaves(value: Value) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping | list):
        for part in value.values() if isinstance(value, Mapping) else value:
            yield from _leaves(part)


def impossible(question: Question, value: Value) -> str | None:
    """Why a number cannot be so, as the end of "…: {reason}"; None for any that can, and for what holds none."""
    if question.type is Type.QUANTITY and isinstance(value, Mapping):
        return "it must be more than zero" if is_number(value.get("value")) and value["value"] <= 0 else None
    if not isinstance(value, Mapping):
        return None
    return _impossible_target(value) if question.id == "pm.success_target" else _impossible_weeks(question, value)


def _impossible_target(value: Mapping[str, Value]) -> str | None:
    current, target = value.get("current"), value.get("target")
    if is_number(current) and current == target:
        return "the target is today's value"
    percent = _straight(str(value.get("unit") or "")) in PERCENT
    if percent and any(is_number(n) and not 0 <= n <= 100 for n in (current, target)):
        return "a percentage lies between 0 and 100"
    return None


def _impossible_weeks(question: Question, value: Mapping[str, Value]) -> str | None:
    weeks = [value.get(f.name) for f in question.fields if f.type is Type.WEEKS]
    if any(is_number(w) and w <= 0 for w in weeks):
        return "it must be more than zero weeks"
    likely, worst = value.get("likely"), value.get("worst")
    if is_number(likely) and is_number(worst) and worst < likely:
        return "going badly cannot take less than what is likely"
    return None
