"""A finding with what it rests on, who acts, and what can be done about it."""

from bot.domain.messages import FindingCard, FindingSolved

from . import blocks as b
from .text import Json, escape, line, mention


def card(m: FindingCard) -> Json:
    say = f"*{escape(line(m.title, 150))}* {escape(line(m.text, 1500))} {escape(line(m.action, 300))}"
    who = f" → {mention(m.person)}" if m.person else ""
    return b.post([say + who], [b.section(b.mrkdwn(say + who))])


def solved(m: FindingSolved) -> Json:
    say = f"✅ Solved: {escape(line(m.title, 150))}"
    return b.post([say], [b.section(b.mrkdwn(say))])
