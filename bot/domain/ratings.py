"""Each input as people are told of it: how hard it is to have and why, and what the model needs beside what it gets."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from .answers import Value, is_not_applicable, is_unknown
from .as_snapshot import features, snapshot_of, today
from .authority import confirmed
from .bank import Bank, Question
from .coverage import LISTED, SURVEY
from .durations import as_said, plain_number, seconds
from .inputs import Alternative, Level, Reason, Risk, Serving, Surveyed, Weeks, build_weeks, survey
from .inputs.difficulty import level
from .inputs.simpler import alternative
from .messages.talking import InputRating
from .project import Project
from .snapshot import Snapshot
from .veil import covered, lifted, seen

VEILED = "🔒"


@dataclass(frozen=True, slots=True)
class Rating:
    """One input; texts are "" where nothing is said, and a lock where it may not be seen yet."""

    name: str
    importance: str
    source: str
    source_kind: str  # in words
    in_production: str  # in words
    difficulty: Level
    reasons: tuple[Reason, ...]
    risk: Risk
    weeks: Weeks | None  # None: nothing to say before it is surveyed
    need: str  # the oldest that the value may be
    offer: str  # how old it is
    read_ms: str
    owner: str
    alternative: Alternative | None


def of(project: Project, bank: Bank, now: datetime | None = None) -> tuple[Rating, ...]:
    """One rating an input, in the order of the list; what is still blind is in none of them."""
    snapshot = confirmed(snapshot_of(project, today(project, now or project.started_at)), bank)
    where, budget = (_said(snapshot, id) for id in ("eng.serving", "eng.latency_budget"))
    serving = Serving(where, seconds(budget))
    rated = (_told(survey(seen(record, bank), serving), serving, project, bank) for record in snapshot.features)
    return tuple(_rating(one, record, bank) for one, record in zip(rated, snapshot.features, strict=True))


def rows_seen(project: Project, bank: Bank, question: Question, value: Value | None) -> Value | None:
    """A value as everybody sees it: need and offer of an input are closed until both are in."""
    if question.id not in (LISTED, SURVEY) or not isinstance(value, list):
        return value
    records: Mapping[Any, Mapping[str, Any]] = {record.get("name"): record for record in features(project)}
    return [covered(row, records.get(row.get("name"), row), bank) for row in value]


def below_rows(
    project: Project, bank: Bank, question: Question, value: Value | None, now: datetime | None = None
) -> tuple[InputRating, ...]:
    """What the inputs of a list take, as far as anybody can tell yet."""
    if question.id not in (LISTED, SURVEY) or not isinstance(value, list):
        return ()
    names = {row.get("name") for row in value}
    rated = [rating for rating in of(project, bank, now) if rating.name in names]
    return tuple(in_words(rating) for rating in rated if rating.difficulty is not Level.UNKNOWN)


def in_words(rating: Rating) -> InputRating:
    """One input, as it is told under its row."""
    quick = rating.difficulty is Level.EASY and (rating.weeks is None or rating.weeks.estimate)
    weeks = "" if quick or rating.weeks is None else f"{rating.weeks}{rating.weeks.source}"
    return InputRating(
        name=rating.name,
        difficulty=rating.difficulty.label,
        reasons="; ".join(reason.text for reason in rating.reasons),
        risk="" if rating.risk is Risk.LOW else rating.risk.value,
        weeks=weeks,
        need="" if rating.need == VEILED else rating.need,
        offer="" if rating.offer == VEILED else rating.offer,
    )


def _said(snapshot: Snapshot, question: str) -> Any:
    value = snapshot.answers.get(question)
    return None if is_unknown(value) or is_not_applicable(value) else value


def _told(surveyed: Surveyed, serving: Serving, project: Project, bank: Bank) -> Surveyed:
    """An input as hard as what may be told makes it: a blind time budget shows in no reason."""
    reasons = tuple(r for r in surveyed.reasons if not any(bank.hidden(id, project.answers) for id in r.reads))
    if reasons == surveyed.reasons:
        return surveyed
    input, found = surveyed.input, level(surveyed.input, reasons)
    weeks, simpler = build_weeks(input, found), alternative(input, found, serving)
    return replace(surveyed, reasons=reasons, difficulty=found, weeks=weeks, alternative=simpler)


def _rating(surveyed: Surveyed, record: Mapping[str, Any], bank: Bank) -> Rating:
    input, open = surveyed.input, lifted(record, bank)
    return Rating(
        name=input.name,
        importance=input.importance or "",
        source=str(record.get("source") or ""),
        source_kind=_label(bank, "source_kind", record),
        in_production=_label(bank, "in_prod", record),
        difficulty=surveyed.difficulty,
        reasons=surveyed.reasons,
        risk=surveyed.skew_risk,
        weeks=None if surveyed.difficulty is Level.UNKNOWN else surveyed.weeks,
        need=_veiled(_age(record.get("freshness_needed")), open),
        offer=_veiled(_age(record.get("freshness_available")), open),
        read_ms=_veiled(_milliseconds(record.get("read_ms")), open),
        owner=str(record.get("owner") or "").strip(),
        alternative=surveyed.alternative,
    )


def _veiled(said: str, open: bool) -> str:
    return said if open or not said else VEILED


def _age(quantity: Any) -> str:
    return as_said(quantity) if seconds(quantity) is not None else ""


def _milliseconds(number: Any) -> str:
    return "" if number is None else f"{plain_number(number)} ms"


def _label(bank: Bank, field: str, record: Mapping[str, Any]) -> str:
    """The words for an option of the survey; "" where nobody has said."""
    slot = bank[SURVEY].field(field) if SURVEY in bank.by_id else None
    return next((o.label for o in slot.options if o.id == record.get(field)), "") if slot else ""
