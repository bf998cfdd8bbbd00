"""`/align`: a dict from the first word to what it does. Every answer is for the one who asked only."""

import difflib

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.errors import BotError
from bot.domain.escaping import escape, unescape
from bot.slack.alignbot import Alignbot
from bot.slack.payloads import Payload
from bot.slack.views import charts
from bot.slack.views import status as panels

from . import brief, changing, decide, digests, inputs, kicking_off, later, pulse, seeing, settings, steering, why
from .asked import Asked, Command


async def align(
    body: Payload, ack: AsyncAck, client: AsyncWebClient, alignbot: Alignbot, respond: AsyncRespond
) -> None:
    """Every answer is ephemeral and comes with the acknowledgement, unless Slack may refuse it."""
    word, *rest = (body.get("text") or "").split(maxsplit=1) or ["status"]
    command = COMMANDS.get(word.casefold())
    if command is None:
        raise BotError(_not_known(word))
    said = await command(Asked(alignbot, client, body, " ".join(rest).strip()))
    if charts.may_be_refused(said):
        await ack()
        await _with_or_without_table(respond, said)
    else:
        await ack(response_type="ephemeral", **said)


async def _with_or_without_table(respond: AsyncRespond, said: Payload) -> None:
    """A refused acknowledgement would show nothing; an answer of its own says whether Slack took it."""
    answer = await respond(response_type="ephemeral", **said)
    if answer.status_code != 200 or '"ok":false' in answer.body.replace(" ", ""):
        await respond(response_type="ephemeral", **charts.without_charts(said))


def _not_known(word: str) -> str:
    near = difflib.get_close_matches(word.casefold(), COMMANDS, n=1, cutoff=0.5)
    hint = f"Did you mean `/align {near[0]}`?" if near else "`/align help` lists what I do."
    return f"I don't know “{escape(unescape(word)[:40])}”. {hint}"


async def help(asked: Asked) -> Payload:
    return panels.help_text(HELP)


COMMANDS: dict[str, Command] = {
    "kickoff": kicking_off.start,
    "status": seeing.panel,
    "questions": seeing.questions,
    "digest": digests.digest,
    "role": steering.role,
    "pause": steering.pause,
    "resume": steering.resume,
    "close": steering.close,
    "pulse": pulse.pulse,
    "settings": settings.settings,
    "date": changing.launch_date,
    "launched": changing.launched,
    "why": why.why,
    "brief": brief.brief,
    "inputs": inputs.inputs,
    "later": later.later,
    "decide": decide.decide,
    "help": help,
}

HELP = {
    "kickoff": "starts one for a product: a form, or `kickoff NAME pm:@a ml:@b eng:@c`",
    "status": "where it stands, and what to do about it",
    "why": "each point of the score: what took it, and where that was said",
    "questions": "what waits for you, over all products, to answer right there",
    "later": "what waits for V2, the version after the first: what it would bring, and when to look at it again",
    "inputs": "what the model reads, at a glance: how hard each is to have, and who answers for it",
    "brief": "the product on one page; `brief post` puts it into the channel",
    "decide": "logs a decision with its reason: `decide TEXT`; `decide list` shows all of them",
    "digest": "this week's digest now, for you; `digest thursday 14:00` moves it, `digest off` stops it; "
    "in the leads' channel `digest leads here` makes one over all products",
    "pulse": "four statements to mark, 20 seconds; `pulse now`, `weekly`, `monthly`, `on`, `off`",
    "date": "when the launch is; `date 2027-06-01 because …` moves it, `date none` drops it",
    "launched": "it is live, since today or since a day: `launched 2027-06-01`",
    "role": "who is who; `role eng @raj` names who speaks for `pm`, `ml` or `eng`; "
    "`role legal @name` names who else may know",
    "settings": "digest, pulse, and whether the leads hear of it",
    "pause": "no reminders and no digest until `resume`",
    "resume": "goes on after a pause",
    "close": "ends it; everything said is kept",
}
