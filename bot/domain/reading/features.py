"""A line about an input of the model: "avg location last 5 min, per user, fresh within 30 s, must"."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.answers import Value
from bot.domain.bank import Field, Type

from . import feature_words as w
from .forms import unmistakable
from .quantities import find_quantity
from .results import Found
from .words import LONGEST_VALUE, bare, key, negated, no_words, only_loose

NAME_ENDS = re.compile(r"(?<!\d),|,(?!\d)|[;|]")
WITHIN_NAME = re.compile(r"\s[-–—]+\s|:\s|\s\(")
WRAPPED = re.compile(r"[*_~`\"'“”„]+(.*?[^*_~`\"'“”„])[*_~`\"'“”„]+")
LONGEST_WRAPPED = 200  # a longer one is no name anyway
BARE = "a length of time"  # heard, but not what it is the length of
OVER_TIME = "over time"  # heard, but not how long
Said = list[tuple[str, Value]]


@dataclass(frozen=True, slots=True)
class Line:
    name: str
    parts: Mapping[str, Value]
    whole: bool  # whether the parts hold all that the line says


def describe_inputs(fields: Sequence[Field]) -> bool:
    """Whether rows of these fields are inputs of the model."""
    return {"name", "transform", "freshness_needed"} <= {f.name for f in fields}


def read_line(fields: Sequence[Field], line: str, today: date) -> Line:
    """The name, and whatever can only mean one thing; two readings of a field are none."""
    name, tail = split(line)
    if len(tail) > LONGEST_VALUE:
        return Line(name, {}, False)
    name, behind = _ends_early(name, fields, today)
    said, rest = _heard(fields, ", ".join(filter(None, [behind, tail])), today)
    parts = _decided(fields, said, name)
    kept = all(value in parts.values() if of == BARE else of in parts for of, value in said if of != OVER_TIME)
    return Line(name, parts, kept and only_loose(rest))


def split(line: str) -> tuple[str, str]:
    """The name, without what only sets it off, and what stands behind it."""
    end = NAME_ENDS.search(line)
    name, tail = (line[: end.start()], line[end.end() :]) if end else (line, "")
    wrapped = WRAPPED.fullmatch(name.strip()) if len(name) <= LONGEST_WRAPPED else None
    return (wrapped[1] if wrapped else name).strip(), tail.strip()


def _ends_early(name: str, fields: Sequence[Field], today: date) -> tuple[str, str]:
    """ "home zip code (must)" ends before what is no part of a name; what tells two names apart stays in them."""
    end = WITHIN_NAME.search(name)
    if end is None or no_words(name[: end.start()]):
        return name, ""
    behind = name[end.end() :].strip().removesuffix(")")
    said, rest = _heard(fields, behind, today)
    apart = {of for of, _ in said} <= {"entity", "importance", "freshness_needed"}
    return (name[: end.start()].strip(), behind) if said and apart and no_words(rest) else (name, "")


def _heard(fields: Sequence[Field], text: str, today: date) -> tuple[Said, str]:
    """Everything that clauses say of the fields, and the words that say nothing."""
    named = unmistakable([f for f in fields if f.type is Type.CHOICE], text, today)
    said: Said = list(named.parts.items())
    left: list[str] = []
    for clause in w.CLAUSE_ENDS.split(named.rest):
        more, rest = _clause(fields, " ".join(clause.split()))
        said += more
        left.append(rest)
    known = {f.name for f in fields} | {BARE, OVER_TIME}
    foreign = [str(value) for of, value in said if of not in known]
    return [one for one in said if one[0] in known], " ".join([*left, *foreign])


def _clause(fields: Sequence[Field], text: str) -> tuple[Said, str]:
    for pattern, value in ((w.AFTER, "no"), (w.BEFORE, "yes")):
        if pattern.search(text):
            return [("at_prediction", value)], pattern.sub(" ", text, count=1)
    text = w.NOT_OLDER.sub("at most", text)
    if negated(text):
        return [], text
    plain = w.LABEL.sub("", text)
    said, rest = _importance(plain)
    for reader in (_entity, lambda words: _length(fields, words), _kinds):
        more, rest = reader(rest)
        said += more
    if ("importance" in dict(said)) and not only_loose(rest):  # "they hate must" is no clause that ends in a "must"
        return [], plain
    return said, rest


def _importance(text: str) -> tuple[Said, str]:
    for id, pattern in w.IMPORTANCE.items():
        if pattern.search(text) and only_loose(pattern.sub(" ", text)):
            return [("importance", id)], ""
    for id, pattern in w.AT_THE_END.items():
        if pattern.search(text):
            return [("importance", id)], pattern.sub("", text)
    return [], text


def _entity(text: str) -> tuple[Said, str]:
    if bare(text) in w.ENTITIES:
        return [("entity", text.strip())], ""
    for pattern in (w.ENTITY_FIRST, w.BY_FIRST, w.ENTITY_LAST):
        match = pattern.search(text)
        if match and is_entity(match["what"]):
            return [("entity", match["what"].strip())], text[: match.start()]
    return [], text


def is_entity(text: str) -> bool:
    words = bare(text).split()
    short = 0 < len(words) <= w.MOST_ENTITY_WORDS and len(text) <= w.LONGEST_ENTITY
    return short and words[0] not in w.NO_ENTITY and not any(c.isdigit() for c in text) and not w.FRESH.search(text)


def _length(fields: Sequence[Field], text: str) -> tuple[Said, str]:
    """A length of time with what it is the length of."""
    slot = next((f for f in fields if f.name == "freshness_needed"), None)
    if slot is None:
        return [], text
    over = _over_time(text)
    words = w.HALF_HOUR.sub("30 min", w.ONE_LENGTH.sub(r"\g<cue> 1 ", w.RHYTHMS.sub(_as_length, text)))
    found = find_quantity(slot, words)
    if not isinstance(found, Found) or w.LATE.search(words) or w.OLDER.search(words):
        return [], text
    if w.FRESH.search(words):
        fresh = w.FINE.sub(" ", w.WINDOW.sub(" ", w.AT_MOST.sub(" ", w.FRESH.sub(" ", found.rest))))
        return ([], text) if over else ([("freshness_needed", found.value)], fresh)
    if over or w.WINDOW.search(words):
        return [("window", found.value)], w.WINDOW.sub(" ", found.rest)
    rest = w.FINE.sub(" ", w.AT_MOST.sub(" ", found.rest))
    if not only_loose(rest):
        return [], text
    sure = w.AT_MOST.search(words) or w.FINE.search(words)
    return [("freshness_needed" if sure else BARE, found.value)], ""


def _as_length(match: re.Match[str]) -> str:
    return w.LENGTHS[key(match["rhythm"] or match["unit"])]


def _over_time(text: str) -> bool:
    return any(w.KINDS[id].search(text) for id in w.OVER_TIME) or w.NEXT_TO.search(text) is not None


def _kinds(text: str) -> tuple[Said, str]:
    found = [(id, pattern) for id, pattern in w.KINDS.items() if pattern.search(text)]
    made = [id for id, _ in found if id not in w.CONTENT] or [id for id, _ in found]
    said: Said = [("transform", id) for id in made]
    if w.NEXT_TO.search(text):
        said.append((OVER_TIME, True))
    for pattern in (*(pattern for _, pattern in found), w.NEXT_TO):
        text = pattern.sub(" ", text)
    return said, text


def _of_name(fields: Sequence[Field], name: str) -> Said:
    """What a name says by itself, as "avg_location_5min" does."""
    words = " ".join(name.replace("_", " ").split())
    per = w.ENTITY_IN_NAME.search(words)
    said: Said = [("entity", per["what"])] if per and bare(per["what"]) in w.ENTITIES else []
    if not w.FRESH.search(words):
        lengths, words = _length(fields, words)
        said += [one for one in lengths if one[0] == "window"]
    return said + _kinds(words)[0]


def _decided(fields: Sequence[Field], said: Said, name: str) -> dict[str, Value]:
    """One value for each field that has exactly one reading; the name is heard where the clauses are silent."""
    spoken = {of for of, _ in said}
    every = [*said, *(one for one in _of_name(fields, name) if one[0] not in spoken)]
    every += _placed(every)
    over = any(of in ("window", OVER_TIME) for of, _ in every)
    parts: dict[str, Value] = {}
    for field in fields:
        readings = _readings(every, field.name)
        if len(readings) == 1 and (field.name != "transform" or over or readings[0] not in w.OVER_TIME):
            parts[field.name] = readings[0]
    return parts


def _placed(said: Said) -> Said:
    """A length of time that says no more is what only one field is left for."""
    lengths, fresh, windows = (_readings(said, of) for of in (BARE, "freshness_needed", "window"))
    kinds = _readings(said, "transform")
    over = any(kind in (*w.OVER_TIME, "sequence") for kind in kinds)
    if len(lengths) != 1:
        return []
    if not fresh and (len(windows) == 1 or (kinds and not over)):
        return [("freshness_needed", lengths[0])]
    return [("window", lengths[0])] if len(fresh) == 1 and not windows and over else []


def _readings(said: Said, of: str) -> list[Value]:
    found: list[Value] = []
    for name, value in said:
        if name == of and value not in found:
            found.append(value)
    return found
