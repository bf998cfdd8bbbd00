"""One message to Slack: posted, or put over one that stands; never posted again before a look for the first try."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.db import Database
from bot.db.lanes import Job
from bot.services.delivery import Target

from . import refusals
from .views import Post
from .views.charts import may_be_refused, without_charts
from .views.text import cut

EVENT_TYPE = "alignbot"
LONGEST_UPDATE = 3900  # chat.update refuses a longer text
_BEFORE = timedelta(seconds=60)  # how far the clocks of Slack and of the bot may be apart
_PAGES = 10


class Posting:
    def __init__(self, database: Database, client: AsyncWebClient) -> None:
        self._database, self._client = database, client
        self._without_charts: set[str] = set()  # jobs whose message Slack did not take with its chart or table

    async def send(self, job: Job, target: Target, post: Post) -> tuple[str, str]:
        """The channel and ts at which the message now stands. Raises what the client raises."""
        channel = target.channel or await self._direct(job.team, target.user or "")
        if target.over:
            await self._with_or_without_chart(job, post, lambda shown: self._update(channel, str(target.over), shown))
            return channel, target.over
        found = await self._standing(job, channel, target.thread) if job.attempt > 1 else None
        return channel, found or await self._with_or_without_chart(
            job, post, lambda shown: self._post(job, channel, target.thread, shown)
        )

    async def _with_or_without_chart(self, job: Job, post: Post, send: Callable[[Post], Awaitable[str]]) -> str:
        """A workspace may refuse charts and tables, and the whole message with it: then it goes with text in its place.

        It is remembered until the job is done, since the second call may be told to wait for the pace of the channel.
        """
        if job.key not in self._without_charts and may_be_refused(post):
            try:
                return await send(post)
            except SlackApiError as error:
                if refusals.read(error).code != "invalid_blocks":
                    raise
            self._without_charts.add(job.key)
        ts = await send(without_charts(post))
        self._without_charts.discard(job.key)
        return ts

    async def _update(self, channel: str, ts: str, post: Post) -> str:
        text = cut(post["text"], LONGEST_UPDATE)
        await self._client.chat_update(**{**post, "text": text}, channel=channel, ts=ts)
        return ts

    async def _post(self, job: Job, channel: str, thread: str | None, post: Post) -> str:
        whole: dict[str, Any] = {
            **post,
            "channel": channel,
            "thread_ts": thread,
            "unfurl_links": False,
            "unfurl_media": False,
            "metadata": {"event_type": EVENT_TYPE, "event_payload": {"job": job.key}},
        }
        try:
            answer = await self._client.chat_postMessage(**whole, client_msg_id=str(uuid5(NAMESPACE_URL, job.key)))
        except SlackApiError as error:
            if refusals.read(error).code != "duplicate_message_not_found":
                raise
            answer = await self._client.chat_postMessage(**whole)  # it knew the id, and has no message of it
        return str(answer["ts"])

    async def _standing(self, job: Job, channel: str, thread: str | None) -> str | None:
        """The ts at which an earlier try of this job stands, if Slack took it and the answer was lost."""
        oldest = f"{(job.tried_at - _BEFORE).timestamp():.6f}"
        cursor = ""
        for _ in range(_PAGES):
            page = await self._page(channel, thread, oldest, cursor)
            for message in page["messages"]:
                payload = (message.get("metadata") or {}).get("event_payload") or {}
                if payload.get("job") == job.key:
                    return str(message["ts"])
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                break
        return None

    async def _page(self, channel: str, thread: str | None, oldest: str, cursor: str) -> Any:
        where: dict[str, Any] = {"channel": channel, "oldest": oldest, "limit": 200, "include_all_metadata": True}
        if cursor:
            where["cursor"] = cursor
        if thread:
            return await self._client.conversations_replies(ts=thread, **where)
        return await self._client.conversations_history(**where)

    async def _direct(self, team: str, user: str) -> str:
        """The channel of direct messages with a person; it must be known to look for a lost message in it."""
        channel = str((await self._client.conversations_open(users=user))["channel"]["id"])
        async with self._database.transaction() as uow:
            await uow.people.remember_dm(team, user, channel)
        return channel
