"""Milliseconds to assess a project of 36 answers and 5 inputs, from JSON to the report, in one process."""

import copy
import json
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from bot.domain import health
from bot.packs.loader import load_bank
from bot.services.assessing import assess_documents
from bot.services.snapshots import read_snapshot

from .figures import Figure, percentile

SNAPSHOT = Path(__file__).with_name("snapshot.json")
LIMITS = (5, 20, 60, 200, 900)


async def measure(quick: bool) -> Sequence[Figure]:
    bank, documents = load_bank(), list(_documents(200 if quick else 1000))
    snapshots = [read_snapshot(document, bank) for document in documents]
    whole = _timed(lambda document: assess_documents(document, bank), documents)
    rules = _timed(lambda snapshot: health.assess(snapshot, bank), snapshots)
    return (
        Figure("one snapshot, median", median(whole), "ms", must=20, proud=3),
        Figure("one snapshot, p99", percentile(whole, 0.99), "ms"),
        Figure("of which the rules, median", median(rules), "ms"),
    )


def _documents(count: int) -> Iterator[dict[str, Any]]:
    """Different projects: what is promised and what can be had differ from one to the next."""
    pattern = json.loads(SNAPSHOT.read_text(encoding="utf-8"))
    for number in range(count):
        document = copy.deepcopy(pattern)
        document["id"] = f"project-{number}"
        answers = document["answers"]
        answers["pm"]["pm.response_time"]["value"] = LIMITS[number % 5]
        answers["ml"]["ml.latency"]["value"] = LIMITS[number // 5 % 5]
        answers["eng"]["eng.latency_budget"]["value"] = LIMITS[number // 25 % 5]
        for n, record in enumerate(document["features"]):
            record["in_prod"] = ("served", "no")[number >> n & 1]
        yield document


def _timed(act: Callable[[Any], object], values: Sequence[Any]) -> list[float]:
    act(values[0])  # what is made only once
    took = []
    for value in values:
        started = time.perf_counter()
        act(value)
        took.append((time.perf_counter() - started) * 1000)
    return took
