"""People who answer whatever they are asked, at a human pace, and remember what they typed."""

import asyncio
from dataclasses import dataclass, field

from bot.domain.bank import Type
from bot.packs.loader import load_bank
from bot.sandbox import Message, StandIn

TEXTS = (Type.SHORT_TEXT, Type.LONG_TEXT)


@dataclass
class Answering:
    """One person with an interview in a channel of its own."""

    slack: StandIn
    who: str
    channel: str
    card: int  # which message of the channel is their card
    typed: dict[str, str] = field(default_factory=dict)

    def thread(self) -> tuple[Message, list[Message]] | None:
        cards = self.slack.messages(self.channel)
        if len(cards) <= self.card:
            return None
        return cards[self.card], self.slack.messages(self.channel, thread=cards[self.card].ts)

    def asked(self) -> str | None:
        """The question whose message stands open in the thread."""
        found = self.thread()
        for message in reversed(found[1] if found else []):
            for control in message.controls:
                if control.action_id == "unknown":
                    return control.block_id.split("|")[2]
        return None

    @property
    def done(self) -> bool:
        found = self.thread()
        return bool(found and any(message.plain.startswith("🙌 Thank you") for message in found[1]))

    def stands(self) -> str:
        """For the failure message: what this person waits for."""
        found = self.thread()
        last = found[1][-1].plain[:120] if found and found[1] else "no thread"
        state = "done" if self.done else "waits"
        return f"{self.who} {state}, asked {self.asked()}, typed {len(self.typed)}, last: {last!r}"

    async def answer_all(self) -> None:
        """Type an answer to each question once; an event that got lost on the way is Slack's to deliver again."""
        while not self.done:
            question = self.asked()
            if question is None or question in self.typed:
                await asyncio.sleep(0.02)
                continue
            found = self.thread()
            assert found is not None
            self.typed[question] = self._words(question)
            await self.slack.says(self.who, self.channel, self.typed[question], thread=found[0])

    def _words(self, question: str) -> str:
        match load_bank()[question].type:
            case kind if kind in TEXTS:
                return f"kitchen display number {len(self.typed) + 1} sorts orders by the ready-time of {self.who}"
            case Type.CHOICE:
                return "1"
        return "I don't know"
