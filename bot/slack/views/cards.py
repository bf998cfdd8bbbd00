"""The cards at the top of a kickoff and of each interview, edited in place as they move."""

from collections.abc import Iterator

from bot.domain.bank import Role
from bot.domain.messages import DirectIntro, InterviewCard, KickoffCard, RoleLine
from bot.slack import controls
from bot.slack.controls import Control

from . import blocks as b
from .text import THE, Json, bar, channel, count, cut, day, escape, line, mention, spoken

_SHORT = {Role.PM: "PM", Role.ML: "ML person", Role.ENG: "Product engineer"}
_STATES = {
    "paused": "⏸️ Paused: nobody is reminded until `/align resume`. Answers are welcome.",
    "launched": "🚀 Launched: from here on I look after what was promised.",
    "closed": "📁 Closed. The answers stay in the threads below.",
}
_DIGEST = "I post one digest a week here, on Tuesdays, and nothing else at the top of the channel"
_STOP = "`/align pause` stops me, `/align digest` moves the digest."


def kickoff(m: KickoffCard) -> Json:
    roles = [_role(role) for role in m.roles]
    facts = [_launch(m), *roles]
    shown = [b.header(m.name), *_summary(m), b.section(b.mrkdwn("\n".join(facts)))]
    footer = f"Started by {mention(m.started_by)}. {_DIGEST}. {_STOP}"
    text = [f"Kickoff: {escape(line(m.name))}", escape(line(m.summary, 1000)), *facts, _progress(m), footer]
    return b.post(text, [*shown, b.section(b.mrkdwn(_progress(m))), b.context(b.mrkdwn(footer))])


def _summary(m: KickoffCard) -> Iterator[Json]:
    if m.summary.strip():
        yield b.rich(b.rich_line(spoken(cut(m.summary.strip(), 2500))))


def _launch(m: KickoffCard) -> str:
    if m.live:
        return f"*Live since*  {day(m.live)}"
    return f"*Launch*  {day(m.launch)}" if m.launch else "*Launch*  no date yet; the PM's answer sets it"


def _role(role: RoleLine) -> str:
    name = f"*{_SHORT[role.role]}*"
    if not role.people:
        return f"{name}  Nobody yet: `/align role {role.role.value} @name`"
    people = ", ".join(mention(user) for user in role.people[:5])
    dm = " · by direct message" if role.by_dm else ""
    state = f"✅ done, {role.answered} of {role.total}" if role.done else f"{role.answered} of {role.total}"
    return f"{name}  {people} · {state}{dm}"


def _progress(m: KickoffCard) -> str:
    """Where the kickoff stands, and what happens next."""
    if m.state in _STATES:
        return _STATES[m.state]
    if m.complete:
        return "✅ *Kickoff complete.* Next: the digest says where the three accounts fit and who should talk to whom."
    still = f"🔎 {count(m.blocking_open, 'question')} on feasibility and data still open. " if m.blocking_open else ""
    return (
        f"{still}*Next:* each of you answers in the thread of your own card below, about 10 minutes in all, "
        "in one go or bit by bit. Then I put the three accounts side by side."
    )


def interview(m: InterviewCard) -> Json:
    state = "\n".join(_state(m))
    called = [b.words("  "), b.user(m.person)] if m.person else []
    title = b.rich_line([*spoken(f"{_SHORT[m.role]} · {line(m.name, 150)}", bold=True), *called])
    text = f"{_SHORT[m.role]} · {escape(line(m.name, 150))}" + (f" {mention(m.person)}" if m.person else "")
    shown = [b.rich(title), b.section(b.mrkdwn(state))]
    if m.person and not m.done and not m.paused:
        go = Control(controls.ONE_GO, m.project, m.role.value)
        shown.append(b.actions(go, b.button("Answer in one go", go)))
    return b.post([text, state], shown)


def _state(m: InterviewCard) -> Iterator[str]:
    if m.person is None:
        yield f"Nobody yet. `/align role {m.role.value} @name` names one, and the questions start here."
        return
    yield f"{bar(m.answered, m.total)}  {m.answered} of {m.total} answered{_left(m)}"
    if m.paused:
        yield "⏸️ Paused: nobody is reminded until `/align resume`. Answers are welcome."
    elif m.done and m.waiting_for:
        yield f"⏳ “{escape(m.waiting_for)}” comes once the others have said what it builds on."
    elif m.done:
        yield "✅ Done, thank you! The answers are in this thread; *Edit* there changes one."
    elif not m.by_dm:
        yield "The questions are in this thread, one at a time. “I don't know” is a good answer."
    if m.by_dm:
        who = mention(m.person)
        yield f"{who} is not in this channel yet: `/invite` {who}; until then the questions go by direct message."
    if m.others:
        yield f"Also answering: {', '.join(mention(user) for user in m.others[:10])}"


def _left(m: InterviewCard) -> str:
    return f" · about {m.minutes_left} min left" if m.minutes_left and not m.done else ""


def intro(m: DirectIntro) -> Json:
    who = THE[m.role]
    told = [b.words("👋 You are "), b.words(who, bold=True), b.words(" of "), *spoken(line(m.name, 150), bold=True)]
    place = channel(m.channel)
    how = (
        f"You are not in {place} yet, so I ask you here: one question at a time, about {m.minutes_left} min in all, "
        f"whenever it suits you. “I don't know” is a good answer. Your answers are shown to the members of {place}."
    )
    go = Control(controls.ONE_GO, m.project, m.role.value)
    first = f"👋 You are {who} of {escape(line(m.name, 150))}."
    shown = [b.rich(b.rich_line(told)), b.section(b.mrkdwn(how)), b.actions(go, b.button("Answer in one go", go))]
    return b.post([first, how], shown)
