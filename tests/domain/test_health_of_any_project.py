"""Whatever people answer within the bank, the project can be assessed, and the promises about the result hold."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain import rules
from bot.domain.bank import Field, Pillar, Question, Type
from bot.domain.findings import Basis, Severity
from bot.domain.health import Health, State, assess
from bot.services.snapshots import read_snapshot
from tests.domain.aligned import BANK

EXAMPLES = 40
TEXTS = st.sampled_from(["tbd", "AUC", "9 late pickups per 100 orders", "<@U0ANA> & *friends*", "accuracy\nof `it`"])
NUMBERS = st.one_of(st.integers(1, 400), st.floats(0.01, 400, allow_nan=False))


def quantities(units: tuple[str, ...]) -> st.SearchStrategy[Any]:
    return st.fixed_dictionaries({"value": NUMBERS, "unit": st.sampled_from(units)})


def single(slot: Question | Field) -> st.SearchStrategy[Any]:
    options = st.sampled_from([o.id for o in slot.options] or ["none"])
    return {
        Type.CHOICE: lambda: options,
        Type.MULTI: lambda: st.lists(options, min_size=1, unique=True),
        Type.QUANTITY: lambda: quantities(slot.units),
        Type.NUMBER: lambda: NUMBERS,
        Type.WEEKS: lambda: NUMBERS,
        Type.BOOL: st.booleans,
        Type.DATE: lambda: st.sampled_from(["2026-03-20", "2027-01-01"]),
        Type.USER: lambda: st.sampled_from(["U0ANA", "U0MEI", "none"]),
    }.get(slot.type, lambda: TEXTS)()


def parts(fields: tuple[Field, ...]) -> st.SearchStrategy[dict[str, Any]]:
    required = {f.name: single(f) for f in fields if not f.optional and f.name != "worst"}
    optional = {f.name: st.one_of(st.none(), single(f)) for f in fields if f.optional}
    return st.fixed_dictionaries(required, optional=optional)


def values(question: Question) -> st.SearchStrategy[Any]:
    special: list[Any] = [{"unknown": True}, {"unknown": True, "ask": "U0RAJ"}]
    special += [{"na": True}] * question.na + [{"not_measured": True}] * question.not_measured
    given = {
        Type.FORM: lambda: parts(question.fields),
        Type.ROWS: lambda: st.lists(parts(question.fields), max_size=2),
    }.get(question.type, lambda: single(question))()
    return st.one_of(given, st.sampled_from(special))


ASKED = [q for q in BANK.questions if q.id not in ("ml.inputs", "eng.input_survey")]
FACTS = {f.name: f for id in ("ml.inputs", "eng.input_survey") for f in BANK[id].fields if f.name != "name"}
INPUTS = st.fixed_dictionaries(
    {"name": st.sampled_from(["load", "zip code", "<b>"])}, optional={name: single(f) for name, f in FACTS.items()}
)
ANSWERS = st.fixed_dictionaries({}, optional={q.id: values(q) for q in ASKED})
PEOPLE = st.fixed_dictionaries(
    {}, optional={role: st.sampled_from([None, "U0ANA", "U0MEI"]) for role in ("pm", "ml", "eng")}
)
DAYS = st.sampled_from(["2025-06-01", "2026-03-01"])
META = st.dictionaries(
    st.sampled_from([q.id for q in ASKED]),
    st.fixed_dictionaries({"answered_at": DAYS}, optional={"by": st.sampled_from(["U0ANA", "U0MEI"])}),
)
EVENTS = st.lists(
    st.fixed_dictionaries(
        {
            "type": st.sampled_from(
                ["launched", "date_change", "left", "source_change", "scope_change", "feature_added", "sla_breach"]
            ),
            "date": st.sampled_from(["2026-01-10", "2026-02-25"]),
        },
        optional={
            "resolved": st.booleans(),
            "from": DAYS,
            "to": DAYS,
            "user": st.just("U0ANA"),
            "sli": st.just("time to answer"),
        },
    ),
    max_size=4,
)
READ = st.dictionaries(st.sampled_from(list(rules.PULSE)), st.none() | st.integers(1, 5))
PULSE = st.lists(
    st.fixed_dictionaries(
        {"date": DAYS, "answers": st.fixed_dictionaries({}, optional=dict.fromkeys(("pm", "ml", "eng"), READ))}
    ),
    max_size=3,
)
HISTORY = st.fixed_dictionaries({"events": EVENTS, "pulse": PULSE})


def assessed(people: Any, answers: dict[str, Any], inputs: Any, meta: Any, history: Any) -> Health:
    by_role = {role: {id: v for id, v in answers.items() if id.startswith(role)} for role in ("pm", "ml", "eng")}
    document = {"id": "any", "as_of": "2026-03-02", "people": people, "answers": by_role, **history}
    return assess(read_snapshot({**document, "features": inputs, "answer_meta": meta}, BANK), BANK)


@given(PEOPLE, ANSWERS, st.lists(INPUTS, max_size=5), META, HISTORY)
@settings(deadline=None, max_examples=EXAMPLES)
def test_any_project_has_one_state_with_its_cause_and_a_number_that_fits_it(people, answers, inputs, meta, history):
    found = assessed(people, answers, inputs, meta, history)
    low, high = rules.BANDS[found.state]
    number = found.provisional if found.score is None else found.score
    assert number is not None
    assert low <= number <= high
    assert (found.score is None) == (found.state is State.NOT_ENOUGH_KNOWN)
    assert bool(found.because) == (found.state is not State.ALIGNED)
    assert set(found.pillars) == set(Pillar)
    assert all(0 <= p.points <= rules.PILLAR_POINTS for p in found.pillars.values())
    critical = any(f.severity is Severity.CRITICAL for f in found.findings)
    assert not critical or found.state is State.MISALIGNED


@given(PEOPLE, ANSWERS, st.lists(INPUTS, max_size=5), META, HISTORY)
@settings(deadline=None, max_examples=EXAMPLES)
def test_any_finding_says_what_does_not_fit_who_acts_and_how(people, answers, inputs, meta, history):
    found = assessed(people, answers, inputs, meta, history).findings
    told = [(f.detector, f.message) for f in found if f.input is None]
    assert len(told) == len(set(told))
    for finding in found:
        assert finding.message.strip()
        assert finding.action.strip()
        assert finding.who
        assert finding.reads
        assert finding.basis in (Basis.GAP, Basis.CHANGE) or finding.quotes or not BANK.by_id.keys() & finding.reads
