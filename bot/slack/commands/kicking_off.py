"""`/align kickoff`: a form, or one line."""

from bot.domain.bank import Role
from bot.domain.errors import BotError, FieldErrors
from bot.domain.escaping import escape
from bot.domain.project import Project
from bot.domain.roles import THE
from bot.slack import kickoffs, typed
from bot.slack.payloads import Payload
from bot.slack.views import status as panels
from bot.slack.views.text import listed

from .asked import Asked


async def start(asked: Asked) -> Payload:
    """`kickoff` alone opens the form; with a name it starts at once."""
    if not asked.text:
        await kickoffs.open_form(asked.client, asked.body, asked.channel, asked.channel_name)
        return panels.sentence("A form is open for you: name the product and the three people, then press *Start*.")
    request = typed.request_of(asked.text)
    try:
        project = await kickoffs.start(
            asked.alignbot, asked.client, asked.body, request, asked.channel, asked.channel_name
        )
    except FieldErrors as wrong:
        raise BotError(escape("\n".join(wrong.fields.values()))) from None
    return panels.sentence(" ".join(filter(None, [_started(project), _by_dm(project), _vacant(project)])))


def _started(project: Project) -> str:
    return f"*{escape(project.name)}* is started: its card and the first questions come below in a moment."


def _by_dm(project: Project) -> str:
    away = dict.fromkeys(f"<@{project.owner(role)}>" for role, held in project.interviews.items() if held.by_dm)
    if not away:
        return ""
    return f"Not in this channel yet: {', '.join(away)}. I ask by direct message until you `/invite` them."


def _vacant(project: Project) -> str:
    vacant = [role for role in Role if project.owner(role) is None]
    if not vacant:
        return ""
    who = listed([THE[role] for role in vacant])
    return f"Nobody yet as {who}: `/align role {vacant[0].value} @name` names somebody."
