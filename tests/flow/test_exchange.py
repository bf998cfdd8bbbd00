"""A live project leaves as a document and comes back: into another database, with everything said in it."""

import json
from dataclasses import replace

import pytest

from bot.domain.as_snapshot import snapshot_of
from bot.domain.commitments import Decision, Later, Offer, Shelf, Stand
from bot.domain.errors import BotError
from bot.domain.health import assess
from bot.domain.project import Change
from bot.sandbox.demo.world import World
from bot.services import exchange
from bot.services.assessing import report
from bot.services.snapshots import read_snapshot
from tests.flow.interviews import talks


async def exported(world: World):
    async with world.bot.database.transaction() as uow:
        project = await uow.projects.get(1)
        return project, json.loads(json.dumps(await exchange.export(uow, world.bot.bank, project)))


async def imported(world: World, document):
    async with world.bot.database.transaction() as uow:
        return await exchange.take_in(uow, world.bot.bank, document)


async def tell_something(kickoff: World):
    pm, ml, _ = talks(kickoff)
    await pm.types("pm.user_decision")
    await pm.types("pm.success_metric")
    await ml.clicks("ml.feasibility", "Unlikely")


async def test_a_project_comes_back_as_it_was_after_it_was_closed(kickoff: World):
    await tell_something(kickoff)
    before, document = await exported(kickoff)
    assert before.followed, "a critical finding is part of what must not be lost"
    await kickoff.slack.commands("pm", "ready-by", "/align", "close")
    await kickoff.settle()

    after = await imported(kickoff, document)
    async with kickoff.bot.database.transaction() as uow:
        stored = await uow.projects.get(after.id)
        history = await uow.projects.all_versions(after.id)
        original = await uow.projects.all_versions(before.id)
    assert stored == after
    assert {**vars_of(stored), "id": before.id} == vars_of(before)
    assert history == original


def vars_of(project):
    return {name: getattr(project, name) for name in project.__dataclass_fields__}


async def settle_something(kickoff: World):
    """An offer taken, an entry that waits, a decision with another over it, somebody to ask about the law."""
    async with kickoff.bot.database.transaction() as uow:
        project, at = await uow.projects.get(1), uow.now
        offer = Offer("load", "S1", "latest load", "Use the latest.", "very hard", "to build", "", at, Stand.TAKEN)
        weeks = ((4, 8), (2, 7))
        later = Later(1, "V2: load", "load", "latest load", "H1", "", *weeks, "live", "U_ML", "U_ML", at, Shelf.WAITING)
        first = Decision(1, "Launch in June", "the season", "", ("U_PM",), "launch", "", "U_PM", at)
        second = Decision(2, "Launch in July", "the contract", "June", ("U_PM",), "launch", "", "U_PM", at, 1)
        after = replace(
            project,
            offers={"load": offer},
            later=(replace(later, listed={"name": "load"}),),
            decisions=(first, second),
            functions={"legal": "U_LAW"},
        )
        await uow.projects.save(project, Change(after))


async def test_what_a_team_has_settled_is_stored_and_comes_back(kickoff: World):
    await settle_something(kickoff)
    before, document = await exported(kickoff)
    assert [entry["title"] for entry in document["backlog"]] == ["V2: load"]
    assert [decision["what"] for decision in document["decisions"]] == ["Launch in June", "Launch in July"]
    await kickoff.slack.commands("pm", "ready-by", "/align", "close")
    await kickoff.settle()

    after = await imported(kickoff, document)
    async with kickoff.bot.database.transaction() as uow:
        stored = await uow.projects.get(after.id)
    settled = ("offers", "later", "decisions", "functions")
    assert [getattr(stored, name) for name in settled] == [getattr(before, name) for name in settled]


async def test_a_document_of_an_earlier_version_is_taken_in_without_what_it_could_not_say(kickoff: World):
    await tell_something(kickoff)
    _, document = await exported(kickoff)
    del document["decisions"], document["backlog"], document["project"]["offers"], document["project"]["functions"]
    for interview in document["project"]["interviews"].values():
        del interview["refused"], interview["helped"]
    await kickoff.slack.commands("pm", "ready-by", "/align", "close")
    await kickoff.settle()
    after = await imported(kickoff, document)
    assert (after.offers, after.functions, after.decisions, after.later) == ({}, {}, (), ())


async def test_an_open_kickoff_of_that_name_is_not_doubled(kickoff: World):
    _, document = await exported(kickoff)
    with pytest.raises(BotError, match="is open in"):
        await imported(kickoff, document)


async def test_the_document_is_judged_as_the_bot_judges_the_project(kickoff: World):
    await tell_something(kickoff)
    project, document = await exported(kickoff)
    snapshot = read_snapshot(document, kickoff.bot.bank)
    own = assess(snapshot_of(project, snapshot.as_of), kickoff.bot.bank)
    assert report(assess(snapshot, kickoff.bot.bank)) == report(own)


async def test_the_interview_goes_on_where_it_stood(kickoff: World):
    await tell_something(kickoff)
    _, document = await exported(kickoff)
    await kickoff.slack.commands("pm", "ready-by", "/align", "close")
    await kickoff.settle()
    after = await imported(kickoff, document)

    pm, _, _ = talks(kickoff)
    await pm.says("from 14 to 9 late pickups per 100 orders")
    async with kickoff.bot.database.transaction() as uow:
        stored = await uow.projects.get(after.id)
    assert stored.answers["pm.success_target"].note or stored.answers["pm.success_target"].value


async def test_an_answer_given_while_a_project_is_exported_tears_no_document(kickoff: World):
    before, _ = await exported(kickoff)
    await tell_something(kickoff)

    async with kickoff.bot.database.transaction() as uow:
        document = await exchange.export(uow, kickoff.bot.bank, before)  # as it was read a moment ago
    found, _ = exchange.read(json.loads(json.dumps(document)), kickoff.bot.bank)
    assert "pm.user_decision" in found.answers
