"""Modals: a kickoff, one answer, all answers in one go, a person to ask."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from bot.domain.answers import Answer, Value
from bot.domain.bank import Bank, Field, Question, Role, Type
from bot.slack import controls
from bot.slack.controls import input_id

from . import blocks as b
from .inputs import NOBODY, VALUE, as_field, inputs
from .text import Json, clean, cut, line, spoken

MOST_INPUTS = 6  # on one page
_MOST_BLOCKS = 100
MAY_BE_NOBODY = ("owner",)  # fields of a row in which an empty text says that there is nobody


@dataclass(frozen=True, slots=True)
class RowPage:
    """One page of the form of one row."""

    fields: Sequence[Field]
    given: Mapping[str, Any]  # what it starts with
    about: str = ""  # the name that the row has; "": a new one
    names: Sequence[str] = ()  # all rows of the list when the form was opened
    further: bool = False
    like: str | None = None  # the row whose source it shares, as it was picked


def kickoff_modal(
    channel: str,
    *,
    name: str = "",
    summary: str = "",
    people: Mapping[Role, str] | None = None,
    launch: date | None = None,
) -> Json:
    labels = {Role.PM: "PM", Role.ML: "ML person", Role.ENG: "Product engineer"}
    picked = people or {}
    who = [
        input_block(role.value, label, b.person(VALUE, "Pick a person", picked.get(role)))
        for role, label in labels.items()
    ]
    when = {"type": "datepicker", "action_id": VALUE} | ({"initial_date": launch.isoformat()} if launch else {})
    shown = [
        input_block("name", "Product name", _typed(name, 150, "e.g. Ready-By"), optional=False),
        input_block("summary", "What will people be able to do?", _prose(summary, "e.g. see when food is ready")),
        *who,
        input_block("launch", "Launch date", when),
    ]
    meta = controls.metadata(channel=channel)
    return as_modal(controls.KICKOFF_VIEW, "New kickoff", shown, meta, submit="Start")


def answer_modal(
    question: Question,
    bank: Bank,
    *,
    text: str,
    project: int,
    value: Value | None = None,
    subject: str = "",
    row: int | None = None,
    ping: str | None = None,
) -> Json:
    """One question. Of a list it takes one row: number `row` of `value`, or a new one, about `subject` if given."""
    fields = question.fields or (as_field(question),)
    given = _given(question, value, row, subject)
    shown = [i for field in fields for i in _inputs(question, field, given.get(field.name))]
    meta = controls.metadata(project=project, question=question.id, row=row, subject=cut(subject, 1000), ping=ping)
    return as_modal(controls.ANSWER_VIEW, question.title, [*_asked(question, bank, text), *shown], meta)


def row_modal(question: Question, bank: Bank, page: RowPage, *, text: str, project: int) -> Json:
    """One page of the form of one row; the further page says that the first one is kept."""
    about = [b.rich(b.rich_line(spoken(line(page.about, 300), bold=True)))] if page.about else []
    say = _FURTHER if page.further else f"Why we ask: {question.why}"
    asked = about if page.further else [*_asked(question, bank, text)[:1], *about]
    shown = [i for field in page.fields for i in _inputs(question, field, page.given.get(field.name))]
    veiled = [b.context(b.plain(_VEILED))] if any(field.blind for field in page.fields) else []
    meta = controls.metadata(
        project=project,
        question=question.id,
        about=marked(page.about) if page.about else None,
        subject=line(page.about, 60),
        then=[marked(name) for name in page.names[:_MOST_NAMES]],
        fields=[field.name for field in page.fields],
        page=2 if page.further else 1,
        like=page.like,
    )
    view = as_modal(controls.ANSWER_VIEW, question.title, [*asked, b.context(b.plain(say, 600)), *veiled, *shown], meta)
    return view | {"close": b.plain("Leave it", 24)} if page.further else view


_FURTHER = "The first part is kept. These matter for this one; leave empty what you don't know yet."
_VEILED = "How fresh and how fast stay hidden until the other side has said its part."
_MOST_NAMES = 60


def marked(name: str) -> str:
    """The name of a row in a form's metadata, whose length is limited."""
    return sha256(name.encode("utf-8", "replace")).hexdigest()[:12]


def _inputs(question: Question, field: Field, value: Any) -> list[Json]:
    """The inputs of a field; of an owner also the honest "nobody", which is more than an empty field says."""
    shown = inputs(question, field, value)
    if question.type is Type.ROWS and field.name in MAY_BE_NOBODY:
        nobody = b.option("none", "Nobody yet")
        tick = b.several_of(VALUE, [nobody], [nobody] if value == "" else [])
        shown.append(input_block(input_id(question.id, field.name, NOBODY), "Or is it nobody?", tick))
    return shown


def _given(question: Question, value: Value | None, row: int | None, subject: str) -> Mapping[str, Any]:
    """What is stored already, by field; a question that is one value has one field without a name."""
    if question.type is Type.ROWS:
        rows = value if isinstance(value, list) else []
        stored = rows[row] if row is not None and 0 <= row < len(rows) else {}
        return {"name": subject} | stored if subject else stored
    if question.type is Type.FORM:
        return value if isinstance(value, Mapping) else {}
    return {"": value}


def _asked(question: Question, bank: Bank, text: str) -> list[Json]:
    why = b.context(b.plain(f"Why we ask: {question.why}", 600))
    shown = [b.rich(b.rich_line(spoken(cut(text, 2900), bold=True))), why]
    if any(question.id in group for group in bank.blind):
        shown.append(b.context(b.plain("Stays closed until the others who are asked the same have answered.")))
    return shown


def one_go_modal(
    questions: Sequence[Question],
    bank: Bank,
    page: int,
    pages: int,
    project: int,
    role: Role,
    answers: Mapping[str, Answer],
    texts: Mapping[str, str] | None = None,
    seen: Sequence[str] = (),
) -> Json:
    """One page (the first is 1) of a person's open questions; whatever is left empty stays open."""
    shown = [block for q in questions for block in _in_one_go(q, (texts or {}).get(q.id, q.ask), answers.get(q.id))]
    place = f"Page {page} of {pages}. Leave empty what you don't know yet: it stays open in the thread."
    ids = [q.id for q in questions]
    meta = controls.metadata(project=project, role=role.value, page=page, pages=pages, questions=ids, seen=list(seen))
    submit = "Next" if page < pages else "Save"
    return as_modal(controls.ONE_GO_VIEW, f"{role.label}: in one go", [b.context(b.plain(place)), *shown], meta, submit)


def pages_of(questions: Iterable[Question]) -> list[list[Question]]:
    """Questions in pages of at most six inputs; lists are left to the thread, where they grow row by row."""
    pages: list[list[Question]] = []
    room = 0
    for question in questions:
        if question.type is Type.ROWS:
            continue
        needed = len(_in_one_go(question, question.ask, None)) - (question.type is Type.FORM)
        if needed > room:
            pages.append([])
            room = MOST_INPUTS
        pages[-1].append(question)
        room -= needed
    return pages


def _in_one_go(question: Question, text: str, answer: Answer | None) -> list[Json]:
    value = answer.value if answer else None
    if question.type is not Type.FORM:
        field = as_field(question, line(text, 1900))
        return inputs(question, field, value, optional=True, hint=question.why)
    given = value if isinstance(value, Mapping) else {}
    parts = [i for field in question.fields for i in inputs(question, field, given.get(field.name), optional=True)]
    return [b.rich(b.rich_line(spoken(line(text, 2900), bold=True))), *parts]


def people_modal(title: str, *, project: int, question: str, suggested: str | None = None, say: str = "") -> Json:
    shown = [b.section(b.plain(say))] if say else []
    person = input_block("person", "Who can answer this?", b.person(VALUE, "Pick a person", suggested), optional=False)
    meta = controls.metadata(project=project, question=question)
    return as_modal(controls.HAND_OVER_VIEW, title, [*shown, person], meta, submit="Ask them")


def reading_modal(post: Json) -> Json:
    """What elsewhere is a message for one person, where there is no channel to show it in."""
    view = as_modal("shown", "Alignbot", post["blocks"], "")
    return {key: part for key, part in view.items() if key != "submit"} | {"close": b.plain("OK", 24)}


def loading_modal(title: str) -> Json:
    view = as_modal("loading", title, [b.section(b.plain("⏳ One moment, fetching what is stored …"))], "")
    return {key: part for key, part in view.items() if key != "submit"}


def as_modal(callback: str, title: str, shown: Sequence[Json], meta: str, submit: str = "Save") -> Json:
    """A form with a title of at most 24 characters."""
    return {
        "type": "modal",
        "callback_id": callback,
        "title": b.plain(line(title, 24), 24),
        "submit": b.plain(submit, 24),
        "close": b.plain("Cancel", 24),
        "private_metadata": meta,
        "blocks": list(shown)[:_MOST_BLOCKS],
    }


def input_block(id: str, label: str, element: Json, *, optional: bool = True) -> Json:
    """One input under the block id by which the form is read."""
    return {"type": "input", "block_id": id, "label": b.plain(label, 2000), "element": element, "optional": optional}


def _typed(value: str, longest: int, placeholder: str) -> Json:
    element: Json = {"type": "plain_text_input", "action_id": VALUE, "max_length": longest}
    start = {"initial_value": cut(clean(value), longest)} if value.strip() else {}
    return element | start | {"placeholder": b.plain(placeholder, 150)}


def _prose(value: str, placeholder: str) -> Json:
    return _typed(value, 3000, placeholder) | {"multiline": True}
