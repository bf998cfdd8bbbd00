"""What the alignment model promises of every project (sections 3.7, 3.8 and 6), on any that the bank allows."""

import json
from collections.abc import Iterable, Mapping
from copy import deepcopy
from math import floor
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain import rules
from bot.domain.bank import Pillar, Role
from bot.domain.coverage import LISTED, SURVEY
from bot.domain.findings import Basis, Finding, Severity
from bot.domain.health import Health, State, assess
from bot.services.assessing import report
from bot.services.snapshots import read_snapshot
from tests.domain import examples
from tests.domain.aligned import BANK, aligned
from tests.services.report_schema import REPORT
from tests.strategies import changed, documents, people

Document = dict[str, Any]
HISTORY = ("events", "pulse", "provenance", "answer_meta")
SAID = [(role, id) for role, answers in aligned()["answers"].items() for id in answers]
VALID = jsonschema.validators.validator_for(REPORT)(REPORT)
any_project = settings(deadline=None, max_examples=80)
few_projects = settings(deadline=None, max_examples=40)


def health(document: Mapping[str, Any]) -> Health:
    return assess(read_snapshot(document, BANK), BANK)


def reported(document: Mapping[str, Any]) -> Document:
    return report(health(document))


def with_history_of(other: Document) -> Document:
    """The aligned project to which has happened what happened to another."""
    return {**aligned(), **{key: other[key] for key in HISTORY if key in other}}


NEARLY_ALIGNED = changed(aligned(), BANK)
ANY = documents(BANK) | NEARLY_ALIGNED | documents(BANK).flatmap(lambda other: changed(with_history_of(other), BANK))
ALIGNED = changed(aligned(), BANK, most=2).filter(lambda document: health(document).state is State.ALIGNED)


def number(found: Health) -> int:
    return found.score if found.score is not None else found.provisional or 0


# ------------------------------------------------------------------ the report
@any_project
@given(ANY)
def test_any_project_has_a_report_in_the_promised_form_and_always_the_same(document):
    told = reported(document)
    VALID.validate(told)
    assert json.loads(json.dumps(told)) == told == reported(json.loads(json.dumps(document)))


@any_project
@given(ANY)
def test_any_project_has_one_state_with_its_cause_and_a_number_that_fits_it(document):
    found = health(document)
    low, high = rules.BANDS[found.state]
    assert low <= number(found) <= high
    assert (found.score is None) == (found.state is State.NOT_ENOUGH_KNOWN)
    assert (found.score is None) == (found.provisional is not None)
    assert bool(found.because) == (found.state is not State.ALIGNED)
    assert len(set(found.because)) == len(found.because) == len(found.causes)
    assert {*found.because} <= {f.detector for f in found.findings} | {"coverage"}


@any_project
@given(ANY)
def test_the_first_of_the_four_words_that_fits_is_the_state(document):
    found = health(document)
    assert found.state is _word(found, [f for f in found.findings if f.basis is not Basis.GAP])


def _word(found: Health, weighty: list[Finding]) -> State:
    """Section 3.7, read literally."""
    high = [f for f in weighty if f.severity is Severity.HIGH]
    many = len({f.detector for f in high}) >= 4 and len({f.pillar for f in high}) >= 3
    gaps, share = {f.detector for f in found.findings}, found.coverage.total.share
    if many or any(f.severity is Severity.CRITICAL for f in weighty):
        return State.MISALIGNED
    if gaps & {"blocking_open", "role_silent"} or share < 0.6:
        return State.NOT_ENOUGH_KNOWN
    medium = {f.detector for f in weighty if f.severity is Severity.MEDIUM}
    return State.AT_RISK if high or len(medium) >= 4 or "essential_open" in gaps or share < 0.85 else State.ALIGNED


# ------------------------------------------------------------------ points
@any_project
@given(ANY)
def test_points_are_what_is_known_less_what_findings_take_and_never_below_zero(document):
    found = health(document)
    for pillar, score in found.pillars.items():
        assert score.known == pytest.approx(20 * found.coverage.by_pillar[pillar].share)
        assert score.points == max(0, score.known - sum(d.points for d in score.deductions))
        weighty = [f for f in found.findings if f.pillar is pillar and f.basis is not Basis.GAP]
        assert [d.detector for d in score.deductions] == list(dict.fromkeys(f.detector for f in weighty))
        assert [d.points for d in score.deductions] == [_taken(weighty, d.detector) for d in score.deductions]
        assert all(d.reason for d in score.deductions)


def _taken(found: Iterable[Finding], detector: str) -> float:
    """Section 3.8, read literally: the worst one, and 1 for each further input."""
    same = [f for f in found if f.detector == detector]
    worst = max({"critical": 20, "high": 8, "medium": 3, "low": 1}[f.severity] for f in same)
    return worst + max(0, len({f.input for f in same}) - 1)


@any_project
@given(ANY)
def test_half_the_score_is_the_sum_of_the_pillars_and_half_is_the_weakest(document):
    found = health(document)
    points = [found.pillars[pillar].points for pillar in Pillar]
    low, high = rules.BANDS[found.state]
    assert number(found) == max(low, min(high, floor(sum(points) / 2 + 5 * min(points) / 2 + 0.5)))


@any_project
@given(ANY, st.data())
def test_living_with_findings_never_costs_points_and_changes_no_state(document, data):
    before = health(document)
    fired = sorted({(f.detector, f.input or "") for f in before.findings})
    accepted = data.draw(st.lists(st.sampled_from(fired), unique=True) if fired else st.just([]))
    status = {"status": "accepted", "until": document["as_of"]}
    after = health(
        {**document, "findings": [{"detector": id, "input": input or None, **status} for id, input in accepted]}
    )
    assert (after.state, after.because, after.findings) == (before.state, before.because, before.findings)
    assert number(after) >= number(before)
    assert all(after.pillars[pillar].points >= before.pillars[pillar].points for pillar in Pillar)


@pytest.mark.parametrize("id", examples.FINDINGS)
def test_a_more_severe_finding_never_leaves_a_pillar_more_points(id):
    points = []
    for document in examples.FINDINGS[id]:
        found = health(document)
        pillar = next(f.pillar for f in found.findings if f.detector == id)
        points.append(sum(d.points for d in found.pillars[pillar].deductions if d.detector == id))
    assert points == sorted(points, reverse=True)


# ------------------------------------------------------------------ silence
@few_projects
@given(people())
def test_a_project_in_which_nothing_is_said_is_not_enough_known(people):
    assert health({**aligned(), "people": people, "answers": {}, "features": []}).state is State.NOT_ENOUGH_KNOWN


@few_projects
@given(people())
def test_a_project_of_honest_unknowns_is_not_enough_known(people):
    unknown = {role.value: {q.id: {"unknown": True} for q in BANK.of(role)} for role in Role}
    found = health({**aligned(), "people": people, "answers": unknown, "features": []})
    assert found.state is State.NOT_ENOUGH_KNOWN


@few_projects
@given(ALIGNED, st.sampled_from(list(Role)))
def test_an_aligned_project_without_one_role_is_not_enough_known(document, role):
    document["answers"][role.value] = {}
    document["people"][role.value] = None
    assert health(document).state is State.NOT_ENOUGH_KNOWN


@few_projects
@given(ALIGNED, st.data())
def test_one_answer_less_never_makes_an_aligned_project_misaligned(document, data):
    role, question = data.draw(st.sampled_from([(r, id) for r, said in document["answers"].items() for id in said]))
    del document["answers"][role][question]
    found = health(document)
    assert found.state is not State.MISALIGNED
    assert found.state is not State.ALIGNED or not BANK[question].essential


@few_projects
@given(ANY, st.sets(st.sampled_from(SAID)))
def test_taking_every_answer_of_some_questions_away_leaves_a_project_that_can_be_assessed(document, gone):
    for role, question in gone:
        document["answers"].get(role, {}).pop(question, None)
    VALID.validate(reported(document))


# ------------------------------------------------------------------ more known, more points
@any_project
@given(st.sets(st.sampled_from(SAID), min_size=1), st.data())
def test_a_clear_answer_to_an_open_question_never_lowers_what_is_known(gone, data):
    document = aligned(**{id.replace(".", "__", 1): None for _, id in gone})
    before = health(document)
    role, question = data.draw(st.sampled_from(sorted(gone)))
    document["answers"][role][question] = aligned()["answers"][role][question]
    after = health(document)
    assert after.coverage.total.share >= before.coverage.total.share
    assert after.coverage.by_role[Role(role)].known >= before.coverage.by_role[Role(role)].known
    assert len(after.coverage.blocking_open) <= len(before.coverage.blocking_open)


WORSE = {State.MISALIGNED: 0, State.NOT_ENOUGH_KNOWN: 1, State.AT_RISK: 2, State.ALIGNED: 3}


@any_project
@given(NEARLY_ALIGNED, st.sets(st.sampled_from([q.id for q in BANK.questions]), min_size=1), st.data())
def test_an_answer_that_grows_old_never_helps(document, old, data):
    before = health(document)
    stale = data.draw(st.booleans())
    aged = (
        {"provenance": {id: {"marks": ["stale"]} for id in old}}
        if stale
        else {"answer_meta": {id: {"answered_at": "2025-01-01"} for id in old}}
    )
    after = health({**document, **aged})
    assert number(after) <= number(before)
    assert after.coverage.total.known <= before.coverage.total.known
    assert WORSE[after.state] <= WORSE[before.state]
    assert after.coverage.blocking_open == before.coverage.blocking_open


@few_projects
@given(NEARLY_ALIGNED, st.sampled_from([q.id for q in BANK.questions if q.id not in (LISTED, SURVEY)]))
def test_a_guess_of_another_role_is_worth_no_more_than_silence(document, question):
    guessed = reported({**document, "provenance": {question: {"marks": ["guess"]}}})
    silent = deepcopy(document)
    silent["answers"][BANK[question].role.value].pop(question, None)
    gone = reported({**silent, "provenance": {question: {"marks": []}}})
    assert (guessed["state"], guessed["score"]) == (gone["state"], gone["score"])
    assert guessed["pillars"] == gone["pillars"]


# ------------------------------------------------------------------ findings
SEVERITIES = {
    id: {f.severity for document in documents for f in health(document).findings if f.detector == id}
    for id, documents in examples.FINDINGS.items()
}


@any_project
@given(ANY)
def test_any_finding_says_what_does_not_fit_who_acts_and_how(document):
    found = health(document).findings
    told = [(f.detector, f.message) for f in found if f.input is None]
    assert len(told) == len(set(told))
    for finding in found:
        assert finding.message.strip()
        assert finding.action.strip()
        assert finding.who
        assert finding.reads
        assert finding.basis in (Basis.GAP, Basis.CHANGE) or finding.quotes or not BANK.by_id.keys() & finding.reads
        assert finding.severity in SEVERITIES[finding.detector], "docs/findings.md shows all severities: add an example"
