import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack import controls
from bot.slack.controls import Control, OutOfDate, chosen, decode, input_id, metadata, read, read_metadata

IDS = st.text("abcdefghijklmnopqrstuvwxyz_.", max_size=40)


@given(IDS, st.integers(0, 10**12), IDS, st.text(max_size=300))
def test_a_control_survives_its_way_through_slack(action, project, subject, extra):
    control = Control(action, project, subject, extra)
    assert decode(control.encode()) == control
    assert len(control.block_id) <= 255


@pytest.mark.parametrize("text", ["", "answer", "answer|x|pm.today|", "answer|1|pm.today", "||||"])
def test_a_control_of_another_time_gets_a_sentence_and_not_a_crash(text):
    with pytest.raises(OutOfDate, match="out of date"):
        decode(text)


def test_a_button_tells_by_itself_what_it_is():
    action = {"type": "button", "action_id": "ask_suggested", "value": "ask_suggested|7|pm.today|U2", "block_id": "x"}
    assert read(action) == Control(controls.ASK_SUGGESTED, 7, "pm.today", "U2")


def test_a_menu_is_known_by_its_block_and_its_own_name():
    option = {"text": {"type": "plain_text", "text": "Skip for now"}, "value": "skip"}
    action = {"type": "overflow", "action_id": "more", "block_id": "answer|7|pm.today|", "selected_option": option}
    assert read(action) == Control(controls.MORE, 7, "pm.today")
    assert chosen(action) == controls.SKIP


def test_a_people_picker_says_who_was_picked():
    action = {
        "type": "users_select",
        "action_id": "ask_other",
        "block_id": "ask_other|7|pm.today|",
        "selected_user": "U3",
    }
    assert (read(action).action, chosen(action)) == ("ask_other", "U3")
    assert chosen({**action, "selected_user": None}) is None


def test_metadata_holds_only_what_there_is():
    assert metadata(project=7, question="pm.today", row=0, subject="", ping=None) == (
        '{"project":7,"question":"pm.today","row":0}'
    )
    assert read_metadata({"private_metadata": '{"project":7}'}) == {"project": 7}
    assert read_metadata({"private_metadata": ""}) == {}


def test_metadata_that_is_not_ours_gets_a_sentence():
    with pytest.raises(OutOfDate):
        read_metadata({"private_metadata": "{"})


def test_inputs_of_one_form_have_names_of_their_own():
    ids = [input_id("ml.labels", "delay"), input_id("ml.labels", "delay", "unit"), input_id("ml.labels")]
    assert ids == ["ml.labels|delay", "ml.labels|delay|unit", "ml.labels"]
