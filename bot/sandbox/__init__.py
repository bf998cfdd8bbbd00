"""A strict, headless stand-in for Slack: it speaks Slack's protocol and refuses what Slack refuses."""

from bot.sandbox.acts.answers import Answer
from bot.sandbox.clock import SimulatedClock, wall_clock
from bot.sandbox.errors import FieldErrors, NoSuchControl, RefusedByClient
from bot.sandbox.faults import AcceptThenDrop, Delay, RateLimited, Refuse, Reset, ServerError
from bot.sandbox.model import Channel, Message, User
from bot.sandbox.standin import StandIn
from bot.sandbox.views import View

__all__ = [
    "AcceptThenDrop",
    "Answer",
    "Channel",
    "Delay",
    "FieldErrors",
    "Message",
    "NoSuchControl",
    "RateLimited",
    "Refuse",
    "RefusedByClient",
    "Reset",
    "ServerError",
    "SimulatedClock",
    "StandIn",
    "User",
    "View",
    "wall_clock",
]
