"""What is typed behind `/align`, read."""

import re
from contextlib import suppress
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.bank import Role
from bot.domain.errors import BotError
from bot.domain.kickoff import Request
from bot.domain.project import DigestPlan, Part, Project
from bot.slack.typed import (
    FunctionWish,
    LeadsWish,
    RoleWish,
    digest_wish_of,
    function_wish_of,
    leads_wish_of,
    one_of,
    request_of,
    role_wish_of,
    share_wish_of,
)

NOBODY = dict.fromkeys(Role)


def people(pm=None, ml=None, eng=None):
    return {Role.PM: pm, Role.ML: ml, Role.ENG: eng}


@pytest.mark.parametrize(
    ("text", "request_"),
    [
        ("Ready-By", Request("Ready-By", "", NOBODY)),
        ("Ready-By pm:<@U1> ml:<@U2> eng:<@U3>", Request("Ready-By", "", people("U1", "U2", "U3"))),
        ("Ready-By PM:<@U1|ana> Ml: <@W2|mei> eng : <@U3|raj.k>", Request("Ready-By", "", people("U1", "W2", "U3"))),
        ("Ready-By pm:&lt;@U1&gt;", Request("Ready-By", "", people("U1"))),
        ("“Ready-By” pm:<@U1>", Request("Ready-By", "", people("U1"))),
        ('"Ready By" eng:<@U1>, ml:<@U1>', Request("Ready By", "", people(None, "U1", "U1"))),
        ("«Ready» launch:2027-02-01", Request("Ready", "", NOBODY, date(2027, 2, 1))),
        ("Ready launch: “2027-02-01”, pm:<@U1>", Request("Ready", "", people("U1"), date(2027, 2, 1))),
        ("Ready pm:<@U1> See when food is ready", Request("Ready", "See when food is ready", people("U1"))),
        ("Ready pm:<@U1> See when ml:<@U2> it is", Request("Ready", "See when it is", people("U1", "U2"))),
        ("Ready pm:<@U1> Ask <@U9> about it", Request("Ready", "Ask <@U9> about it", people("U1"))),
        ("<!here> Ready <#C1|food> pm:<@U1> <!channel>", Request("@here Ready #food", "@channel", people("U1"))),
        ("<!subteam^S1|@food> of <https://x.example|x> <#C1|>", Request("@food of x #channel", "", NOBODY)),
        ("pm:<@U1> Ready", Request("", "Ready", people("U1"))),
        ("Ready pm:<@U1> pm:<@U1|ana>", Request("Ready", "", people("U1"))),
        ("R&amp;D &lt;3 html: x", Request("R&D <3 html: x", "", NOBODY)),
        ("", Request("", "", NOBODY)),
    ],
)  # fmt: skip
def test_a_kickoff_in_one_line(text, request_):
    assert request_of(text) == request_


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Ready pm:@anna", "who “pm:@anna” is"),
        ("Ready pm:<@U1> ml: mei", "who “ml: mei” is"),
        ("Ready eng:", "who “eng:” is"),
        ("Ready pm:<!channel>", "who “pm:@channel” is"),
        ("Ready <@U1> ml:<@U2>", "what <@U1> does here"),
        ("Ready dev:<@U1>", "what <@U1> does here"),
        ("Ready pm:<@U1> pm:<@U2>", "There are two people for `pm`"),
        ("Ready launch:", "read “” as a date"),
        ("Ready launch:1.2.2027", "read “1.2.2027” as a date"),
        ("Ready launch:2027-02-30", "read “2027-02-30” as a date"),
        ("Ready launch:<b>", "read “&lt;b&gt;” as a date"),
    ],
)
def test_a_line_that_leaves_a_doubt_is_sent_back(text, sentence):
    with pytest.raises(BotError) as error:
        request_of(text)
    assert sentence in str(error.value)


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("eng <@U1>", RoleWish(Role.ENG, "U1", Part.OWNER, "")),
        ("ENG: <@U1|raj>", RoleWish(Role.ENG, "U1", Part.OWNER, "")),
        ("ml + <@U1>", RoleWish(Role.ML, "U1", Part.CONTRIBUTOR, "")),
        ("ml +<@U1>", RoleWish(Role.ML, "U1", Part.CONTRIBUTOR, "")),
        ("ml backup <@U1> Ready By", RoleWish(Role.ML, "U1", Part.BACKUP, "Ready By")),
        ("pm - <@U1>", RoleWish(Role.PM, "U1", None, "")),
        ("pm – <@U1>", RoleWish(Role.PM, "U1", None, "")),  # what phones make of two hyphens
        ("pm −<@U1>, Ready", RoleWish(Role.PM, "U1", None, "Ready")),
    ],
)
def test_a_wish_for_a_role(text, wish):
    assert role_wish_of(text) == wish


@pytest.mark.parametrize(
    "text", ["", "eng", "eng +", "boss <@U1>", "eng raj", "eng backup", "<@U1> eng", "+ eng <@U1>"]
)
def test_a_wish_that_cannot_be_read_says_how_to_write_it(text):
    with pytest.raises(BotError, match=r"/align role eng @raj|Type @ and pick the person"):
        role_wish_of(text)


@pytest.mark.parametrize(
    ("text", "plan", "name"),
    [
        ("", None, ""),
        ("now", None, ""),
        ("Ready-By", None, "Ready-By"),
        ("now Ready-By", None, "Ready-By"),
        ("off", DigestPlan(None, 10), ""),
        ("OFF Ready By", DigestPlan(None, 10), "Ready By"),
        ("tue", DigestPlan(2, 10), ""),
        ("Thursday 14:00", DigestPlan(4, 14), ""),
        ("thu 14 Ready By", DigestPlan(4, 14), "Ready By"),
        ("thu 14h", DigestPlan(4, 14), ""),
        ("friday 2pm", DigestPlan(5, 14), ""),
        ("friday 12am", DigestPlan(5, 0), ""),
        ("friday 12PM", DigestPlan(5, 12), ""),
        ("sunday 0:00", DigestPlan(7, 0), ""),
        ("sunday Ready By", DigestPlan(7, 10), "Ready By"),
        ("mo 9", None, "mo 9"),
    ],
)
def test_when_the_digest_comes(text, plan, name):
    assert digest_wish_of(text) == (plan, name)


@pytest.mark.parametrize("text", ["thu 24", "thu 14:30", "thu 13pm", "thu 0am", "thu 99:99"])
def test_only_full_hours_of_the_day(text):
    with pytest.raises(BotError, match="full hours only"):
        digest_wish_of(text)


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("leads here", LeadsWish(DigestPlan(2, 10))),
        ("Leads HERE friday 14:00", LeadsWish(DigestPlan(5, 14))),
        ("leads off", LeadsWish(None)),
        ("leads scoring", None),
        ("thursday 14:00", None),
        ("", None),
    ],
)
def test_where_leads_are_told(text, wish):
    assert leads_wish_of(text) == wish


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("share on", (True, "")),
        ("share OFF Ready By", (False, "Ready By")),
        ("share price", None),
        ("shared on", None),
    ],
)
def test_whether_leads_are_told_of_a_product(text, wish):
    assert share_wish_of(text) == wish


@pytest.mark.parametrize("text", ["leads", "leads here tomorrow", "leads here friday 14:00 sharp"])
def test_what_cannot_be_read_of_the_leads_digest_says_how_to_write_it(text):
    with pytest.raises(BotError, match="/align digest leads here tuesday 10:00"):
        leads_wish_of(text)


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("legal <@U1>", FunctionWish("legal", "U1", False, "")),
        ("SRE: <@U1|sue> Ready By", FunctionWish("sre", "U1", False, "Ready By")),
        ("data-owner <@W1>", FunctionWish("data_owner", "W1", False, "")),
        ("data owner <@U1>", FunctionWish("data_owner", "U1", False, "")),
        ("pm_lead <@U1>, Ready", FunctionWish("pm_lead", "U1", False, "Ready")),
        ("eng-lead - <@U1>", FunctionWish("eng_lead", "U1", True, "")),
        ("legal –<@U1>", FunctionWish("legal", "U1", True, "")),
        ("eng <@U1>", None),
        ("eng - <@U1>", None),
        ("legally <@U1>", None),
        ("", None),
    ],
)
def test_a_wish_for_somebody_who_may_know(text, wish):
    assert function_wish_of(text) == wish


@pytest.mark.parametrize(
    ("text", "say"),
    [
        ("legal", "Write it like `/align role legal @name`"),
        ("data-owner", "Write it like `/align role data-owner @name`"),
        ("legal lex", "Type @ and pick the person"),
        ("legal + <@U1>", "One person is asked about that"),
        ("sre backup <@U1>", "One person is asked about that"),
    ],
)
def test_a_wish_for_somebody_who_may_know_that_cannot_be_read(text, say):
    with pytest.raises(BotError, match=re.escape(say)):
        function_wish_of(text)


@given(
    st.text(max_size=60) | st.sampled_from(["legal -", "leads ", "share ", "leads here "]),
    st.sampled_from([request_of, role_wish_of, function_wish_of, digest_wish_of, leads_wish_of, share_wish_of]),
)
def test_reading_fails_with_a_sentence_if_at_all(text, read):
    said = None
    with suppress(BotError):
        said = read(text)

    assert said is None or said == read(text)


def named(*names):
    at = datetime(2026, 3, 2, tzinfo=UTC)
    return [Project(n, "T1", "C1", False, name, "", "U1", at, "UTC") for n, name in enumerate(names, 1)]


@pytest.mark.parametrize(
    ("names", "text", "found"),
    [
        (["Ready-By"], "", 1),
        (["Ready-By"], "ready by", 1),
        (["Ready-By"], "rea", 1),
        (["Ready", "Ready-By"], "ready", 1),
        (["Ready", "Ready-By"], "ready b", 2),
        (["R&D"], "R&amp;D", 1),
        (["🚀"], "🚀", 1),
    ],
)
def test_a_project_is_found_by_its_name_or_the_beginning_of_it(names, text, found):
    assert one_of(named(*names), text).id == found


@pytest.mark.parametrize(
    ("names", "text", "sentence"),
    [
        ([], "", "No kickoff runs in this channel. `/align kickoff` starts one."),
        (["A", "<B>"], "", "Which one? This channel has *A* · *&lt;B&gt;*."),
        (["A", "B"], "C", "Which one?"),
        (["A", "AB"], "", "Which one?"),
        (["A"], "<!here>", "I know no “&lt;!here&gt;” here; the kickoff in this channel is *A*."),
    ],
)
def test_a_doubt_about_the_project_lists_those_there_are(names, text, sentence):
    with pytest.raises(BotError) as error:
        one_of(named(*names), text)
    assert str(error.value).startswith(sentence)
