"""Playing interviews: what three people answer, and short ways to type, click and fill it in."""

from dataclasses import dataclass
from typing import Any

from bot.domain.bank import Field, Question, Type
from bot.domain.interview import can_be_asked
from bot.domain.project import Interview, Project
from bot.packs.loader import load_bank
from bot.sandbox.demo.world import World
from bot.sandbox.model import Message
from bot.services import interviews

BANK = load_bank()
UNITS = {"ms": "milliseconds", "s": "seconds", "h": "hours", "d": "days", "per_second": "per second"}
ZIP = {
    "name": "home zip code",
    "entity": "user",
    "transform": "lookup",
    "freshness_needed": {"value": 1, "unit": "d"},
    "importance": "must",
}
PLACE = {
    "name": "average location",
    "entity": "courier",
    "transform": "window_agg",
    "window": {"value": 5, "unit": "min"},
    "freshness_needed": {"value": 30, "unit": "s"},
    "importance": "should",
}
ZIP_SURVEY = {"name": "home zip code", "source_kind": "db", "in_prod": "served", "read_ms": 5}
PLACE_SURVEY = {"name": "average location", "source": "topic moves", "source_kind": "stream", "in_prod": "raw"}
LEVEL = {
    "sli": "time to answer",
    "target": "under 200 ms",
    "window": "28 days",
    "measured_in": "the dispatch board",
    "live": False,
}

VALUES: dict[str, Any] = {
    "pm.user_decision": "Dispatchers hold a courier back when the order will be ready late.",
    "pm.success_metric": {"metric": "late pickups per 100 orders", "kind": "time_or_effort"},
    "pm.success_target": {"current": 14, "target": 9, "unit": "% of orders", "by": "2026-09-30"},
    "pm.measure_how": "experiment",
    "pm.today": {"now": "rule", "rule_tried": "not_enough"},
    "pm.error_cost": {"worse": "miss", "cost": "4 euros of refund for each late pickup"},
    "pm.ship_tradeoff": "simple_first",
    "pm.launch": {"date": "2026-07-01", "flexibility": "target"},
    "pm.response_time": {"value": 200, "unit": "ms"},
    "pm.stakes": {"affects": ["money", "public_brand"], "review": "person_can_override"},
    "pm.fallback": "default_or_rule",
    "pm.decider": "U_PM",
    "ml.feasibility": "plausible_untested",
    "ml.feasibility_test": {"test": "label 200 orders and try a small tree on them", "by": "2026-04-01"},
    "ml.target": {"predicts": "minutes until ready", "per": "order", "when": "when the kitchen accepts"},
    "ml.optimise": "mean absolute error of the ready time in minutes",
    "ml.metric_link": "past_data",
    "ml.labels": {"source": "must_collect", "delay": {"value": 1, "unit": "h"}},
    "ml.label_plan": {"how": "two agents label 50 orders a day", "by": "2026-04-15", "owner": "U_PM"},
    "ml.inputs": [ZIP, PLACE],
    "ml.surveyed": "in_production_with_engineer",
    "ml.representative": "checked_similar",
    "ml.baseline": {"kind": "current_rule", "score": "6.1 minutes off on average"},
    "ml.v1": "deep_or_ensemble",
    "ml.v1_gain": {"gain": "finds 8 % more late orders", "extra_weeks": 4},
    "ml.latency": {"value": 30, "unit": "ms"},
    "ml.effort": {"likely": 3, "worst": 5},
    "ml.pairing": "weekly",
    "eng.serving": "request_time",
    "eng.volume": {"value": 50, "unit": "per_second"},
    "eng.feasible": {"verdict": "yes"},
    "eng.input_survey": [ZIP_SURVEY, PLACE_SURVEY],
    "eng.limits": "checked_none",
    "eng.latency_budget": {"value": 150, "unit": "ms"},
    "eng.skew_plan": "log_at_serving",
    "eng.slos": [LEVEL],
    "eng.monitoring": {"when": "before_launch", "covers": ["business_metric", "latency_errors"]},
    "eng.monitor_owner": "U_ENG",
    "eng.rollback": "switch_minutes",
    "eng.effort": {"likely": 2, "worst": 4},
    "eng.pairing": "weekly",
}

TYPED: dict[str, str] = {
    "pm.user_decision": VALUES["pm.user_decision"],
    "pm.success_metric": "late pickups per 100 orders, Time or effort saved",
    "pm.success_target": "from 14 to 9 % of orders by 30 September 2026",
    "pm.measure_how": "1",
    "pm.today": "A rule; Tried, not good enough",
    "pm.error_cost": "Missing a case is worse. 4 euros of refund for each late pickup",
    "pm.ship_tradeoff": "ship the simpler one frist",
    "pm.launch": "1 July 2026, target",
    "pm.response_time": "200 ms",
    "pm.stakes": "Someone's money, Public / brand; Automatic, a person can override",
    "pm.fallback": "a default or a rule",
    "pm.decider": "@pm",
    "ml.feasibility": "Plausible, not tested",
    "ml.feasibility_test": "label 200 orders and try a small tree on them, 1 April 2026",
    "ml.target": "minutes until ready, order, when the kitchen accepts",
    "ml.optimise": VALUES["ml.optimise"],
    "ml.metric_link": "past data shows it",
    "ml.labels": "Must be collected first, 1 h",
    "ml.label_plan": "two agents label 50 orders a day, 15 April 2026, @pm",
    "ml.inputs": "home zip code, user, lookup, 1 d, must\naverage location, courier, window_agg, 30 s, should",
    "ml.surveyed": "1",
    "ml.representative": "1",
    "ml.baseline": "Current rule, 6.1 minutes off on average",
    "ml.v1": "deep model or ensemble we train",
    "ml.v1_gain": "finds 8 % more late orders, 4",
    "ml.latency": "30 ms",
    "ml.effort": "3 weeks, 5 if things go badly",
    "ml.pairing": "weekly or more",
    "eng.serving": "at request time",
    "eng.volume": "50 per second",
    "eng.feasible": "yes",
    "eng.input_survey": "home zip code, a production database, served\naverage location, a stream of events, raw",
    "eng.limits": "checked, no limits",
    "eng.latency_budget": "150 ms",
    "eng.skew_plan": "2",
    "eng.slos": "time to answer, under 200 ms, 28 days, the dispatch board, no",
    "eng.monitoring": "before launch; The PM's number, latency and errors",
    "eng.monitor_owner": "<@U_ENG>",
    "eng.rollback": "1",
    "eng.effort": "2 weeks, 4 if things go badly",
    "eng.pairing": "1",
}


@dataclass
class Talk:
    """One role's interview, as its person plays it."""

    world: World
    who: str
    channel: str = "ready-by"

    async def project(self) -> Project:
        async with self.world.bot.database.transaction() as uow:
            first, *_ = await uow.projects.open_in("T0ACME", "C_READY")
            return first

    async def interview(self) -> Interview:
        return next(i for role, i in (await self.project()).interviews.items() if role.value == self.who)

    async def answer(self, question: str) -> Any:
        answer = (await self.project()).answers.get(question)
        return answer and answer.value

    async def asked(self) -> str | None:
        return (await self.interview()).asked

    async def root(self) -> Message:
        place = (await self.interview()).place
        assert place is not None
        return self.world.slack.world.workspace.channels[place.channel].messages[place.ts]

    async def thread(self) -> list[Message]:
        root = await self.root()
        return self.world.slack.world.workspace.channels[root.channel].thread(root.ts)

    async def transcript(self) -> str:
        name = self.world.slack.name_of
        return "\n\n".join(f"{name(m.user)}: {m.plain}" for m in await self.thread())

    async def shows(self, question: str) -> Message:
        """The message that shows a question."""
        standing = (await self.interview()).stands(question)
        assert standing is not None, f"{question} stands nowhere"
        root = await self.root()
        return self.world.slack.world.workspace.channels[root.channel].messages[standing.ts]

    async def says(self, text: str, *, by: str | None = None, settle: bool = True, **how: Any) -> Message:
        said = await self.world.slack.says(by or self.who, self.channel, text, thread=await self.root(), **how)
        if settle:
            await self.world.settle()
        return said

    async def clicks(self, question: str, label: str, value: Any = None, *, by: str | None = None, **how: Any) -> Any:
        answer = await self.world.slack.clicks(by or self.who, await self.shows(question), label, value, **how)
        await self.world.settle()
        return answer

    async def submits(self, values: dict[str, Any] | None = None, *, by: str | None = None, **how: Any) -> Any:
        answer = await self.world.slack.submits(by or self.who, values or {}, **how)
        await self.world.settle()
        return answer

    async def is_at(self, question: str | None) -> None:
        """Everything before a question (None: everything) is answered, without a word about how."""
        order = [q.id for q in BANK.questions]
        end = order.index(question) if question else len(order)
        while (asked := await self.asked()) not in (None, question):
            project = await self.project()
            open_now = can_be_asked(project, BANK, BANK[str(asked)].role)
            given = {q.id: VALUES[q.id] for q in open_now if order.index(q.id) < end}
            async with self.world.bot.database.transaction() as uow:
                by = project.owner(BANK[str(asked)].role) or ""
                await interviews.answer_many(uow, BANK, project.id, given, by=by, at=uow.now)
            await self.world.settle()

    async def types(self, question: str) -> None:
        assert await self.asked() == question
        await self.says(TYPED[question])
        await self.agrees()
        assert await self.asked() != question, await self.transcript()

    async def agrees(self) -> None:
        """What was typed as a list is read back, and counts once it is confirmed."""
        understood = [m for m in await self.thread() if m.plain.startswith("This is what I understood")]
        for message in understood:
            await self.world.slack.clicks(self.who, message, "That's right")
            await self.world.settle()

    async def types_all(self, *, until: str | None = None) -> None:
        while (question := await self.asked()) not in (None, until):
            await self.types(question)

    async def fills_in(self, question: str) -> None:
        """Answer by what is on the message: its choices, or the form behind its button."""
        value = VALUES[question]
        if BANK[question].type is Type.ROWS:
            await self._adds_rows(question)
        elif BANK[question].type is Type.CHOICE:
            await self.clicks(question, BANK[question].option(value).label)
        else:
            await self.clicks(question, "Answer")
            await self.submits(filled_in(BANK[question], value))

    async def _adds_rows(self, question: str) -> None:
        for row in VALUES[question]:
            labels = [c.label for c in (await self.shows(question)).controls]
            survey = f"Survey: {row.get('name')}"
            more = "Add another" if "Add another" in labels else "Answer"
            await self.clicks(question, survey if survey in labels else more)
            await self.submits_row(question, row)
        if (await self.project()).state(question) == "unanswered":
            await self.clicks(question, "That's all")

    async def submits_row(self, question: str, row: dict[str, Any], **more: Any) -> None:
        """The open form of a row: its first page, and the further one where it comes."""
        await self.submits(self.on_page(question, row) | more)
        if self.form():
            await self.submits(self.on_page(question, row))

    def form(self) -> Any:
        """The form that is open."""
        return self.world.slack.view_of(self.who)

    def on_page(self, question: str, row: dict[str, Any]) -> dict[str, Any]:
        """What of a row the open page takes."""
        labels = {i.label for i in self.form().inputs}
        return {label: value for label, value in parts_filled_in(BANK[question], row).items() if label in labels}

    async def fills_all(self, *, until: str | None = None) -> None:
        while (question := await self.asked()) not in (None, until):
            await self.fills_in(question)
            assert await self.asked() != question, await self.transcript()


def talks(world: World) -> tuple[Talk, Talk, Talk]:
    """The three interviews of a kickoff: PM, ML, engineer."""
    return Talk(world, "pm"), Talk(world, "ml"), Talk(world, "eng")


def filled_in(question: Question, value: Any, label: str = "") -> dict[str, Any]:
    """A value as the inputs of a modal take it, by label."""
    if question.fields:
        return parts_filled_in(question, value)
    return _part(question, label or question.title, value)


def parts_filled_in(question: Question, value: Any) -> dict[str, Any]:
    return {k: v for f in question.fields if f.name in value for k, v in _part(f, f.label, value[f.name]).items()}


def _part(slot: Question | Field, label: str, value: Any) -> dict[str, Any]:
    labels = {o.id: o.label for o in slot.options}
    match slot.type:
        case Type.QUANTITY:
            return {label: str(value["value"]), f"{label}: unit": UNITS.get(value["unit"], "minutes")}
        case Type.CHOICE:
            return {label: labels[value]}
        case Type.MULTI:
            return {label: [labels[v] for v in value]}
        case Type.BOOL:
            return {label: "Yes" if value else "No"}
        case Type.NUMBER | Type.WEEKS:
            return {label: str(value)}
    return {label: value}
