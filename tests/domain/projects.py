"""A kickoff with its three people, as a value to start from."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from bot.domain.bank import Role
from bot.domain.project import Interview, Member, Part, Project

MONDAY = datetime(2026, 3, 2, 8, tzinfo=UTC)
PEOPLE = {Role.PM: "ANA", Role.ML: "MEI", Role.ENG: "RAJ"}


def started(at: datetime = MONDAY, zone: str = "Europe/Zagreb", **fields: Any) -> Project:
    """Ready-By, started by Ana, nothing said yet; `fields` as in Project."""
    bare = Project(1, "T1", "C1", False, "Ready-By", "", "ANA", at, zone)
    people = tuple(Member(role, user, Part.OWNER) for role, user in PEOPLE.items())
    return replace(bare, **{"members": people, "interviews": {role: Interview(role) for role in Role}, **fields})
