"""From a person's words to a value: what is unmistakable is read, everything else is kept, nothing is guessed."""

from datetime import date

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.domain.bank import Type
from bot.domain.checking import check, missing
from bot.domain.reading import DontKnow, NotApplicable, NotMeasured, Partly, Read, Skip, Unreadable, add, read
from bot.packs.loader import load_bank
from tests.strategies import values

BANK = load_bank()
WEDNESDAY = date(2027, 1, 6)


def said(id, text, so_far=None):
    return read(BANK[id], text, so_far=so_far, today=WEDNESDAY)


def added(id, value, text):
    return add(BANK[id], value, text, today=WEDNESDAY)


# ------------------------------------------------------------------ set phrases


@pytest.mark.parametrize(
    "text", ["I don't know", "I don’t know yet.", "idk", "IDK!", "no idea", "Sorry, no idea", "dunno"]
)
@pytest.mark.parametrize(
    "id", ["pm.user_decision", "pm.measure_how", "ml.latency", "ml.inputs", "pm.decider", "ml.effort"]
)
def test_i_dont_know_is_an_answer_everywhere(id, text):
    assert said(id, text) == DontKnow()


@pytest.mark.parametrize("text", ["skip", "Skip for now", "skip this one."])
def test_skip_is_understood(text):
    assert said("pm.fallback", text) == Skip()


@pytest.mark.parametrize("text", ["n/a", "N/A", "Not applicable.", "does not apply"])
def test_not_applicable_counts_only_where_it_can_be(text):
    assert said("pm.response_time", text) == NotApplicable()
    assert isinstance(said("pm.measure_how", text), Unreadable)
    assert said("ml.optimise", text) == Read(text)


@pytest.mark.parametrize("text", ["not measured", "Not measured yet", "we haven't measured it yet"])
def test_not_measured_counts_only_where_it_can_be(text):
    assert said("ml.latency", text) == NotMeasured()
    assert isinstance(said("eng.latency_budget", text), Unreadable)


def test_a_choice_that_sounds_like_a_phrase_stays_a_choice():
    assert said("eng.feasible", "Not sure yet") == Read({"verdict": "not_sure"})
    assert said("ml.feasibility", "no idea how, but it works elsewhere") != DontKnow()


@pytest.mark.parametrize("text", ["", "  ", "\n"])
def test_a_reply_without_words_is_unreadable(text):
    assert said("pm.user_decision", text) == Unreadable(text, "I see no words in that. Could you type the answer?")


# ------------------------------------------------------------------ texts


@pytest.mark.parametrize(
    "text", ["👩‍🚀 sees 🚩 and calls", "وكيل الدعم يتصل بالعميل أولا", "x" * 10_000, "a\nb", "<@U1> calls *them*"]
)
def test_any_text_passes_unharmed(text):
    assert said("pm.user_decision", f" {text} ") == Read(text)


def test_a_text_too_long_to_store_is_kept_as_words():
    reading = said("pm.user_decision", "x" * 10_001)
    assert isinstance(reading, Unreadable)
    assert len(reading.kept) == 10_001
    assert "10,001 characters" in reading.say


# ------------------------------------------------------------------ choices


@pytest.mark.parametrize(
    ("id", "text", "value"),
    [
        ("pm.measure_how", "experiment", "experiment"),
        ("pm.measure_how", "Randomised test against the current way", "experiment"),
        ("pm.measure_how", "RANDOMIZED test, against the current way!", "experiment"),
        ("pm.measure_how", "2", "staged_rollout"),
        ("pm.measure_how", "2.", "staged_rollout"),
        ("pm.measure_how", "option 3", "before_after"),
        ("pm.measure_how", "before/after", "before_after"),
        ("pm.measure_how", "offline", "offline_only"),
        ("pm.measure_how", "staged_rollout", "staged_rollout"),
        ("ml.pairing", "wekly", "weekly"),
        ("ml.pairing", "every 2 weeks", "fortnightly"),
        ("ml.pairing", "at handover", "at_handover"),
        ("eng.serving", "the batch", "batch"),
        ("ml.v1", "A rule", "rule"),
        ("ml.v1", "rule", "rule"),
        ("ml.feasibility", "proven here", "proven_here"),
        ("ml.feasibility", "works on our own data", "proven_here"),
        ("eng.rollback", "no way yet", "none"),
    ],
)
def test_a_choice_is_read_by_id_label_number_beginning_or_near_match(id, text, value):
    assert said(id, text) == Read(value)


@pytest.mark.parametrize(
    ("id", "text"),
    [
        ("pm.measure_how", "9"),
        ("pm.measure_how", "0"),
        ("pm.measure_how", "somehow"),
        ("pm.measure_how", "🤷"),
        ("ml.pairing", "Weekly? No, monthly"),
        ("ml.pairing", "not weekly"),
        ("ml.pairing", "weekly, monthly"),
        ("ml.feasibility", "likely"),
        ("ml.feasibility", "proven there"),
        ("ml.feasibility", "not proven here"),
        ("ml.surveyed", "in production"),
        ("eng.limits", "checked"),
        ("eng.skew_plan", "rewritten for serving"),
    ],
)
def test_what_could_be_two_choices_or_none_is_not_guessed(id, text):
    reading = said(id, text)
    assert isinstance(reading, Unreadable)
    assert reading.kept == text
    assert "*1* for" in reading.say


def test_words_beside_a_choice_become_its_note():
    assert said("ml.pairing", "weekly, on Tuesdays") == Read("weekly", "weekly, on Tuesdays")
    assert said("pm.measure_how", "Not decided - waiting for legal").value == "not_decided"


# ------------------------------------------------------------------ properties

VOCABULARY = [
    *[name for q in BANK.questions for part in (q, *q.fields) for o in part.options for name in (o.id, o.label)],
    "250 ms", "5-10 min", "1/2", "½", "in 3 weeks", "in 9999 years", "31 feb", "01/02/2027", "end of march",
    "9" * 400, "-5", "<@U12>", "5 mİn", "5 mın", "5 ſ", "5 K per ſecond", "1 aprİl", "frıday", "in 3 dayſ", "500 µs",
    "nobody", "not", "no", "yes", "from 3 to 4 %", "1,200", "٣", "²", "2", "50/s", "?", "a", "and", ",", "\n", ". ",
]  # fmt: skip
PHRASES = st.lists(st.sampled_from(VOCABULARY) | st.text(max_size=4), max_size=8)
ANYTHING = st.text(max_size=80) | PHRASES.map(" ".join) | PHRASES.map(", ".join)
QUESTIONS = st.sampled_from(BANK.questions)
MANY = settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))


def strings(value):
    if isinstance(value, str):
        return value
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return "\n".join(map(strings, parts))


@MANY
@given(question=QUESTIONS, text=ANYTHING)
@example(question=BANK["ml.inputs"], text="<@U1>" * 2000)
def test_reading_never_raises_and_never_loses_text(question, text):
    reading = read(question, text, so_far=None, today=WEDNESDAY)
    if isinstance(reading, Unreadable):
        assert reading.kept.strip() == text.strip()
    if isinstance(reading, Read | Partly):
        assert reading.note in ("", text.strip())
        if question.type in (Type.SHORT_TEXT, Type.LONG_TEXT):
            assert reading.value == text.strip()


@MANY
@given(question=QUESTIONS, text=ANYTHING, data=st.data())
def test_what_was_read_can_be_stored(question, text, data):
    so_far = data.draw(st.none() | values(question, special=False))
    for reading in (read(question, text, so_far=so_far, today=WEDNESDAY), add(question, so_far, text, today=WEDNESDAY)):
        if isinstance(reading, Read | Partly):
            assert check(question, reading.value, today=WEDNESDAY) == []
            assert (missing(question, reading.value) == ()) == isinstance(reading, Read)


@MANY
@given(question=QUESTIONS, text=ANYTHING, data=st.data())
def test_a_further_reply_to_a_text_only_adds(question, text, data):
    before = data.draw(values(question, special=False))
    reading = add(question, before, text, today=WEDNESDAY)
    if isinstance(before, str) and question.type in (Type.SHORT_TEXT, Type.LONG_TEXT) and isinstance(reading, Read):
        assert reading.value == f"{before}\n{text.strip()}"


@pytest.mark.parametrize("question", [q for q in BANK.questions if q.type is Type.CHOICE], ids=lambda q: q.id)
def test_every_label_id_and_number_picks_its_choice(question):
    for number, option in enumerate(question.options, 1):
        for text in (option.label, option.id, str(number), f"{option.label}.", option.label.upper()):
            assert said(question.id, text) == Read(option.id)
