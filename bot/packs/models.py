"""What a question pack may say, piece by piece; what its pieces say of each other is checked in `references`."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Strict,
    StringConstraints,
    Tag,
    model_validator,
)

from bot.domain import bank
from bot.domain.bank import Kind, Pillar, Role, Type
from bot.domain.conditions import AllOf, AtMost, OneOf, Test, Unsaid
from bot.domain.durations import UNITS

QUESTION_ID = r"^(pm|ml|eng)\.[a-z][a-z0-9_]*$"
CONDITION = re.compile(r"(?P<part>[a-z][a-z0-9_]*)\s*(?:==\s*(?P<one>\w+)|in\s*\[(?P<many>[\w\s,]+)\])")
AT_MOST = re.compile(r"(?P<part>[a-z][a-z0-9_]*)\s*<=\s*(?P<number>\d+(?:\.\d+)?)\s*(?P<unit>ms|s|min|h|d|w)")
UNSAID = re.compile(r"(?P<part>[a-z][a-z0-9_]*)\s+unsaid")
WITH_OPTIONS = (Type.CHOICE, Type.MULTI)


def parse_condition(when: str, parent: str) -> bank.Condition:
    """Understands "answered", "answer == x", "answer in [x, y]", and a form's field in the place of "answer"."""
    if when.strip() == "answered":
        return bank.Condition(parent)
    match = CONDITION.fullmatch(when.strip())
    if match is None:
        raise ValueError("must read like 'answered', 'answer == x' or 'source in [x, y]'")
    values = [v.strip() for v in (match["one"] or match["many"]).split(",")]
    part = None if match["part"] == "answer" else match["part"]
    return bank.Condition(parent, part, tuple(v for v in values if v))


def _readable_condition(when: str) -> str:
    parse_condition(when, "")
    return when


def parse_tests(when: str) -> AllOf:
    """Understands "source_kind in [a, b]", "in_prod == raw", "freshness_needed <= 60 s", "at_prediction unsaid".

    Several of them are joined with "and".
    """
    return AllOf(tuple(_test(part.strip()) for part in re.split(r"\s+and\s+", when.strip())))


def _test(text: str) -> Test:
    if match := CONDITION.fullmatch(text):
        options = tuple(v.strip() for v in (match["one"] or match["many"]).split(",") if v.strip())
        return OneOf(match["part"], options)
    if match := AT_MOST.fullmatch(text):
        return AtMost(match["part"], Decimal(match["number"]) * UNITS[match["unit"]])
    if match := UNSAID.fullmatch(text):
        return Unsaid(match["part"])
    raise ValueError(
        "must read like 'in_prod == raw', 'source_kind in [stream, api]', 'freshness_needed <= 60 s' or "
        "'at_prediction unsaid', joined with 'and'"
    )


def _readable_tests(when: str) -> str:
    parse_tests(when)
    return when


def _as_several(when: Any) -> Any:
    """One text stands for a list of one."""
    return [when] if isinstance(when, str) else when


Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=75)]
QuestionId = Annotated[str, StringConstraints(pattern=QUESTION_ID, max_length=75)]
OptionLabel = Annotated[str, StringConstraints(min_length=1, max_length=75)]  # Slack's limit, as all below
FieldLabel = Annotated[str, StringConstraints(min_length=1, max_length=2000)]
Title = Annotated[str, StringConstraints(min_length=1, max_length=24)]
Options = Mapping[Name, OptionLabel]


def _one_gap(said: str) -> str:
    if said.count("{}") != 1 or said.replace("{}", "").strip("{}") != said.replace("{}", ""):
        raise ValueError("must hold one {} where the value stands")
    return said


Said = Annotated[str, StringConstraints(max_length=60), AfterValidator(_one_gap)]
Hint = Annotated[str, StringConstraints(max_length=150)]
Unit = Literal["ms", "s", "min", "h", "d", "w", "per_second", "per_minute"]
Group = Annotated[tuple[QuestionId, ...], Strict(False)]
When = Annotated[str, AfterValidator(_readable_condition)]
Tests = Annotated[
    tuple[Annotated[str, AfterValidator(_readable_tests)], ...], Strict(False), BeforeValidator(_as_several)
]
FieldType = Annotated[Type, Strict(False)]


class Checked(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class FieldModel(Checked):
    """One part of a form or of a row; `said` is how a row shows its value, as in "per {}"; else behind its label."""

    type: FieldType
    label: FieldLabel
    optional: bool = False
    hint: Hint = ""
    options: Options = Field(default={}, max_length=100)
    units: tuple[Unit, ...] = Field(default=(), strict=False)
    when: Tests = ()
    rides: bool = False
    blind: bool = False
    said: Said = ""

    @model_validator(mode="after")
    def fits_its_type(self) -> "FieldModel":
        if self.type in (Type.FORM, Type.ROWS):
            raise ValueError(f"a field cannot be of type {self.type}")
        _options_and_units(self.type, self.options, self.units)
        return self

    @model_validator(mode="after")
    def may_stay_unasked(self) -> "FieldModel":
        if (self.when or self.rides) and not self.optional:
            raise ValueError("a field that is not always asked must be 'optional'")
        return self

    def field(self, name: str) -> bank.Field:
        same = ("type", "label", "optional", "units", "hint", "rides", "blind", "said")
        return bank.Field(
            name,
            **{key: getattr(self, key) for key in same},
            options=_options(self.options),
            when=tuple(parse_tests(when) for when in self.when),
        )


Fields = Mapping[Name, FieldModel]


Row = Annotated[
    Annotated[str, Tag("named")] | Annotated[Fields, Tag("its own")],
    Discriminator(lambda row: "named" if isinstance(row, str) else "its own"),
]


class FollowupRef(Checked):
    id: QuestionId
    when: When


class QuestionModel(Checked):
    id: QuestionId
    role: Annotated[Role, Strict(False)]
    pillar: Annotated[Pillar, Strict(False)]
    kind: Annotated[Kind, Strict(False)]
    type: FieldType
    secs: int = Field(ge=1, le=3600)
    title: Title
    ask: str = Field(min_length=1, max_length=2000)
    why: str = Field(min_length=1, max_length=2000)
    helper: str = Field(default="", pattern=r"^[a-z_]*$")
    options: Options = Field(default={}, max_length=100)
    fields: Fields = {}
    row: Row | None = None
    units: tuple[Unit, ...] = Field(default=(), strict=False)
    na: bool = False
    not_measured: bool = False
    essential: bool = False
    validate_: str = Field(default="", alias="validate")
    max_rows_at_kickoff: int = Field(default=5, ge=1, le=20)
    waits_for: QuestionId | None = None
    followups: tuple[FollowupRef, ...] = Field(default=(), strict=False)

    @model_validator(mode="after")
    def fits_its_type(self) -> "QuestionModel":
        _options_and_units(self.type, self.options, self.units)
        if bool(self.fields) != (self.type is Type.FORM):
            raise ValueError("a form needs 'fields', and nothing else has them")
        if bool(self.row) != (self.type is Type.ROWS):
            raise ValueError("a question of type rows needs 'row', and nothing else has it")
        return self

    @model_validator(mode="after")
    def id_names_its_role(self) -> "QuestionModel":
        if not self.id.startswith(f"{self.role}."):
            raise ValueError(f"the id of a question for {self.role} begins with '{self.role}.'")
        return self

    def question(self, rows: Mapping[str, Fields], when: bank.Condition | None) -> bank.Question:
        fields = rows[self.row] if isinstance(self.row, str) else self.row or self.fields
        same = ("id", "role", "pillar", "kind", "type", "secs", "ask", "why", "title", "helper", "units")
        flags = ("na", "not_measured", "essential", "waits_for")
        return bank.Question(
            **{name: getattr(self, name) for name in same + flags},
            options=_options(self.options),
            fields=tuple(model.field(name) for name, model in fields.items()),
            validate=self.validate_,
            max_rows=self.max_rows_at_kickoff,
            when=when,
        )


class PackModel(Checked):
    """One file. With `bank_version` it is a whole bank; without, it adds questions to another."""

    bank_version: int | None = Field(default=None, ge=1)
    questions: tuple[QuestionModel, ...] = Field(default=(), strict=False)
    followups: tuple[QuestionModel, ...] = Field(default=(), strict=False)
    rows: Mapping[Name, Fields] = {}
    blind: tuple[Group, ...] = Field(default=(), strict=False)


def _options_and_units(type: Type, options: Mapping[str, str], units: tuple[str, ...]) -> None:
    if bool(options) != (type in WITH_OPTIONS):
        raise ValueError("a choice needs 'options', and nothing else has them")
    if bool(units) != (type is Type.QUANTITY):
        raise ValueError("a quantity needs 'units', and nothing else has them")
    if len(set(options.values())) < len(options):
        raise ValueError("two options have the same label")


def _options(options: Mapping[str, str]) -> tuple[bank.Option, ...]:
    return tuple(bank.Option(id, label) for id, label in options.items())
