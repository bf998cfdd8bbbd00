"""The post office: sends parcels to the app, and events again when they were not accepted."""

import asyncio
from collections.abc import Coroutine, Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.sandbox.clock import Clock
from bot.sandbox.delivery.http import HttpCarrier
from bot.sandbox.delivery.parcel import Carrier, Delivery, Outcome, Parcel
from bot.sandbox.delivery.socket import SocketHub


class Post:
    def __init__(self, clock: Clock, http: HttpCarrier, sockets: SocketHub, retry_after: Sequence[float]) -> None:
        self._clock, self.http, self.sockets = clock, http, sockets
        self._retry_after = [timedelta(seconds=seconds) for seconds in retry_after]
        self.deliveries: list[Delivery] = []
        self.lost: list[Parcel] = []
        self.sent: dict[str, Parcel] = {}
        self.waiting: list[Parcel] = []
        self._running: set[asyncio.Task[Any]] = set()
        sockets.connected = self._deliver_what_waits

    async def deliver(self, parcel: Parcel) -> Outcome:
        """Send a parcel; an event that is not accepted is kept for another try."""
        parcel.attempts += 1
        parcel.first_at = parcel.first_at or self._clock()
        self.sent[parcel.id] = parcel
        outcome = await self._carry(parcel, parcel.attempts - 1, parcel.reason)
        if parcel.kind == "events_api" and not outcome.accepted:
            self._keep(parcel, outcome)
        return outcome

    def in_background(self, work: Coroutine[Any, Any, Any]) -> None:
        task = asyncio.ensure_future(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def settled(self) -> None:
        """Wait for all deliveries under way."""
        while self._running:
            await asyncio.gather(*self._running, return_exceptions=True)

    def next_due(self) -> datetime | None:
        return min((parcel.due for parcel in self.waiting if parcel.due), default=None)

    async def run_due(self) -> int:
        """Send again whatever is due by now, and say how many deliveries that were."""
        count = 0
        while due := [parcel for parcel in self.waiting if parcel.due and parcel.due <= self._clock()]:
            parcel = min(due, key=lambda parcel: parcel.due or self._clock())
            self.waiting.remove(parcel)
            await self.deliver(parcel)
            count += 1
        return count

    async def redeliver(self, id: str, times: int, at_once: bool) -> list[int]:
        """Send an event once more though it was accepted, as Slack may."""
        parcel = self.sent[id]
        copies = [self._carry(parcel, number + 1, "http_timeout") for number in range(times)]
        outcomes = await asyncio.gather(*copies) if at_once else [await copy for copy in copies]
        return [outcome.status for outcome in outcomes]

    async def close(self) -> None:
        for task in list(self._running):
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)
        await self.http.close()

    async def _carry(self, parcel: Parcel, retry: int, reason: str) -> Outcome:
        outcome = await self._carrier().carry(parcel, retry, reason)
        record = Delivery(
            parcel.id, parcel.kind, parcel.type, retry, outcome.status, outcome.reason, self._clock(), parcel.payload
        )
        self.deliveries.append(record)
        return outcome

    def _carrier(self) -> Carrier:
        only_sockets = self.sockets.used and self.http.url is None
        return self.sockets if self.sockets.connections or only_sockets else self.http

    def _keep(self, parcel: Parcel, outcome: Outcome) -> None:
        if outcome.no_retry or parcel.attempts > len(self._retry_after):
            self.lost.append(parcel)
            return
        first = parcel.first_at or self._clock()
        parcel.due, parcel.reason = first + self._retry_after[parcel.attempts - 1], outcome.reason
        self.waiting.append(parcel)

    def _deliver_what_waits(self) -> None:
        waiting, self.waiting = self.waiting, []
        for parcel in waiting:
            self.in_background(self.deliver(parcel))
