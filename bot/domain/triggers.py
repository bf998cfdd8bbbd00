"""Which answers an event puts in question (alignment model, 3.6)."""

from collections.abc import Mapping

from .bank import Bank, Question, Type
from .coverage import LISTED, SURVEY
from .durations import seconds
from .inputs import Serving, survey
from .inputs.simpler import TOO_HARD
from .snapshot import Event, Snapshot
from .wording import TEAM_OR_PERSON

RECHECK: Mapping[str, tuple[str, ...]] = {
    "date_change": ("pm.ship_tradeoff", "ml.effort", "eng.effort", "eng.feasible", SURVEY),
    "scope_change": (
        *("pm.success_metric", "pm.success_target"),
        *("ml.target", "ml.optimise", "ml.metric_link", "ml.baseline", "ml.representative"),
    ),
    "source_change": (SURVEY, "ml.representative", "eng.skew_plan", "eng.latency_budget"),
    "feature_added": (SURVEY, "ml.latency", "eng.effort", "eng.limits"),
    "sla_breach": ("eng.slos", "eng.latency_budget", "ml.latency", "pm.response_time"),
    "left": (),  # whatever that person owns
    "launched": ("eng.monitoring", "eng.slos", "eng.monitor_owner"),
}
"""By event. A row of the survey stands for its input; of a new date only the hard inputs are concerned."""


def to_recheck(event: Event, snapshot: Snapshot, bank: Bank) -> tuple[str, ...]:
    """The questions whose answers an event puts in question, in interview order; what nobody answered is left out."""
    if event.type == "left":
        concerned = _owned(event.user, snapshot, bank)
    else:
        concerned = set(RECHECK.get(event.type, ()))
        if event.type == "date_change" and not _any_hard(snapshot):
            concerned.discard(SURVEY)
    return tuple(q.id for q in bank.questions if q.id in concerned and _answered(q.id, snapshot))


def same_person(named: str | None, user: str | None) -> bool:
    """Whether a name in an answer, as an id or as a mention, is this person."""
    if not named or not user:
        return False
    mention = TEAM_OR_PERSON.fullmatch(named.strip())
    return (mention[1] if mention else named.strip()) == user


def owns_an_input(user: str | None, snapshot: Snapshot) -> bool:
    return any(same_person(str(record.get("owner") or ""), user) for record in snapshot.features)


def _owned(user: str | None, snapshot: Snapshot, bank: Bank) -> set[str]:
    """Answers that a person gave, answers that name them, and the survey where they own an input."""
    owned = {q.id for q in bank.questions if user and (_author(q, snapshot) == user or _names(q, user, snapshot))}
    return owned | ({SURVEY} if owns_an_input(user, snapshot) else set())


def _author(question: Question, snapshot: Snapshot) -> str | None:
    meta = snapshot.meta.get(question.id)
    return meta.by if meta else snapshot.people.get(question.role)


def _names(question: Question, user: str, snapshot: Snapshot) -> bool:
    said = snapshot.answers.get(question.id)
    if question.type is Type.USER:
        return said == user
    parts = [f.name for f in question.fields if f.type is Type.USER]
    return isinstance(said, Mapping) and any(said.get(part) == user for part in parts)


def _answered(question: str, snapshot: Snapshot) -> bool:
    return question in snapshot.answers or (question in (LISTED, SURVEY) and bool(snapshot.features))


def _any_hard(snapshot: Snapshot) -> bool:
    where = snapshot.answers.get("eng.serving")
    budget = seconds(snapshot.answers.get("eng.latency_budget"))
    serving = Serving(where if isinstance(where, str) else None, budget)
    return any(survey(record, serving).difficulty in TOO_HARD for record in snapshot.features)
