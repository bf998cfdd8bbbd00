"""From a project to what is said about it: questions, records and cards, and where each of them goes."""

import re
from collections.abc import Sequence

from .answers import State
from .bank import Bank, Field, Question, Role
from .messages import (
    Ask,
    Done,
    InInterview,
    InterviewCard,
    KickoffCard,
    Message,
    Over,
    OverCard,
    Record,
    RoleLine,
    Saying,
    Told,
)
from .project import Change, Project


def ask(project: Project, bank: Bank, question: Question, *, mention: bool = False, again: bool = False) -> Ask:
    """The message that asks a question, with what is kept of a half-given answer."""
    answer = project.answers.get(question.id)
    so_far = answer.value if answer and answer.partial else None
    behind = [q for q in project.required(bank, question.role) if q.id != question.id and _behind(project, q)]
    return Ask(
        project=project.id,
        role=question.role,
        question=question.id,
        text=filled(question.ask, project),
        number=len(behind) + 1,
        total=len(project.required(bank, question.role)),
        minutes_left=minutes_left(project, bank, question.role),
        person=project.owner(question.role) or "",
        mention=mention,
        again=again,
        so_far=so_far,
        note=answer.note if answer and answer.partial else "",
        subject=next_subject(project, question),
    )


def _behind(project: Project, question: Question) -> bool:
    interview = project.interviews[question.role]
    return project.settled(question.id) or question.id in interview.skipped or question.id in interview.handed


def filled(text: str, project: Project) -> str:
    """A question's text with the answers it quotes, as in "The PM's number is …"."""

    def said(match: re.Match[str]) -> str:
        answer = project.answers.get(match["question"])
        value = answer.value.get(match["field"]) if answer and isinstance(answer.value, dict) else None
        return str(value) if value else "not named yet"

    return re.sub(r"\{(?P<question>\w+\.\w+)\.(?P<field>\w+)\}", said, text)


def minutes_left(project: Project, bank: Bank, role: Role) -> int:
    """Whole minutes, rounded up, that the open questions of a role take."""
    seconds = sum(q.secs for q in project.required(bank, role) if not project.settled(q.id))
    return -(-seconds // 60)


def next_subject(project: Project, question: Question) -> str:
    """The next input that a survey asks about: the first one listed that it does not describe yet."""
    if question.waits_for is None or question.fields[:1] == () or question.fields[0].name != "name":
        return ""
    surveyed = {row.get("name") for row in rows_of(project, question.id)}
    names = (str(row.get("name", "")) for row in rows_of(project, question.waits_for))
    return next((name for name in names if name not in surveyed), "")


def rows_of(project: Project, question: str) -> Sequence[dict[str, object]]:
    answer = project.answers.get(question)
    return answer.value if answer and isinstance(answer.value, list) else ()


def told(project: Project, bank: Bank, question: Question) -> Told:
    """A question with what was said to it, hidden while the other side has not answered the same."""
    answer = project.answers.get(question.id)
    handover = project.interviews[question.role].handed.get(question.id)
    hidden = project.settled(question.id) and bank.hidden(question.id, project.answers)
    return Told(
        question=question.id,
        text=filled(question.ask, project),
        state=project.state(question.id),
        value=None if answer is None or hidden else answer.value,
        by=answer.by if answer else "",
        note=answer.note if answer and not hidden else "",
        hidden=hidden,
        vague=answer is not None and "vague" in answer.marks,
        helper=handover.to if handover else None,
        suggested=suggested_helper(project, question),
    )


def suggested_helper(project: Project, question: Question) -> str | None:
    """Who may know: the partner role's person, then the decider; never the person asked (alignment model, 1.4)."""
    asked = project.people(question.role)
    role = Role(question.helper) if question.helper in set(Role) else None
    candidates = (project.owner(role) if role else None, project.decider)
    return next((user for user in candidates if user and user not in asked), None)


def record(project: Project, bank: Bank, role: Role, questions: Sequence[str]) -> Record:
    return Record(project.id, role, tuple(told(project, bank, bank[q]) for q in questions))


def refresh(project: Project, bank: Bank, question_id: str) -> Change:
    """Show the newest state of a question: its message, those of the same blind group, and the cards."""
    question = bank[question_id]
    group = next((g for g in bank.blind if question_id in g), frozenset())
    seen = [] if bank.hidden(question_id, project.answers) else sorted(group - {question_id})
    says = [*_shown(project, bank, question), *(s for other in seen for s in _shown_again(project, bank, bank[other]))]
    return Change(project, (*says, *cards(project, bank, question.role)))


def _shown(project: Project, bank: Bank, question: Question) -> tuple[Saying, ...]:
    again = _shown_again(project, bank, question)
    if again or not project.settled(question.id) or project.interviews[question.role].asked == question.id:
        return again
    return (Saying(record(project, bank, question.role, [question.id]), InInterview(project.id, question.role)),)


def _shown_again(project: Project, bank: Bank, question: Question) -> tuple[Saying, ...]:
    """Put the newest state over the message in which a question stands, with the others that share it."""
    interview = project.interviews[question.role]
    ts = interview.records.get(question.id)
    if ts is None or interview.place is None:
        return ()
    sharing = [id for id, where in interview.records.items() if where == ts and id in bank.by_id]
    alone = len(sharing) == 1 and not _behind(project, question)
    message: Message = ask(project, bank, question) if alone else record(project, bank, question.role, sharing)
    return (Saying(message, Over(interview.place.channel, ts), slot=f"message:{interview.place.channel}:{ts}"),)


def cards(project: Project, bank: Bank, *roles: Role) -> tuple[Saying, ...]:
    """The kickoff card and the named roles' cards, to be put over what stands there."""
    own = [
        Saying(interview_card(project, bank, r), OverCard(project.id, r), slot=f"card:{project.id}:{r}") for r in roles
    ]
    top = Saying(kickoff_card(project, bank), OverCard(project.id), slot=f"card:{project.id}")
    return (*own, top)


def kickoff_card(project: Project, bank: Bank) -> KickoffCard:
    return KickoffCard(
        project=project.id,
        name=project.name,
        summary=project.summary,
        launch=project.launch,
        started_by=project.started_by,
        state=project.stage.value,
        roles=tuple(role_line(project, bank, role) for role in Role),
        blocking_open=len(project.blocking_open(bank)),
        complete=project.complete(bank),
    )


def role_line(project: Project, bank: Bank, role: Role) -> RoleLine:
    interview = project.interviews[role]
    answered, total = project.counted(bank, role)
    return RoleLine(role, project.people(role), answered, total, interview.done, interview.by_dm)


def interview_card(project: Project, bank: Bank, role: Role) -> InterviewCard:
    interview, (answered, total) = project.interviews[role], project.counted(bank, role)
    owner = project.owner(role)
    return InterviewCard(
        project=project.id,
        name=project.name,
        role=role,
        person=owner,
        others=tuple(user for user in project.people(role) if user != owner),
        answered=answered,
        total=total,
        minutes_left=minutes_left(project, bank, role),
        done=interview.done,
        by_dm=interview.by_dm,
        waiting_for=locked_title(project, bank, role) if interview.done else "",
        paused=project.stage.value == "paused",
    )


def locked_title(project: Project, bank: Bank, role: Role) -> str:
    """Title of a question that comes once another role has said something."""
    locked = (q.title for q in project.required(bank, role) if not q.unlocked(project.answers))
    return next(locked, "")


def done(project: Project, bank: Bank, role: Role) -> Done:
    others = (r for r in Role if r is not role and not project.interviews[r].done and project.owner(r))
    unknown = sum(project.state(q.id) is State.UNKNOWN for q in project.required(bank, role))
    later = locked_title(project, bank, role)
    return Done(project.id, role, project.owner(role) or "", tuple(others), later, unknown)


def leaves_room(question: Question, reason: str) -> str:
    return (
        f"Kept, thank you. One thing: {reason}. If you can, add one concrete sentence here; "
        "if this is all there is to say now, that is fine too."
    )


def still_missing(question: Question, missing: Sequence[Field]) -> str:
    if question.type == "rows":
        return "Kept. Press *Answer* on the question to fill in the rest of each line, then *That's all*."
    return f"Kept. Still missing: {_listed([field.label.rstrip('?.') for field in missing])}. Press *Answer* on the question above."


def _listed(words: Sequence[str]) -> str:
    """a, b and c"""
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))
