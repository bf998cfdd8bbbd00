"""What only the page knows: what was read, reactions, errors on open forms, dismissed whispers."""

from dataclasses import dataclass, field

from bot.sandbox.model import Channel
from bot.sandbox.workspace import Workspace


@dataclass
class Notes:
    read: dict[tuple[str, str], str] = field(default_factory=dict)  # person and channel: up to which ts
    reactions: dict[tuple[str, str], dict[str, list[str]]] = field(default_factory=dict)
    errors: dict[str, dict[str, str]] = field(default_factory=dict)  # view: block id: text
    dismissed: set[tuple[str, str]] = field(default_factory=set)  # person and ts

    def marks_read(self, person: str, channel: Channel, ts: str) -> None:
        """Up to here; whoever has seen the newest line of the channel itself has seen all of it."""
        newest = max((m.ts for m in channel.messages.values() if not m.is_reply), default="")
        upto = max(ts, *channel.messages) if ts >= newest and channel.messages else ts
        self.read[person, channel.id] = max(upto, self.read.get((person, channel.id), ""))

    def all_is_read(self, workspace: Workspace, before: str) -> None:
        """What was said before a moment is old to everybody."""
        for channel in workspace.channels.values():
            for person in channel.members:
                self.read[person, channel.id] = before

    def reacts(self, person: str, key: tuple[str, str], name: str) -> None:
        """Adds a reaction, or takes one's own back."""
        by = self.reactions.setdefault(key, {}).setdefault(name, [])
        if person in by:
            by.remove(person)
        else:
            by.append(person)
        if not by:
            del self.reactions[key][name]
