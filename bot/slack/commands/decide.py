"""`/align decide`: a form to log a decision, `decide TEXT` with the text in it, `decide list` shows all of them."""

from collections.abc import Sequence

from bot.domain.escaping import unescape
from bot.domain.kickoff import slug
from bot.domain.project import Project
from bot.slack import deciding
from bot.slack.clicks.click import show_in_time
from bot.slack.payloads import Payload
from bot.slack.views import decision_form, decisions
from bot.slack.views import status as panels

from .asked import Asked


async def decide(asked: Asked) -> Payload:
    async with asked.alignbot.database.transaction() as uow:
        here = await uow.projects.open_in(asked.team, asked.channel)
        word, _, name = asked.text.partition(" ")
        if _asks_for_list(here, word, name):
            return decisions.all_of(await asked.project(uow, name))
    start = decision_form.Start(asked.user, asked.text)
    building = deciding.form_in(asked.alignbot, asked.team, asked.channel, start)
    await show_in_time(asked.client, asked.body["trigger_id"], decision_form.TITLE, building)
    return panels.sentence("A form is open for you: what was decided, why, and about what.")


def _asks_for_list(here: Sequence[Project], word: str, name: str) -> bool:
    """`list`, also with a project's name behind it; "list price stays" is a decision."""
    wanted = slug(unescape(name)) if name.strip() else ""
    return word.casefold() == "list" and (not wanted or any(slug(one.name).startswith(wanted) for one in here))
