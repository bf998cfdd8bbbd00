"""What the clock starts ends with the process."""

import asyncio

from bot.jobs import until_stopped


async def test_a_tick_that_the_end_of_the_process_cuts_short_is_no_error():
    began = asyncio.Event()

    async def tick() -> None:
        began.set()
        await asyncio.Event().wait()

    running = asyncio.ensure_future(until_stopped(tick)())
    await began.wait()
    running.cancel()

    assert await running is None
