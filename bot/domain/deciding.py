"""What people do about a finding: talk it over, change what they said, live with it (alignment model, 3.4)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from . import following, lists
from .actors import concerned, present, unmentioned, who_acts
from .as_snapshot import today
from .bank import Bank, Question, Role, Type
from .chronicle import Followed, Status, Turn
from .errors import BotError, FieldErrors
from .escaping import escape
from .findings import Severity
from .messages import Note, Saying, UnderCard
from .permissions import NotAllowed, may_answer, must_steer
from .project import Change, Project
from .roles import THE
from .wording import short

LIVED_WITH = timedelta(days=30)
LONGEST = timedelta(days=180)


def talk(project: Project, bank: Bank, finding: Followed, at: datetime) -> Change:
    """Call everybody concerned together in the card's thread; at most once a day for each finding."""
    _must_be_open(finding)
    people = ", ".join(f"<@{user}>" for user in _together(project, bank, finding))
    about = f" (“{escape(finding.input)}”)" if finding.input else ""
    say = (
        f"💬 {people}: *{escape(finding.title)}*{about}. {escape(unmentioned(project, finding.message))}\n"
        f"*To talk about:* which of these answers changes, who changes it, and by when? "
        f"A first idea: {escape(unmentioned(project, finding.action))}"
    )
    once = f"discuss:{project.id}:{today(project, at)}:{finding.key}"
    return Change(project, (Saying(Note(say), UnderCard(project.id), once=once),))


def _together(project: Project, bank: Bank, finding: Followed) -> tuple[str, ...]:
    """Those who act, then those whose answers it rests on; never nobody."""
    return tuple(dict.fromkeys((*concerned(project, finding.who), *_answerers(project, bank, finding)))) or (
        who_acts(project, finding.who) or project.started_by,
    )


def _answerers(project: Project, bank: Bank, finding: Followed) -> Iterator[str]:
    for question in questions_of(bank, finding):
        if owner := project.owner(question.role):
            yield owner


def questions_of(bank: Bank, finding: Followed) -> list[Question]:
    """The questions that it reads, the decisive one first; it may also read the pulse, or who is there."""
    return [bank[id] for id in finding.reads if id in bank.by_id]


@dataclass(frozen=True, slots=True)
class Edit:
    """An answer that a person may change, or one line of it."""

    question: str
    title: str
    said: str  # as it stands, in one line
    row: int | None = None


def to_change(project: Project, bank: Bank, finding: Followed, user: str) -> tuple[Edit, ...]:
    """What this person may change of what a finding rests on, the decisive answer first. Raises NotAllowed."""
    _must_be_open(finding)
    questions = questions_of(bank, finding)
    own = [q for q in questions if may_answer(project, q, user) and q.unlocked(project.answers)]
    if own:
        return tuple(edit for question in own for edit in edits(project, question, finding.input))
    raise NotAllowed(_not_theirs(project, questions) if questions else _NO_ANSWERS)


_NO_ANSWERS = (
    "This one rests on no answer that could be edited. It goes away by itself once what it describes has changed; "
    "`/align role` names people, and *Discuss* calls them together."
)


def _not_theirs(project: Project, questions: Iterable[Question]) -> str:
    whose: dict[Role, list[str]] = {}
    for question in questions:
        whose.setdefault(question.role, []).append(f"“{escape(question.title)}”")
    named = "; ".join(f"{', '.join(titles)}: {_holder(project, role)}" for role, titles in whose.items())
    return f"The answers behind this are others' to change: {named}. *Discuss* calls them together."


def _holder(project: Project, role: Role) -> str:
    owner = project.owner(role)
    return f"<@{owner}>, {THE[role]}" if owner else f"{THE[role]}, who is not named yet"


def edits(project: Project, question: Question, input: str | None = None) -> tuple[Edit, ...]:
    """An answer to change; of a list the line about an input, else each of its lines."""
    rows = lists.rows_of(project, question.id)
    if question.type is not Type.ROWS or not rows:
        answer = project.answers.get(question.id)
        return (Edit(question.id, question.title, short(question, answer.value if answer else None)),)
    lines = [Edit(question.id, question.title, short(question, [row]), n) for n, row in enumerate(rows)]
    about = [edit for edit, row in zip(lines, rows, strict=True) if input and row.get("name") == input]
    return tuple(about or lines)


def may_live_with(project: Project, bank: Bank, finding: Followed) -> tuple[str, ...]:
    """Who may: the one who decides, and the people of the other roles in it, but not whoever acts on it.

    Only of what is not critical may one who both acts and decides say so alone. Where that leaves nobody, the people
    of the other roles may.
    """
    actor = who_acts(project, finding.who)
    decides = project.decider
    alone = decides == actor and finding.severity is Severity.CRITICAL
    first = [decides] if decides and not alone and present(project, decides) else []
    others = (user for one in finding.who for user in _all_of(project, one))
    may = dict.fromkeys([*first, *(user for user in others if user != actor)])
    if may:
        return tuple(may)
    acting = {role for role in Role if actor in project.people(role)}
    left = [role for role in Role if role not in acting]
    return tuple(dict.fromkeys(user for role in left for user in project.people(role) if user != actor))


def _all_of(project: Project, one: str) -> tuple[str, ...]:
    """Everybody who speaks for an actor: a role's people, or the person named."""
    return project.people(Role(one)) if one in set(Role) else concerned(project, [one])


def must_live_with(project: Project, bank: Bank, finding: Followed, user: str) -> None:
    """Raises unless this person may say that the team lives with it."""
    _must_be_open(finding)
    may = may_live_with(project, bank, finding)
    if user in may:
        return
    must_steer(project, user, "live with a finding")
    if not may:
        raise NotAllowed(
            "That takes a second person, and nobody else has a role here yet: `/align role eng @name` names one."
        )
    named = " or ".join(f"<@{one}>" for one in may[:3])
    acts = who_acts(project, finding.who) == user
    why = "You are the one who acts on it, so somebody else says that you live with it" if acts else "Not yours to say"
    raise NotAllowed(f"{why}: {named} can.")


def live_with(
    project: Project, bank: Bank, finding: Followed, *, by: str, reason: str, until: date | None, at: datetime
) -> Change:
    """Keep a finding and stop asking about it, for a reason and until a day. Raises FieldErrors, NotAllowed."""
    must_live_with(project, bank, finding, by)
    problems = _problems(reason, until, today(project, at))
    if problems or until is None:
        raise FieldErrors(problems)
    accepted = finding.turned(Turn(Status.ACCEPTED, at, by, reason.strip(), until))
    after = project.with_followed(accepted)
    about = f" (“{escape(finding.input)}”)" if finding.input else ""
    title = escape(finding.title[:1].upper() + finding.title[1:])
    say = (
        f"🤝 *{title}*{about}: <@{by}> says that you live with it until {until.day} {until:%b %Y}, because: "
        f"“{escape(' '.join(reason.split()))}” It stays visible and counts half."
    )
    says = (*following.shown(after, accepted), Saying(Note(say), UnderCard(project.id)))
    return Change(after, says)


def _problems(reason: str, until: date | None, day: date) -> dict[str, str]:
    problems = {}
    if not reason.strip():
        problems["reason"] = "Why is it all right for now? One sentence is enough."
    if until is None or until <= day:
        problems["until"] = "Pick a day to come: until then you live with it, then I ask again."
    elif until > day + LONGEST:
        problems["until"] = f"At most {LONGEST.days} days ahead; after that it deserves another look."
    return problems


def _must_be_open(finding: Followed) -> None:
    """Raises for an old button."""
    turn = finding.turns[-1]
    if turn.status is Status.RESOLVED:
        raise BotError(f"*{escape(finding.title)}* is solved already; nothing is left to do about it.")
    if turn.status is Status.ACCEPTED:
        until = f" until {turn.until.day} {turn.until:%b %Y}" if turn.until else ""
        raise BotError(f"<@{turn.by}> said that you live with *{escape(finding.title)}*{until}. Then I ask again.")
