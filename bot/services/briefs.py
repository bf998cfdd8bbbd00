"""The page about a product: with people's names, as data for Slack or as Markdown for everywhere else."""

import re
from collections.abc import Iterator

from bot.db import UnitOfWork
from bot.domain import brief as rules
from bot.domain.bank import Bank
from bot.domain.messages import Brief, BriefInput, InChannel, Saying
from bot.domain.permissions import must_steer
from bot.domain.project import Project

from .speaking import speak

_ID = re.compile(r"\b[UW][A-Z0-9_]{1,40}\b")


async def brief(uow: UnitOfWork, bank: Bank, project: Project) -> Brief:
    """The page as of now."""
    people = await uow.people.of(project.team, sorted(_mentioned(project)))
    return rules.brief(project, bank, {one.user: one.name for one in people}, uow.now)


def _mentioned(project: Project) -> set[str]:
    """Everybody whose name the page could need."""
    named = set(_ID.findall(str([answer.value for answer in project.answers.values()])))
    accepted = {turn.by for finding in project.followed.values() for turn in finding.turns if turn.by}
    return {m.user for m in project.members} | named | accepted


async def post(uow: UnitOfWork, bank: Bank, project: Project, by: str) -> None:
    """Put the page into the project's channel."""
    must_steer(project, by, "post its brief")
    speak(uow, project, [Saying(await brief(uow, bank, project), InChannel(project.channel))])


def as_markdown(page: Brief) -> str:
    """The page as a Markdown document, whose words are safe in it."""
    return "\n".join(_markdown(page)).rstrip() + "\n"


def _markdown(page: Brief) -> Iterator[str]:
    yield f"# {_safe(page.name)}"
    yield ""
    yield f"State on {page.day:%-d %b %Y}: **{page.state.replace('_', ' ')}**" + _because(page)
    if page.summary:
        yield f"\n{_safe(page.summary)}"
    yield ""
    yield from (f"- {one.title}: {_safe(one.text)}" for one in page.people)
    for n, part in enumerate(page.parts):
        yield f"\n## {part.title}\n"
        yield from (f"- **{_safe(one.title)}:** {_safe(one.text)}" for one in part.lines)
        if n == 1:
            yield from _table(page.inputs)


def _because(page: Brief) -> str:
    return f" ({_safe('; '.join(page.because))})" if page.because else ""


def _table(inputs: tuple[BriefInput, ...]) -> Iterator[str]:
    if not inputs:
        return
    yield "\n## Inputs\n"
    yield "| Input | Importance | Source | In production | Difficulty | Why |"
    yield "|---|---|---|---|---|---|"
    for one in inputs:
        cells = (one.name, one.importance, one.source, one.in_production, one.difficulty, one.reasons)
        yield f"| {' | '.join(map(_safe, cells))} |"


def _safe(text: str) -> str:
    """One line in which nothing is markup: no table ends, no link opens, no tag begins."""
    return re.sub(r"([\\`*_\[\]<>|#])", r"\\\1", " · ".join(filter(str.strip, text.splitlines())))
