"""Starting a kickoff: what is asked for, and every reason why it cannot be, each with what to do instead."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from .bank import Bank, Role
from .errors import BotError, FieldErrors
from .escaping import escape
from .messages import Direct, DirectIntro, InChannel, Saying
from .people import Person, PersonKind
from .project import Change, Interview, Member, Part, Project
from .telling import interview_card, kickoff_card, minutes_left


@dataclass(frozen=True, slots=True)
class Place:
    """What Slack says of the channel in which a command was typed."""

    id: str
    name: str = ""
    private: bool = False
    direct: bool = False  # a direct message, with one person or several
    archived: bool = False
    bot_in: bool = True
    members: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody asked to start."""

    name: str
    summary: str = ""
    people: Mapping[Role, str | None] = field(default_factory=dict)
    launch: date | None = None


def slug(name: str) -> str:
    """A name as compared: "Churn  Radar" and "churn radar" are one product."""
    return re.sub(r"[\W_]+", " ", name.casefold()).strip() or name.casefold().strip()


def check_place(place: Place) -> None:
    """Raises where a kickoff cannot live."""
    if place.direct:
        raise BotError(
            "A kickoff lives in a channel, where the three of you can see it. "
            "Open the product's channel and type `/align kickoff` there."
        )
    if place.archived:
        raise BotError("This channel is archived, so nobody could answer here. Start the kickoff in an active one.")
    if not place.bot_in:
        raise BotError("I'm not in this channel yet. Type `/invite @Alignbot` here, then `/align kickoff` again.")


def check_starter(starter: Person) -> None:
    """Any full member may start one; not guests, apps or people of another company."""
    if starter.kind is PersonKind.GUEST:
        raise BotError("Guests can't start a kickoff. Ask a full member of this channel to; you can take part in it.")
    if starter.kind is PersonKind.STRANGER:
        raise BotError(
            "Only people of the workspace that installed me can start a kickoff here. Ask a colleague on their side."
        )
    if starter.kind is not PersonKind.MEMBER:
        raise BotError("Only people can start a kickoff, with an active account of this workspace.")


def check_request(request: Request, people: Mapping[str, Person], today: date) -> None:
    """Raises FieldErrors naming each input that needs a correction: `name`, a role, `launch`."""
    problems: dict[str, str] = {}
    if not slug(request.name):
        problems["name"] = "What is the product called? A few words are enough, such as “Churn radar”."
    elif len(request.name) > 80:
        problems["name"] = "Please keep the name under 80 characters; the next field has room for more."
    if request.launch is not None and request.launch <= today:
        problems["launch"] = "This date has passed. Pick a day to come, or leave it empty."
    for role, user in request.people.items():
        problem = user and person_problem(user, people.get(user))
        if problem:
            problems[role.value] = problem
    if problems:
        raise FieldErrors(problems)


def person_problem(user: str, person: Person | None) -> str | None:
    """Why somebody cannot hold a role, as a sentence; None if they can."""
    if person is None:
        return f"I can't find <@{user}> in this workspace. Pick somebody else."
    name = escape(person.name)
    match person.kind:
        case PersonKind.BOT:
            return f"{name} is an app and can't answer questions. Pick a person, or leave it empty for now."
        case PersonKind.GONE:
            return f"{name}'s account is deactivated. Pick somebody who is here, or leave it empty for now."
        case PersonKind.STRANGER:
            return f"{name} belongs to another company's Slack, where I can't reach people. Pick a colleague from here."
    return None


def begin(request: Request, place: Place, starter: Person, bank: Bank, at: datetime) -> Project:
    """The project as it starts, not stored yet: nobody has said anything."""
    members = tuple(Member(role, user, Part.OWNER) for role, user in request.people.items() if user)
    away = {role for role, user in request.people.items() if user and user not in place.members}
    return Project(
        id=0,
        team=starter.team,
        channel=place.id,
        private=place.private,
        name=request.name.strip(),
        summary=request.summary.strip(),
        started_by=starter.user,
        started_at=at,
        zone=starter.zone,
        launch=request.launch,
        bank_version=bank.version,
        members=members,
        interviews={role: Interview(role, by_dm=role in away) for role in Role},
    )


def announce(project: Project, bank: Bank) -> Change:
    """The four messages in the channel, and an opening in direct messages for whoever is not in it."""
    in_channel = InChannel(project.channel)
    cards = [Saying(interview_card(project, bank, role), in_channel) for role in Role]
    intros = [introduce(project, bank, role) for role in Role if project.interviews[role].by_dm]
    return Change(project, (Saying(kickoff_card(project, bank), in_channel), *cards, *intros))


def introduce(project: Project, bank: Bank, role: Role) -> Saying:
    """Opens an interview in direct messages."""
    intro = DirectIntro(project.id, project.name, role, project.channel, minutes_left(project, bank, role))
    return Saying(intro, Direct(project.owner(role) or ""))
