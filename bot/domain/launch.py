"""The launch: the date that a command sets, kept in the PM's answer; and the day on which it went live."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from . import calendar, rechecks, telling
from .answers import Answer, Mark, is_not_applicable, is_unknown
from .as_snapshot import today
from .bank import Bank
from .chronicle import EventType, Happened
from .errors import BotError
from .escaping import escape
from .events import live_since
from .interview import take
from .messages import Note, Saying, UnderCard
from .project import Change, Project, Stage

QUESTION = "pm.launch"
LONGEST_LIVE = timedelta(days=20 * 365)  # an earlier day is a slip of the hand


def move(project: Project, bank: Bank, day: date | None, *, because: str, by: str, at: datetime) -> Change:
    """Set or drop the launch date in the PM's answer; how firm it is stays as it was.

    Where the PM has not said how firm, the date is kept and the question stays open. Raises BotError.
    """
    before = project.launch_day
    if day == before and (day is not None or QUESTION in project.answers):
        raise BotError(f"The launch of *{escape(project.name)}* is {_on(day)} already, so nothing was changed.")
    if day is not None and day < today(project, at):
        raise BotError(f"{_on(day)} has passed. If it went live then, `/align launched {day.isoformat()}` says so.")
    change = _answered(project, bank, day, by, at)
    change = change.then(lambda p: Change(replace(p, launch=day)))
    change = change.then(lambda p: Change(p, telling.cards(p, bank)))
    caused = rechecks.notice(change.project, bank, project, change.versions, at).project.events[len(project.events) :]
    looks = rechecks.asked_of(bank, [id for event in caused for id in event.recheck])
    return change.then(lambda p: Change(p, (Saying(Note(_moved(p, before, by, because, looks)), UnderCard(p.id)),)))


def _answered(project: Project, bank: Bank, day: date | None, by: str, at: datetime) -> Change:
    """Everybody who steers may set the date, so it counts whoever of them did (who may do what: date)."""
    known = project.answers.get(QUESTION)
    said = known.value if known and isinstance(known.value, Mapping) else {}
    kept = {} if is_unknown(said) or is_not_applicable(said) else dict(said)
    if day is None:
        value = {"flexibility": "none"}
    else:
        firm = {} if kept.get("flexibility") in (None, "none") else {"flexibility": kept["flexibility"]}
        value = {"date": day.isoformat(), **firm}
    change = take(project, bank, bank[QUESTION], Answer(value, by, at))
    return _vouched_for(change)


def _vouched_for(change: Change) -> Change:
    answer = change.project.answers[QUESTION]
    sure = replace(answer, marks=answer.marks - {Mark.GUESS})
    versions = tuple(replace(v, answer=sure) if v.answer == answer else v for v in change.versions)
    return replace(change, project=change.project.with_answer(QUESTION, sure), versions=versions)


def _moved(project: Project, before: date | None, by: str, because: str, looks: str) -> str:
    moved = f"from {_on(before)} to {_on(project.launch_day)}" if before else f"to {_on(project.launch_day)}"
    why = f", because {escape(because)}" if because else ""
    look = f" Another look, please: {looks}." if looks else ""
    firm = "" if project.settled(QUESTION) else " How firm it is, the PM says in their thread."
    return f"📅 <@{by}> moved the launch {moved}{why}.{look}{firm}"


def _on(day: date | None) -> str:
    return f"{day.day} {day:%b %Y}" if day else "no date"


def launched(project: Project, bank: Bank, day: date | None, *, by: str, at: datetime) -> Change:
    """It is live, since today or since a day that has passed. Raises BotError."""
    if went_live(project):
        raise BotError(f"*{escape(project.name)}* is live already. `/align status` shows where it stands.")
    now = today(project, at)
    if day is not None and day > now:
        raise BotError(f"{_on(day)} is still to come. `/align date {day.isoformat()}` sets it as the launch date.")
    if day is not None and day < now - LONGEST_LIVE:
        raise BotError(f"{day.isoformat()} is long ago. Since when is it live? `/align launched 2026-03-31` says so.")
    moment = at if day in (None, now) else datetime.combine(day or now, time(12), calendar.zone_of(project.zone))
    stage = project.stage if project.stage is Stage.PAUSED else Stage.LAUNCHED
    after = replace(project, stage=stage)
    after = rechecks.happen(after, bank, Happened(EventType.LAUNCHED, moment.astimezone(UTC), by))
    looks = rechecks.asked_of(bank, after.events[-1].recheck)
    look = f" Another look, please: {looks}." if looks else ""
    say = f"🚀 <@{by}> says that it is live since {_on(day or now)}. From here on I look after what was promised.{look}"
    note = Saying(Note(say), UnderCard(project.id))
    return Change(after, (note, *telling.cards(after, bank, *after.interviews)))


def went_live(project: Project) -> bool:
    return live_since(project) is not None
