"""From a folder of packs to the bank that interviews are held with, or to the list of what is wrong with it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from bot.domain.bank import Bank, Condition, Question

from .documents import Document, Unreadable, read
from .models import Fields, PackModel, QuestionModel, parse_condition
from .references import faults, rows_of

CORE = Path(__file__).with_name("core.yaml")

SENTENCES = {
    "missing": "{name} is missing",
    "extra_forbidden": "{name} is not a known key",
    "string_type": "{name} must be text",
    "int_type": "{name} must be a whole number",
    "bool_type": "{name} must be true or false",
    "enum": "{name} must be one of {expected}",
    "literal_error": "{name} must be one of {expected}",
    "string_too_long": "{name} is longer than {max_length} characters",
    "string_too_short": "{name} is empty",
    "value_error": "{error}",
}


@dataclass(frozen=True, slots=True)
class Problem:
    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class InvalidPack(Exception):
    """Question packs that cannot be used; says where and why, a line each."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(str(p) for p in problems))
        self.problems = tuple(problems)


def load_bank(folder: Path | None = None) -> Bank:
    """The built-in bank, or a folder's: its first file is a whole bank, or else all its files add to the built-in."""
    if folder is None:
        return _built_in()
    bank, problems = _load(_files(folder))
    if bank is None:
        raise InvalidPack(problems)
    return bank


def check_packs(folder: Path) -> list[Problem]:
    return _load(_files(folder))[1]


@cache
def _built_in() -> Bank:
    bank, problems = _load([CORE])
    if bank is None:
        raise InvalidPack(problems)
    return bank


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*.yaml") if path.is_file())


def _load(files: list[Path]) -> tuple[Bank | None, list[Problem]]:
    if not files:
        return None, [Problem("*.yaml", 1, "there is no pack in this folder")]
    read_packs = [_read_pack(path) for path in files]
    problems = [problem for _, _, found in read_packs for problem in found]
    packs = [(path, document, pack) for path, (document, pack, _) in zip(files, read_packs, strict=True) if pack]
    if len(packs) == len(files) and packs[0][2].bank_version is None:
        packs.insert(0, (CORE, *_core()))
    if not problems:
        problems = [
            Problem(packs[f.pack][0].name, packs[f.pack][1].line(f.path), f.message)
            for f in faults([pack for _, _, pack in packs])
        ]
    return (None if problems else _bank([pack for _, _, pack in packs])), problems


def _read_pack(path: Path) -> tuple[Document, PackModel | None, list[Problem]]:
    try:
        document = read(path)
    except Unreadable as error:
        return Document(None, None), None, [Problem(path.name, error.line, str(error))]
    try:
        return document, PackModel.model_validate(document.data), []
    except ValidationError as error:
        found = [Problem(path.name, document.line(e["loc"]), _sentence(e)) for e in error.errors()]
        return document, None, list(dict.fromkeys(found))


@cache
def _core() -> tuple[Document, PackModel]:
    document = read(CORE)
    return document, PackModel.model_validate(document.data)


def _sentence(error: ErrorDetails) -> str:
    place = [str(step) for step in error["loc"]]
    details = {"name": f"'{place[-1]}'" if place else "the file", **error.get("ctx", {})}
    if error["type"] == "model_type" or not place:
        return "must hold keys and values, such as 'questions:'"
    sentence = SENTENCES.get(error["type"])
    return sentence.format(**details) if sentence else f"{details['name']}: {error['msg']}"


def _bank(packs: list[PackModel]) -> Bank:
    followups = {model.id: model for pack in packs for model in pack.followups}
    questions = [
        question
        for pack in packs
        for model in pack.questions
        for question in _with_followups(model, None, followups, rows_of(packs))
    ]
    blind = tuple(frozenset(group) for pack in packs for group in pack.blind)
    return Bank(packs[0].bank_version or 1, tuple(questions), blind)


def _with_followups(
    model: QuestionModel, when: Condition | None, followups: Mapping[str, QuestionModel], rows: Mapping[str, Fields]
) -> Iterator[Question]:
    yield model.question(rows, when)
    for ref in model.followups:
        yield from _with_followups(followups[ref.id], parse_condition(ref.when, model.id), followups, rows)
