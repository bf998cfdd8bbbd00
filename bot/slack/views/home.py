"""The Home tab: what needs this person now, and where their products stand."""

from collections.abc import Sequence

from bot.domain.messages import PingItem, StatusPanel

from . import blocks as b
from .digest import state_in_words
from .pings import questions
from .text import Json, escape, line

SHOWN = 15  # projects; a view holds a hundred blocks

WELCOME = (
    "*Nothing here yet.* In the channel of an ML product, type `/align kickoff` and name the PM, the ML person and the "
    "product engineer. Each of them gets the few questions that only they can answer; once a week the channel reads "
    "where the three accounts fit, and where they don't."
)


def home(items: Sequence[PingItem], panels: Sequence[StatusPanel]) -> Json:
    """A view for views.publish."""
    if not panels:
        return _view([b.section(b.mrkdwn(WELCOME))])
    waiting = questions(items)["blocks"]
    products = [b.section(b.mrkdwn(_product(panel))) for panel in panels[:SHOWN]]
    return _view([b.header("Waiting for you"), *waiting, {"type": "divider"}, b.header("Your products"), *products])


def _product(panel: StatusPanel) -> str:
    because = f"\n{escape(line('; '.join(panel.because), 300))}" if panel.because else ""
    return f"*{escape(line(panel.name, 150))}* · {state_in_words(panel.state)} · {panel.known} known{because}"


def _view(blocks: list[Json]) -> Json:
    return {"type": "home", "blocks": blocks[:100]}
