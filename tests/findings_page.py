"""`python -m tests.findings_page`: write docs/findings.md, from the rules and from the examples that tests rely on."""

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from bot.domain import rules
from bot.domain.detectors import DETECTORS, STRENGTHS, Row
from bot.domain.detectors.quoting import listed, upper_first
from bot.domain.durations import friendly, plain_number
from bot.domain.findings import Basis, Finding
from bot.domain.health import Health, State, assess
from bot.services.snapshots import read_snapshot
from tests.domain import examples
from tests.domain.aligned import ALIGNED, BANK, aligned

PAGE = Path(__file__).resolve().parent.parent / "docs" / "findings.md"
SECTIONS = (
    ("Not known yet", "Silence is a gap, never misalignment. It costs what is not known, and no more.", examples.GAPS),
    ("Product", "What success is, and whether ML can bring it.", examples.PRODUCT),
    ("Production data", "What the model learns from, and what production really has.", examples.DATA),
    ("Simple start and time", "The simplest thing worth shipping, and whether it fits the date.", examples.SIMPLE),
    ("Partnership", "Whether the three see the same facts and meet, and somebody decides.", examples.PARTNER),
    ("Service levels and monitoring", "Whether it is fast enough, watched, and can be undone.", examples.SLA),
    (
        "Pulse",
        "How the roles mark the same statements from 1 to 5; it counts in the statement's pillar.",
        examples.PULSE,
    ),
)
SIGNS = {
    "P1": "accuracy is optimised, not the outcome",
    "P2": "it may not be feasible with ML",
    "P3": "it misses its limits in production",
    "P4": "inputs are hard or impossible to have in production",
    "G1": "accuracy is weighed against time to market",
    "G2": "monitoring exists on day zero and shows the outcome",
    "G3": "the engineer helps with production data",
    "G4": "service levels are defined and measured",
}
# Who is asked; the decider is the PM while nobody is named.
WHO = {
    "pm": "the PM",
    "ml": "the ML person",
    "eng": "the product engineer",
    "legal": "legal",
    "decider": "whoever makes the final call",
}
NAMES = {user: f"@{user.removeprefix('U0').lower()}" for user in ALIGNED["people"].values()}
STATES = {
    State.MISALIGNED: f"stop and talk. A critical finding, or {rules.MANY_HIGH} different high ones in "
    f"{rules.MANY_HIGH_PILLARS} pillars.",
    State.NOT_ENOUGH_KNOWN: "a question about feasibility or data is open, a role has not been heard, or less than "
    f"{rules.UNKNOWN_BELOW * 100:g} % is known.",
    State.AT_RISK: f"a high finding, or {rules.MANY_MEDIUM} different medium ones, or an essential question is open, "
    f"or less than {rules.AT_RISK_BELOW * 100:g} % is known.",
    State.ALIGNED: "none of these.",
}
OPENING = """\
# What Alignbot finds

*Made by `make docs` from the rules and from the examples of their tests. Change those, not this page.*

Alignbot compares what the PM, the ML person and the product engineer say. Where it does not fit, it tells a
**finding**: what does not fit, the answers it read, what to do, and who is asked to do it. Where it goes well, it tells
a **strength**. *V1* is the first version that real users get; *inputs* are what the model reads; a *must-have* is an
input without which V1 is pointless.

Findings read what was said. A missing answer is a gap; it never counts as a weak one. Nobody answers for another role:
what somebody else guessed counts once that role has confirmed it."""
STATE = """\
## The four words

The first one that fits is the state of the project. It is always told with its cause."""
SEVERITIES = """\
**Critical**: the project as described cannot succeed, or two roles contradict each other on a decisive point. **High**:
likely to cost value, date or trust. **Medium**: a weakness. **Low**: hygiene."""
LIMITS = """\
## What this cannot do

- It describes whether three people agree. It does not know the truth, and does not predict whether the product
  succeeds.
- Points, thresholds and age limits are conventions, not measurements. They stand in one file, `bot/domain/rules.py`. A
  team may tune them on its own history; a new `RULES_VERSION` then breaks the trend line where everybody sees it.
- Whether a text leaves room is told by lists of words, which are wrong now and then. So it is asked only once, and a
  colleague of another role can mark the text as clear.
- Some harms are no question of alignment, such as the abuse of a live product. About each there is one question, and no
  more."""


def page() -> str:
    """The whole page, ending in a newline."""
    head = (OPENING, STATE, _list(f"**{state.label}**: {text}" for state, text in STATES.items()), SEVERITIES)
    sections = (part for section in SECTIONS for part in _section(*section))
    return "\n\n".join([*head, *_conventions(), *_pulse(), LIMITS, *sections, *_strengths()]) + "\n"


def _conventions() -> Iterator[str]:
    points = ", ".join(f"{severity} {points}" for severity, points in rules.DEDUCTION.items())
    bands = ", ".join(f"{state.label.lower()} {'{}–{}'.format(*rules.BANDS[state])}" for state in State)
    yield f"## The score\n\nRules version {rules.RULES_VERSION}."
    yield _list(
        (
            f"Each of the five pillars has {rules.PILLAR_POINTS} points, times the share of its questions that is "
            "known.",
            f"A finding takes points from its pillar: {points}; and {rules.FURTHER_INPUT} for each further input of "
            f"which the same is true. While the team lives with it, {_percent(rules.ACCEPTED_SHARE)} of that counts. "
            "Gaps take nothing: what is not known is missing already. No pillar goes below 0.",
            "The score is half the sum of the pillars, and half of five times the weakest one: strength in one pillar "
            "cannot hide a hole in another.",
            f"It is kept within the band of the state, so that word and number agree: {bands}. While not enough is "
            'known it is not shown; "31 of 36 known" is.',
        )
    )
    yield "## The limits\n\n| what | limit |\n|---|---|\n" + "\n".join(
        f"| {what} | {limit} |" for what, limit in _limits()
    )


def _limits() -> Iterator[tuple[str, str]]:
    """Every convention about ages, times and numbers, in words."""
    yield from _limits_of_answers()
    yield from _limits_of_time()
    yield from _limits_of_inputs()
    yield from _limits_of_the_pulse()


def _limits_of_answers() -> Iterator[tuple[str, str]]:
    for age in sorted(set(rules.CONFIRMED_FOR.values())):
        kinds = ", ".join(kind.replace("data-", "data ") for kind, limit in rules.CONFIRMED_FOR.items() if limit == age)
        yield f"an answer grows old unless confirmed: {kinds}", _days(age)
    counts = ", ".join(f"{status} {weight:g}" for status, weight in rules.KNOWN_WEIGHT.items())
    yield "how far an answer counts as known", f"{counts}; a vague one about feasibility or data 0"
    yield "a role has not been heard", f"it has reacted to less than {_percent(rules.SILENT_BELOW)} of its questions"


def _limits_of_time() -> Iterator[tuple[str, str]]:
    yield "far over the time budget", f"{rules.FAR_OVER_BUDGET} times"
    yield "a batch would do", f"the PM can wait {friendly(rules.BATCH_IS_ENOUGH_FROM)} or longer"
    yield "what is not measured weighs more", f"{rules.NEAR_LAUNCH} days before launch"
    yield "what is promised must be measured", f"{rules.CLOSE_TO_LAUNCH} days before launch"
    yield (
        "the truth comes late",
        f"more than {_days(timedelta(seconds=int(rules.TRUTH_IS_LATE_AFTER)))} after a prediction",
    )
    many = f"{rules.MANY_BREACHES} in that time are critical"
    yield "a missed service level counts", f"{_days(rules.BREACH_COUNTS_FOR)}; {many}"
    yield "two accounts of how often people meet differ", f"{rules.PAIRING_APART} steps"
    yield "answers that an event puts in question wait", _days(rules.RECHECK_WITHIN)
    for severity, (moves, far) in (("medium", rules.SLIPPED), ("high", rules.SLIPPED_FAR)):
        yield f"the launch keeps moving: {severity}", f"{moves} times, or more than {_days(far)}"
    yield "the work does not fit a fixed date at all: critical", f"more than {rules.FAR_OVER_DATE} times the time left"


def _limits_of_inputs() -> Iterator[tuple[str, str]]:
    yield "reading one input takes too long", f"more than {_percent(rules.READ_SHARE)} of the time budget"
    yield "inputs to build, if things go badly", f"{rules.BUILDS_GOING_BADLY} times as long"
    yield "weeks to build an input, until the engineer says how many", _weeks()
    yield "an input is hard", f"1 hard reason, or {rules.HARD_FROM_MODERATE} moderate ones"
    yield "an input is very hard", f"{rules.VERY_HARD_FROM} hard reasons"


def _limits_of_the_pulse() -> Iterator[tuple[str, str]]:
    yield "the roles see a statement differently", f"{rules.PULSE_APART} apart; {rules.PULSE_FAR_APART} apart is high"
    doubts = f"{rules.PULSE_DOUBT} or less from {rules.PULSE_MANY_DOUBT} roles"
    yield "a statement is doubted", f"{doubts}, or {rules.PULSE_STRONG_DOUBT} from one"
    yield "a role has lost confidence", f"{rules.PULSE_DROP} less than before"
    yield "a role is silent in the pulse", f"{rules.PULSE_SILENT} rounds in a row"


def _percent(share: float | Decimal) -> str:
    return f"{float(share) * 100:g} %"


def _days(time: timedelta) -> str:
    return f"{time.days} days"


def _weeks() -> str:
    levels = ((level.replace("_", " "), weeks) for level, weeks in rules.BUILD_WEEKS.items() if any(weeks))
    return ", ".join(f"{level} {plain_number(low)}–{plain_number(high)}" for level, (low, high) in levels)


def _pulse() -> Iterator[str]:
    weekly = f"weekly in the last {rules.PULSE_WEEKLY_FOR.days // 7} weeks before launch"
    yield (
        f"## The pulse\n\nEvery two weeks, and {weekly}, each role marks {rules.PULSE_STATEMENTS} of these statements "
        "from 1 (disagree) to 5 (agree), or says that it cannot say. A round is open for "
        f"{rules.PULSE_OPEN_FOR} working days."
    )
    yield _list(f"{text} *({pillar})*" for pillar, text in rules.PULSE.values())


def _section(title: str, about: str, found: examples.Examples) -> Iterator[str]:
    rows = {row.id: (row, (detect.__doc__ or "").strip()) for row, detect in DETECTORS}
    yield f"## {title}\n\n{about}"
    for id, documents in found.items():
        row, when = rows[id]
        told = [next(f for f in _health(document).findings if f.detector == id) for document in documents]
        yield f"### {upper_first(row.title)}\n\n`{id}`{_signs(row)}\n\n{when}"
        yield f"Asks {_asked(row, told[0])}: {row.do}"
        yield _list(f"**{finding.severity}**: {_spoken(finding.full_message)}" for finding in told)


def _strengths() -> Iterator[str]:
    yield "## Strengths\n\nWhat goes well is told too: a digest of only red trains people to skip it."
    praise = {strength.detector: strength.message for strength in _health(aligned()).strengths}
    for row, praised in STRENGTHS:
        yield f"### {upper_first(row.title)}\n\n`{row.id}`{_signs(row)}\n\n{(praised.__doc__ or '').strip()}"
        yield _list([f"**good**: {praise[row.id]}"])


def _health(document: examples.Document) -> Health:
    return assess(read_snapshot(document, BANK), BANK)


def _signs(row: Row) -> str:
    """Which of the seed article's signs of poor (P) and of good (G) alignment it detects."""
    good = row.basis is Basis.STRENGTH
    words = {"P": "sign avoided: " if good else "sign: ", "G": "good sign: " if good else "good sign missing: "}
    return "".join(f" · {words[sign[0]]}{SIGNS[sign]}" for sign in row.seed)


def _asked(row: Row, finding: Finding) -> str:
    """Who acts, with whom; where that depends on what was said, who it is in the example."""
    if row.who:
        return ", with ".join(WHO[name] for name in row.who.split(" with "))
    return f"those concerned, here {listed([WHO[name] for name in finding.who])}"


def _spoken(text: str) -> str:
    """As people see it: mentions by name."""
    return re.sub(r"<@(\w+)>", lambda mention: NAMES[mention[1]], text)


def _list(items: Iterable[str]) -> str:
    return "\n".join(f"- {item}" for item in items)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
