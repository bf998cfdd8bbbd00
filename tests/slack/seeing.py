"""A message as a person sees it, and short ways to make one."""

from textwrap import dedent

from bot.domain.bank import Role
from bot.domain.messages import Ask, Record, Told
from bot.packs.loader import load_bank
from bot.sandbox.controls import controls_in
from bot.sandbox.plain import blocks_as_text
from bot.slack.views import render

BANK = load_bank()
NAMES = {"U1": "ana", "U2": "mei", "U3": "raj", "C1": "ready-by"}


def seen(post):
    return blocks_as_text(post["blocks"], lambda id: NAMES.get(id, id))


def shown(message):
    return seen(render(message, BANK))


def lines(text):
    return dedent(text).strip()


def labels(message):
    return [control.label for control in controls_in(render(message, BANK)["blocks"])]


def asked(id, **more):
    given = {"number": 3, "total": 12, "minutes_left": 6, "person": "U1"} | more
    return Ask(7, BANK[id].role, id, BANK[id].ask, **given)


def told(id, state, value=None, **more):
    return Told(id, BANK[id].ask, state, value, "U1", **more)


def recorded(*tolds):
    return Record(7, Role.PM, tolds)
