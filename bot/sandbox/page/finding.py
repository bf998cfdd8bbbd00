"""What a request names, as far as the one who asks can see it; else RefusedByClient."""

from bot.sandbox.errors import RefusedByClient
from bot.sandbox.model import Channel, Message
from bot.sandbox.views import View

from .asked import Asked
from .live import Live


def channel(live: Live, asked: Asked) -> Channel:
    """A channel that this person is in."""
    workspace = live.world.slack.world.workspace
    found = workspace.channels.get(asked.text("channel"))
    if found is None or not found.has(live.person(asked.who).id):
        raise RefusedByClient("you are not in that channel")
    return found


def message(live: Live, asked: Asked) -> Message:
    """A message that this person can see."""
    place, ts = channel(live, asked), asked.text("ts")
    whispers = live.world.slack.ephemerals(asked.who)
    found = place.messages.get(ts) or next((m for m in whispers if (m.channel, m.ts) == (place.id, ts)), None)
    if found is None or (found.deleted and found.subtype != "tombstone"):
        raise RefusedByClient("that message is not there any more")
    return found


def view(live: Live, asked: Asked) -> View:
    """A form or Home tab of this person."""
    found = live.world.slack.world.views.known.get(asked.text("view"))
    if found is None or found.user != live.person(asked.who).id:
        raise RefusedByClient("that form is not open any more")
    return found


def top(live: Live, asked: Asked) -> View:
    """The form in front of this person."""
    found = view(live, asked)
    if live.world.slack.view_of(asked.who) is not found:
        raise RefusedByClient("that form is not on top any more")
    return found
