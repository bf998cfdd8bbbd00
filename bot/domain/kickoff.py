"""Starting a kickoff: what is asked for, and every reason why it cannot be, each with what to do instead."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from .bank import Bank, Role
from .errors import BotError, FieldErrors
from .escaping import escape
from .messages import Direct, DirectIntro, InChannel, Saying
from .people import Person, PersonKind
from .project import Change, Interview, Member, Part, Project
from .telling import interview_card, kickoff_card, minutes_left

LONGEST_NAME = 80
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")
_JOINERS = "\u200c\u200d\ufe0e\ufe0f"  # seen only together with what they join


@dataclass(frozen=True, slots=True)
class Place:
    """What Slack says of the channel in which a command was typed."""

    id: str
    name: str = ""
    private: bool = False
    direct: bool = False  # a direct message, with one person or several
    archived: bool = False
    bot_in: bool = True
    members: frozenset[str] = frozenset()  # of those who were looked for


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody asked to start."""

    name: str
    summary: str = ""
    people: Mapping[Role, str | None] = field(default_factory=dict)
    launch: date | None = None

    @property
    def tidy(self) -> "Request":
        """The same in characters that can be seen, the name on one line."""
        name = " ".join(_UNSEEN.sub("", self.name).split())
        return replace(self, name=name, summary=_UNSEEN.sub("", self.summary).strip())


def slug(name: str) -> str:
    """A name as compared: "Churn  Radar" and "churn radar" are one product."""
    name = unicodedata.normalize("NFKC", name).casefold()
    return re.sub(r"[\W_]+", " ", name).strip() or name.strip()


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
        raise BotError("I'm not in this channel yet. Type `/invite @Alignbot` here, then try again.")


def check_starter(starter: Person, place: Place) -> None:
    """Any full member of the channel may start one; not guests, apps or people of another company."""
    if starter.kind is PersonKind.GUEST:
        raise BotError("Guests can't start a kickoff. Ask a full member of this channel to; you can take part in it.")
    if starter.kind is PersonKind.STRANGER:
        raise BotError(
            "Only people of the workspace that installed me can start a kickoff here. Ask a colleague on their side."
        )
    if starter.kind is not PersonKind.MEMBER:
        raise BotError("Only people can start a kickoff, with an active account of this workspace.")
    if starter.user not in place.members:
        raise BotError("Only members of a channel can start a kickoff in it. Join it, then try again.")


def check_request(request: Request, people: Mapping[str, Person], today: date) -> None:
    """Raises FieldErrors, in plain text, naming each input that needs a correction: `name`, a role, `launch`."""
    problems: dict[str, str] = {}
    if not request.name.strip(_JOINERS + " "):
        problems["name"] = "What is the product called? A few words are enough, such as “Churn radar”."
    elif len(request.name) > LONGEST_NAME:
        problems["name"] = f"A name has at most {LONGEST_NAME} characters; what people can do with it comes apart."
    if request.launch is not None and request.launch <= today:
        problems["launch"] = "The launch date has passed. Pick a day to come, or leave it out for now."
    for role, user in request.people.items():
        problem = user and person_problem(role, people.get(user))
        if problem:
            problems[role.value] = problem
    if problems:
        raise FieldErrors(problems)


def person_problem(role: Role, person: Person | None) -> str | None:
    """Why somebody cannot speak for a role, as a sentence in plain text; None if they can."""
    if person is None:
        return f"I can't find the person named as {role.label} in this workspace. Pick somebody else."
    match person.kind:
        case PersonKind.BOT:
            return f"{person.name} is an app and can't answer questions. Pick a person, or leave it empty for now."
        case PersonKind.GONE:
            return f"{person.name}'s account is deactivated. Pick somebody who is here, or leave it empty for now."
        case PersonKind.STRANGER:
            return f"{person.name} belongs to another company's Slack, where I can't reach people. Pick a colleague."
    return None


def running_already(name: str) -> BotError:
    """Nobody loses anything: the second of two kickoffs of one product is the first."""
    return BotError(f"*{escape(name)}* is being kicked off here already. `/align status` shows where it stands.")


def begin(request: Request, place: Place, starter: Person, bank: Bank, at: datetime) -> Project:
    """The project as it starts, not stored yet: nobody has said anything."""
    members = tuple(Member(role, user, Part.OWNER) for role, user in request.people.items() if user)
    away = {role for role, user in request.people.items() if user and user not in place.members}
    return Project(
        id=0,
        team=starter.team,
        channel=place.id,
        private=place.private,
        name=request.name,
        summary=request.summary,
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
    intros = [introduce(project, bank, role) for role in Role if project.interviews[role].by_dm]
    return Change(project, (*first_cards(project, bank), *intros))


def first_cards(project: Project, bank: Bank) -> tuple[Saying, ...]:
    """The cards that the channel has not got yet; said again, they replace those that are still on their way."""
    to, new = InChannel(project.channel), f"new:{project.id}"
    top = [] if project.card else [Saying(kickoff_card(project, bank), to, slot=new)]
    missing = [role for role in Role if project.interviews[role].card is None]
    own = [Saying(interview_card(project, bank, role), to, slot=f"{new}:{role}") for role in missing]
    return (*top, *own)


def introduce(project: Project, bank: Bank, role: Role) -> Saying:
    """Opens an interview in direct messages."""
    intro = DirectIntro(project.id, project.name, role, project.channel, minutes_left(project, bank, role))
    return Saying(intro, Direct(project.owner(role) or ""))
