"""A product with a hundred inputs whose every text is 3,000 characters long: each thing that can be said of it fits."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain import backlog, breakdown, listing, offers, overview, telling
from bot.domain.answers import Answer, Source
from bot.domain.bank import Role
from bot.domain.brief import brief
from bot.domain.catching_up import caught_up
from bot.domain.commitments import Later
from bot.domain.digest import tell
from bot.domain.following import cards, follow
from bot.domain.messages import InputsPanel
from bot.domain.people import Person, PersonKind
from bot.domain.project import Interview
from bot.domain.reminders import open_items
from bot.domain.waiting import listed
from bot.sandbox.limits.surfaces import check_message_blocks, check_view
from bot.services.briefs import as_markdown
from bot.slack.views import backlog as later
from bot.slack.views import charts, inputs_table, render
from bot.slack.views import status as panels
from bot.slack.views.home import home
from bot.slack.views.why import why
from tests.domain import projects
from tests.domain.hard_inputs import BANK, hard
from tests.slack.block_kit import check_post

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
NASTY = "<!channel> *bold* & <https://example.org|x> \U0001f468\u200d\U0001f469 "
LONG = (NASTY * 100)[:3000]


@pytest.fixture(scope="module")
def project():
    pairs = [
        hard(f"{n} {LONG}", entity=LONG, source=LONG, owner=LONG, when_old=LONG, lateness=LONG) for n in range(100)
    ]
    rows = {"ml.inputs": [one for one, _ in pairs], "eng.input_survey": [other for _, other in pairs]}
    held = {role: Interview(role, place=Source("C1", f"{n}.0")) for n, role in enumerate(Role, 1)}
    started = projects.started(NOW - timedelta(days=9), interviews=held, card=Source("C1", "0.1"))
    answers = {id: Answer(value, started.owner(BANK[id].role), NOW) for id, value in rows.items()}
    said = replace(started, answers=answers, summary=LONG)
    followed = follow(said, BANK, started, NOW).project
    weeks = ((4, 8), (2, 7))
    parked = [
        Later(n, LONG, f"x{n}", LONG, LONG, LONG, *weeks, LONG, "MEI", "MEI", NOW, listed=rows["ml.inputs"][0])
        for n in range(1, 101)
    ]
    return replace(followed, later=tuple(parked))


def fits(post):
    check_post(post)
    check_message_blocks(post["blocks"])
    check_message_blocks(charts.without_charts(post)["blocks"])


@pytest.mark.parametrize("id", ["ml.inputs", "eng.input_survey"])
def test_the_question_and_its_record_fit(project, id):
    fits(render(telling.record(project, BANK, BANK[id].role, [id]), BANK))
    fits(render(telling.ask(project, BANK, BANK[id]), BANK))
    fits(render(listing.understood(project, BANK[id]), BANK))


def test_what_is_offered_fits(project):
    said = offers.offer(project, BANK, replace(project, answers={}), NOW).says
    assert said
    for saying in said:
        fits(render(saying.message, BANK))


def test_the_findings_fit(project):
    for card in cards(project):
        fits(render(card, BANK))
    fits(panels.see_all(overview.panel(project, BANK, NOW, None), cards(project)))


def test_the_digest_the_page_and_the_table_fit(project):
    post, thread, _ = tell(project, BANK, [], NOW)
    fits(render(post, BANK))
    fits(render(thread, BANK))
    page = brief(project, BANK, {}, NOW)
    fits(render(page, BANK))
    assert "<!channel>" not in as_markdown(page).replace("\\<", "")
    inputs = listing.lines(project, BANK, {}, NOW)
    assert len(inputs) == 100
    table = InputsPanel(1, "Ready-By", inputs, may_edit=True, may_change=True)
    fits(inputs_table.panel(table))
    check_view(inputs_table.reorder_modal(1, [line.name for line in inputs]), "modal")


def test_what_one_person_asks_for_fits(project):
    person = Person("T1", "MEI", "Mei", "UTC", PersonKind.MEMBER, False, NOW)
    keys = {(item.project, item.subject) for item in open_items(project, BANK, "MEI", NOW)}
    fits(render(listed("MEI", NOW.date(), keys, [project], BANK, person, NOW), BANK))
    fits(panels.status(overview.panel(project, BANK, NOW, None)))
    fits(why(breakdown.of(project, BANK, NOW)))
    fits(later.backlog(backlog.of(project, NOW)))
    fits(render(caught_up(project, BANK, Role.ENG, {}, LONG), BANK))


def test_the_home_tab_fits(project):
    inputs = listing.lines(project, BANK, {}, NOW)
    view = home([], [overview.panel(project, BANK, NOW, None)], {project.id: inputs})
    check_view(view, "home")
