"""One click, and what every listener does with it: open a form, open a transaction, find the project."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.db import UnitOfWork
from bot.domain.errors import BotError
from bot.domain.escaping import escape
from bot.domain.project import Project
from bot.slack import controls, home
from bot.slack.alignbot import Alignbot
from bot.slack.controls import Control
from bot.slack.payloads import Payload, once_key
from bot.slack.views import modals

READ_DEADLINE = 1.0  # seconds of the three that a trigger lives


@dataclass(frozen=True, slots=True)
class Click:
    alignbot: Alignbot
    client: AsyncWebClient
    control: Control
    chosen: str | None
    user: str
    team: str
    channel: str
    trigger: str
    body: Payload

    @property
    def project(self) -> int:
        return self.control.project

    @property
    def question(self) -> str:
        return self.control.subject


Clicked = Callable[[Click], Awaitable[Payload | None]]
"""What a listener answers is shown to the one who clicked, and to nobody else."""


async def open_form(one: Click, title: str, build: Callable[[], Awaitable[Payload]]) -> None:
    """Open a form that shows stored values: over the one that is open, if it was asked for there."""
    inside = (one.body.get("view") or {}).get("type") == "modal"
    await show_in_time(one.client, one.trigger, title, _built(one, build), over=inside)


async def show_in_time(
    client: AsyncWebClient, trigger: str, title: str, built: Coroutine[Any, Any, Payload], *, over: bool = False
) -> None:
    """Open a form at once if it can be built in time, else fill it when it is there."""
    show = client.views_push if over else client.views_open
    building = asyncio.ensure_future(built)
    done, _ = await asyncio.wait({building}, timeout=READ_DEADLINE)
    if done:
        await show(trigger_id=trigger, view=building.result())
        return
    opened = await show(trigger_id=trigger, view=modals.loading_modal(title))
    await client.views_update(view_id=opened["view"]["id"], view=await building)


async def _built(one: Click, build: Callable[[], Awaitable[Payload]]) -> Payload:
    view = await build()
    return controls.from_home(view) if home.shown_at(one.body) else view


def once(one: Click) -> Any:
    return one.alignbot.database.transaction(once=once_key(one.body))


async def project_of(uow: UnitOfWork, id: int) -> Project:
    project = await uow.projects.get(id)
    if project is None:
        raise controls.OutOfDate
    return project


async def open_project_of(uow: UnitOfWork, id: int) -> Project:
    """The same, for a form that changes it. Raises BotError for one that is closed."""
    project = await project_of(uow, id)
    if not project.open:
        raise BotError(f"*{escape(project.name)}* is closed, so its answers stay as they are.")
    return project
