"""Why it stands where it stands: each pillar's points, what took them, and links to what was said."""

from collections.abc import Iterator
from math import floor

from bot.domain.answers import Source
from bot.domain.breakdown import MOST, Breakdown, PillarPoints, Taken
from bot.domain.coverage import Share
from bot.domain.health import weighed

from . import blocks as b
from .digest import ROLES, STATES, state_in_words
from .screen import joined
from .text import Json, count, escape, line

_TAKEN, _LINKS = 6, 2  # a pillar; each of them
_ROOM = 1900  # characters of a pillar: Slack takes about 12,000 in all
HONEST = (
    "The score says how well the accounts fit and how much is known. It describes alignment and predicts nothing: its "
    "weights are conventions (version {version} of the rules)."
)


def why(m: Breakdown) -> Json:
    head = f"*{escape(line(m.name, 100))}* · {state_in_words(m.state)} · {_score(m)}"
    because = f"Because: {escape(joined(m.because, 500, between='; '))}" if m.because else ""
    known = f"*Known* {m.known}: {' · '.join(f'{ROLES[role]} {_share(share)}' for role, share in m.by_role)}"
    top = [part for part in (head, because, known, _made_of(m), _lived_with(m)) if part]
    pillars = ["\n".join(_pillar(pillar)) for pillar in m.pillars]
    end = HONEST.format(version=m.rules_version)
    shown = [b.section(b.mrkdwn(text, _ROOM)) for text in ("\n".join(top), *pillars)]
    return b.post([*top, *pillars, end], [*shown, b.context(b.mrkdwn(end))])


def _score(m: Breakdown) -> str:
    return f"score {m.score} of 100" if m.score is not None else "no score yet, because too little is known"


def _made_of(m: Breakdown) -> str:
    """How the points of the pillars become the score, so that everybody can add it up (alignment model, 3.8)."""
    if m.score is None or not m.pillars:
        return ""
    points = [pillar.points for pillar in m.pillars]
    weakest = min(m.pillars, key=lambda pillar: pillar.points).pillar
    made = floor(weighed(points) + 0.5)
    word = STATES[m.state][1]
    held = f" = {made}; {m.score} is the nearest that “{word}” can have" if made != m.score else ""
    least = f"half of {len(points)} × {_points(min(points))}, the weakest ({weakest})"
    return f"*How it adds up* half of {_points(sum(points))}, the sum of the pillars, and {least}{held}"


def _share(share: Share) -> str:
    return f"{share.known:g} of {share.required}"


def _lived_with(m: Breakdown) -> str:
    return f"You live with {count(m.lived_with, 'finding')}; half counts." if m.lived_with else ""


def _pillar(pillar: PillarPoints) -> Iterator[str]:
    points, known = _points(pillar.points), _points(pillar.known_points)
    yield f"*{pillar.pillar}* {points} of {MOST} · {known} for what is known ({_share(pillar.known)})"
    yield from map(_taken, pillar.taken[:_TAKEN])
    if rest := pillar.taken[_TAKEN:]:
        yield f"• and {len(rest)} more, −{_points(sum(taken.points for taken in rest))}"


def _taken(taken: Taken) -> str:
    links = " · ".join(_link(title, where) for title, where in taken.said[:_LINKS])
    said = f" ({links})" if links else ""
    return f"• −{_points(taken.points)} *{escape(line(taken.title, 80))}*, {escape(line(taken.reason, 160))}{said}"


def _points(points: float) -> str:
    return f"{round(points, 1):g}"


def _link(title: str, where: Source) -> str:
    """The form that needs no workspace's name."""
    place = f"https://slack.com/archives/{where.channel}/p{where.ts.replace('.', '')}"
    return f"<{place}|{escape(line(title, 40))}>"
