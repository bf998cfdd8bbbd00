"""What has changed about the whole: the launch date moved, or it is live."""

import re
from dataclasses import dataclass
from datetime import date

from bot.domain.as_snapshot import today
from bot.domain.errors import BotError
from bot.domain.escaping import escape, unescape
from bot.domain.events import live_since
from bot.domain.project import Project
from bot.domain.reading.dates import WHICH_DAY, days_in
from bot.services import steering
from bot.slack.payloads import Payload
from bot.slack.views import status as panels
from bot.slack.views.text import clean, line
from bot.slack.views.text import day as in_words

from .asked import Asked

_BECAUSE = re.compile(r"\bbecause\b[\s:,]*", re.IGNORECASE)
_REASON = 500  # characters of a reason: it is said in a sentence
_SMALL = re.compile(r"\b(?:to|on|by|is|for|launch)\b|[,.;:]", re.IGNORECASE)
_NONE = re.compile(r"^(?:none|no date)\b[,.;]?\s*", re.IGNORECASE)
_HOW = (
    "To move it, write `/align date 2027-02-01 because the contract moved`, or `/align date none`. "
    "*next friday* and *in 3 weeks* work as well."
)


@dataclass(frozen=True, slots=True)
class DayWish:
    """A day as somebody typed it behind a command."""

    day: date | None
    project: str  # name, if one was typed
    because: str = ""
    given: bool = True  # False: no day was typed at all


def wish_of(text: str, now: date) -> DayWish:
    """`DAY [project] [because …]`, `none [project] [because …]`. Raises BotError where a day cannot be read."""
    said, *reason = _BECAUSE.split(clean(unescape(text)).strip(), maxsplit=1)
    because = line("".join(reason), _REASON)
    if none := _NONE.match(said):
        return DayWish(None, said[none.end() :].strip(), because)
    days = days_in(said, now)
    if not days:
        return DayWish(None, said.strip(), because, given=False)
    if days[0].day is None or len(days) > 1:
        raise BotError(days[0].say if len(days) == 1 else WHICH_DAY)
    rest = said[: days[0].start] + " " + said[days[0].end :]
    return DayWish(days[0].day, " ".join(_SMALL.sub(" ", rest).split()), because)


async def launch_date(asked: Asked) -> Payload:
    """Moves the launch for everybody; alone it says when that is, and how to move it."""
    async with asked.alignbot.database.transaction(once=asked.once) as uow:
        if not asked.text:
            return panels.sentence(_planned(await asked.project(uow, "")))
        wish = wish_of(asked.text, uow.now.date())
        if not wish.given:
            raise BotError(f"I can't find a day in “{escape(line(asked.text, 80))}”. {_HOW}")
        project = await asked.project(uow, wish.project)
        wish = wish_of(asked.text, today(project, uow.now))  # what "tomorrow" is, the project's calendar says
        after = await steering.set_date(
            uow, asked.alignbot.bank, project.id, wish.day, because=wish.because, by=asked.user, at=uow.now
        )
    return panels.sentence(_moved(after))


def _moved(project: Project) -> str:
    to = f"is on {in_words(project.launch_day)}" if project.launch_day else "has no date"
    return f"The launch of *{escape(project.name)}* now {to}. The thread of its card says so, and who looks again."


def _planned(project: Project) -> str:
    name, live, day = f"*{escape(project.name)}*", live_since(project), project.launch_day
    if live:
        return f"{name} is live since {in_words(today(project, live))}. `/align status` shows where it stands."
    when = f"The launch of {name} is planned for {in_words(day)}." if day else f"{name} has no launch date yet."
    return f"{when} {_HOW}"


async def launched(asked: Asked) -> Payload:
    """It is live, since today or since the day that was typed."""
    async with asked.alignbot.database.transaction(once=asked.once) as uow:
        wish = wish_of(asked.text, uow.now.date())
        project = await asked.project(uow, wish.project)
        wish = wish_of(asked.text, today(project, uow.now))
        after = await steering.launched(uow, asked.alignbot.bank, project.id, wish.day, by=asked.user, at=uow.now)
    return panels.sentence(
        f"*{escape(after.name)}* is live: congratulations! From here on I look after what was promised."
    )
