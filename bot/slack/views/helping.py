"""Who may know, who is asked instead, and a quarter of an hour for the two."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.bank import Bank
from bot.domain.messages import SlotAgreed, WhoElse
from bot.slack import controls
from bot.slack.controls import Control

from . import blocks as b
from .inputs import VALUE
from .modals import as_modal, input_block
from .text import Json, escape, listed, mention, when


@dataclass(frozen=True, slots=True)
class Slot:
    """When the two could talk, whether that has passed, and whom of the two it suits."""

    at: datetime | None
    over: bool = False
    agreed: tuple[str, ...] = ()


def in_words(slot: Slot, two: Sequence[str]) -> str:
    """The proposed quarter of an hour, and who of the two has said yes to it; empty where none is proposed."""
    if slot.at is None:
        return ""
    if slot.over:
        return f"15 minutes for you two: was {when(slot.at)}."
    yes = [user for user in dict.fromkeys(two) if user and user in slot.agreed]
    open_still = [user for user in dict.fromkeys(two) if user and user not in slot.agreed]
    if not open_still:
        return f"15 minutes for you two: {when(slot.at)} · ✓ both."
    waits = f"{listed([mention(user) for user in open_still])} still to say" if yes else ""
    said = [f"✓ {mention(user)}" for user in yes]
    return " · ".join([f"15 minutes for you two: {when(slot.at)}", *said, *filter(None, [waits])]) + "."


def asked(project: int, question: str, slot: Slot) -> Json:
    """What the two say about it, and how the question comes back; each is told where it is not theirs to press."""
    not_me, back = (Control(action, project, question) for action in (controls.NOT_ME, controls.TAKE_BACK))
    row = [*_about(project, question, slot), b.button("Not me", not_me), b.button("Take it back", back)]
    return b.actions(Control("asked", project, question), *row)


def asked_of_me(project: int, question: str, slot: Slot, n: int, *, said: bool) -> Json:
    """The same for the one who is asked, beside the question; `said`: the time suits them already."""
    not_me = b.button("Not me", Control(controls.NOT_ME, project, question))
    return b.actions(Control("asked", project, "", str(n)), *_about(project, question, slot, said=said), not_me)


def _about(project: int, question: str, slot: Slot, *, said: bool = False) -> list[Json]:
    if slot.at is None:
        return []
    works = Control(controls.SLOT_AGREE, project, question, str(int(slot.at.timestamp())))
    open_still = not slot.over and not said and len(set(slot.agreed)) < 2
    agree = [b.button("Works for me", works)] if open_still else []
    return [*agree, b.button("Another time", Control(controls.SLOT_MOVE, project, question))]


def who_may_know(project: int, question: str, suggested: str | None) -> Json:
    ask = Control(controls.ASK_SUGGESTED, project, question, suggested or "")
    other = b.person(controls.ASK_OTHER, "Someone else who may know" if suggested else "Someone who may know")
    them = [b.button("Ask them", ask, "primary")] if suggested else []
    return b.actions(Control(controls.ASK_OTHER, project, question), *them, other)


def who_else(m: WhoElse, bank: Bank) -> Json:
    title = escape(bank[m.question].title)
    maybe = f" {mention(m.suggested)} may." if m.suggested else ""
    say = f"{mention(m.person)}: {mention(m.helper)} can't help with *{title}*. Who else may know?{maybe}"
    return b.post([say], [b.section(b.mrkdwn(say)), who_may_know(m.project, m.question, m.suggested)])


def agreed(m: SlotAgreed) -> Json:
    two = listed([mention(user) for user in m.people])
    say = f"✓ {two}: 15 minutes about *{escape(m.title)}*, {when(m.slot)}. It suits you both."
    return b.post([say], [b.section(b.mrkdwn(say))])


def move_modal(project: int, question: str, title: str, slot: datetime | None) -> Json:
    """Another time; `slot`: the one proposed so far, unless it has passed."""
    start = {"initial_date_time": int(slot.timestamp())} if slot else {}
    picker = {"type": "datetimepicker", "action_id": VALUE, **start}
    say = b.section(b.plain(f"15 minutes about “{title}”, in your own time zone. It counts as a yes from you."))
    when_ = input_block("slot", "When?", picker, optional=False)
    meta = controls.metadata(project=project, question=question)
    return as_modal(controls.SLOT_VIEW, "Another time", [say, when_], meta, submit="Propose it")
