"""Milliseconds to assess a project of 36 answers and 5 inputs, over 1,000 different ones in one process."""

import json
import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import fmean, median
from typing import Any

from bot.domain import health
from bot.domain.bank import Bank, Field, Type
from bot.domain.coverage import LISTED, SURVEY
from bot.packs.loader import load_bank
from bot.services.assessing import assess_documents
from bot.services.snapshots import read_snapshot

from .figures import Figure, percentile

SNAPSHOT = Path(__file__).with_name("snapshot.json")
LIMITS = (5, 20, 60, 200, 900)  # milliseconds
OFTEN = 0.3  # how many answers and facts differ from the pattern


async def measure(quick: bool) -> Sequence[Figure]:
    bank = load_bank()
    texts = [_document(number, bank) for number in range(200 if quick else 1000)]
    snapshots = [read_snapshot(json.loads(text), bank) for text in dict.fromkeys(texts)]
    whole = _timed(lambda text: json.dumps(assess_documents(json.loads(text), bank)), texts)
    rules = _timed(lambda snapshot: health.assess(snapshot, bank), snapshots)
    return (
        Figure("different snapshots", len(snapshots)),
        Figure("findings in each, mean", fmean(len(health.assess(one, bank).findings) for one in snapshots)),
        Figure("one snapshot, from JSON to JSON, median", median(whole), "ms", must=20, proud=3),
        Figure("one snapshot, p99", percentile(whole, 0.99), "ms", must=20),
        Figure("of which the rules, median", median(rules), "ms"),
        Figure("the rules, p99", percentile(rules, 0.99), "ms"),
    )


def _document(number: int, bank: Bank) -> str:
    """A project with other choices, other limits, other inputs and another past: the same for the same number."""
    dice = random.Random(number)
    document = json.loads(SNAPSHOT.read_text(encoding="utf-8"))
    document["id"] = f"project-{number}"
    for question in bank.questions:
        answers = document["answers"][question.role]
        if question.type is Type.CHOICE and question.id in answers and dice.random() < OFTEN:
            answers[question.id] = dice.choice(question.options).id
        elif question.type is Type.QUANTITY and answers.get(question.id, {}).get("unit") == "ms":
            answers[question.id]["value"] = dice.choice(LIMITS)
    facts = [field for id in (LISTED, SURVEY) for field in bank[id].fields if field.type is Type.CHOICE]
    for record in document["features"]:
        record.update(_other(facts, dice))
    document["events"] = [{"type": "date_change", "date": "2026-02-10"}] * dice.randrange(3)
    document["pulse"] = [_pulse(day, dice) for day in ("2026-02-10", "2026-02-24")]
    return json.dumps(document)


def _other(facts: Sequence[Field], dice: random.Random) -> dict[str, str]:
    return {field.name: dice.choice(field.options).id for field in facts if dice.random() < OFTEN}


def _pulse(day: str, dice: random.Random) -> dict[str, Any]:
    read = {role: {"pulse.goal": dice.randint(2, 5), "pulse.date": dice.randint(2, 5)} for role in ("pm", "ml", "eng")}
    return {"date": day, "answers": read}


def _timed(act: Callable[[Any], object], values: Sequence[Any]) -> list[float]:
    act(values[0])  # what is made only once
    took = []
    for value in values:
        started = time.perf_counter()
        act(value)
        took.append((time.perf_counter() - started) * 1000)
    return took
