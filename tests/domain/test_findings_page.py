"""The examples of all findings fire as they claim, and docs/findings.md shows them as they are today."""

import pytest

from bot.domain.bank import Role
from bot.domain.detectors import DETECTORS, STRENGTHS
from tests import findings_page
from tests.domain import examples
from tests.domain.aligned import read

DETECT = {row.id: (row, detect) for row, detect in DETECTORS}
PRAISE = {row.id: praise for row, praise in STRENGTHS}
ALL = [(id, document) for id, documents in examples.FINDINGS.items() for document in documents]


def signs(id, document):
    return [*DETECT[id][1](read(document))]


def test_the_page_shows_what_the_rules_say_today():
    assert findings_page.PAGE.read_text(encoding="utf-8") == findings_page.page(), "make docs writes it anew"


def test_every_finding_and_every_strength_has_an_example():
    assert DETECT.keys() == examples.FINDINGS.keys()
    assert PRAISE.keys() == examples.STRENGTHS.keys()


@pytest.mark.parametrize(("id", "document"), ALL, ids=[id for id, _ in ALL])
def test_an_example_is_told_once_in_whole_sentences_with_something_to_do(id, document):
    (sign,) = signs(id, document)
    assert sign.say[0].isupper() or sign.say[0] in "'0123456789"
    assert sign.say.endswith(".")
    assert (sign.do or DETECT[id][0].do).endswith(".")
    assert {*sign.who} <= {*Role}


@pytest.mark.parametrize("id", examples.FINDINGS)
def test_there_is_one_example_for_each_severity_the_most_severe_first(id):
    ranks = [signs(id, document)[0].severity.rank for document in examples.FINDINGS[id]]
    assert ranks == sorted(set(ranks), reverse=True)


@pytest.mark.parametrize("id", examples.STRENGTHS)
def test_an_example_is_praised(id):
    assert all(PRAISE[id](read(document)) for document in examples.STRENGTHS[id])
