"""What the model reads exists in production, in time, fresh enough, the same as in training, and somebody owns it."""

from collections.abc import Iterator, Sequence

from bot.domain.bank import Pillar
from bot.domain.coverage import LISTED, SURVEY
from bot.domain.durations import as_said
from bot.domain.findings import Basis, Severity
from bot.domain.inputs import Input, Level, Reason, Surveyed

from .case import Case
from .quoting import mid_sentence
from .registry import Sign, detector

_READS = (LISTED, SURVEY)
_SURVEY_FIRST = (SURVEY, LISTED)
_WEIGHS = ("importance",)  # why the same is worse for one input than for another


@detector(
    "production does not have an input",
    Pillar.DATA,
    Basis.CONFLICT,
    seed="P4",
    who="eng with ml",
    do="Take a simpler input, or plan who builds it, and in how many weeks.",
)
def feature_not_in_prod(case: Case) -> Iterator[Sign]:
    """An input that V1 needs is missing in production, out of reach, or there for some cases only."""
    for surveyed in case.inputs:
        missing = _missing_must(surveyed.input) if surveyed.input.must else _missing_should(surveyed.input)
        if missing:
            severity, say, fact = missing
            facts = (fact, "build_weeks")
            yield Sign(severity, say, _READS, input=surveyed, facts=facts)


def _missing_must(i: Input) -> tuple[Severity, str, str] | None:
    if i.in_prod == "no" and i.build_weeks is None:
        say = f"V1 needs '{i.name}'; production does not have it, and there is no plan to build it."
        return Severity.CRITICAL, say, "in_prod"
    if i.access == "blocked":
        return Severity.CRITICAL, f"V1 needs '{i.name}'; our service is not allowed to read it.", "access"
    if i.in_prod == "no":
        return Severity.HIGH, f"V1 needs '{i.name}'; production does not have it yet.", "in_prod"
    if i.in_prod == "partial":
        say = f"V1 needs '{i.name}'; production has it for some users, devices or cases only."
        return Severity.MEDIUM, say, "in_prod"
    return None


def _missing_should(i: Input) -> tuple[Severity, str, str] | None:
    if i.importance == "should" and i.in_prod == "no":
        return Severity.MEDIUM, f"V1 should have '{i.name}'; production does not have it.", "in_prod"
    return None


@detector(
    "an input is hard to have in production",
    Pillar.DATA,
    Basis.RISK,
    seed="P4",
    who="ml with eng",
    do="Take the simpler one for V1, or keep it and say why.",
)
def feature_hard(case: Case) -> Iterator[Sign]:
    """An input takes a lot of work before production can read it in time."""
    for surveyed in case.inputs:
        if surveyed.difficulty in (Level.HARD, Level.VERY_HARD):
            why = "; ".join(reason.text for reason in surveyed.reasons)
            say = f"'{surveyed.name}' is {surveyed.difficulty.label} to have in production: {why}.{_simpler(surveyed)}"
            read = dict.fromkeys(read for reason in _decisive(surveyed) for read in reason.reads)
            questions = [id for id in read if id in case.bank.by_id]
            yield Sign(
                _severity_of_hard(surveyed),
                say,
                (*_SURVEY_FIRST, *(id for id in questions if case.said(id) is not None)),
                input=surveyed,
                facts=(*(fact for fact in read if fact not in questions), *_WEIGHS),
                do="" if surveyed.alternative else "Look for a simpler input, or keep it and say why.",
            )


def _severity_of_hard(surveyed: Surveyed) -> Severity:
    if not surveyed.input.must:
        return Severity.LOW
    return Severity.HIGH if surveyed.difficulty is Level.VERY_HARD else Severity.MEDIUM


def _decisive(surveyed: Surveyed) -> Sequence[Reason]:
    """The reasons without which it would be less hard."""
    return [reason for reason in surveyed.reasons if reason.code.startswith("H")] or surveyed.reasons


def _simpler(surveyed: Surveyed) -> str:
    idea = surveyed.alternative
    if idea is None:
        return ""
    sooner = f", {idea.sooner}" if idea.sooner else ""
    return f" Simpler: {mid_sentence(idea.text.removesuffix('.'))}{sooner}."


@detector(
    "an input is too old when it is read",
    Pillar.DATA,
    Basis.CONFLICT,
    seed="P4",
    who="eng with ml",
    do="Refresh it more often, or let it be older and measure what that costs.",
)
def freshness_gap(case: Case) -> Iterator[Sign]:
    """An input is older in production than the model can bear."""
    for surveyed in _beyond_nice(case):
        available, needed = surveyed.input.freshness_available, surveyed.input.freshness_needed
        if available is not None and needed is not None and available > needed:
            record = surveyed.record
            age, limit = as_said(record["freshness_available"]), as_said(record["freshness_needed"])
            say = f"'{surveyed.name}' is {age} old when it is read; the model needs it no older than {limit}."
            facts = ("freshness_available", "freshness_needed", *_WEIGHS)
            yield Sign(_high_for_must(surveyed), say, _SURVEY_FIRST, input=surveyed, facts=facts)


@detector("nobody owns an input", Pillar.DATA, Basis.RISK, seed="G3", who="eng", do="Name an owner.")
def feature_unowned(case: Case) -> Iterator[Sign]:
    """Nobody answers for an input without which the first version is pointless."""
    for surveyed in case.inputs:
        if surveyed.input.must and surveyed.input.owner == "":
            say = f"Nobody owns '{surveyed.name}'."
            yield Sign(Severity.MEDIUM, say, _SURVEY_FIRST, input=surveyed, facts=("owner",))


@detector(
    "an input is known too late",
    Pillar.DATA,
    Basis.CONFLICT,
    seed="P4",
    who="ml",
    do="Remove it, and measure the model again.",
)
def feature_leaks(case: Case) -> Iterator[Sign]:
    """An input gives away the outcome in training, and is not there when the decision is made."""
    for surveyed in case.inputs:
        late = surveyed.input.at_prediction == "no"
        if late or surveyed.input.source_kind == "label":
            say = f"'{surveyed.name}' is only known after the decision it should trigger."
            severity = Severity.CRITICAL if surveyed.input.must else Severity.HIGH
            reads, fact = (_READS, "at_prediction") if late else (_SURVEY_FIRST, "source_kind")
            yield Sign(severity, say, reads, input=surveyed, facts=(fact, *_WEIGHS))


@detector(
    "an input has no history",
    Pillar.DATA,
    Basis.RISK,
    seed="P4",
    who="eng",
    do="Start logging it today, and use another input in its place in V1.",
)
def history_missing(case: Case) -> Iterator[Sign]:
    """There are no past values of an input to learn from."""
    for surveyed in _beyond_nice(case):
        if surveyed.input.history == "none":
            say = f"There are no past values of '{surveyed.name}' to train on."
            yield Sign(_high_for_must(surveyed), say, _SURVEY_FIRST, input=surveyed, facts=("history", *_WEIGHS))


@detector(
    "an input may change without notice",
    Pillar.DATA,
    Basis.RISK,
    seed="G3",
    who="eng",
    do="Agree on a notice before changes, and check the values on arrival.",
)
def source_unstable(case: Case) -> Iterator[Sign]:
    """Nobody promises that an input stays as it is; worse where nobody owns it either."""
    for surveyed in case.unstable:
        adrift = surveyed.input.must and surveyed.input.owner == ""
        say = f"'{surveyed.name}' can change without notice{', and nobody owns it' if adrift else ''}."
        facts = ("contract", "owner") if adrift else ("contract",)
        severity = Severity.HIGH if adrift else Severity.MEDIUM
        yield Sign(severity, say, _SURVEY_FIRST, input=surveyed, facts=facts)


@detector(
    "users can shape an input",
    Pillar.DATA,
    Basis.RISK,
    who="eng",
    do="Check its values, limit how often one user can send them, and try to abuse it.",
)
def untrusted_input(case: Case) -> Iterator[Sign]:
    """Users can send what they like into an input."""
    for surveyed in case.inputs:
        if surveyed.input.untrusted == "not_handled":
            say = f"Users can shape '{surveyed.name}', and nothing filters what they send."
            yield Sign(Severity.HIGH, say, (SURVEY,), input=surveyed, facts=("untrusted",))


def _beyond_nice(case: Case) -> Iterator[Surveyed]:
    return (surveyed for surveyed in case.inputs if surveyed.input.importance != "nice")


def _high_for_must(surveyed: Surveyed) -> Severity:
    return Severity.HIGH if surveyed.input.must else Severity.MEDIUM
