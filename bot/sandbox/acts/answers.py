"""What a person gets back for a command, a click or a submission."""

from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.errors import ApiError
from bot.sandbox.model import Message
from bot.sandbox.triggers import ResponseUrl, Trigger
from bot.sandbox.views import View
from bot.sandbox.web.arguments import Arguments
from bot.sandbox.web.responses import answer
from bot.sandbox.world import World


@dataclass
class Answer:
    """Live: answers that come later over the response URL show up here as well."""

    world: World = field(repr=False)
    user: str
    status: int = 0
    body: Any = None
    reason: str = ""
    trigger: Trigger | None = field(default=None, repr=False)
    url: ResponseUrl | None = field(default=None, repr=False)
    errors: dict[str, str] = field(default_factory=dict)
    errors_by_block: dict[str, str] = field(default_factory=dict)
    heard_before: int = 0

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300

    @property
    def responses(self) -> list[Message]:
        """Ephemeral messages to this person since the act, and channel messages sent over its response URL."""
        whispers = self.world.ephemerals[self.user][self.heard_before :]
        aloud = [m for m in self.url.answers if not m.ephemeral_to] if self.url else []
        return sorted([*whispers, *aloud], key=lambda message: message.ts)

    @property
    def text(self) -> str:
        return "\n".join(message.plain for message in self.responses)

    @property
    def view(self) -> View | None:
        """The modal that this act opened, as it is now."""
        opened = self.trigger.opened if self.trigger else None
        return self.world.views.known[opened] if opened else None


def take_acknowledgement(world: World, url: ResponseUrl, body: Any) -> None:
    """A command may be answered in the acknowledgement itself."""
    if not body:
        return
    values = body if isinstance(body, dict) else {"text": str(body)}
    try:
        answer(world, url, Arguments(values, None))
    except ApiError as refusal:
        world.bot_faults.append(f"answer in the acknowledgement: {refusal.code} {refusal.details}")
