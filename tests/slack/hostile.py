"""People's words at their worst, and messages made of them, for property tests."""

from datetime import UTC, date, datetime
from typing import Any

from hypothesis import strategies as st

from bot.domain.answers import State
from bot.domain.bank import Field, Question, Role, Type
from bot.domain.findings import Severity
from bot.domain.messages import (
    Account,
    Ask,
    Brief,
    BriefLine,
    BriefPart,
    CatchUp,
    DecisionLogged,
    Digest,
    DigestThread,
    DirectIntro,
    Done,
    FindingCard,
    FindingSolved,
    InputLine,
    InterviewCard,
    KickoffCard,
    LaunchLine,
    Matter,
    Note,
    OldAnswer,
    OpenQuestion,
    Ping,
    PingItem,
    PortfolioDigest,
    PulseLine,
    PulseResult,
    Record,
    RedLine,
    RoleLine,
    SecondChance,
    SimplerCard,
    SlotAgreed,
    Split,
    StateCount,
    Told,
    TradeOff,
    Understood,
    UnderstoodRow,
    Wanted,
    Week,
    WhiteLine,
    WhoElse,
)
from bot.domain.messages.talking import InputRating
from bot.domain.rules import PULSE
from bot.packs.loader import load_bank

BANK = load_bank()
NASTY = (
    "<!channel> <!here|here> <!everyone> @channel @here",
    "*bold* _it_ ~no~ `code` ```block``` > quote",
    "<@U0BOSS> <#C0PUBLIC|general> <https://example.org/a?b=c&d|click> <https://x>",
    "<javascript:alert(1)|x> <!subteam^S1> <!date^1^{date}|x> &amp; &lt;!channel&gt;",
    "\u202eright to left\u202c \u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467 \U0001f1e9\U0001f1ea e\u0301 :tada:",
    "x" * 400,
    "\x00\x07 \r\n\t ",
    "&" * 50,
)
IDS = st.sampled_from(["U0ANA", "U0MEI", "W0RAJ"])
FEW = st.integers(0, 40)
SLOTS = st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
AGREED = st.lists(IDS, max_size=2, unique=True).map(tuple)


def said() -> st.SearchStrategy[str]:
    """From nothing to ten thousand characters."""
    pieces = st.lists(st.sampled_from(NASTY) | st.text(max_size=30), max_size=6).map(" ".join)
    return pieces | st.sampled_from(NASTY).map(lambda piece: (piece * 10_000)[:10_000])


def value_of(slot: Question | Field) -> st.SearchStrategy[Any]:
    match slot.type:
        case Type.CHOICE:
            return st.sampled_from([o.id for o in slot.options])
        case Type.MULTI:
            ids = [o.id for o in slot.options]
            picked = st.lists(st.sampled_from(ids), min_size=1, unique=True)
            return picked.map(lambda chosen: sorted(chosen, key=ids.index))
        case Type.QUANTITY:
            return st.fixed_dictionaries({"value": st.integers(1, 10**9), "unit": st.sampled_from(slot.units)})
        case Type.NUMBER | Type.WEEKS:
            return st.integers(1, 10**12) | st.floats(0.001, 10**12)
        case Type.BOOL:
            return st.booleans()
        case Type.DATE:
            return st.dates(date(2000, 1, 1)).map(date.isoformat)
        case Type.USER:
            return IDS | st.just("none")
        case Type.FORM:
            return _form(slot)
        case Type.ROWS:
            return st.lists(_form(slot), max_size=8)
    return said().map(str.strip).filter(bool)


def _form(slot: Question | Field) -> st.SearchStrategy[dict[str, Any]]:
    assert isinstance(slot, Question)
    needed = {f.name: value_of(f) for f in slot.fields if not f.optional}
    return st.fixed_dictionaries(needed, optional={f.name: value_of(f) for f in slot.fields if f.optional})


QUESTIONS = st.sampled_from(BANK.questions)


def ratings_of(rows: Any) -> st.SearchStrategy[tuple[InputRating, ...]]:
    """A rating under each row, or none at all."""
    names = [row["name"] for row in rows if "name" in row] if isinstance(rows, list) else []
    each = [st.builds(InputRating, st.just(name), *[said()] * 6) for name in names]
    return st.just(()) | st.tuples(*each)


@st.composite
def tolds(draw: st.DrawFn) -> Told:
    question, state = draw(QUESTIONS), draw(st.sampled_from(State))
    value = draw(value_of(question)) if state is State.ANSWERED else None
    return Told(
        question=question.id,
        text=draw(said()),
        state=state,
        value=value,
        ratings=draw(ratings_of(value)),
        by=draw(IDS),
        note=draw(said()),
        hidden=draw(st.booleans()),
        vague=draw(st.booleans()),
        helper=draw(st.none() | IDS),
        suggested=draw(st.none() | IDS),
        edited=draw(st.booleans()),
        asked_by=draw(st.just("") | IDS),
        slot=draw(st.none() | SLOTS),
        slot_over=draw(st.booleans()),
        agreed=draw(AGREED),
    )


@st.composite
def asks(draw: st.DrawFn) -> Ask:
    question = draw(QUESTIONS)
    half = {Type.FORM: value_of(question), Type.ROWS: st.lists(st.fixed_dictionaries({"name": said()}), max_size=5)}
    return Ask(
        project=7,
        role=question.role,
        question=question.id,
        text=draw(said()),
        number=draw(FEW),
        total=draw(FEW),
        minutes_left=draw(FEW),
        person=draw(IDS),
        mention=draw(st.booleans()),
        again=draw(st.booleans()),
        so_far=(so_far := draw(st.none() | half.get(question.type, st.none()))),
        ratings=draw(ratings_of(so_far)),
        note=draw(said()),
        subject=draw(said()),
    )


PEOPLE = st.lists(IDS, max_size=3).map(tuple)
ROLES = st.sampled_from(Role)
LINES = st.builds(RoleLine, ROLES, PEOPLE, FEW, FEW, st.booleans(), st.booleans())
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))
WANTED = st.builds(Wanted, said(), said(), st.none() | IDS, st.just("high"), st.none() | DAYS, said())
OPEN = st.builds(OpenQuestion, said(), ROLES, st.none() | IDS, FEW)
ITEMS = st.builds(
    PingItem,
    project=st.just(7),
    name=said(),
    subject=QUESTIONS.map(lambda q: q.id),
    title=said(),
    text=said(),
    role=ROLES,
    secs=st.integers(5, 500),
    waited=FEW,
    matter=st.sampled_from(Matter),
    reason=said(),
    asked_by=st.none() | IDS,
    done=st.booleans(),
    link=st.sampled_from(["", "C0READY", "https://example.org/a|b"]),
    marks=st.dictionaries(st.sampled_from(list(PULSE)), st.none() | st.integers(1, 5), max_size=4),
    statements=st.lists(st.sampled_from(list(PULSE)), max_size=4, unique=True).map(tuple),
    why=said(),
    known=said(),
    slot=st.none() | SLOTS,
    slot_over=st.booleans(),
    agreed=AGREED,
)


def items(most: int) -> st.SearchStrategy[tuple[PingItem, ...]]:
    """A thing waits for a person once."""
    return several(ITEMS, most).map(lambda some: tuple({item.subject: item for item in some}.values()))


STATES = st.sampled_from(["aligned", "at_risk", "misaligned", "not_enough_known"])


def several(one: st.SearchStrategy[Any], most: int) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(one, max_size=most).map(tuple)


@st.composite
def weeks(draw: st.DrawFn) -> tuple[Week, ...]:
    """Of a chart: each with both numbers, each another one."""
    names = draw(st.lists(st.integers(1, 53), max_size=12, unique=True))
    return tuple(Week(f"2026-W{n:02}", draw(STATES), draw(FEW), draw(FEW), draw(st.integers(1, 3))) for n in names)


DIGESTS = st.builds(
    Digest,
    project=st.just(7),
    name=said(),
    week=st.just("2026-W48"),
    state=STATES,
    because=several(said(), 3),
    score=st.none() | FEW,
    known=st.just("31 of 36"),
    days_to_launch=st.none() | st.integers(-50, 400),
    asks=several(WANTED, 3),
    changed=several(said(), 5),
    good=several(said(), 3),
    arrow=st.none() | st.integers(-40, 40),
    trend=several(said(), 2),
    weeks=weeks(),
    in_a_row=st.integers(1, 30),
    nothing_new=st.booleans(),
    next_on=st.none() | DAYS,
)
MARKS = several(st.tuples(ROLES, st.integers(1, 5)), 3).filter(bool)
THREADS = st.builds(
    DigestThread,
    post=DIGESTS,
    split=st.none() | st.builds(Split, said(), MARKS, st.none() | IDS),
    accounts=several(st.builds(Account, said(), several(st.tuples(ROLES, said()), 3)), 5),
    rechecks=several(st.tuples(several(ROLES, 3), FEW), 3),
    still_open=several(OPEN, 12),
    old=several(st.builds(OldAnswer, said(), ROLES, FEW), 6),
    promised=several(WANTED, 5),
    pillars=several(st.tuples(said(), st.integers(0, 20)), 5),
    reasons=several(said(), 12),
    strip=weeks(),
    oldest=st.none() | FEW,
    later=several(said(), 6),
    decided=several(said(), 6),
    partnership=said(),
).filter(lambda m: m.accounts or m.reasons)
PORTFOLIOS = st.builds(
    PortfolioDigest,
    team=st.just("T1"),
    week=st.just("2026-W48"),
    projects=FEW,
    counts=several(st.builds(StateCount, STATES, FEW, st.integers(-5, 5)), 4),
    red=several(st.builds(RedLine, said(), st.booleans(), said(), said(), st.none() | IDS, DAYS), 6),
    white=several(st.builds(WhiteLine, said(), FEW, said()), 6),
    shared_causes=several(said(), 6),
    loaded=FEW,
    launches=several(st.builds(LaunchLine, said(), STATES, DAYS), 6),
    practice=st.none() | st.tuples(said(), said()),
)
FINDINGS = st.builds(
    FindingCard,
    project=st.just(7),
    key=said().map(lambda name: f"feature_hard:{name}"),
    severity=st.sampled_from(Severity).map(str),
    title=said(),
    text=said(),
    action=said(),
    person=st.none() | IDS,
    with_whom=PEOPLE,
    status=st.sampled_from(["open", "accepted", "resolved"]),
    by=IDS | st.just(""),
    reason=said(),
    until=st.none() | st.dates(date(2000, 1, 1)),
    input=st.none() | said(),
    read=said(),
    beside=said(),
)
DECISIONS = st.builds(
    DecisionLogged,
    project=st.just(7),
    number=st.integers(1, 400),
    what=said(),
    why=said(),
    alternatives=said(),
    about=said(),
    who=several(said(), 12),
    link=st.sampled_from(["", "https://acme.slack.com/archives/C1/p1", "https://x|<!channel>"]) | said(),
    supersedes=st.none() | FEW,
    beside=several(FEW, 30),
)
CATCH_UPS = st.builds(
    CatchUp,
    project=st.just(7),
    first=said(),
    answered=FEW,
    total=FEW,
    said=several(st.tuples(said(), said()), 14),
    still_open=several(said(), 14),
    others=several(st.tuples(ROLES, said()), 2),
    findings=several(said(), 3),
)
SIMPLER = st.builds(
    SimplerCard,
    project=st.just(7),
    key=st.just("0" * 32),
    input=said(),
    simpler=said(),
    difficulty=st.sampled_from(["hard", "very hard", "blocked"]),
    because=said(),
    text=said(),
    sooner=said(),
    people=PEOPLE,
    stand=st.sampled_from(["offered", "taken", "kept", "gone"]),
    by=IDS | st.just(""),
    reason=said(),
    gain=said(),
    next=said(),
    agreed=PEOPLE,
    waiting=several(ROLES, 2),
    until=st.none() | DAYS,
    told=st.booleans(),
)
_MESSAGES = st.one_of(
    asks(),
    st.lists(tolds(), min_size=1, max_size=6, unique_by=lambda t: t.question).map(
        lambda told: Record(7, Role.ML, tuple(told))
    ),
    st.builds(
        KickoffCard,
        project=st.just(7),
        name=said(),
        summary=said(),
        launch=st.none() | st.dates(date(2000, 1, 1)),
        started_by=IDS,
        state=st.sampled_from(["active", "paused", "launched", "closed"]),
        roles=several(LINES, 3),
        blocking_open=FEW,
        complete=st.booleans(),
    ),
    st.builds(
        InterviewCard,
        project=st.just(7),
        name=said(),
        role=ROLES,
        person=st.none() | IDS,
        others=PEOPLE,
        answered=FEW,
        total=FEW,
        minutes_left=FEW,
        done=st.booleans(),
        by_dm=st.booleans(),
        waiting_for=said(),
        paused=st.booleans(),
    ),
    st.builds(DirectIntro, st.just(7), said(), ROLES, st.just("C0READY"), FEW),
    st.builds(SecondChance, st.just(7), st.just("pm.today"), IDS, said()),
    st.builds(Done, st.just(7), ROLES, IDS, several(ROLES, 2), said(), FEW),
    st.builds(Note, said()),
    st.builds(WhoElse, st.just(7), QUESTIONS.map(lambda q: q.id), IDS, IDS, st.none() | IDS),
    st.builds(
        Understood,
        st.just(7),
        ROLES,
        st.just("ml.inputs"),
        several(st.builds(UnderstoodRow, said(), several(said(), 5), several(said(), 4)), 20),
        st.just("0123456789abcdef"),
        st.none() | st.just(3),
        st.booleans(),
        st.booleans(),
    ),
    st.builds(SlotAgreed, said(), st.tuples(IDS, IDS), SLOTS),
    st.builds(Ping, IDS, st.just(date(2026, 11, 25)), items(7), FEW),
    st.builds(
        PulseResult,
        project=st.just(7),
        name=said(),
        number=FEW,
        lines=several(
            st.builds(
                PulseLine, said(), several(st.tuples(ROLES, st.none() | st.integers(1, 5)), 3), st.integers(0, 4)
            ),
            4,
        ),
        explains=st.none() | IDS,
        silent=several(ROLES, 2),
    ),
    st.builds(
        Brief,
        project=st.just(7),
        name=said(),
        summary=said(),
        day=st.just(date(2026, 11, 25)),
        state=STATES,
        because=several(said(), 3),
        people=several(st.builds(BriefLine, said(), said()), 3),
        parts=several(st.builds(BriefPart, said(), several(st.builds(BriefLine, said(), said()), 8)), 6),
        inputs=several(st.builds(InputLine, *[said()] * 12), 20),
    ),
    DIGESTS,
    THREADS,
    PORTFOLIOS,
    FINDINGS,
    DECISIONS,
    CATCH_UPS,
    SIMPLER,
    st.builds(TradeOff, st.just(7), PEOPLE, said(), said(), st.floats(0, 1e6)),
    st.builds(FindingSolved, st.just(7), said(), st.none() | said(), said()),
)
MESSAGES = st.deferred(lambda: _MESSAGES)  # whose name is short enough for a report
