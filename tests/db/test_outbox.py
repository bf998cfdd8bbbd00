"""What is said waits in the transaction of the change it reports; with a slot, the newest replaces what still waits."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.db.lanes import Job, Lanes
from bot.db.outbox import SETTLE, pack, unpack
from bot.domain.messages import Ask, InChannel, Message, Note, Place, Saying, Told

from .queueing import say, saying, take, text_of, waiting

# The value of an answer is any JSON; of the rest hypothesis makes whatever the types allow.
json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda part: st.lists(part, max_size=3) | st.dictionaries(st.text(), part, max_size=3),
    max_leaves=5,
)
st.register_type_strategy(Told, st.builds(Told, value=json))
st.register_type_strategy(Ask, st.builds(Ask, so_far=json))
st.register_type_strategy(datetime, st.datetimes(timezones=st.just(UTC)))
sayings = st.builds(
    Saying, st.one_of(*map(st.from_type, get_args(Message))), st.one_of(*map(st.from_type, get_args(Place)))
)


@given(saying=sayings)
def test_everything_that_can_be_said_survives_the_queue(saying):
    assert unpack(pack(saying)) == Saying(saying.message, saying.to)


async def test_what_a_failed_transaction_said_is_never_posted(database):
    async def fail() -> None:
        async with database.transaction() as uow:
            uow.outbox.say(saying("no"), team="T1", lane="T1:C1")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    assert await waiting(database) == []


async def test_the_relay_is_woken_after_the_commit_of_something_said_and_only_then(database):
    woken = []
    database.said = lambda: woken.append(True)

    async with database.transaction():
        pass
    async with database.transaction() as uow:
        uow.outbox.say(saying("hello"), team="T1", lane="T1:C1")
        assert woken == []

    assert woken == [True]


async def test_the_newest_of_a_slot_replaces_the_one_that_waits(database):
    await say(database, "old", "new", slot="card:1")
    await say(database, "other", slot="card:2")

    assert await waiting(database) == ["new", "other"]


async def test_of_two_in_one_transaction_the_later_counts(database):
    async with database.transaction() as uow:
        for text in ("a", "b", "c"):
            uow.outbox.say(saying(text, slot="card:1"), team="T1", lane="T1:C1")
        uow.outbox.say(saying("plain"), team="T1", lane="T1:C1")

    assert await waiting(database) == ["c", "plain"]


async def test_one_that_is_being_sent_is_not_replaced(database, clock):
    lanes = Lanes(database)
    await say(database, "old", slot="message:C1:1.0")
    sent = await take(lanes)
    await say(database, "new", slot="message:C1:1.0")

    assert text_of(sent) == "old"
    await lanes.done(sent, pace=timedelta(0))
    assert text_of(await lanes.claim()) == "new"


async def test_one_that_was_sent_in_vain_is_not_replaced_and_goes_first(database, clock):
    lanes = Lanes(database)
    await say(database, "old", slot="message:C1:1.0")
    await lanes.later(await take(lanes), timedelta(seconds=1), why="503")
    await say(database, "new", slot="message:C1:1.0")
    clock.forward(timedelta(seconds=1))

    sent = await take(lanes)
    await lanes.done(sent, pace=timedelta(0))
    assert (text_of(sent), text_of(await lanes.claim())) == ("old", "new")


async def test_a_card_waits_for_the_end_of_a_burst_but_not_for_ever(database, clock):
    lanes = Lanes(database)
    for n in range(5):
        await say(database, f"card {n}", slot="card:1")
        clock.forward(SETTLE / 4)

    assert text_of(await lanes.claim()) == "card 4"


async def test_what_is_said_meanwhile_does_not_wait_for_a_card(database, clock):
    lanes = Lanes(database)
    await say(database, "card", slot="card:1")
    await say(database, "question")

    assert text_of(await lanes.claim()) == "question"


async def test_transactions_at_the_same_time_leave_one_of_a_slot(database):
    await asyncio.gather(*(say(database, f"{n}", slot="card:1") for n in range(12)))

    assert len(await waiting(database)) == 1


async def test_what_replaces_a_message_while_a_relay_takes_it_is_never_lost(database, clock):
    """Either the relay takes the newest, or the newest waits behind what it took; many times, at the same time."""
    lanes, seen = Lanes(database), []

    async def relay() -> None:
        for _ in range(60):
            if isinstance(claimed := await lanes.claim(), Job):
                seen.append(text_of(claimed))
                await lanes.done(claimed, pace=timedelta(0))
            await asyncio.sleep(0)

    async def speak(slot: str) -> None:
        for n in range(20):
            async with database.transaction() as uow:  # one that may be replaced, and one behind it
                uow.outbox.say(saying(f"{slot} {n}", slot=slot), team="T1", lane="T1:C1")
                uow.outbox.say(saying(f"{slot} said {n}"), team="T1", lane="T1:C1")

    slots = ("message:1", "message:2")
    await asyncio.gather(relay(), relay(), *map(speak, slots))
    await asyncio.gather(relay(), relay(), relay())
    assert await waiting(database) == []
    for slot in slots:
        edits = [int(text.rpartition(" ")[2]) for text in seen if text.startswith(slot) and "said" not in text]
        assert (edits, edits[-1]) == (sorted(set(edits)), 19)
        assert [text for text in seen if text.startswith(f"{slot} said")] == [f"{slot} said {n}" for n in range(20)]


async def test_something_with_a_once_key_is_said_one_time_ever(database):
    await say(database, "first", "second", once="welcome:U_PM")
    await say(database, "third", once="welcome:U_ML")

    assert await waiting(database) == ["first", "third"]


async def test_what_replaces_something_cannot_be_said_only_once(database):
    with pytest.raises(ValueError, match="once"):
        await say(database, "both", once="k", slot="card:1")


async def test_a_message_into_several_lanes_at_once_from_several_sides_waits_in_no_circle(database):
    async def speak(*lanes: str) -> None:
        async with database.transaction() as uow:
            for lane in lanes:
                uow.outbox.say(Saying(Note(lane), InChannel("C1")), team="T1", lane=lane)

    names = [f"T1:C{n}" for n in range(6)]
    await asyncio.gather(*(speak(*order) for order in (names, names[::-1]) for _ in range(4)))

    assert len(await waiting(database)) == 48
