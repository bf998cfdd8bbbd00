"""A pack is refused with the line that is wrong; a good one adds to the built-in or stands for it."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.bank import Condition
from bot.domain.wording import shown
from bot.packs.loader import InvalidPack, Problem, check_packs, load_bank
from bot.packs.models import parse_condition

QUESTION = """\
- id: pm.budget
  role: pm
  pillar: product
  kind: constraint
  type: choice
  secs: 10
  title: "Budget"
  ask: "How much?"
  why: "It costs."
  options: {small: "Small", large: "Large"}
"""
WHOLE = f"bank_version: 7\nquestions:\n{QUESTION}"
ADDITION = f"questions:\n{QUESTION}"
FOLLOWUP = QUESTION.replace("pm.budget", "pm.source")


@pytest.fixture
def packs(tmp_path):
    def write(**files):
        for name, text in files.items():
            (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
        return tmp_path

    return write


def test_a_whole_pack_stands_for_the_built_in(packs):
    bank = load_bank(packs(ours=WHOLE))
    assert (bank.version, [q.id for q in bank.questions]) == (7, ["pm.budget"])


def test_a_pack_without_a_version_adds_to_the_built_in(packs):
    bank = load_bank(packs(ours=ADDITION))
    assert (bank.version, len(bank.questions)) == (1, 42)
    assert bank["pm.budget"].option("large").label == "Large"


def test_further_files_add_to_a_whole_pack(packs):
    bank = load_bank(packs(a=WHOLE, b=f"questions:\n{FOLLOWUP}"))
    assert [q.id for q in bank.questions] == ["pm.budget", "pm.source"]


def test_an_added_question_may_use_the_built_in_rows(packs):
    rows = QUESTION.replace("choice", "rows").replace(
        'options: {small: "Small", large: "Large"}', "row: feature_ml_part"
    )
    assert load_bank(packs(ours=f"questions:\n{rows}"))["pm.budget"].field("entity") is not None


ROWS = """\
questions:
- id: ml.things
  role: ml
  pillar: data
  kind: risk
  type: rows
  secs: 10
  title: "Things"
  ask: "Which?"
  why: "So."
  row:
    name: {type: short_text, label: "Name"}
    kind: {type: choice, label: "Kind", options: {small: "Small", large: "Large"}}
    age: {type: quantity, label: "Age", units: [s, h]}
    more: {type: short_text, label: "More", optional: true, WHEN}
"""


@pytest.mark.parametrize(
    "when",
    [
        "when: kind == small",
        "when: 'kind in [small, large] and age <= 60 s'",
        "when: [kind == small, age unsaid]",
        "when: age unsaid, rides: true",
        "rides: true, blind: true",
    ],
)
def test_a_field_of_a_row_may_be_asked_at_times(packs, when):
    field = load_bank(packs(ours=ROWS.replace("WHEN", when)))["ml.things"].field("more")
    assert field.further


@pytest.mark.parametrize(
    ("when", "problem"),
    [
        ("when: kind is small", "must read like 'in_prod == raw', 'source_kind in [stream, api]', 'freshness_needed"),
        ("when: kind == small or age unsaid", "must read like"),
        ("when: age <= 60 days", "must read like"),
        ("when: size == small", "there is no field size in this row, nor in the one it belongs to"),
        ("when: [kind == small, kind == tiny]", "kind has no option tiny"),
        ("when: age == small", "age is not a choice, so a condition cannot read it"),
        ("when: kind <= 60 s", "kind is not a quantity, so a condition cannot measure it"),
        ("when: [5]", "must be text"),
    ],
)
def test_a_condition_that_cannot_be_read_is_said_with_its_line(packs, when, problem):
    [found] = check_packs(packs(ours=ROWS.replace("WHEN", when)))
    assert (found.line, problem in found.message) == (15, True), found


def test_a_field_says_how_its_value_reads(packs):
    question = load_bank(packs(ours=ROWS.replace("WHEN", 'said: "see {}, too"')))["ml.things"]
    assert shown(question, [{"name": "zip", "more": "maps"}]) == "zip · see maps, too"


@pytest.mark.parametrize("said", ["more", "{} and {}", "{", "{more}"])
def test_how_a_value_reads_has_one_place_for_it(packs, said):
    [found] = check_packs(packs(ours=ROWS.replace("WHEN", f'said: "{said}"')))
    assert (found.line, found.message) == (15, "must hold one {} where the value stands")


def test_what_is_asked_at_times_must_be_optional(packs):
    [found] = check_packs(packs(ours=ROWS.replace("optional: true, WHEN", "rides: true")))
    assert found.message == "a field that is not always asked must be 'optional'"


def test_the_name_of_a_row_is_always_asked(packs):
    text = ROWS.replace(", WHEN", "").replace('label: "Name"}', 'label: "Name", optional: true, rides: true}')
    [found] = check_packs(packs(ours=text))
    assert (found.line, found.message) == (12, "the first field of a row is its name: it is always asked")


def test_only_a_row_has_fields_that_are_asked_at_times(packs):
    form = (
        ROWS.replace("type: rows", "type: form").replace("  row:", "  fields:").replace("WHEN", "when: kind == small")
    )
    [found] = check_packs(packs(ours=form))
    assert (found.line, found.message) == (15, "only a field of a row has 'when', 'rides' or 'blind'")


def test_a_condition_may_read_what_another_role_says_of_the_same(packs):
    survey = ROWS.removeprefix("questions:\n").replace("ml", "eng").replace("things", "survey")
    survey = survey.replace("  row:", "  waits_for: ml.things\n  row:").replace("small: ", "red: ")
    both = ROWS.replace("WHEN", "when: kind == red") + survey.replace("WHEN", "when: 'kind in [small, red]'")
    assert check_packs(packs(ours=both)) == []


def test_a_folder_without_packs_is_a_problem(tmp_path):
    assert [p.message for p in check_packs(tmp_path)] == ["there is no pack in this folder"]
    with pytest.raises(InvalidPack, match="no pack"):
        load_bank(tmp_path)


def test_an_invalid_pack_says_file_line_and_problem(packs):
    with pytest.raises(InvalidPack) as raised:
        load_bank(packs(ours=ADDITION.replace("secs: 10", "secs: soon")))
    assert str(raised.value) == "ours.yaml:7: 'secs' must be a whole number"


@pytest.mark.parametrize(
    ("find", "replace", "line", "message"),
    [
        ("why:", "reason:", 2, "'why' is missing"),
        ("  secs: 10", "  secs: 10\n  colour: red", 8, "'colour' is not a known key"),
        ("role: pm", "role: boss", 3, "'role' must be one of 'pm', 'ml' or 'eng'"),
        ("role: pm", "role: ml", 2, "the id of a question for ml begins with 'ml.'"),
        ("id: pm.budget", "id: Budget", 2, "'id': String should match pattern"),
        ("type: choice", "type: long_text", 2, "a choice needs 'options', and nothing else has them"),
        ("type: choice", "type: form", 2, "a choice needs 'options', and nothing else has them"),
        ('small: "Small"', f'small: "{"x" * 76}"', 11, "'small' is longer than 75 characters"),
        ('small: "Small"', 'small: "Large"', 2, "two options have the same label"),
        ('"Budget"', f'"{"x" * 25}"', 8, "'title' is longer than 24 characters"),
        ("secs: 10", "secs: 10\n  waits_for: ml.nothing", 8, "there is no question ml.nothing to wait for"),
        ("secs: 10", "secs: 10\n  waits_for: pm.today", 8, "a question waits only for another role's"),
        ("id: pm.budget", "id: pm.today", 2, "there is already a question pm.today"),
        ("secs: 10", "secs: 10\n  secs: 20", 8, 'found duplicate key "secs"'),
        ("questions:", "questions: [", 2, "expected"),
        ("secs: 10", "secs: 10\n  units: [parsec]", 8, "'0' must be one of 'ms'"),
    ],
)
def test_each_mistake_is_named_with_its_line(packs, find, replace, line, message):
    problems = check_packs(packs(ours=ADDITION.replace(find, replace, 1)))
    assert (problems[0].file, problems[0].line) == ("ours.yaml", line)
    assert message in problems[0].message


@pytest.mark.parametrize(
    ("ref", "message"),
    [
        ('{id: pm.nowhere, when: "answered"}', "the follow-up pm.nowhere does not exist"),
        ('{id: pm.budget, when: "answered"}', "stands under 'questions'"),
        ('{id: pm.source, when: "answer in [huge]"}', "pm.budget has no option huge"),
        ('{id: pm.source, when: "size == small"}', "pm.budget has no field size"),
        ('{id: pm.source, when: "whenever"}', "must read like"),
    ],
)
def test_a_followup_must_exist_and_its_condition_must_be_readable(packs, ref, message):
    text = f"{ADDITION}  followups:\n  - {ref}\nfollowups:\n{FOLLOWUP}"
    problems = check_packs(packs(ours=text))
    assert message in problems[0].message
    assert problems[0].line == 13


def test_a_followup_that_nothing_asks_is_refused(packs):
    problems = check_packs(packs(ours=f"{ADDITION}followups:\n{FOLLOWUP}"))
    assert problems == [Problem("ours.yaml", 13, "no question asks for the follow-up pm.source")]


def test_followups_of_followups_stand_behind_them(packs):
    text = (
        f'{ADDITION}  followups: [{{id: pm.source, when: "answer == large"}}]\n'
        f'followups:\n{FOLLOWUP}  followups: [{{id: pm.third, when: "answered"}}]\n'
        f"{QUESTION.replace('pm.budget', 'pm.third')}"
    )
    assert [q.id for q in load_bank(packs(ours=text)).questions[-3:]] == ["pm.budget", "pm.source", "pm.third"]


def test_a_blind_group_names_questions_that_exist(packs):
    problems = check_packs(packs(ours=f"{ADDITION}blind:\n- [pm.budget, pm.nowhere]\n"))
    assert problems == [Problem("ours.yaml", 13, "there is no question pm.nowhere")]


def test_only_the_first_file_may_be_a_whole_bank(packs):
    assert "only the first file" in check_packs(packs(a=ADDITION, b=WHOLE.replace("budget", "other")))[0].message


def test_bytes_that_are_no_text_are_refused(tmp_path):
    (tmp_path / "a.yaml").write_bytes(b"\xff\xfe\x00")
    assert check_packs(tmp_path) == [Problem("a.yaml", 1, "is not UTF-8 text")]


def test_a_pack_of_nothing_is_refused(packs):
    assert "must hold keys and values" in check_packs(packs(ours=""))[0].message


@pytest.mark.parametrize(
    ("when", "condition"),
    [
        ("answered", Condition("pm.x")),
        ("answer == a", Condition("pm.x", None, ("a",))),
        ("answer in [a, b]", Condition("pm.x", None, ("a", "b"))),
        ("source in [a,b]", Condition("pm.x", "source", ("a", "b"))),
    ],
)
def test_a_condition_is_read_as_written(when, condition):
    assert parse_condition(when, "pm.x") == condition


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(codec="utf-8"), max_size=80) | st.text("{}[]:,-#&*!|>'\"%@` \nabc1", max_size=40))
def test_whatever_stands_in_a_file_checking_never_raises(packs, text):
    problems = check_packs(packs(ours=text))
    assert all(p.line >= 1 and p.message for p in problems)
