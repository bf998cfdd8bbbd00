"""What a click says: which control it was, of which project, about what. Views write it, listeners read it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.domain.errors import BotError

PICK = "pick"  # a choice on the message itself
ANSWER = "answer"
UNKNOWN = "unknown"
MORE = "more"  # overflow, with the options below
EDIT = "edit"
ADD_ROW = "add_row"
ROWS_DONE = "rows_done"
ROWS_NONE = "rows_none"
REORDER = "reorder_inputs"
EDIT_INPUT = "edit_input"
DROP_INPUT = "drop_input"
ROWS_RIGHT = "rows_right"  # what was understood of a reply is right
ASK_SUGGESTED = "ask_suggested"
ASK_OTHER = "ask_other"  # a person is picked
SLOT_AGREE = "slot_agree"
SLOT_MOVE = "slot_move"
NOT_ME = "not_me"
TAKE_BACK = "take_back"
ONE_GO = "one_go"
SEE_ALL = "see_all"
MY_QUESTIONS = "my_questions"
SETTINGS = "settings"
WHY = "why"
DISCUSS = "discuss"
CHANGED = "changed_it"
LIVE_WITH = "live_with"
STILL_TRUE = "still_true"
CHANGE = "change_it"
SOURCE_CHANGED = "source_changed"
SAME_SOURCE = "same_source"  # a menu: an input that was surveyed before
CLEAR = "clear"
CONFIRM = "confirm"
USE_SIMPLER = "use_simpler"
KEEP_ORIGINAL = "keep_original"
AGREE = "agree"
REVIVE = "revive"
LATER_DONE = "later_done"
LATER_DROP = "later_drop"
SUPERSEDE = "supersede"
WITHDRAW = "withdraw"
NOOP = "noop"
PULSE = "pulse"  # a row of marks
PULSE_MARKS = {**{f"pulse_{n}": n for n in range(1, 6)}, "pulse_cant_say": None}  # action → mark

SKIP, NA, NOT_MEASURED, HAND_OVER = "skip", "na", "not_measured", "hand_over"

KICKOFF_VIEW, ANSWER_VIEW, ONE_GO_VIEW, HAND_OVER_VIEW = "kickoff", "answer", "one_go", "hand_over"
SETTINGS_VIEW = "settings"
REORDER_VIEW = "reorder_inputs"
SLOT_VIEW = "slot"
LIVE_WITH_VIEW, SOURCE_VIEW = "live_with", "source_changed"
KEEP_ORIGINAL_VIEW = "keep_original"
DECISION_VIEW = "decision"
LOG_DECISION = "log_decision"  # the shortcut

_LONGEST = 250  # of Slack's 255 for a block id


class OutOfDate(BotError):
    """The control comes from a message that this version no longer understands."""

    def __init__(self) -> None:
        super().__init__("This control is out of date. `/align questions` shows what is open now.")


@dataclass(frozen=True, slots=True)
class Control:
    action: str
    project: int
    subject: str = ""  # a question or a role
    extra: str = ""  # what else the listener needs: a person, an input, a day

    def encode(self) -> str:
        return f"{self.action}|{self.project}|{self.subject}|{self.extra}"

    @property
    def block_id(self) -> str:
        """Unique in a message as long as `extra` is: what does not fit in its 255 characters is no id of ours."""
        return self.encode()[:_LONGEST]


def decode(text: str) -> Control:
    parts = text.split("|", 3)
    if len(parts) != 4 or not parts[1].isdecimal():
        raise OutOfDate
    return Control(parts[0], int(parts[1]), parts[2], parts[3])


def read(action: Mapping[str, Any]) -> Control:
    """The control behind one entry of a payload's `actions`: a button tells it itself, any other by its block."""
    text = action.get("value") if action.get("type") == "button" else action.get("block_id")
    return replace(decode(text or ""), action=str(action.get("action_id", "")))


def chosen(action: Mapping[str, Any]) -> str | None:
    """What was picked in a list, a menu or a people picker."""
    option = action.get("selected_option")
    picked = option.get("value") if option else action.get("selected_user")
    return str(picked) if picked else None


def metadata(**ids: Any) -> str:
    """A view's private metadata: ids only, and only those there are."""
    kept = {key: value for key, value in ids.items() if value is not None and value != ""}
    return json.dumps(kept, separators=(",", ":"), ensure_ascii=False)


def from_home(view: dict[str, Any]) -> dict[str, Any]:
    """A form that was opened on the Home tab, which is drawn anew when it is sent."""
    return {**view, "private_metadata": metadata(**read_metadata(view), home=1)}


def read_metadata(view: Mapping[str, Any]) -> dict[str, Any]:
    try:
        found = json.loads(view.get("private_metadata") or "{}")
    except json.JSONDecodeError:
        raise OutOfDate from None
    return found if isinstance(found, dict) else {}


def input_id(question: str, field: str = "", part: str = "") -> str:
    """The block id of an input; `part` tells the inputs apart that make one value together."""
    return "|".join((question, field, part)).rstrip("|")
