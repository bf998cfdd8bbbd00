"""Clicks: a dict from the control to what it does. Modals are opened before anything is written."""

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack import controls, home
from bot.slack.alignbot import Alignbot
from bot.slack.payloads import Payload, team_of, thread_of, user_of
from bot.slack.views import modals

from . import (
    answering,
    decisions,
    findings,
    handing_over,
    inputs,
    later,
    offers,
    pulses,
    rechecks,
    seeing,
    settings,
    vouching,
)
from .click import Click, Clicked


async def click(
    body: Payload, ack: AsyncAck, client: AsyncWebClient, alignbot: Alignbot, respond: AsyncRespond
) -> None:
    action = body["actions"][0]
    handler = CLICKS.get(action["action_id"])
    if handler is None:
        raise controls.OutOfDate
    one = Click(
        alignbot=alignbot,
        client=client,
        control=controls.read(action),
        chosen=controls.chosen(action),
        user=user_of(body),
        team=team_of(body),
        channel=(body.get("channel") or {}).get("id", ""),
        trigger=body.get("trigger_id", ""),
        body=body,
    )
    said = await handler(one)
    if home.shown_at(body):
        await _at_home(one, said)
    elif said is not None and _in_modal(body):
        await client.views_push(trigger_id=one.trigger, view=modals.reading_modal(said))
    elif said is not None:
        await respond(response_type="ephemeral", **{"replace_original": False, **thread_of(body), **said})
    await ack()


def _in_modal(body: Payload) -> bool:
    """Such a click comes with no way to answer but another view over the one that is open."""
    return (body.get("view") or {}).get("type") == "modal"


async def _at_home(one: Click, said: Payload | None) -> None:
    """There is no channel to say something in: it is opened over the tab, which shows what has changed."""
    if said is not None:
        await one.client.views_open(trigger_id=one.trigger, view=modals.reading_modal(said))
    else:
        await home.draw(one.alignbot, one.client, one.team, one.user)


CLICKS: dict[str, Clicked] = {
    controls.ANSWER: answering.answer,
    controls.EDIT: answering.answer,
    controls.ADD_ROW: answering.answer,
    controls.SAME_SOURCE: answering.same_source,
    controls.ONE_GO: answering.one_go,
    controls.PICK: answering.pick,
    controls.UNKNOWN: answering.unknown,
    controls.MORE: answering.more,
    controls.ASK_SUGGESTED: handing_over.ask_somebody,
    controls.ASK_OTHER: handing_over.ask_somebody,
    controls.SLOT_AGREE: handing_over.agree,
    controls.SLOT_MOVE: handing_over.move,
    controls.NOT_ME: handing_over.not_me,
    controls.TAKE_BACK: handing_over.take_back,
    controls.ROWS_DONE: answering.finish_rows,
    controls.ROWS_NONE: answering.finish_rows,
    controls.ROWS_RIGHT: inputs.right,
    controls.EDIT_INPUT: inputs.edit,
    controls.DROP_INPUT: inputs.drop,
    controls.REORDER: inputs.reorder,
    controls.SEE_ALL: seeing.see_all,
    controls.MY_QUESTIONS: seeing.my_questions,
    controls.SETTINGS: settings.settings,
    controls.WHY: seeing.why,
    controls.DISCUSS: findings.discuss,
    controls.CHANGED: findings.changed,
    controls.LIVE_WITH: findings.live_with,
    controls.STILL_TRUE: rechecks.still_true,
    controls.CHANGE: rechecks.change,
    controls.SOURCE_CHANGED: rechecks.source_changed,
    controls.CLEAR: vouching.clear,
    controls.CONFIRM: vouching.confirm,
    controls.USE_SIMPLER: offers.use_simpler,
    controls.KEEP_ORIGINAL: offers.keep_original,
    controls.AGREE: offers.agree,
    controls.REVIVE: later.revive,
    controls.LATER_DONE: later.settle,
    controls.LATER_DROP: later.settle,
    controls.SUPERSEDE: decisions.supersede,
    controls.WITHDRAW: decisions.withdraw,
    controls.NOOP: seeing.nothing,
    **dict.fromkeys(controls.PULSE_MARKS, pulses.mark),
}
