"""The page about a product: with people's names, as data for Slack or as Markdown for everywhere else."""

import re
from collections.abc import Iterator
from dataclasses import astuple

from bot.db import UnitOfWork
from bot.domain import brief as rules
from bot.domain.bank import Bank
from bot.domain.messages import Brief, InChannel, InputLine, Saying
from bot.domain.permissions import must_steer
from bot.domain.project import Project

from .speaking import speak

_ID = re.compile(r"\b[UW][A-Z0-9_]{1,40}\b")


async def brief(uow: UnitOfWork, bank: Bank, project: Project) -> Brief:
    """The page as of now."""
    return rules.brief(project, bank, await names_of(uow, project), uow.now)


async def names_of(uow: UnitOfWork, project: Project) -> dict[str, str]:
    """The names of all people whom a page about the project could name."""
    people = await uow.people.of(project.team, sorted(_mentioned(project)))
    return {one.user: one.name for one in people}


def _mentioned(project: Project) -> set[str]:
    """Everybody whose name the page could need."""
    named = set(_ID.findall(str([answer.value for answer in project.answers.values()])))
    accepted = {turn.by for finding in project.followed.values() for turn in finding.turns if turn.by}
    decided = {user for one in project.decisions for user in one.who}
    return {m.user for m in project.members} | named | accepted | decided


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


def _table(inputs: tuple[InputLine, ...]) -> Iterator[str]:
    if not inputs:
        return
    header = (
        *("Input", "Importance", "Source", "In production", "Need", "Offer", "Read time", "Owner"),
        *("Difficulty", "Why", "Risk that training differs", "To build"),
    )
    yield "\n## Inputs\n"
    yield f"| {' | '.join(header)} |"
    yield f"|{'---|' * len(header)}"
    for one in inputs:
        yield f"| {' | '.join(map(_safe, astuple(one)))} |"


def _safe(text: str) -> str:
    """One line in which nothing is markup: no table ends, no link opens, no tag begins."""
    return re.sub(r"([\\`*_\[\]<>|#])", r"\\\1", " · ".join(filter(str.strip, text.splitlines())))
