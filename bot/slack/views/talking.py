"""The short things said in a thread: a second chance, thanks, plain sentences."""

from bot.domain.messages import Done, Note, SecondChance
from bot.slack import controls
from bot.slack.controls import Control

from . import blocks as b
from .text import THE, Json, count, cut, escape, harmless, listed, mention


def second_chance(m: SecondChance) -> Json:
    say = cut(f"{mention(m.person)} {escape(m.say)}", 2900)
    control = Control(controls.ANSWER, m.project, m.question)
    return b.post([say], [b.section(b.mrkdwn(say)), b.actions(control, b.button("Answer", control))])


def done(m: Done) -> Json:
    say = "\n".join(filter(None, [_thanks(m), _unknown(m), _next(m)]))
    return b.post([say], [b.section(b.mrkdwn(say))])


def _thanks(m: Done) -> str:
    if m.later:
        return f"🙌 Thank you, {mention(m.person)}: that is all I can ask right now."
    return f"🙌 Thank you, {mention(m.person)}, that was the last question. *Edit* changes any answer, at any time."


def _unknown(m: Done) -> str:
    if not m.unknown:
        return ""
    say = "says" if m.unknown == 1 else "say"
    return (
        f"{count(m.unknown, 'question')} still {say} “I don't know”: pick someone who may know there, and I ask them."
    )


def _next(m: Done) -> str:
    if m.later:
        return f"“{escape(m.later)}” comes as soon as the others have said what it builds on; I call you then."
    if m.waiting_for:
        roles = listed([THE[role] for role in m.waiting_for])
        are = "is" if len(m.waiting_for) == 1 else "are"
        return f"Next: {roles} {are} still answering; then I put the accounts side by side."
    if m.vacant:
        roles, name = listed([THE[role] for role in m.vacant]), f"`/align role {m.vacant[0].value} @name`"
        return f"Next: nobody speaks for {roles} yet; {name} names somebody, and I ask them."
    return "Next: all accounts are in, so I put them side by side; the digest says where they fit and where they don't."


def note(m: Note) -> Json:
    say = cut(harmless(m.text), 3000)
    return b.post([say], [b.section(b.mrkdwn(say))])
