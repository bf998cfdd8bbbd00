"""When a simpler input is offered, what becomes of an offer, and what people do about it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain import choosing, offer_cards, offers
from bot.domain.answers import Answer, Mark, Source
from bot.domain.bank import Role
from bot.domain.chronicle import Status
from bot.domain.commitments import Shelf, Stand
from bot.domain.errors import BotError, FieldErrors
from bot.domain.messages import Note, Over, UnderCard
from bot.domain.permissions import NotAllowed
from bot.domain.project import Change, Member, Part, Stage
from tests.domain.hard_inputs import (
    BANK,
    ENG,
    ML,
    NAME,
    NOW,
    PM,
    ZIP,
    ZIP_SURVEYED,
    cards,
    hard,
    lists,
    posted,
    saying,
    started,
)
from tests.domain.inputs import quantity
from tests.strategies import rows

DAY = timedelta(days=1)
VERY_HARD = lists(hard())
EASY = lists(hard(in_prod="served"))


def offered(values=VERY_HARD, **more):
    return posted(saying(started(**more), values))


def take(project, *, input=NAME, by=ENG, at=NOW, saw=Stand.OFFERED):
    change = choosing.take(project, BANK, project.offers[input], saw=saw, by=by, at=at)
    return change.then(offers.offer, BANK, project, at)


def keep(project, *, input=NAME, by=ML, reason="It is the model", gain="3 % more", at=NOW):
    offer = project.offers[input]
    change = choosing.keep(project, offer, reason=reason, gain=gain, saw=Stand.OFFERED, by=by, at=at)
    return change.then(offers.offer, BANK, project, at)


def agree(project, *, input=NAME, by=PM, at=NOW):
    return choosing.agree(project, project.offers[input], by=by, at=at).then(offers.offer, BANK, project, at)


def stand(project, input=NAME):
    return project.offers[input].stand


def notes(change):
    return [saying.message.text for saying in change.says if isinstance(saying.message, Note)]


def test_it_is_offered_once_both_have_described_it():
    listed = saying(started(), {"ml.inputs": VERY_HARD["ml.inputs"]})
    assert cards(listed) == []
    change = saying(listed.project, {"eng.input_survey": VERY_HARD["eng.input_survey"]})
    (card,) = cards(change)

    assert (card.input, card.simpler, card.difficulty, card.people) == (NAME, "latest load", "very hard", (ML, ENG))
    assert [saying.to for saying in change.says if saying.message is card] == [UnderCard(1)]
    assert cards(saying(posted(change), {"ml.latency": quantity(5, "ms")})) == []


@pytest.mark.parametrize(
    "values",
    [
        EASY,
        lists(hard(in_prod="unknown")),
        lists((hard()[0], None)),
        lists(hard(transform="lookup", in_prod="no", build_weeks=2)),  # hard, and nothing simpler fits
    ],
)
def test_nothing_is_offered_for_what_is_not_hard_not_surveyed_or_has_nothing_simpler(values):
    assert cards(saying(started(), values)) == []


def test_a_list_that_is_still_growing_is_left_alone():
    project = started()
    half = Answer(VERY_HARD["ml.inputs"], ML, NOW, marks=frozenset({Mark.PARTIAL}))
    assert (
        cards(saying(project.with_answer("ml.inputs", half), {"eng.input_survey": VERY_HARD["eng.input_survey"]})) == []
    )


def test_a_time_budget_that_nobody_may_see_yet_gives_nothing_away():
    slow = lists(hard(source_kind="api", transform="lookup", in_prod="served", read_ms=900))
    budget = {"eng.latency_budget": quantity(100, "ms")}
    waits = saying(started(), {**slow, **budget})
    assert cards(waits) == []
    shown = saying(waits.project, {"pm.response_time": quantity(1, "s"), "ml.latency": quantity(5, "ms")})
    assert [card.because for card in cards(shown)] == ["reading it takes more than half of the time budget"]


@pytest.mark.parametrize("away", [{"stage": Stage.PAUSED}, {"reachable": False}])
def test_what_nobody_can_be_told_of_is_offered_when_it_goes_on(away):
    found = saying(started(**away), VERY_HARD)
    back = replace(found.project, stage=Stage.ACTIVE, reachable=True)
    assert (cards(found), found.project.offers) == ([], {})
    assert len(cards(offers.offer(back, BANK, found.project, NOW))) == 1
    assert cards(saying(started(stage=Stage.CLOSED), VERY_HARD)) == []


def test_a_change_that_it_does_not_rest_on_is_not_looked_at():
    before = offered()
    assert offers.offer(replace(before, name="Other"), BANK, before, NOW) == Change(replace(before, name="Other"))


def test_the_card_follows_what_is_known():
    change = saying(offered(), lists(hard(history="none")))
    (card,) = cards(change)

    assert "no past values to train on" in card.because
    assert [saying.to for saying in change.says if saying.message is card] == [Over("C1", "9.1")]


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        (EASY, "It is not hard any more."),
        ({"ml.inputs": [ZIP], "eng.input_survey": [ZIP_SURVEYED]}, "It is no longer on the list of inputs."),
        ({"eng.input_survey": [ZIP_SURVEYED]}, "Nobody knows any more how hard it is to have in production."),
        (lists(hard(transform="lookup", in_prod="no", build_weeks=2)), "Nothing simpler fits it any more."),
    ],
)
@pytest.mark.parametrize("kept", [False, True])
def test_an_offer_that_is_needless_says_why(values, reason, kept):
    project = keep(offered()).project if kept else offered()
    change = saying(project, values)
    (card,) = cards(change)
    assert (stand(change.project), card.stand, card.reason) == (Stand.GONE, "gone", reason)


def test_what_goes_back_and_forth_within_a_day_is_not_said_again():
    gone = saying(offered(), EASY).project
    back = saying(gone, VERY_HARD, at=NOW + timedelta(hours=1))
    assert [saying.to for saying in back.says if saying.message in cards(back)] == [Over("C1", "9.1")]
    later = saying(saying(back.project, EASY).project, VERY_HARD, at=NOW + DAY)
    assert [saying.to for saying in later.says if saying.message in cards(later)] == [UnderCard(1)]


def test_an_input_with_another_name_keeps_its_offer():
    renamed = {**hard()[0], "name": "average kitchen load"}, {**hard()[1], "name": "average kitchen load"}
    change = saying(offered(), lists(renamed))

    assert list(change.project.offers) == ["average kitchen load"]
    assert [(card.input, card.simpler) for card in cards(change)] == [("average kitchen load", "latest kitchen load")]
    assert [saying.to for saying in change.says if saying.message in cards(change)] == [Over("C1", "9.1")]


def test_three_wait_at_once_must_haves_first_and_the_next_comes_when_one_is_settled():
    names = ["a load", "b load", "c load", "d load"]
    rows = [hard(name, importance="should" if name == "a load" else "must") for name in names]
    change = saying(started(), lists(*rows))
    assert [card.input for card in cards(change)] == ["b load", "c load", "d load"]
    assert [card.people for card in cards(change)] == [(ML, ENG), (), ()], "who is called once sees the others as well"
    assert notes(change) == ["💡 Keep only the best 3 of the hard inputs for V1."]
    assert all(saying.once for saying in change.says if isinstance(saying.message, Note))

    after = take(posted(change), input="c load")
    assert [card.input for card in cards(after) if card.stand == "offered"] == ["a load"]


def test_that_batch_would_do_waits_until_what_the_pm_can_wait_may_be_seen():
    wait = {"pm.response_time": quantity(1, "d"), "eng.serving": "request_time"}
    change = saying(started(), {**VERY_HARD, **wait})
    assert notes(change) == []
    told = {"ml.latency": quantity(5, "ms"), "eng.latency_budget": quantity(1, "h")}
    assert notes(saying(change.project, told)) == ["💡 Batch would do: nobody needs the prediction within the hour."]


def test_a_card_that_was_overtaken_on_its_way_is_put_right():
    change = saying(started(), VERY_HARD)
    (card,) = cards(change)
    gone = saying(change.project, EASY).project
    put_right = offer_cards.stands(gone, gone.offers[NAME], Source("C1", "9.1"), card)
    assert [now.stand for now in cards(put_right)] == ["gone"]


def test_a_vacant_project_calls_whoever_is_there():
    members = (Member(Role.PM, PM, Part.OWNER),)
    (card,) = cards(saying(started(members=members), VERY_HARD))
    assert card.people == (PM,)


def test_taken_it_is_in_both_lists_and_the_original_waits_for_v2():
    change = take(offered())
    project = change.project

    assert [row["name"] for row in project.answers["ml.inputs"].value] == ["zip", "latest load"]
    assert [row["name"] for row in project.answers["eng.input_survey"].value] == ["zip", "latest load"]
    assert {(version.question, version.by) for version in change.versions} == {
        ("ml.inputs", ML), ("eng.input_survey", ENG),
    }  # fmt: skip
    (entry,) = project.later
    assert (entry.title, entry.owner, entry.by) == ("V2: avg load instead of latest load", ML, ENG)
    assert (entry.listed, entry.surveyed) == hard()
    assert stand(project) is Stand.TAKEN
    assert [card.stand for card in cards(change)] == ["taken"]


@pytest.mark.parametrize("marks", [frozenset(), frozenset({Mark.STALE}), frozenset({Mark.VAGUE})])
@pytest.mark.parametrize("by", [ML, ENG])
def test_who_said_the_lists_stays_on_record_with_every_mark(by, marks):
    project = offered()
    for id in ("ml.inputs", "eng.input_survey"):
        project = project.with_answer(id, replace(project.answers[id], marks=marks))
    after = take(project, by=by).project
    assert {(id, answer.by, answer.marks) for id, answer in after.answers.items()} == {
        ("ml.inputs", ML, marks), ("eng.input_survey", ENG, marks),
    }  # fmt: skip


def test_taken_once_more_after_it_was_listed_anew_it_waits_once():
    once = take(offered()).project
    rows = lists(hard())
    anew = saying(once, rows, at=NOW + DAY)
    assert [card.stand for card in cards(anew)] == ["offered"]
    twice = take(posted(anew, 5), at=NOW + DAY).project
    assert [(entry.number, entry.status) for entry in twice.later] == [(1, Shelf.WAITING)]


def test_two_entries_have_two_numbers():
    project = offered(lists(hard("a load"), hard("b load")))
    after = take(take(project, input="b load").project, input="a load").project
    assert [(entry.number, entry.input) for entry in after.later] == [(1, "b load"), (2, "a load")]


@pytest.mark.parametrize(
    ("decider", "by", "may"),
    [(None, ML, True), (None, ENG, True), (None, PM, False), (PM, PM, True), (PM, "OLA", False)],
)
def test_who_builds_it_chooses_or_who_decides(decider, by, may):
    project = offered()
    if decider:
        project = project.with_answer("pm.decider", Answer(decider, PM, NOW))
    if may:
        assert stand(take(project, by=by).project) is Stand.TAKEN
        return
    with pytest.raises(NotAllowed, match=f"<@{ML}> or <@{ENG}>"):
        take(project, by=by)


def test_the_only_input_is_not_left_out():
    project = offered(lists(hard(importance="nice"), also=False))
    with pytest.raises(BotError, match="only input"):
        take(project)


@pytest.mark.parametrize(
    ("becomes", "says"),
    [
        (take, "is in the first version already: <@RAJ>"),
        (keep, "<@MEI> keeps “avg load” meanwhile"),
        (lambda project: saying(project, EASY), "Nothing is on offer"),
    ],
)
def test_an_old_button_says_what_became_of_it(becomes, says):
    project = becomes(offered()).project
    for act in (take, keep):
        with pytest.raises(BotError, match=says):
            act(project)


@pytest.mark.parametrize(
    ("reason", "gain", "wrong"),
    [("", "3 %", {"reason"}), ("ok", "much", {"gain"}), (" \n", "", {"reason", "gain"})],
)
def test_to_keep_it_takes_a_reason_and_a_figure(reason, gain, wrong):
    with pytest.raises(FieldErrors) as raised:
        keep(offered(), reason=reason, gain=gain)
    assert set(raised.value.fields) == wrong


def test_kept_it_asks_the_others_to_agree():
    change = keep(offered())
    assert notes(change)[0].startswith(f"🤝 <@{PM}>, <@{ENG}>: <@{ML}> keeps “avg load”")
    (card,) = cards(change)
    assert (card.stand, card.waiting, card.reason, card.gain) == (
        "kept", (Role.PM, Role.ENG), "It is the model", "3 % more",
    )  # fmt: skip


def lived_with(project):
    return project.followed[f"feature_hard:{NAME}"].status is Status.ACCEPTED


@pytest.mark.parametrize(("keeper", "order"), [(ML, [PM, ENG]), (ML, [ENG, PM]), (ENG, [PM]), (PM, [ENG])])
def test_once_pm_and_engineer_agree_they_live_with_it(keeper, order):
    project = keep(offered(), by=keeper).project
    for by in order:
        assert not lived_with(project)
        change = agree(project, by=by)
        project = change.project
    assert lived_with(project)
    assert project.followed[f"feature_hard:{NAME}"].turns[-1].by == keeper
    assert cards(change)[-1].until == (NOW + timedelta(days=30)).date()


def test_a_role_that_nobody_has_is_not_waited_for_and_nobody_agrees_alone():
    members = (Member(Role.ML, ML, Part.OWNER), Member(Role.ENG, ENG, Part.OWNER))
    by_ml = agree(keep(offered(members=members), by=ML).project, by=ENG).project
    assert lived_with(by_ml)
    by_eng = keep(offered(members=members), by=ENG)
    assert not lived_with(by_eng.project)
    with pytest.raises(NotAllowed, match="somebody else"):
        agree(by_eng.project, by=ENG)


def test_who_has_agreed_has_agreed():
    project = agree(keep(offered()).project, by=PM).project
    with pytest.raises(BotError, match="agreed already"):
        agree(project, by=PM)
    with pytest.raises(NotAllowed):
        agree(project, by="OLA")
    assert project.offers[NAME].agreed == (PM,)


def test_what_becomes_worse_is_on_offer_again():
    moderate = lists(hard(freshness_needed=quantity(1, "h")))
    project = agree(agree(keep(offered(moderate)).project, by=PM).project, by=ENG).project
    assert project.offers[NAME].difficulty == "hard"
    change = saying(project, VERY_HARD)
    assert (stand(change.project), change.project.offers[NAME].agreed) == (Stand.OFFERED, ())
    assert [card.stand for card in cards(change)] == ["offered"]


def test_what_stays_as_hard_stays_kept():
    project = agree(agree(keep(offered()).project, by=PM).project, by=ENG).project
    after = saying(project, lists(hard(history="none"))).project
    assert stand(after) is Stand.KEPT
    assert lived_with(after)


def test_a_time_budget_that_is_still_blind_makes_no_input_slow():
    """It would be told by the backlog, or by a finding that goes away just when the budget comes."""
    slow = saying(started(), lists(hard(read_ms=100)))
    project = posted(saying(slow.project, {"eng.latency_budget": quantity(150, "ms")}))
    taken = choosing.take(project, BANK, project.offers[NAME], saw=Stand.OFFERED, by=ENG, at=NOW).project
    assert "time budget" not in taken.later[0].reason
    assert project.followed[f"feature_hard:{NAME}"].status is Status.OPEN

    both = saying(project, {"pm.response_time": quantity(1, "s"), "ml.latency": quantity(30, "ms")}).project
    assert "more than half of the time budget" in both.offers[NAME].because


LISTS = st.lists(
    st.tuples(rows(BANK["ml.inputs"].fields), rows(BANK["eng.input_survey"].fields)),
    min_size=1,
    max_size=5,
    unique_by=lambda pair: pair[0]["name"],
).map(lambda pairs: lists(*((listed, {**surveyed, "name": listed["name"]}) for listed, surveyed in pairs)))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(LISTS, LISTS)
def test_whatever_is_listed_few_are_offered_and_each_can_be_taken(first, second):
    project = posted(saying(posted(saying(started(), first)), second), 5)
    offered = [offer for offer in project.offers.values() if offer.stand is Stand.OFFERED]
    assert len(offered) <= offers.AT_ONCE
    for offer in offered:
        change = choosing.take(project, BANK, offer, saw=Stand.OFFERED, by=ENG, at=NOW)
        names = [row["name"] for row in change.project.answers["ml.inputs"].value]
        assert offer.input not in names
        assert len(set(names)) == len(names)
        assert offer.simpler in names or not offer.simpler
        assert {version.by for version in change.versions} <= {ML, ENG}
        assert [entry.input for entry in change.project.later] == [offer.input]
