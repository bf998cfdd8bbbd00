"""What a document must be beside well-formed, so that a database takes it and the rules can read it afterwards."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from typing import Any

from bot.domain.bank import Bank, Role
from bot.domain.checking import malformed
from bot.domain.project import Project, Version

from .snapshots import MalformedSnapshot, pointer

Path = tuple[str | int, ...]

YEARS = range(2000, 2200)
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
_LONGEST = {**dict.fromkeys(("team", "channel", "started_by", "user", "by", "to", "ts"), 32), "zone": 64}


def must_be_text(document: Any) -> None:
    """Raises MalformedSnapshot at the first text that holds what no database takes: NUL, half a character."""
    for path, value in _parts(document, ()):
        if any(_UNSTORABLE.search(text) for text in (*path, value) if isinstance(text, str)):
            place = pointer(path).encode("ascii", "backslashreplace").decode()
            raise MalformedSnapshot(place, "text without NUL and half characters")


def must_fit(project: Project, versions: Iterable[Version], bank: Bank) -> None:
    """Raises MalformedSnapshot where a moment, a number or an id is none that the bot could have written."""
    for place, expected in (*_wrong(project, ("project",)), *_wrong(list(versions), ("versions",))):
        raise MalformedSnapshot(pointer(place), expected)
    for place, expected in (*_odd(project, bank), *_unreadable(project, bank)):
        raise MalformedSnapshot(pointer(place), expected)


def _wrong(whole: Any, place: Path) -> Iterator[tuple[Path, str]]:
    for path, value in _parts(whole, place):
        longest = _LONGEST.get(str(path[-1]))
        if isinstance(value, datetime) and (value.tzinfo is None or value.year not in YEARS):
            yield path, f"a moment with its zone, from {YEARS[0]} to {YEARS[-1]}"
        elif longest and isinstance(value, str) and len(value) > longest:
            yield path, f"at most {longest} characters"


def _odd(project: Project, bank: Bank) -> Iterator[tuple[Path, str]]:
    plan, weeks = project.digest, project.pulse_weeks
    if not (plan.day is None or 1 <= plan.day <= 7) or not 0 <= plan.hour <= 23:
        yield ("project", "digest"), "a day from 1 to 7 or null, and an hour from 0 to 23"
    if weeks is not None and not 1 <= weeks <= 52:
        yield ("project", "pulse_weeks"), "a number from 1 to 52, or null"
    for role in Role:
        if role not in project.interviews:
            yield ("project", "interviews"), f"an interview of {role.value}"
        elif (asked := project.interviews[role].asked) is not None and asked not in bank.by_id:
            yield ("project", "interviews", role.value, "asked"), f"a question of bank version {bank.version}"


def _unreadable(project: Project, bank: Bank) -> Iterator[tuple[Path, str]]:
    """Answers that count and are none; of lists of inputs the rest of the document says nothing."""
    for id, answer in project.answers.items():
        for problem in malformed(bank[id], answer.value) if id in bank.by_id else ():
            yield ("versions", id, *problem.pointer.split("/")[1:]), problem.expected


def _parts(whole: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    """Everything in it that has no parts itself."""
    inside: Iterable[tuple[Any, Any]]
    if is_dataclass(whole):
        inside = ((field.name, getattr(whole, field.name)) for field in fields(whole))
    elif isinstance(whole, Mapping):
        inside = whole.items()
    elif isinstance(whole, list | tuple):
        inside = enumerate(whole)
    else:
        yield path, whole
        return
    for name, part in inside:
        yield from _parts(part, (*path, name))
