"""Projects whose inputs are hard to have in production, as values, and how an offer comes about in them."""

from datetime import UTC, datetime

from bot.domain import following, offer_cards, offers
from bot.domain.answers import Answer, Source
from bot.domain.bank import Role
from bot.domain.messages import SimplerCard
from bot.domain.project import Interview
from bot.packs.loader import load_bank
from tests.domain import projects
from tests.domain.inputs import quantity

BANK = load_bank()
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
PM, ML, ENG = "ANA", "MEI", "RAJ"
NAME = "avg load"
LISTED = {
    "name": NAME,
    "entity": "kitchen",
    "transform": "window_agg",
    "window": quantity(5, "min"),
    "freshness_needed": quantity(30, "s"),
    "importance": "must",
}
SURVEYED = {"name": NAME, "source": "topic load", "source_kind": "stream", "in_prod": "raw"}
ZIP = {
    "name": "zip",
    "entity": "user",
    "transform": "lookup",
    "freshness_needed": quantity(1, "d"),
    "importance": "must",
}
ZIP_SURVEYED = {"name": "zip", "source": "table users", "source_kind": "db", "in_prod": "served", "read_ms": 5}


def started(**more):
    held = {role: Interview(role, place=Source("C1", f"{n}.0")) for n, role in enumerate(Role, 1)}
    return projects.started(NOW, **{"interviews": held, "card": Source("C1", "0.1"), **more})


def saying(project, values, at=NOW):
    """Somebody says something: the rules look, and an offer may follow."""
    after = project
    for id, value in values.items():
        by = project.owner(BANK[id].role) or PM
        after = after.with_answer(id, Answer(value, by, at) if value is not None else None)
    return following.follow(after, BANK, project, at).then(offers.offer, BANK, project, at)


def lists(*pairs, also=True):
    """Answers that list and survey inputs; beside them an easy one, unless not wanted."""
    listed, surveyed = [one for one, _ in pairs], [other for _, other in pairs if other]
    extra = ([ZIP], [ZIP_SURVEYED]) if also else ([], [])
    return {"ml.inputs": [*extra[0], *listed], "eng.input_survey": [*extra[1], *surveyed]}


def hard(name=NAME, /, **facts):
    """A pair of rows that is very hard to have; facts go to the side that says them."""
    ours = {f.name for f in BANK["ml.inputs"].fields}
    listed = {fact: said for fact, said in facts.items() if fact in ours}
    surveyed = {fact: said for fact, said in facts.items() if fact not in ours}
    return {**LISTED, "name": name, **listed}, {**SURVEYED, "name": name, **surveyed}


def posted(change, n=1):
    """With the cards that were said standing in the thread."""
    project = change.project
    for number, card in enumerate(cards(change), n):
        stands = offer_cards.stands(project, project.offers[card.input], Source("C1", f"9.{number}"), card)
        assert stands.says == (), "a card that is right is not written again"
        project = stands.project
    return project


def cards(change):
    return [saying.message for saying in change.says if isinstance(saying.message, SimplerCard)]
