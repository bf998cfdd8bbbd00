"""One use of `/align`."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from slack_sdk.web.async_client import AsyncWebClient

from bot.db import UnitOfWork
from bot.domain.project import Project
from bot.slack import typed
from bot.slack.alignbot import Alignbot
from bot.slack.payloads import Payload, once_key, team_of, user_of


@dataclass(frozen=True, slots=True)
class Asked:
    """One use of the command."""

    alignbot: Alignbot
    client: AsyncWebClient
    body: Payload
    text: str  # what stands behind the subcommand

    @property
    def user(self) -> str:
        return user_of(self.body)

    @property
    def team(self) -> str:
        return team_of(self.body)

    @property
    def channel(self) -> str:
        return str(self.body["channel_id"])

    @property
    def channel_name(self) -> str:
        return str(self.body.get("channel_name", ""))

    @property
    def once(self) -> str:
        return once_key(self.body)

    async def project(self, uow: UnitOfWork, name: str) -> Project:
        """The channel's project that is meant; read only."""
        return typed.one_of(await uow.projects.open_in(self.team, self.channel), name)


Command = Callable[[Asked], Awaitable[Payload]]
