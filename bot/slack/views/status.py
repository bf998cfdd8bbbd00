"""What only the one who asked sees: the state of a project, the help, a sentence."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from bot.domain.messages import FindingCard, LivedWith, RoleLine, StatusPanel, Wanted

from . import blocks as b
from . import findings
from .digest import ROLES, asked_for, buttons, open_question, state_in_words
from .pings import questions
from .screen import joined
from .text import Json, cut, day, escape, harmless, line, mention, spoken, when

__all__ = ["help_text", "questions", "see_all", "sentence", "status"]

_BECAUSE = 230  # characters
_MOST_FINDINGS = 12  # two blocks and some 700 characters each
STAGES = {
    "paused": "⏸️ Paused; `/align resume` goes on.",
    "launched": "🚀 Launched; I look after what was promised.",
    "closed": "📁 Closed.",
    "unreachable": "🔇 I can't write in its channel any more, so nothing is asked or posted. "
    "Once it is there again, `/invite @Alignbot` goes on where it stood.",
}


def status(m: StatusPanel) -> Json:
    title = b.rich(b.rich_line([*spoken(line(m.name, 150), bold=True), b.words(f" · {_state(m)}")]))
    lines = list(_lines(m))
    body = b.section(b.mrkdwn("\n".join(lines)))
    wanted = [b.rich(b.rich_line(_finding(wanted))) for wanted in m.findings[:5]]
    text = [f"{escape(line(m.name, 150))} · {escape(_state(m))}", *lines, *map(_finding_text, m.findings[:5])]
    return b.post(text, [title, body, *wanted, buttons(m.project)])


def see_all(m: StatusPanel, cards: Sequence[FindingCard]) -> Json:
    """The same with every finding, and what can be done about each."""
    top = status(replace(m, findings=(), lived_with=()))
    shown = [findings.in_short(card, n) for n, card in enumerate(cards[:_MOST_FINDINGS])]
    rest = f"and {len(cards) - len(shown)} more; `/align why` lists them all." if len(cards) > len(shown) else ""
    blocks = [block for _, made in shown for block in made]
    below = [b.context(b.mrkdwn(rest))] if rest else []
    return b.post([top["text"], *(text for text, _ in shown), rest], [*top["blocks"][:-1], *blocks, *below])


def _state(m: StatusPanel) -> str:
    score = f" · score {m.score}" if m.score is not None else ""
    return f"{state_in_words(m.state)}{score} · {m.known} known"


def _lines(m: StatusPanel) -> Iterator[str]:
    if m.project_state in STAGES:
        yield STAGES[m.project_state]
    if m.because:
        yield escape(joined(m.because, _BECAUSE, between="; "))
    yield " · ".join(map(_role, m.roles))
    if m.still_open:
        rest = f" · and {len(m.still_open) - 5} more" if len(m.still_open) > 5 else ""
        shown = (open_question(q, mention(q.person) if q.person else "", escape) for q in m.still_open[:5])
        yield f"*Still open* {' · '.join(shown)}{rest}"
    else:
        yield "*Still open* nothing that holds the kickoff up"
    if m.lived_with:
        yield f"*Lived with* {' · '.join(map(_lived_with, m.lived_with[:5]))}"
    if m.next_digest:
        yield f"*Next digest* {when(m.next_digest)}"


def _lived_with(finding: LivedWith) -> str:
    until = f" until {day(finding.until)}" if finding.until else ""
    by = f" ({mention(finding.by)}{until})" if finding.by else until
    return f"🤝 {escape(line(finding.title, 80))}{by}"


def _role(role: RoleLine) -> str:
    if not role.people:
        return f"{ROLES[role.role]}: nobody yet, `/align role {role.role.value} @name`"
    return f"{ROLES[role.role]} {mention(role.people[0])} {role.answered} of {role.total}"


def _finding(wanted: Wanted) -> list[Json]:
    who = [b.words(" → "), b.user(wanted.person)] if wanted.person else []
    return [b.words("• "), *spoken(asked_for(wanted)), *who]


def _finding_text(wanted: Wanted) -> str:
    who = f" → {mention(wanted.person)}" if wanted.person else ""
    return f"• {escape(asked_for(wanted))}{who}"


def help_text(commands: Mapping[str, str]) -> Json:
    """Everything one can type, a line each."""
    lines = [f"`/align {name}`  {what}" for name, what in commands.items()]
    title = "*Alignbot* asks the PM, the ML person and the engineer what only they know, and shows where it differs."
    return b.post([title, *lines], [b.section(b.mrkdwn(title)), b.section(b.mrkdwn("\n".join(lines)))])


def sentence(text: str) -> Json:
    """One sentence of ours, in mrkdwn: an error, a confirmation."""
    say = cut(harmless(text), 3000)
    return b.post([say], [b.section(b.mrkdwn(say))])
