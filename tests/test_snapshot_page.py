"""The page about snapshots: its example is assessed as it says, and it names every key there is."""

import json
import re
from pathlib import Path

import pytest

from bot.domain.chronicle import EventType
from bot.services.assessing import assess_documents
from bot.services.snapshots import _Document
from tests.domain.test_digest import BANK

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "snapshot.md").read_text(encoding="utf-8")


def example():
    return json.loads(re.search(r"```json\n(.*?)```", PAGE, re.DOTALL)[1])


def test_the_example_is_assessed_as_the_page_says():
    (told,) = assess_documents(example(), BANK)
    assert (told["state"], told["because"]) == ("misaligned", ["feature_not_in_prod"])
    found = {finding["detector"] for finding in told["findings"]}
    assert {"success_is_model_metric", "outcome_not_measured", "blocking_open"} <= found


@pytest.mark.parametrize("key", [*_Document.model_fields, *EventType])
def test_every_key_and_every_event_is_on_the_page(key):
    assert f"`{key}`" in PAGE
