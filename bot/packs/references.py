"""What the pieces of packs say of each other: ids, follow-ups and their conditions, rows, groups."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.bank import Type
from bot.domain.conditions import AtMost, OneOf, Test

from .models import FieldModel, Fields, FollowupRef, PackModel, QuestionModel, parse_condition, parse_tests

Path = tuple[str | int, ...]
"""Where in a file something stands: ("questions", 3, "fields", "by")."""


@dataclass(frozen=True, slots=True)
class Fault:
    pack: int  # which file, by its place in the sequence
    path: Path
    message: str


@dataclass(frozen=True, slots=True)
class Placed:
    pack: int
    path: Path
    model: QuestionModel

    def fault(self, message: str, *path: str | int) -> Fault:
        return Fault(self.pack, self.path + path, message)


def faults(packs: Sequence[PackModel]) -> Iterator[Fault]:
    core, followups = _placed(packs, "questions"), _placed(packs, "followups")
    everything = core + followups
    yield from _versions(packs)
    yield from _ids(everything)
    yield from _rows(packs, everything)
    yield from _followups(everything, {p.model.id for p in core}, {p.model.id for p in followups})
    yield from _unasked(core, followups)
    yield from _waits(everything)
    yield from _blind(packs, {p.model.id for p in everything})
    yield from _asked_at_times(packs, everything)


def _placed(packs: Sequence[PackModel], part: str) -> list[Placed]:
    return [
        Placed(number, (part, index), model)
        for number, pack in enumerate(packs)
        for index, model in enumerate(getattr(pack, part))
    ]


def _versions(packs: Sequence[PackModel]) -> Iterator[Fault]:
    for number, pack in enumerate(packs[1:], 1):
        if pack.bank_version is not None:
            yield Fault(number, ("bank_version",), "only the first file may be a whole bank with a version")


def _ids(everything: list[Placed]) -> Iterator[Fault]:
    seen: set[str] = set()
    for placed in everything:
        if placed.model.id in seen:
            yield placed.fault(f"there is already a question {placed.model.id}", "id")
        seen.add(placed.model.id)


def _rows(packs: Sequence[PackModel], everything: list[Placed]) -> Iterator[Fault]:
    named: set[str] = set()
    for number, pack in enumerate(packs):
        for name in pack.rows:
            if name in named:
                yield Fault(number, ("rows", name), f"there are already rows named {name}")
            named.add(name)
    for placed in everything:
        if isinstance(placed.model.row, str) and placed.model.row not in named:
            yield placed.fault(f"there are no rows named {placed.model.row}", "row")


def _followups(everything: list[Placed], core: set[str], followups: set[str]) -> Iterator[Fault]:
    times: Counter[str] = Counter()
    for placed in everything:
        for index, ref in enumerate(placed.model.followups):
            times[ref.id] += 1
            path = ("followups", index)
            if ref.id not in followups:
                where = "stands under 'questions'; move it to 'followups'" if ref.id in core else "does not exist"
                yield placed.fault(f"the follow-up {ref.id} {where}", *path, "id")
            elif times[ref.id] > 1:
                yield placed.fault(f"{ref.id} already follows another question", *path, "id")
            elif problem := _condition(placed.model, ref):
                yield placed.fault(problem, *path, "when")


def _condition(parent: QuestionModel, ref: FollowupRef) -> str | None:
    condition = parse_condition(ref.when, parent.id)
    if not condition.values:
        return None
    field = parent.fields.get(condition.field) if condition.field else parent
    if field is None:
        return f"{parent.id} has no field {condition.field}"
    if field.type is not Type.CHOICE:
        return f"{condition.field or parent.id} is not a choice, so a condition cannot read it"
    unknown = [v for v in condition.values if v not in field.options]
    return f"{condition.field or parent.id} has no option {', '.join(unknown)}" if unknown else None


def _unasked(core: list[Placed], followups: list[Placed]) -> Iterator[Fault]:
    """A follow-up must be reached from a question that is always asked."""
    children = {p.model.id: [ref.id for ref in p.model.followups] for p in core + followups}
    reached: set[str] = set()
    queue = [child for placed in core for child in children[placed.model.id]]
    while queue:
        id = queue.pop()
        if id not in reached:
            reached.add(id)
            queue += children.get(id, [])
    for placed in followups:
        if placed.model.id not in reached:
            yield placed.fault(f"no question asks for the follow-up {placed.model.id}", "id")


def _waits(everything: list[Placed]) -> Iterator[Fault]:
    by_id = {p.model.id: p.model for p in everything}
    for placed in everything:
        awaited = placed.model.waits_for
        if awaited is None:
            continue
        if awaited not in by_id:
            yield placed.fault(f"there is no question {awaited} to wait for", "waits_for")
        elif by_id[awaited].role is placed.model.role:
            yield placed.fault("a question waits only for another role's", "waits_for")


def _blind(packs: Sequence[PackModel], ids: set[str]) -> Iterator[Fault]:
    grouped: set[str] = set()
    for number, pack in enumerate(packs):
        for index, group in enumerate(pack.blind):
            for place, id in enumerate(group):
                if id not in ids:
                    yield Fault(number, ("blind", index, place), f"there is no question {id}")
                elif id in grouped:
                    yield Fault(number, ("blind", index, place), f"{id} is in two groups")
                grouped.add(id)


def rows_of(packs: Sequence[PackModel]) -> Mapping[str, Fields]:
    return {name: fields for pack in packs for name, fields in pack.rows.items()}


def _asked_at_times(packs: Sequence[PackModel], everything: list[Placed]) -> Iterator[Fault]:
    """Conditions belong to the fields of a row, and may read all that is asked about the same thing."""
    for pack, path, fields in _each_row(packs, everything):
        known = [fields, *_of_the_same(fields, [p.model for p in everything], rows_of(packs))]
        for number, (name, field) in enumerate(fields.items()):
            if number == 0 and (field.when or field.rides):
                yield Fault(pack, (*path, name), "the first field of a row is its name: it is always asked")
            for place, when in enumerate(field.when):
                for say in filter(None, (_unreadable(test, known) for test in parse_tests(when).tests)):
                    yield Fault(pack, (*path, name, "when", place), say)
    for placed in everything:
        for name, field in placed.model.fields.items():
            if field.when or field.rides or field.blind:
                yield placed.fault("only a field of a row has 'when', 'rides' or 'blind'", "fields", name)


def _each_row(packs: Sequence[PackModel], everything: list[Placed]) -> Iterator[tuple[int, Path, Fields]]:
    for number, pack in enumerate(packs):
        for name, fields in pack.rows.items():
            yield number, ("rows", name), fields
    for placed in everything:
        if isinstance(placed.model.row, Mapping):
            yield placed.pack, (*placed.path, "row"), placed.model.row


def _of_the_same(fields: Fields, models: Sequence[QuestionModel], rows: Mapping[str, Fields]) -> Iterator[Fields]:
    """The rows in which another role says its part of what these fields describe."""
    listed = {model.id: own for model in models if (own := _own_row(model, rows)) is not None}
    for model in models:
        awaited = model.waits_for
        if awaited in listed and model.id in listed:
            if listed[model.id] is fields:
                yield listed[awaited]
            if listed[awaited] is fields:
                yield listed[model.id]


def _own_row(model: QuestionModel, rows: Mapping[str, Fields]) -> Fields | None:
    return rows.get(model.row) if isinstance(model.row, str) else model.row


def _unreadable(test: Test, known: Sequence[Fields]) -> str | None:
    """What a condition asks of a field that is not there, or is of another kind."""
    found: list[FieldModel] = [fields[test.field] for fields in known if test.field in fields]
    if not found:
        return f"there is no field {test.field} in this row, nor in the one it belongs to"
    if isinstance(test, AtMost) and not any(field.type is Type.QUANTITY for field in found):
        return f"{test.field} is not a quantity, so a condition cannot measure it"
    if isinstance(test, OneOf):
        return _no_options(test, [field for field in found if field.type is Type.CHOICE])
    return None


def _no_options(test: OneOf, choices: Sequence[FieldModel]) -> str | None:
    if not choices:
        return f"{test.field} is not a choice, so a condition cannot read it"
    unknown = [id for id in test.options if not any(id in choice.options for choice in choices)]
    return f"{test.field} has no option {', '.join(unknown)}" if unknown else None
