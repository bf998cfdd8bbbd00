"""`/align brief`: the product on one page, for you; `post` puts it into the channel."""

from bot.domain.escaping import escape
from bot.services import briefs
from bot.slack.payloads import Payload
from bot.slack.views import brief as view
from bot.slack.views import status as panels

from .asked import Asked


async def brief(asked: Asked) -> Payload:
    word, _, name = asked.text.partition(" ")
    if word.casefold() == "post":
        return await _post(asked, name)
    async with asked.alignbot.database.transaction() as uow:
        project = await asked.project(uow, asked.text)
        return view.brief(await briefs.brief(uow, asked.alignbot.bank, project))


async def _post(asked: Asked, name: str) -> Payload:
    async with asked.alignbot.database.transaction(once=asked.once) as uow:
        project = await asked.project(uow, name)
        await briefs.post(uow, asked.alignbot.bank, project, asked.user)
    return panels.sentence(f"The page about *{escape(project.name)}* comes into the channel in a moment.")
