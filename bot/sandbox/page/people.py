"""Whom one can be on the page, and where they are."""

from dataclasses import dataclass

from bot.sandbox import StandIn
from bot.sandbox.demo.cast import CHANNEL, PEOPLE


@dataclass(frozen=True, slots=True)
class Actor:
    handle: str
    id: str
    name: str
    role: str
    zone: str
    admin: bool = False


ROLES = {"ana": "the PM", "mei": "the ML person", "raj": "the engineer"}
CAST = (
    *(Actor(handle, *PEOPLE[handle][:2], role, PEOPLE[handle][2]) for handle, role in ROLES.items()),
    Actor("lea", "U0LEA", "Lea", "a lead", "Europe/Berlin", admin=True),
    Actor("otto", "U0OTTO", "Otto", "an outsider", "America/New_York"),
)
LEADS, GENERAL = "leads", "general"
SUBCOMMANDS = (
    "kickoff",
    "status",
    "why",
    "questions",
    "later",
    "inputs",
    "brief",
    "decide",
    "digest",
    "pulse",
    "date",
    "launched",
    "role",
    "settings",
    "pause",
    "resume",
    "close",
    "help",
)


def move_in(slack: StandIn) -> None:
    """The people, three channels with the app in them, and everybody's conversation with the app."""
    for actor in CAST:
        slack.add_user(actor.handle, id=actor.id, name=actor.name, tz=actor.zone, admin=actor.admin)
    slack.add_channel(CHANNEL, id="C0READYBY", members=list(PEOPLE))
    slack.add_channel(LEADS, id="C0LEADS", members=["lea", "ana"], private=True)
    slack.add_channel(GENERAL, id="C0GENERAL", members=[actor.handle for actor in CAST])
    for actor in CAST:
        slack.world.workspace.open_im(actor.id)
