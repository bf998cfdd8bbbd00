"""What may be started, where, and with whom: the rules as tables."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.bank import Role
from bot.domain.errors import BotError, FieldErrors
from bot.domain.interview import advance
from bot.domain.kickoff import Place, Request, announce, begin, check_place, check_request, slug
from bot.domain.messages import Ask, Direct, DirectIntro, InterviewCard, KickoffCard
from bot.domain.people import Person, PersonKind
from bot.packs.loader import load_bank

BANK = load_bank()
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
TODAY = NOW.date()


def person(kind=PersonKind.MEMBER, user="U1"):
    return Person("T1", user, "Ana <3", "Europe/Zagreb", kind, False, NOW)


def problems(request, people=None):
    try:
        check_request(request.tidy, people or {}, TODAY)
    except FieldErrors as wrong:
        return wrong.fields
    return {}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Churn  Radar", "churn radar", True),
        ("Ready-By", "ready_by", True),
        ("Café", "Cafe\u0301", True),
        ("ＡＢＣ", "abc", True),
        ("Straße", "STRASSE", True),
        ("🚀", "🚀", True),
        ("🚀", "🐌", False),
        ("Churn Radar", "Churn Radar 2", False),
        ("Čurn", "Curn", False),
    ],
)
def test_names_are_compared_as_people_read_them(one, other, same):
    assert (slug(one) == slug(other)) is same


@given(st.text(max_size=90))
def test_a_slug_is_the_same_of_itself_and_empty_only_for_nothing(name):
    assert slug(slug(name)) == slug(name)
    assert bool(slug(name)) is bool(name.strip()) or not name.casefold().strip()


@pytest.mark.parametrize(
    ("name", "tidy"),
    [
        ("  Ready \n By ", "Ready By"),
        ("a\u202eb\u2066c\x00d", "abcd"),
        ("\u200b\ufeff", ""),
        ("👩\u200d🚀 crew", "👩\u200d🚀 crew"),
    ],
)
def test_a_name_is_kept_on_one_line_in_characters_that_can_be_seen(name, tidy):
    assert Request(name).tidy.name == tidy


@pytest.mark.parametrize(
    ("place", "sentence"),
    [
        (Place("D1", direct=True), "A kickoff lives in a channel"),
        (Place("C1", archived=True), "This channel is archived"),
        (Place("C1", bot_in=False), "Type `/invite @Alignbot` here, then try again"),
    ],
)
def test_a_place_where_no_kickoff_can_live_says_what_to_do(place, sentence):
    with pytest.raises(BotError, match=sentence):
        check_place(place)
    check_place(Place("C1"))


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("Ready-By", False),
        ("é", False),
        ("x" * 80, False),
        ("x" * 81, True),
        ("", True),
        (" \n", True),
        ("\u200d\ufe0f", True),
    ],
)
def test_a_name_has_between_one_and_eighty_characters(name, wrong):
    assert ("name" in problems(Request(name))) is wrong


@pytest.mark.parametrize(("days", "wrong"), [(-400, True), (-1, True), (0, True), (1, False), (4000, False)])
def test_a_launch_lies_ahead(days, wrong):
    assert ("launch" in problems(Request("Ready", launch=TODAY + timedelta(days=days)))) is wrong


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("kind", [*PersonKind, None])
def test_members_and_guests_can_speak_for_a_role(role, kind):
    found = problems(Request("Ready", people={role: "U1"}), {"U1": person(kind)} if kind else {})
    assert set(found) == (set() if kind in (PersonKind.MEMBER, PersonKind.GUEST) else {role.value})
    assert all("Pick" in sentence and "&lt;" not in sentence for sentence in found.values())


def test_every_input_that_needs_a_correction_is_named_at_once():
    request = Request("", people={Role.PM: "U1", Role.ENG: "U2"}, launch=date(2020, 1, 1))
    assert set(problems(request, {"U2": person(PersonKind.BOT)})) == {"name", "launch", "pm", "eng"}


@given(st.sets(st.sampled_from(Role)), st.sets(st.sampled_from(Role)))
def test_whoever_is_named_is_asked_once_where_they_can_see_it(named, inside):
    members = frozenset(role.upper() for role in inside) | {"U1"}
    request = Request("Ready", people={role: role.upper() if role in named else None for role in Role})
    project = begin(request, Place("C1", members=members), person(), BANK, NOW)
    says = announce(project, BANK).then(advance, BANK, NOW).says

    kinds = [type(saying.message) for saying in says]
    assert kinds[:4] == [KickoffCard, InterviewCard, InterviewCard, InterviewCard]
    assert {s.to for s in says if isinstance(s.message, DirectIntro)} == {Direct(r.upper()) for r in named - inside}
    assert sorted(s.message.role for s in says if isinstance(s.message, Ask)) == sorted(named)
