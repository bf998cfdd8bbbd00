"""What the bot reads from Slack about channels and people."""

from datetime import UTC, datetime

import pytest

from bot.domain.kickoff import Place
from bot.domain.people import PersonKind
from bot.slack import facts

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


class Channel:
    """A client that knows one channel, whose members come in pages."""

    def __init__(self, *pages, **channel):
        self.pages, self.channel, self.asked = pages, {"id": "C1", "name": "food", "is_member": True} | channel, 0

    async def conversations_info(self, channel):
        return {"channel": self.channel}

    async def conversations_members(self, channel, limit, cursor):
        number = int(cursor or 0)
        self.asked += 1
        following = str(number + 1) if number + 1 < len(self.pages) else ""
        return {"members": self.pages[number], "response_metadata": {"next_cursor": following}}


@pytest.mark.parametrize(("channel", "name"), [("D1", "directmessage"), ("D1", ""), ("C1", "mpdm-ana--mei-1")])
async def test_direct_messages_are_known_without_a_call(channel, name):
    assert (await facts.place(None, channel, name)).direct


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ({}, Place("C1", "food")),
        ({"is_private": True}, Place("C1", "food", private=True)),
        ({"is_mpim": True}, Place("C1", "food", direct=True)),
        ({"is_archived": True}, Place("C1", "food", archived=True)),
        ({"is_member": False}, Place("C1", "food", bot_in=False)),
    ],
)
async def test_a_channel_as_slack_describes_it(said, place):
    assert await facts.place(Channel(["U1"], **said), "C1") == place


@pytest.mark.parametrize(
    ("pages", "found", "asked"),
    [
        ([["U1", "U9"], ["U2"]], {"U1", "U2"}, 2),
        ([["U1", "U2"], ["U9"]], {"U1", "U2"}, 1),  # no page more than needed
        ([["U1"], ["U9"]], {"U1"}, 2),
        ([["U9"]] * 50, {"U1", "U2"}, 5),  # too large to look through: everybody counts as inside
    ],
)
async def test_those_who_were_looked_for_are_found_among_the_members(pages, found, asked):
    client = Channel(*pages)
    place = await facts.place(client, "C1", looking_for=["U1", None, "U2"])
    assert (place.members, client.asked) == (found, asked)


@pytest.mark.parametrize(
    ("user", "kind"),
    [
        ({}, PersonKind.MEMBER),
        ({"is_restricted": True}, PersonKind.GUEST),
        ({"is_ultra_restricted": True, "is_restricted": True}, PersonKind.GUEST),
        ({"is_stranger": True}, PersonKind.STRANGER),
        ({"team_id": "T2"}, PersonKind.STRANGER),
        ({"is_bot": True}, PersonKind.BOT),
        ({"id": "USLACKBOT"}, PersonKind.BOT),
        ({"deleted": True, "is_bot": True}, PersonKind.GONE),
    ],
)
def test_the_kind_of_a_person(user, kind):
    assert facts.to_person({"id": "U1", "team_id": "T1", **user}, "T1", NOW, "UTC").kind is kind


def test_a_person_has_the_name_people_see_and_a_zone():
    user = {"id": "U1", "name": "ana.p", "real_name": "Ana Pavic", "profile": {"display_name": ""}, "tz": None}
    person = facts.to_person(user, "T1", NOW, "Europe/Zagreb")
    assert (person.name, person.zone) == ("Ana Pavic", "Europe/Zagreb")
