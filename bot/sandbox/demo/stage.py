"""Where the demo's people act: they see a question in their thread and answer it, each in their own way."""

from collections.abc import Mapping
from datetime import datetime

from bot.sandbox import Message

from .cast import CHANNEL, PEOPLE, Answer, DoesNotKnow, Fills, Form, Lines, Lists, Picks, Says
from .effort import Effort
from .transcript import ZONE, Transcript
from .world import World

CARDS = {"ana": 1, "mei": 2, "raj": 3}  # which message of the channel is whose interview


class DemoFailed(Exception):
    """Something that the story tells did not happen."""


def expect(happened: object, what: str) -> None:
    if not happened:
        raise DemoFailed(what)


class Stage:
    def __init__(self, world: World) -> None:
        self.world, self.slack = world, world.slack
        self.print = Transcript(world.slack, world.clock)
        self.answered = 0
        self.effort = {who: Effort() for who in PEOPLE}

    async def until(self, *moment: int) -> None:
        """Live until a moment on Berlin's clocks; each reminder and digest comes when it is due."""
        await self.world.move_to(datetime(*moment, tzinfo=ZONE))  # type: ignore[arg-type,misc]

    async def types(self, who: str, command: str) -> str:
        """Use the slash command, and see its answer."""
        self.print.says(PEOPLE[who][1], f"/align {command}")
        answer = await self.slack.commands(who, CHANNEL, "/align", command)
        expect(answer.status == 200, f"/align {command} was answered {answer.status}")
        await self.world.settle()
        said = answer.responses[-1].plain if answer.responses else ""
        self.print.only_for(PEOPLE[who][1], said)
        return said

    def card(self, who: str) -> Message:
        return self.slack.messages(CHANNEL)[CARDS[who]]

    def thread(self, who: str) -> list[Message]:
        return self.slack.messages(CHANNEL, thread=self.card(who).ts)

    def open_question(self, who: str) -> tuple[str, Message] | None:
        """The question that waits in somebody's thread, by its id."""
        for message in reversed(self.thread(who)):
            for control in message.controls:
                if control.action_id == "unknown":
                    return control.block_id.split("|")[2], message
        return None

    async def interview(self, who: str, script: Mapping[str, Answer], *, until: str | None = None) -> None:
        """Answer what is asked, one question after the other, to the end or up to a question."""
        while (waiting := self.open_question(who)) is not None:
            question, message = waiting
            if question == until:
                return
            expect(question in script, f"{who} was asked {question}, which is not in the script")
            await self.answer(who, question, message, script[question])
            await self.world.settle()
            again = self.open_question(who)
            expect(again is None or again[0] != question, f"{who} answered {question}, and it was asked again")
            self.print.news(CHANNEL, thread=self.card(who).ts)

    async def answer(self, who: str, question: str, message: Message, answer: Answer) -> None:
        name = PEOPLE[who][1]
        self.answered += 1
        self.effort[who].prompts += 1
        match answer:
            case Says(text):
                self.print.says(name, text)
                await self.slack.says(who, CHANNEL, text, thread=self.card(who))
            case Picks(label):
                self.print.says(name, f"(•) {label}")
                await self._press(who, message, label)
            case Fills(values):
                await self._fill(who, message, "Answer", (values,))
            case Lists(rows, closes):
                await self._list(who, question, rows, closes)
            case Lines(text):
                await self._lines(who, text)
            case DoesNotKnow(asks):
                self.print.says(name, "[I don't know]")
                await self._press(who, message, "I don't know")
                await self.world.settle()
                await self.presses(who, self.record(who, question), "Ask them", f"  ({PEOPLE[asks][1]})")
                self.print.as_it_stands(self.record(who, question))

    async def fills_from(self, who: str, message: Message, values: Form) -> None:
        """Answer from a direct message, by the button beside the question."""
        self.answered += 1
        self.effort[who].prompts += 1
        self.print.says(PEOPLE[who][1], "[Answer]")
        await self._fill(who, message, "Answer", (values,))
        await self.world.settle()

    async def edits_answer(self, who: str, question: str, values: Form) -> None:
        self.print.says(PEOPLE[who][1], "[Edit]")
        await self._fill(who, self.record(who, question), "edit", (values,))
        await self.world.settle()

    async def presses(self, who: str, message: Message, label: str, beside: str = "") -> None:
        """Do what a message proposes."""
        self.effort[who].prompts += 1
        self.print.says(PEOPLE[who][1], f"[{label}]{beside}")
        await self._press(who, message, label)
        await self.world.settle()

    async def fills_in(self, who: str, message: Message, label: str, values: Form) -> None:
        """Press a button that opens a form, and fill it in."""
        self.effort[who].prompts += 1
        self.print.says(PEOPLE[who][1], f"[{label}]")
        await self._fill(who, message, label, (values,))
        await self.world.settle()

    async def _press(self, who: str, message: Message, label: str) -> None:
        self.effort[who].presses += 1
        await self.slack.clicks(who, message, label)

    async def _fill(self, who: str, message: Message, label: str, pages: tuple[Form, ...]) -> None:
        """A form of one page or several, from the button that opens it."""
        await self._press(who, message, label)
        for n, page in enumerate(pages):
            self.print.says(PEOPLE[who][1], _form(page))
            self.effort[who].prompts += n > 0
            self.effort[who].presses += 1
            await self.slack.submits(who, inputs(page))

    async def marks(self, who: str, mark: str) -> None:
        """Mark every statement of the pulse alike, in the message that asks."""
        asking = next(m for m in reversed(self.slack.dm(who)) if "Pulse for" in m.plain)
        self.print.says(PEOPLE[who][1], f"[{mark}] four times")
        for n in range(4):
            await self.slack.clicks(who, asking, mark, nth=n)
            await self.world.settle()

    async def _list(self, who: str, question: str, rows: tuple[tuple[Form, ...], ...], closes: bool) -> None:
        for n, pages in enumerate(rows):
            message = self._asking(who, question)
            action = "add_row" if any(c.action_id == "add_row" for c in message.controls) else "answer"
            self.effort[who].prompts += n > 0
            await self._fill(who, message, action, pages)
            await self.world.settle()
            self.print.rating(message)
        if closes:
            self.print.says(PEOPLE[who][1], "[That's all]")
            await self._press(who, self._asking(who, question), "That's all")

    async def _lines(self, who: str, text: str) -> None:
        """Several rows typed as plain lines; what the bot made of them is confirmed."""
        self.print.says(PEOPLE[who][1], text)
        await self.slack.says(who, CHANNEL, text, thread=self.card(who))
        await self.world.settle()
        self.print.news(CHANNEL, thread=self.card(who).ts)
        await self.presses(who, self.thread(who)[-1], "That's right")

    def _asking(self, who: str, question: str) -> Message:
        waiting = self.open_question(who)
        if waiting is None or waiting[0] != question:
            raise DemoFailed(f"{who} is no longer asked {question}")
        return waiting[1]

    def record(self, who: str, question: str) -> Message:
        """The message in which a settled question stands."""
        for message in self.thread(who):
            if any(question in (control.block_id or "") for control in message.controls):
                return message
        raise DemoFailed(f"no record of {question} in the thread of {who}")

    def kickoff(self) -> Message:
        return self.slack.messages(CHANNEL)[0]

    def under_kickoff(self) -> list[Message]:
        """What stands in the thread of the kickoff card."""
        return self.slack.messages(CHANNEL, thread=self.kickoff().ts)

    def digests(self) -> list[Message]:
        """What stands in the channel behind the four cards."""
        return [m for m in self.slack.messages(CHANNEL)[4:] if m.bot_id]

    async def says_under_kickoff(self, who: str, text: str) -> Message:
        """Talk in the thread of the kickoff card."""
        self.print.says(PEOPLE[who][1], text)
        await self.slack.says(who, CHANNEL, text, thread=self.kickoff().ts)
        await self.world.settle()
        return self.under_kickoff()[-1]

    async def logs(self, who: str, message: Message, values: Form) -> None:
        """Keep what a message says as a decision, by its menu."""
        self.print.says(PEOPLE[who][1], "[Log decision]")
        self.print.says(PEOPLE[who][1], _form(values))
        await self.slack.shortcut(who, message, "Log decision")
        await self.slack.submits(who, inputs(values))
        await self.world.settle()

    def spent(self) -> str:
        """What was asked of each, and how often they had to press something."""
        return "; ".join(f"{PEOPLE[who][1]} {effort}" for who, effort in self.effort.items())

    def summary(self) -> str:
        posts = len(self.slack.calls_of("chat.postMessage"))
        top = len([m for m in self.slack.messages(CHANNEL) if m.bot_id])
        return f"{self.answered} answers, {posts} messages of the bot, {top} of them at the top of the channel."


def inputs(values: Mapping[str, object]) -> dict[str, object]:
    """By the labels of the form: a length of time is an amount and a unit, each with an input of its own."""
    flat: dict[str, object] = {}
    for label, value in values.items():
        if isinstance(value, tuple):
            flat |= {label: value[0], f"{label}: unit": value[1]}
        else:
            flat[label] = value
    return flat


def _form(values: Mapping[str, object]) -> str:
    return "\n".join(f"[{label}: {_shown(value)}]" for label, value in values.items())


def _shown(value: object) -> str:
    if isinstance(value, list | tuple):
        return (" " if isinstance(value, tuple) else ", ").join(map(str, value))
    return str(value)
