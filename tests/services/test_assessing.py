"""Assessing JSON snapshots: what is read, what is refused and where, and the report as JSON."""

import json
from typing import Any

import jsonschema
import pytest

from bot.domain.health import assess
from bot.services.assessing import MalformedSnapshot, assess_documents, assess_file, report
from bot.services.snapshots import read_snapshot
from tests.domain.aligned import BANK, aligned
from tests.services.report_schema import REPORT

EMPTY = {"id": "new", "as_of": "2026-03-02", "people": {"pm": None, "ml": None, "eng": None}, "answers": {}}
HARD = {
    "name": "load",
    "importance": "must",
    "transform": "window_agg",
    "window": {"value": 5, "unit": "min"},
    "freshness_needed": {"value": 30, "unit": "s"},
    "source_kind": "stream",
    "in_prod": "no",
    "build_weeks": 4.5,
}


def put(path: str, value: Any) -> dict[str, Any]:
    """The aligned project with one value set, by its JSON pointer."""
    document = aligned()
    *steps, last = path.strip("/").split("/")
    place: Any = document
    for step in steps:
        place = place[int(step)] if isinstance(place, list) else place.setdefault(step, {})
    place[last] = value
    return document


@pytest.mark.parametrize(
    "document",
    [EMPTY, aligned(), {**aligned(), "features": [HARD]}, aligned(ml__feasibility="unlikely", eng__slos=[])],
)
def test_a_report_has_exactly_the_promised_form(document):
    (told,) = assess_documents(document, BANK)
    jsonschema.validate(told, REPORT)
    assert json.loads(json.dumps(told)) == told


def test_an_aligned_project_is_reported_as_such():
    (told,) = assess_documents(aligned(), BANK)
    assert (told["state"], told["score"], told["provisional_score"]) == ("aligned", 100, None)
    assert told["coverage"]["known"] == 38
    assert (told["rules_version"], told["bank_version"]) == (1, 1)


def test_an_input_is_reported_with_its_reasons_and_the_weeks_a_simpler_one_saves():
    (told,) = assess_documents({**aligned(), "features": [HARD]}, BANK)
    (load,) = told["inputs"]
    assert (load["difficulty"], load["reasons"], load["skew_risk"]) == ("very_hard", ["H1", "H4"], "high")
    assert (load["alternative"]["rule"], load["alternative"]["level"]) == ("S1", "moderate")
    assert load["alternative"]["weeks_saved"] == [2.5, 3.5]


def test_an_input_left_out_of_v1_has_no_level():
    (told,) = assess_documents({**aligned(), "features": [{**HARD, "importance": "nice"}]}, BANK)
    assert told["inputs"][0]["alternative"]["level"] is None


def test_pillar_points_are_what_is_known_less_the_deductions():
    (told,) = assess_documents(aligned(pm__launch=None, eng__slos=[], ml__metric_link="not_linked"), BANK)
    for pillar, score in told["pillars"].items():
        known = 20 * told["coverage"]["by_pillar"][pillar]["share"]
        assert score["points"] == pytest.approx(max(0, known - sum(d["points"] for d in score["deductions"])))


def test_several_snapshots_are_reported_in_their_order(tmp_path):
    file = tmp_path / "projects.json"
    file.write_text(json.dumps([aligned(), EMPTY, {**aligned(), "id": "third"}]))
    assert [told["id"] for told in assess_file(file, BANK)] == ["ready-by", "new", "third"]


def test_one_snapshot_alone_and_a_byte_order_mark_are_fine(tmp_path):
    file = tmp_path / "project.json"
    file.write_text(json.dumps(aligned()), encoding="utf-8-sig")
    assert [told["id"] for told in assess_file(file)] == ["ready-by"]


def test_what_export_adds_changes_no_assessment():
    exported = {
        **aligned(),
        "project": {"name": "Ready-By", "channel": "C1", "state": "active"},
        "findings": [{"detector": "monitoring_late", "input": None, "status": "resolved", "accepted_by": None}],
        "decisions": [{"text": "V1 without the stream"}],
        "backlog": [],
        "indicators": [{"sli": "time to answer"}],
        "provenance": {"pm.launch": {"by": "U0ANA", "at": "2026-03-01T10:00:00Z", "marks": []}},
        "versions": {"pm.launch": []},
    }
    assert assess_documents(exported, BANK) == assess_documents(aligned(), BANK)


def test_the_rounds_of_the_pulse_and_events_are_understood():
    document = {
        **aligned(),
        "events": [
            {"type": "date_change", "date": "2026-02-01", "from": "2026-06-01", "to": "2026-07-01"},
            {"type": "left", "date": "2026-02-20", "user": "U0BOB", "resolved": True},
        ],
        "pulse": [{"date": "2026-02-20", "answers": {"pm": {"pulse.goal": 4, "pulse.date": None}, "ml": {}}}],
    }
    assert assess_documents(document, BANK)[0]["id"] == "ready-by"


@pytest.mark.parametrize(
    ("document", "pointer", "expected"),
    [
        ([], "", None),
        ("ready-by", "", "an object"),
        ({k: v for k, v in aligned().items() if k != "as_of"}, "/as_of", "required"),
        (put("/as_of", "2 March 2026"), "/as_of", "a date"),
        (put("/as_of", "2026-02-30"), "/as_of", "a date"),
        (put("/id", ""), "/id", "not empty"),
        (put("/people/designer", "U0KIM"), "/people/designer", "no such key"),
        (put("/people/pm", 7), "/people/pm", "text"),
        (put("/mood", "good"), "/mood", "no such key"),
        (put("/answers/qa", {}), "/answers/qa", "no such key"),
        (put("/answers/pm", []), "/answers/pm", "an object"),
        (put("/answers/pm/pm.weather", "fine"), "/answers/pm/pm.weather", "a question of bank version 1"),
        (put("/answers/pm/a~b~1c", "fine"), "/answers/pm/a~0b~01c", "a question"),
        (put("/answers/ml/eng.serving", "batch"), "/answers/ml/eng.serving", "under /answers/eng"),
        (put("/answers/eng/eng.serving", "cloud"), "/answers/eng/eng.serving", "request_time"),
        (put("/answers/eng/eng.serving", None), "/answers/eng/eng.serving", "one of"),
        (put("/answers/pm/pm.launch/flexibility", "firm"), "/answers/pm/pm.launch/flexibility", "fixed"),
        (put("/answers/ml/ml.latency/unit", "months"), "/answers/ml/ml.latency/unit", "ms"),
        (put("/answers/ml/ml.latency/value", -1), "/answers/ml/ml.latency/value", "above 0"),
        (put("/answers/pm/pm.today", {"na": True}), "/answers/pm/pm.today", "na"),
        (put("/answers/eng/eng.slos", [{"live": "yes"}]), "/answers/eng/eng.slos/0/live", "true or false"),
        (put("/answer_meta/pm.weather", {"answered_at": "2026-03-01"}), "/answer_meta/pm.weather", "a question"),
        (put("/answer_meta/pm.launch", {"by": "U0ANA"}), "/answer_meta/pm.launch/answered_at", "required"),
        (put("/features/1/in_prod", "yes"), "/features/1/in_prod", "served"),
        (put("/features/1/read_ms", -5), "/features/1/read_ms", "0 or more"),
        (put("/features/1/window", {"value": 5, "unit": "m"}), "/features/1/window/unit", "min"),
        (put("/features/1/colour", "red"), "/features/1/colour", "only name"),
        (put("/features/1/name", " "), "/features/1/name", "name of the input"),
        ({**aligned(), "features": {}}, "/features", "list"),
        ({**aligned(), "features": ["load"]}, "/features/0", "an object"),
        ({**aligned(), "events": [{"type": "party", "date": "2026-03-01"}]}, "/events/0/type", "launched"),
        ({**aligned(), "events": [{"type": "left", "date": "2026-03-01", "who": "x"}]}, "/events/0/who", "no such key"),
        (
            {**aligned(), "pulse": [{"date": "2026-03-01", "answers": {"pm": {"pulse.goal": 6}}}]},
            "/pulse/0/answers/pm/pulse.goal",
            "5",
        ),
        (
            {**aligned(), "pulse": [{"date": "2026-03-01", "answers": {"pm": {"pulse.mood": 3}}}]},
            "/pulse/0/answers/pm/pulse.mood",
            "pulse.goal",
        ),
        ({**aligned(), "findings": [{"status": "accepted"}]}, "/findings/0/detector", "required"),
        (put("/provenance/pm.launch", {"marks": ["maybe"]}), "/provenance/pm.launch/marks/0", "guess"),
        (put("/provenance/pm.weather", {"marks": []}), "/provenance/pm.weather", "a question of bank version 1"),
    ],
)
def test_a_malformed_snapshot_is_refused_with_the_place_and_what_was_expected(document, pointer, expected):
    if expected is None:
        assert assess_documents(document, BANK) == []
        return
    with pytest.raises(MalformedSnapshot) as refused:
        assess_documents(document, BANK)
    assert refused.value.pointer == pointer
    assert expected in refused.value.expected


def test_inputs_given_as_an_answer_are_sent_to_the_records():
    document = {**put("/answers/ml/ml.inputs", [{"name": "load"}]), "features": []}
    with pytest.raises(MalformedSnapshot, match="/features"):
        assess_documents(document, BANK)


def test_an_honest_unknown_is_an_answer_to_the_list_of_inputs():
    document = {**put("/answers/ml/ml.inputs", {"unknown": True}), "features": []}
    assert "blocking_open" in assess_documents(document, BANK)[0]["because"]


def test_in_a_list_the_pointer_names_the_position():
    with pytest.raises(MalformedSnapshot) as refused:
        assess_documents([aligned(), put("/id", 7)], BANK)
    assert refused.value.pointer == "/1/id"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b'{"id": ', "JSON (line 1, column 8"),
        (b'{"id": NaN}', "NaN"),
        (b"\xff\xfe", "UTF-8"),
        (b"[" * 100_000, "JSON"),
        (b'{"id": ' + b"9" * 5_000 + b"}", "numbers of a usable size"),
    ],
    ids=["cut off", "not a number", "another encoding", "too deep", "too many digits"],
)
def test_a_file_that_is_no_json_says_so(tmp_path, content, expected):
    file = tmp_path / "bad.json"
    file.write_bytes(content)
    with pytest.raises(MalformedSnapshot) as refused:
        assess_file(file, BANK)
    assert (refused.value.pointer, refused.value.file) == ("", str(file))
    assert expected in str(refused.value)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(MalformedSnapshot, match=r"gone\.json: expected a file that can be read"):
        assess_file(tmp_path / "gone.json", BANK)


def test_a_refusal_names_file_place_and_expectation(tmp_path):
    file = tmp_path / "p.json"
    file.write_text(json.dumps(put("/answers/eng/eng.serving", "cloud")))
    with pytest.raises(MalformedSnapshot, match=r"p\.json: /answers/eng/eng\.serving: expected one of batch, "):
        assess_file(file, BANK)


def test_a_report_is_made_from_a_health_alone():
    assert report(assess(read_snapshot(EMPTY, BANK), BANK))["state"] == "not_enough_known"


def test_a_vague_text_is_found_in_a_file_as_it_would_be_in_an_interview():
    unclear = aligned(eng__feasible={"verdict": "yes_if", "because": "tbd"})
    assert assess_documents(unclear, BANK)[0]["because"] == ["blocking_open"]


@pytest.mark.parametrize(
    ("question", "value", "detector"),
    [
        ("ml.effort", {"likely": 5, "worst": 3}, "vague_answer"),
        ("ml.effort", {"likely": 0, "worst": 3}, "vague_answer"),
        ("pm.success_target", {"current": 9, "target": 9, "unit": "orders"}, "success_unmeasurable"),
        ("pm.success_target", {"current": 9, "target": 120, "unit": "%"}, "vague_answer"),
    ],
)
def test_a_number_that_cannot_be_so_is_asked_about_and_breaks_no_file(question, value, detector):
    (told,) = assess_documents(put(f"/answers/{question.split('.')[0]}/{question}", value), BANK)
    (finding,) = (f for f in told["findings"] if f["detector"] == detector)
    assert finding["reads"][0] in (question, "pm.success_metric")


def test_what_happened_is_reported_in_the_promised_form():
    document = {
        **aligned(),
        "people": {"pm": "U0ANA", "ml": "U0ANA", "eng": "U0RAJ"},
        "events": [
            {"type": "sla_breach", "date": "2026-02-20", "sli": "time to answer"},
            {"type": "left", "date": "2026-02-20", "user": "U0RAJ"},
            *[{"type": "date_change", "date": "2026-02-20"}] * 2,
        ],
        "pulse": [{"date": "2026-02-20", "answers": {"pm": {"pulse.goal": 5}, "ml": {"pulse.goal": 1}}}] * 2,
    }
    (told,) = assess_documents(document, BANK)
    jsonschema.validate(told, REPORT)
    expected = {"single_voice", "sla_breached", "owner_left", "reconfirm_due", "date_slipped"}
    assert expected | {"pulse_split", "pulse_low", "pulse_silent"} <= {f["detector"] for f in told["findings"]}
    assert not any("U0" in f["message"] for f in told["findings"])
