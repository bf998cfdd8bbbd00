"""Short ways to look into the database of a world, and to put answers into it without typing them."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Table, func, select

from bot.domain.bank import Role
from bot.domain.project import Project
from bot.sandbox.demo.world import World
from bot.services import interviews

TEAM = "T0ACME"
PEOPLE = {Role.PM: "U_PM", Role.ML: "U_ML", Role.ENG: "U_ENG"}


async def rows(world: World, table: Table) -> int:
    async with world.bot.database.transaction() as uow:
        return await uow.connection.scalar(select(func.count()).select_from(table)) or 0


async def projects(world: World, channel: str = "C_READY") -> list[Project]:
    async with world.bot.database.transaction() as uow:
        return list(await uow.projects.all_in(TEAM, channel))


async def the_project(world: World, channel: str = "C_READY") -> Project:
    (found,) = await projects(world, channel)
    return found


async def answered(world: World, values: Mapping[str, Any], project: int = 1) -> None:
    """These answers as if each role's person had given them in one go."""
    for role, user in PEOPLE.items():
        given = {id: value for id, value in values.items() if world.bot.bank[id].role is role}
        async with world.bot.database.transaction() as uow:
            await interviews.answer_many(uow, world.bot.bank, project, given, by=user, at=uow.now)
    await world.settle()
