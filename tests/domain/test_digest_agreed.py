"""What a team has settled, in its digest: decisions, what waits for V2 and has come of age, how it works together."""

from dataclasses import replace
from datetime import timedelta

from bot.domain import following
from bot.domain.chronicle import EventType, Happened, Status, Turn
from bot.domain.commitments import Decision, Later, Shelf
from tests.domain.hard_inputs import hard, lists
from tests.domain.test_digest import BANK, FULL, NOW, below, facts, project_of, told

WEEK = timedelta(weeks=1)


def decided(number, what, about="launch", at=NOW, **more):
    return Decision(number, what, "the season", "", ("PM",), about, "", "PM", at, **more)


def parked(number=1, **changes):
    entry = Later(
        number, "V2: load instead of latest load", "load", "latest load", "", "", (4, 8), (2, 7), "", "ML", "ML", NOW
    )
    return replace(entry, **changes)


def live(days, **changes):
    return project_of(FULL, events=(Happened(EventType.LAUNCHED, NOW - timedelta(days=days), "PM"),), **changes)


def test_a_decision_is_news_once():
    project = project_of(FULL)
    after = replace(project, decisions=(decided(1, "Launch in June"),))
    first = told(after, facts(project, NOW - WEEK))
    assert "1 decision logged" in first.changed
    again = told(after, facts(after, NOW), now=NOW + WEEK)
    assert not any("logged" in line for line in again.changed)


def test_several_decisions_of_a_week_are_counted_in_the_post_and_listed_in_its_thread():
    project = project_of(FULL)
    both = (decided(1, "Launch in June", at=NOW + WEEK / 2), decided(2, "No images", "inputs", at=NOW + WEEK / 2))
    after, before = replace(project, decisions=both), facts(project)
    assert "2 decisions logged" in told(after, before, now=NOW + WEEK).changed
    listed = "\n".join(below(after, before, now=NOW + WEEK).decided)
    assert "Launch in June" in listed
    assert "No images" in listed


def test_what_was_decided_before_the_last_digest_is_not_listed_again():
    project = project_of(FULL, decisions=(decided(1, "Launch in June", at=NOW - timedelta(days=1)),))
    assert below(project, facts(project), now=NOW + WEEK).decided == ()


def test_two_decisions_about_one_thing_are_listed_until_one_of_them_holds():
    both = (decided(1, "Launch in June"), decided(2, "Launch in July"))
    project = project_of(FULL, decisions=both)
    listed = "\n".join(below(project, facts(project), now=NOW + WEEK).decided)
    assert "#1" in listed
    assert "#2" in listed
    mended = replace(project, decisions=(both[0], replace(both[1], supersedes=1)))
    assert below(mended, facts(mended), now=NOW + WEEK).decided == ()


def test_what_waits_for_v2_stands_in_the_thread_and_is_news_when_its_time_has_come():
    early, ripe = live(13, later=(parked(),)), live(14, later=(parked(),))
    assert below(early).later == ("1 item waits for V2: about 2-7 weeks of work kept out of the first version",)
    assert any("Ready to revisit" in line for line in below(ripe).later)
    assert "Ready to revisit: load instead of latest load" in told(ripe, facts(early)).changed
    assert not any("Ready" in line for line in told(ripe, facts(ripe)).changed)


def test_what_was_done_or_dropped_is_told_of_no_more():
    for shelf in (Shelf.DONE, Shelf.DROPPED, Shelf.REVIVED):
        assert below(live(30, later=(parked(status=shelf),))).later == ()


def test_facts_of_an_older_digest_know_nothing_of_it():
    project = project_of(FULL, decisions=(decided(1, "Launch in June"),))
    old = {name: value for name, value in facts(project).items() if name not in ("decided", "ready", "at")}
    assert "1 decision logged" in told(project, old, now=NOW + WEEK).changed
    assert below(project, old, now=NOW + WEEK).decided


def test_how_soon_engineering_was_heard_stands_in_the_thread():
    assert "facts about production" in below(project_of(FULL)).partnership


def test_what_a_team_lives_with_is_named_where_it_is_only_a_part():
    answers = FULL | lists(hard("load"), hard("rain"))
    found = following.follow(project_of(answers), BANK, project_of({}), NOW).project.followed

    def reason(*lived_with):
        accepted = {f"feature_hard:{name}" for name in lived_with}
        turn = Turn(Status.ACCEPTED, NOW, "PM", "the rush", (NOW + WEEK).date())
        settled = {key: finding.turned(turn) if key in accepted else finding for key, finding in found.items()}
        (said,) = [one for one in below(project_of(answers, followed=settled)).reasons if "(load, rain)" in one]
        return said.partition("(load, rain)")[2]

    assert reason() == ""
    assert reason("load") == "; you live with load, which counts half"
    assert reason("load", "rain") == "; you live with it, so half counts"
