"""From a project to what is said about it: questions, records and cards, and where each of them goes."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from . import helping, ratings
from .answers import Mark, Source, State
from .as_snapshot import today
from .bank import Bank, Question, Role
from .coverage import LISTED, SURVEY
from .escaping import escape
from .events import live_since
from .lists import next_subject
from .messages import (
    Ask,
    Done,
    InInterview,
    InterviewCard,
    KickoffCard,
    Message,
    Note,
    Over,
    OverCard,
    Record,
    RoleLine,
    Saying,
    Told,
)
from .project import Change, Project, Standing


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
        so_far=ratings.rows_seen(project, bank, question, so_far),
        note=answer.note if answer and answer.partial else "",
        subject=next_subject(project, question),
        ratings=ratings.below_rows(project, bank, question, so_far),
    )


def _behind(project: Project, question: Question) -> bool:
    """Whether a question needs no answer right now: it is settled, left for later, or in somebody else's hands."""
    interview = project.interviews[question.role]
    left = question.id in interview.skipped and question.id != interview.asked
    return project.settled(question.id) or left or question.id in interview.handed


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


def told(project: Project, bank: Bank, question: Question) -> Told:
    """A question with what was said to it, hidden while the other side has not answered the same."""
    answer, interview = project.answers.get(question.id), project.interviews[question.role]
    handover, state = interview.handed.get(question.id), project.state(question.id)
    hidden = state in _SIDES_TAKEN and bank.hidden(question.id, project.answers)
    over = state is State.SKIPPED and question.id in interview.brought_back  # it does not come back once more
    return Told(
        question=question.id,
        text=filled(question.ask, project),
        state=State.UNANSWERED if over else state,
        value=None if answer is None or hidden else ratings.rows_seen(project, bank, question, answer.value),
        by=handover.by if handover else answer.by if answer else "",
        note=answer.note if answer and not hidden else "",
        hidden=hidden,
        vague=answer is not None and Mark.VAGUE in answer.marks,
        guess=project.guessed(question.id),
        helper=handover.to if handover else None,
        suggested=suggested_helper(project, question),
        asked_by=interview.helped.get(question.id, ""),
        slot=handover.slot if handover else None,
        slot_over=handover.over if handover else False,
        agreed=handover.agreed if handover else (),
        edited=answer is not None and interview.edited(question.id),
        confirmed=today(project, answer.confirmed_at) if answer and answer.confirmed_at else None,
        ratings=ratings.below_rows(project, bank, question, answer.value) if answer and not hidden else (),
    )


_SIDES_TAKEN = (State.ANSWERED, State.NOT_APPLICABLE)  # "I don't know" takes none, and asks for help in the open


def suggested_helper(project: Project, question: Question) -> str | None:
    """Who may know; never the person asked (alignment model, 1.4)."""
    return helping.suggested(project, question)


def record(project: Project, bank: Bank, role: Role, questions: Sequence[str]) -> Record:
    return Record(project.id, role, tuple(told(project, bank, bank[q]) for q in questions))


def refresh(project: Project, bank: Bank, question_id: str) -> Change:
    """Show the newest state of a question: its message, those of the same blind group, and the cards."""
    question = bank[question_id]
    says = (*_shown(project, bank, question), *cards(project, bank, question.role))
    return Change(project, says).then(reveal, bank, question_id)


def reveal(project: Project, bank: Bank, question_id: str) -> Change:
    """Show the answers of a blind group that waited for this one, once all are in."""
    group = next((g for g in bank.blind if question_id in g), frozenset())
    seen = [] if bank.hidden(question_id, project.answers) else sorted(group - {question_id})
    return Change(project, tuple(say for other in seen for say in _shown_again(project, bank, bank[other])))


def inputs_again(project: Project, bank: Bank, before: Project, shown: Collection[str]) -> Change:
    """The lists of inputs that read differently now, but for those shown: need and offer of one appear together."""
    lists = (bank[id] for id in (LISTED, SURVEY) if id in bank.by_id and id not in shown)
    changed = [q for q in lists if _of_inputs(project, bank, q) != _of_inputs(before, bank, q)]
    return Change(project, tuple(say for question in changed for say in _shown_again(project, bank, question)))


def _of_inputs(project: Project, bank: Bank, question: Question) -> tuple[object, ...]:
    answer = project.answers.get(question.id)
    value = answer.value if answer else None
    return (
        ratings.rows_seen(project, bank, question, value),
        ratings.below_rows(project, bank, question, value),
        next_subject(project, question),
    )


def _shown(project: Project, bank: Bank, question: Question) -> tuple[Saying, ...]:
    """What stands is put right; what never stood anywhere comes as a record, unless it is on its way."""
    again, interview = _shown_again(project, bank, question), project.interviews[question.role]
    if again or not project.settled(question.id) or interview.on_its_way(question.id):
        return again
    return (Saying(record(project, bank, question.role, [question.id]), InInterview(project.id, question.role)),)


def _shown_again(project: Project, bank: Bank, question: Question) -> tuple[Saying, ...]:
    standing = project.interviews[question.role].stands(question.id)
    if standing is None:
        return ()
    return (over(project.place_of(standing), as_it_stands(project, bank, question, standing)),)


def as_it_stands(project: Project, bank: Bank, question: Question, standing: Standing) -> Message:
    """What the message that shows a question, with others or alone, should say now."""
    records = project.interviews[question.role].records
    sharing = [id for id, other in records.items() if _same(other, standing) and id in bank.by_id]
    if len(sharing) == 1 and not _behind(project, question):
        return ask(project, bank, question)
    return record(project, bank, question.role, sharing)


def _same(one: Standing, other: Standing) -> bool:
    return (one.dm, one.ts) == (other.dm, other.ts)


def over(place: Source, message: Message) -> Saying:
    """A message put over the one that stands at a place."""
    return Saying(message, Over(place.channel, place.ts), slot=f"message:{place.channel}:{place.ts}")


def put_right(project: Project, bank: Bank, shown: Ask | Record) -> tuple[Saying, ...]:
    """What to put over a message that was just posted, if things moved on while it was on its way."""
    question = bank[shown.question if isinstance(shown, Ask) else shown.told[0].question]
    standing = project.interviews[question.role].stands(question.id)
    if standing is None:
        return ()
    now = as_it_stands(project, bank, question, standing)
    if isinstance(now, Ask) and isinstance(shown, Ask):
        same = {name: getattr(shown, name) for name in ("mention", "again", "number", "total", "minutes_left")}
        now = replace(now, **same)
    return () if now == shown else (over(project.place_of(standing), now),)


def moved_on(project: Project, question: Question, *, asked: bool) -> tuple[Saying, ...]:
    """What an older message of a question becomes once the question stands further down, or is not needed."""
    interview = project.interviews[question.role]
    standing = interview.stands(question.id)
    if standing is None:
        return ()
    shared = sum(_same(standing, other) for other in interview.records.values()) > 1
    say = "see further down." if asked else "not needed any more, because another answer changed."
    return () if shared else (over(project.place_of(standing), Note(f"*{escape(question.title)}*: {say}")),)


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
        launch=project.launch_day,
        started_by=project.started_by,
        state=project.stage.value,
        roles=tuple(role_line(project, bank, role) for role in Role),
        blocking_open=len(project.blocking_open(bank)),
        complete=project.complete(bank),
        live=today(project, live) if (live := live_since(project)) else None,
    )


def role_line(project: Project, bank: Bank, role: Role) -> RoleLine:
    interview = project.interviews[role]
    answered, total = project.counted(bank, role)
    done = interview.done and not locked_title(project, bank, role)
    return RoleLine(role, project.people(role), answered, total, done, interview.by_dm)


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
    others = [r for r in Role if r is not role and not project.interviews[r].done]
    return Done(
        project=project.id,
        role=role,
        person=project.owner(role) or "",
        waiting_for=tuple(r for r in others if project.owner(r)),
        vacant=tuple(r for r in others if not project.owner(r)),
        later=locked_title(project, bank, role),
        unknown=sum(project.state(q.id) is State.UNKNOWN for q in project.required(bank, role)),
    )
