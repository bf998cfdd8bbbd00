"""What an answer costs the database: the same few statements, however much was said before."""

from contextlib import contextmanager

import pytest
from sqlalchemy import event

from tests.flow.interviews import VALUES, talks

MOST_TYPED, MOST_CLICKED = 10, 8


def lock(world):
    """PostgreSQL locks the project by a statement of its own, before it reads it."""
    return int(world.bot.database.engine.dialect.name == "postgresql")


@contextmanager
def counted(world):
    """The statements of the bot's listeners, without BEGIN and COMMIT."""
    statements: list[str] = []
    engine = world.bot.database.engine.sync_engine

    def note(connection, cursor, statement, parameters, context, executemany):
        if not statement.startswith("BEGIN"):
            statements.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", note)


async def typed(talk, words):
    root = await talk.root()
    with counted(talk.world) as statements:
        await talk.world.slack.says(talk.who, talk.channel, words, thread=root)
    await talk.world.settle()
    return statements


async def clicked(talk, label):
    message = await talk.shows(await talk.asked())
    with counted(talk.world) as statements:
        await talk.world.slack.clicks(talk.who, message, label)
    await talk.world.settle()
    return statements


async def test_a_typed_answer_takes_few_statements_however_many_there_are(kickoff):
    pm, ml, _ = talks(kickoff)
    first = await typed(pm, VALUES["pm.user_decision"])
    await ml.is_at("ml.inputs")
    await pm.is_at("pm.fallback")
    await kickoff.slack.commands("pm", "ready-by", "/align", "kickoff Second pm:<@U_PM> ml:<@U_ML> eng:<@U_ENG>")
    await kickoff.settle()
    late = await typed(pm, "a default or a rule")

    assert len(late) == len(first) <= MOST_TYPED, "\n".join(late)


async def test_a_click_takes_few_statements(kickoff):
    pm, _, _ = talks(kickoff)
    skipped = await clicked(pm, "Skip for now")
    unknown = await clicked(pm, "I don't know")

    assert len(skipped) <= MOST_CLICKED + lock(kickoff), "\n".join(skipped)
    assert len(unknown) <= MOST_CLICKED + lock(kickoff), "\n".join(unknown)


@pytest.mark.parametrize("label", ["Works on our own data", "Prototype looks promising"])
async def test_an_answer_that_reminders_depend_on_takes_two_more_at_most(kickoff, label):
    _, ml, _ = talks(kickoff)
    chosen = await clicked(ml, label)

    assert len(chosen) <= MOST_CLICKED + 2 + lock(kickoff), "\n".join(chosen)


async def test_an_answer_that_opens_a_critical_finding_takes_one_more_to_keep_it(kickoff):
    _, ml, _ = talks(kickoff)
    chosen = await clicked(ml, "Unlikely")

    assert len(chosen) <= MOST_CLICKED + 3 + lock(kickoff), "\n".join(chosen)
