"""A delivery counts once, and what was kept of a failed one is forgotten with its success."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.db import AlreadyHandled
from bot.db.tables import failed, handled


async def deliver(database, once: str) -> bool:
    try:
        async with database.transaction(once=once):
            return True
    except AlreadyHandled:
        return False


async def test_of_four_deliveries_at_once_one_counts(database):
    assert sorted(await asyncio.gather(*(deliver(database, "event:Ev1") for _ in range(4)))) == [False] * 3 + [True]


async def test_a_delivery_that_failed_may_come_again(database):
    with pytest.raises(RuntimeError):
        async with database.transaction(once="event:Ev1"):
            raise RuntimeError

    assert await deliver(database, "event:Ev1")


async def test_a_key_of_any_length_and_script_counts_once(database):
    long = "click:" + "ключ🔑" * 100
    assert [await deliver(database, key) for key in (long + "a", long + "b", long + "a")] == [True, True, False]


async def test_old_keys_are_forgotten_and_young_ones_are_not(database, clock):
    await deliver(database, "old")
    clock.forward(timedelta(days=35))
    await deliver(database, "young")

    async with database.transaction() as uow:
        await uow.forget_handled(clock() - timedelta(days=30))
        assert (await uow.connection.scalars(select(handled.c.once))).all() == ["young"]


async def keep(database, once: str, error: str = "RuntimeError()") -> None:
    async with database.transaction() as uow:
        await uow.failures.keep("T1", once, "message", {"event_id": once}, error, uow.now)


async def test_a_failed_delivery_is_kept_once_with_its_newest_error(database):
    await keep(database, "event:Ev1", "first")
    await keep(database, "event:Ev1", "second")

    async with database.transaction() as uow:
        (failure,) = await uow.failures.all()
        tries = await uow.connection.scalar(select(failed.c.tries))
    assert (failure.direction, failure.key, failure.error, failure.payload) == (
        "in",
        "event:Ev1",
        "second",
        {"event_id": "event:Ev1"},
    )
    assert tries == 2


async def test_the_success_of_a_delivery_forgets_what_was_kept_of_it_alone(database):
    long = f"event:{'x' * 300}"
    for once in ("event:Ev1", "event:Ev2", long):
        await keep(database, once)

    assert await deliver(database, "event:Ev1")
    assert await deliver(database, long)

    async with database.transaction() as uow:
        assert [failure.key for failure in await uow.failures.all()] == ["event:Ev2"]


async def test_a_success_that_is_rolled_back_forgets_nothing(database):
    await keep(database, "event:Ev1")
    with pytest.raises(RuntimeError):
        async with database.transaction(once="event:Ev1"):
            raise RuntimeError

    async with database.transaction() as uow:
        assert await uow.connection.scalar(select(func.count()).select_from(failed)) == 1
