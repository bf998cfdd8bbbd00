"""What nobody has said yet. Gaps say "not enough known"; they are never counted as misalignment."""

from collections.abc import Iterator, Mapping, Sequence

from bot.domain import rules
from bot.domain.bank import Pillar, Question, Role
from bot.domain.coverage import LISTED, SURVEY
from bot.domain.findings import Basis, Severity

from .case import Case
from .quoting import SPEAKERS, listed, mid_sentence
from .registry import Sign, detector

# Who can know it, when the one asked does not: the bank's helpers in words.
HELPERS: Mapping[str, str] = {
    "pm": "the PM",
    "ml": "the ML person",
    "eng": "the product engineer",
    "pm_lead": "the PM's lead",
    "ml_lead": "the ML lead",
    "eng_lead": "the engineering lead",
    "analyst": "an analyst",
    "decider": "the person who decides",
    "legal_or_lead": "legal or a lead",
    "data_owner": "whoever owns the data",
    "sre": "whoever runs production",
}
_SURVEYED_BY_ENGINEER = ("source", "source_kind", "in_prod")


@detector(
    "feasibility or data questions open",
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
        questions = "question about feasibility or data is" if len(open) == 1 else "feasibility and data questions are"
        yield Sign(
            Severity.HIGH,
            f"{len(open)} {questions} open: {_titles(open)}. The kickoff cannot close before they are answered.",
            reads=_ids(open),
            who=_asked(open),
            do=_answer_or_hand_over(open),
        )


@detector("something essential is not said", None, Basis.GAP, seed="G2", who="", do="Answer it.")
def essential_open(case: Case) -> Iterator[Sign]:
    """A question without which nobody can call the project aligned is unanswered or unknown."""
    open = case.coverage.essential_open
    if open:
        say = f"Not said yet: {_titles(open)}. Nobody can call this aligned without it."
        yield Sign(Severity.MEDIUM, say, reads=_ids(open), who=_asked(open))


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


def _reacted(case: Case, question: Question) -> bool:
    features = case.snapshot.features
    listed_inputs = question.id == LISTED and bool(features)
    surveyed = question.id == SURVEY and any(f.get(part) for f in features for part in _SURVEYED_BY_ENGINEER)
    return question.id in case.snapshot.answers or listed_inputs or surveyed


def _ids(questions: Sequence[Question]) -> tuple[str, ...]:
    return tuple(q.id for q in questions)


def _titles(questions: Sequence[Question]) -> str:
    """What each role still has to say, as a list a person can work through."""
    by_role = {role: [mid_sentence(q.title) for q in questions if q.role is role] for role in Role}
    return "; ".join(f"{', '.join(titles)} ({SPEAKERS[role]})" for role, titles in by_role.items() if titles)


def _asked(questions: Sequence[Question]) -> tuple[str, ...]:
    return tuple(role.value for role in Role if any(q.role is role for q in questions))


def _answer_or_hand_over(questions: Sequence[Question]) -> str:
    helpers = dict.fromkeys(HELPERS.get(q.helper, q.helper) for q in questions if q.helper)
    return f"Answer, or hand over to {listed(list(helpers))}." if helpers else ""
