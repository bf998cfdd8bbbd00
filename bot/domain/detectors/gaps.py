"""What nobody has said yet. Gaps say "not enough known"; they are never counted as misalignment."""

from collections.abc import Iterator, Mapping, Sequence

from bot.domain import rules
from bot.domain.answers import Mark
from bot.domain.bank import Kind, Pillar, Question, Role
from bot.domain.coverage import LISTED, SURVEY, Status
from bot.domain.findings import Basis, Severity
from bot.domain.vagueness import checked_text, vague

from .case import Case
from .quoting import SPEAKERS, THE, listed, mid_sentence
from .registry import Sign, detector

# Who can know it, when the one asked does not: the bank's helpers in words.
HELPERS: Mapping[str, str] = {
    **{role.value: words for role, words in THE.items()},
    "pm_lead": "the PM's lead",
    "ml_lead": "the ML lead",
    "eng_lead": "the engineering lead",
    "analyst": "an analyst",
    "decider": "the person who decides",
    "legal_or_lead": "legal or a lead",
    "data_owner": "whoever owns the data",
    "sre": "whoever runs production",
}
LONGEST_QUOTE = 80
_SURVEYED_BY_ENGINEER = ("source", "source_kind", "in_prod")


@detector(
    "feasibility or data questions are open",
    None,
    Basis.GAP,
    seed="P2",
    who="",
    do="Answer it, or hand it over.",
)
def blocking_open(case: Case) -> Iterator[Sign]:
    """A question about feasibility or data is unanswered, unknown or vague."""
    open = case.coverage.blocking_open
    if open:
        one = len(open) == 1
        questions = "question about feasibility or data is" if one else "feasibility and data questions are"
        answered = "it is" if one else "they are"
        yield Sign(
            Severity.HIGH,
            f"{len(open)} {questions} open: {titles(open)}. The kickoff cannot close before {answered} answered."
            f"{_guessed(case, open)}",
            reads=_ids(open),
            who=asked(open),
            do=_answer_or_hand_over(open),
        )


@detector("something essential is not said", None, Basis.GAP, seed="G2", who="", do="Answer it.")
def essential_open(case: Case) -> Iterator[Sign]:
    """A question without which nobody can call the project aligned is unanswered or unknown."""
    open = case.coverage.essential_open
    if open:
        them = "it" if len(open) == 1 else "them"
        say = f"Not said yet: {titles(open)}. Nobody can call this aligned without {them}.{_guessed(case, open)}"
        yield Sign(Severity.MEDIUM, say, reads=_ids(open), who=asked(open))


@detector(
    "a role has not been heard",
    Pillar.PARTNER,
    Basis.GAP,
    seed="G3",
    who="decider",
    do="Name a person, or start the interview.",
)
def role_silent(case: Case) -> Iterator[Sign]:
    """Nobody is named for a role, or it has reacted to few of its questions; "I don't know" is a reaction."""
    for role in Role:
        core = [q for q in case.bank.of(role) if q.core]
        reacted = sum(_reacted(case, q) for q in core)
        if not case.snapshot.people.get(role):
            yield Sign(Severity.HIGH, f"Nobody is named as {HELPERS[role]} yet.", reads=_ids(core))
        elif reacted < rules.SILENT_BELOW * len(core):
            say = f"We have hardly heard from {HELPERS[role]} yet ({reacted} of {len(core)} questions)."
            yield Sign(Severity.HIGH, say, reads=_ids(core))


@detector(
    "an answer leaves room",
    None,
    Basis.GAP,
    who="",
    do="Say it in one concrete sentence, or let a colleague of another role mark it as clear.",
)
def vague_answer(case: Case) -> Iterator[Sign]:
    """An answer says little, copies another one or gives a number that cannot be, and no colleague called it clear."""
    for question in case.coverage.with_status(Status.VAGUE):
        weighty = question.kind.blocking or question.kind is Kind.SUCCESS
        say = f"{_what_is_vague(case, question)} ({SPEAKERS[question.role]}, {mid_sentence(question.title)})."
        severity = Severity.MEDIUM if weighty else Severity.LOW
        yield Sign(severity, say, reads=(question.id,), who=(case.author(question.id).value,))


def _what_is_vague(case: Case, question: Question) -> str:
    value, others = case.snapshot.answers.get(question.id), case.snapshot.answers
    reason = vague(question, value, others=others) or "one concrete detail would make it clear"
    text = " ".join((checked_text(question, value) or "").split())
    short = f"{text[: LONGEST_QUOTE - 1].rstrip()}…" if len(text) > LONGEST_QUOTE else text
    subject = f"'{short}'" if short else "An answer"
    return f"{subject} leaves room: {reason}"


@detector(
    "an answer is old",
    None,
    Basis.GAP,
    who="",
    do="Say that it is still true, or what has changed.",
)
def stale_answer(case: Case) -> Iterator[Sign]:
    """An answer was last confirmed longer ago than answers of its kind are trusted."""
    for question in case.coverage.with_status(Status.STALE):
        meta = case.snapshot.meta.get(question.id)
        days = (case.snapshot.as_of - meta.answered_at).days if meta else 0
        age = f"was last confirmed {days} days ago" if days > 1 else "needs a fresh look"
        say = f"'{question.title}' ({SPEAKERS[question.role]}) {age}."
        severity = Severity.MEDIUM if question.blocking else Severity.LOW
        yield Sign(severity, say, reads=(question.id,), who=(case.author(question.id).value,))


def _reacted(case: Case, question: Question) -> bool:
    features = case.snapshot.features
    if Mark.GUESS in case.snapshot.marks.get(question.id, ()):
        return False
    listed_inputs = question.id == LISTED and bool(features)
    surveyed = question.id == SURVEY and any(f.get(part) for f in features for part in _SURVEYED_BY_ENGINEER)
    return question.id in case.snapshot.answers or listed_inputs or surveyed


def _guessed(case: Case, open: Sequence[Question]) -> str:
    guesses = [q for q in open if case.coverage.status[q.id] is Status.GUESS]
    return f" Guessed by a colleague, to be confirmed: {titles(guesses)}." if guesses else ""


def _ids(questions: Sequence[Question]) -> tuple[str, ...]:
    return tuple(q.id for q in questions)


def titles(questions: Sequence[Question]) -> str:
    """What each role still has to say, as a list a person can work through."""
    by_role = {role: [mid_sentence(q.title) for q in questions if q.role is role] for role in Role}
    return "; ".join(f"{', '.join(titles)} ({SPEAKERS[role]})" for role, titles in by_role.items() if titles)


def asked(questions: Sequence[Question]) -> tuple[str, ...]:
    return tuple(role.value for role in Role if any(q.role is role for q in questions))


def _answer_or_hand_over(questions: Sequence[Question]) -> str:
    helpers = dict.fromkeys(HELPERS.get(q.helper, q.helper) for q in questions if q.helper)
    return f"Answer, or hand over to {listed(list(helpers))}." if helpers else ""
