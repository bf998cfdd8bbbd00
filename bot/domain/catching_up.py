"""What somebody reads who comes to a role: what was said in its name so far, what is open, and who the others are."""

from collections.abc import Iterator, Mapping

from . import following, roles
from .actors import unmentioned
from .answers import State
from .bank import Bank, Question, Role
from .chronicle import Followed, Status
from .messages import CatchUp, Direct, InInterview, Note, Place, Saying
from .project import Change, Part, Project
from .wording import short

MOST_FINDINGS = 3
Names = Mapping[str, str]
"""People's names by their ids: only the one who has come is called."""


def take_over(project: Project, bank: Bank, role: Role, names: Names, *, in_channel: bool, new: bool = True) -> Change:
    """Ask a role's person where they can see it; a new one reads first what was said before them."""
    change = roles.reach(project, bank, role, in_channel=in_channel, new=new)
    if not new or not _anything_said(project, bank, role):
        return change
    sentence = f"{roles.is_now(project.owner(role) or '', Part.OWNER, role)} from now on. {_STAYS}"
    say = Saying(caught_up(project, bank, role, names, sentence), InInterview(project.id, role))
    others = (saying for saying in change.says if not isinstance(saying.message, Note))
    return Change(change.project, (*others, say))


_STAYS = "Everything said so far stays."


def join_in(project: Project, bank: Bank, role: Role, user: str, names: Names, *, in_channel: bool) -> Change:
    """Somebody answers a role's questions too from now on; they read what was said, where they can see it."""
    if not _anything_said(project, bank, role):
        return Change(project)
    sentence = f"{roles.is_now(user, Part.CONTRIBUTOR, role)}. {_STAYS}"
    in_thread = in_channel and not project.interviews[role].by_dm
    to: Place = InInterview(project.id, role) if in_thread else Direct(user)
    return Change(project, (Saying(caught_up(project, bank, role, names, sentence), to),))


def _anything_said(project: Project, bank: Bank, role: Role) -> bool:
    return project.counted(bank, role)[0] > 0


def caught_up(project: Project, bank: Bank, role: Role, names: Names, first: str) -> CatchUp:
    answered, total = project.counted(bank, role)
    questions = project.required(bank, role)
    return CatchUp(
        project=project.id,
        first=first,
        answered=answered,
        total=total,
        said=tuple(_said(project, bank, questions)),
        still_open=tuple(question.title for question in questions if _open(project, question)),
        others=tuple((other, names.get(project.owner(other) or "", "")) for other in Role if other is not role),
        findings=tuple(_found(project, bank, role)),
    )


def _open(project: Project, question: Question) -> bool:
    """Not answered, or answered with "I don't know"."""
    return not project.settled(question.id) or project.state(question.id) is State.UNKNOWN


def _said(project: Project, bank: Bank, questions: tuple[Question, ...]) -> Iterator[tuple[str, str]]:
    """Answers in short, with people by what they do; not those that are kept until others have answered the same."""
    for question in questions:
        if not _open(project, question) and not bank.hidden(question.id, project.answers):
            value = project.answers[question.id].value
            yield question.title, unmentioned(project, short(question, value))


def _found(project: Project, bank: Bank, role: Role) -> Iterator[str]:
    """What concerns the role, the most severe first."""
    findings = (project.followed[card.key] for card in following.cards(project))
    theirs = [one for one in findings if _concerns(project, bank, one, role)]
    for one in theirs[:MOST_FINDINGS]:
        yield f"{one.title} (“{one.input}”)" if one.input else one.title


def _concerns(project: Project, bank: Bank, finding: Followed, role: Role) -> bool:
    read = [bank[id] for id in finding.reads if id in bank.by_id]
    if finding.status is not Status.OPEN or any(bank.hidden(question.id, project.answers) for question in read):
        return False
    return role.value in finding.who or any(question.role is role for question in read)
