"""The Home tab: what needs this person now, where their products stand, and how to change what is asked of them."""

from collections.abc import Mapping, Sequence

from bot.domain.messages import InputLine, PingItem, StatusPanel
from bot.domain.overview import UNREACHABLE
from bot.slack import controls
from bot.slack.controls import Control

from . import blocks as b
from . import inputs_table
from .digest import STATES, state_in_words
from .pings import questions
from .screen import joined
from .status import STAGES
from .text import Json, channel, escape, line

SHOWN = 12  # products; a view holds a hundred blocks
MOST_BLOCKS = 100
_BECAUSE = 150  # characters
_TABLE_ROOM = 9_000  # characters of each of two

WELCOME = (
    "*Nothing here yet.* In the channel of an ML product, type `/align kickoff` and name the PM, the ML person and the "
    "product engineer. Each of them gets the few questions that only they can answer; once a week the channel reads "
    "where the three accounts fit, and where they don't."
)
_FOOTER = "`/align help` lists what I do. At most one message a day comes from me, and only in your working hours."


def home(
    items: Sequence[PingItem], panels: Sequence[StatusPanel], inputs: Mapping[int, Sequence[InputLine]] | None = None
) -> Json:
    """A view for views.publish; `inputs`: those of some of the products, each shown as a table."""
    if not panels:
        return _view([b.header("Welcome to Alignbot"), b.section(b.mrkdwn(WELCOME)), b.context(b.mrkdwn(_FOOTER))])
    products = [block for panel in panels[:SHOWN] for block in _product(panel, (inputs or {}).get(panel.project, ()))]
    rest = [b.context(b.mrkdwn(f"and {len(panels) - SHOWN} more."))] if len(panels) > SHOWN else []
    below = [{"type": "divider"}, b.header("Your products"), *products, *rest, b.context(b.mrkdwn(_FOOTER))]
    waiting = [b.header("What needs you now"), *questions(items)["blocks"]]
    return _view([*waiting[: MOST_BLOCKS - len(below)], *below])


def _product(panel: StatusPanel, inputs: Sequence[InputLine]) -> list[Json]:
    because = f"\n{escape(joined(panel.because, _BECAUSE, between='; '))}" if panel.because else ""
    figures = " · ".join(filter(None, [state_in_words(panel.state), _trend(panel), f"{panel.known} known"]))
    away = f"\n{STAGES[UNREACHABLE]}" if panel.project_state == UNREACHABLE else ""
    say = f"*{escape(line(panel.name, 150))}* in {channel(panel.channel)}{away}\n{figures}{because}"
    every = [
        (label, Control(action, panel.project, "", "home"))
        for label, action in (("See all", controls.SEE_ALL), ("Why", controls.WHY), ("Settings", controls.SETTINGS))
    ]
    row = [b.button(label, control) for label, control in every]
    table = [inputs_table.table(panel.name, inputs, _TABLE_ROOM)] if inputs else []
    return [b.section(b.mrkdwn(say)), *table, b.actions(every[0][1], *row)]


def _trend(panel: StatusPanel) -> str:
    """The last weeks as symbols; they say the same as the words beside them, and no more."""
    return "".join(STATES.get(state, STATES["not_enough_known"])[0] for state in panel.weeks)


def _view(blocks: list[Json]) -> Json:
    return {"type": "home", "blocks": blocks[:MOST_BLOCKS]}
