"""What happened, printed as people saw it: who said what, where, and when on their clocks."""

import textwrap
from collections.abc import Callable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.sandbox import Message, StandIn

from .cast import PEOPLE

ZONE = ZoneInfo("Europe/Berlin")
WIDTH = 100
QUIET = ("Why we ask:", "Reply in this thread, or press")


class Transcript:
    def __init__(self, slack: StandIn, clock: Callable[[], datetime], say: Callable[[str], None] = print) -> None:
        self._slack, self._clock, self._say = slack, clock, say
        self._seen: set[tuple[str, str]] = set()
        self._day = ""

    def chapter(self, title: str) -> None:
        self._say(f"\n\n━━ {title} " + "━" * max(0, WIDTH - len(title) - 4))

    def scene(self, text: str) -> None:
        """A sentence of the narrator, with the moment."""
        now = self._clock().astimezone(ZONE)
        day = f"{now:%A} {now.day} {now:%B}"
        if day != self._day:
            self._day = day
            self._say(f"\n{day}")
        self._say(f"\n{now:%H:%M}  {text}")

    def says(self, who: str, text: str) -> None:
        """What a person types, clicks or fills in."""
        self._print(f"{who:<9}", text)

    def only_for(self, who: str, text: str) -> None:
        self._print(f"Alignbot → {who} alone: ", text)

    def news(self, channel: str, where: str = "", *, thread: str | None = None) -> None:
        """What the bot has said in a channel or thread since it was last looked at."""
        said = self._slack.messages(channel, thread=thread)
        for message in said:
            if (message.channel, message.ts) not in self._seen:
                self._seen.add((message.channel, message.ts))
                if message.bot_id:
                    self._print(f"Alignbot{where} ", readable(message))

    def news_of(self, who: str) -> None:
        """What the bot has written to somebody directly since that was last looked at."""
        name = PEOPLE[who][1]
        for message in self._slack.dm(who):
            if (message.channel, message.ts) not in self._seen and message.bot_id:
                self._seen.add((message.channel, message.ts))
                self._print(f"Alignbot → {name} (direct message) ", readable(message))

    def as_it_stands(self, message: Message) -> None:
        """A message as it reads by now, edited or not."""
        self._print("        ", readable(self._slack.message(message)))

    def rating(self, message: Message) -> None:
        """What a message says of the input that was surveyed last."""
        lines = self._slack.message(message).plain.splitlines()
        rated = [n for n, line in enumerate(lines) if "→ " in line]
        if rated:
            name = "" if "→ " in lines[rated[-1]][1:] else _name_above(lines[: rated[-1]])
            self._print("        ", f"{name}{lines[rated[-1]]}")

    def _print(self, speaker: str, text: str) -> None:
        lines = list(_wrapped(text))
        self._say(f"       {speaker}{lines[0] if lines else ''}")
        for line in lines[1:]:
            self._say(f"       {' ' * 9}{line}")


def _name_above(lines: list[str]) -> str:
    """The name of the row that a rating stands under, where it does not say it itself."""
    names = (line for line in reversed(lines) if not line.startswith((">", "[")))
    return f"> {next(names, '')} "


def readable(message: Message) -> str:
    """The message without what only repeats itself all day long."""
    return "\n".join(line for line in message.plain.splitlines() if not line.startswith(QUIET))


def _wrapped(text: str) -> Iterator[str]:
    for line in text.splitlines():
        yield from textwrap.wrap(line, WIDTH - 16, subsequent_indent="  ") or [""]
