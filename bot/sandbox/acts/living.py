"""People change, and so does the installation of the app."""

from secrets import token_hex
from typing import Any

from bot.sandbox.acts.acting import Acting
from bot.sandbox.delivery.parcel import Parcel
from bot.sandbox.errors import RefusedByClient
from bot.sandbox.model import User, user_json

Json = dict[str, Any]


class Living(Acting):
    async def opens_home(self, who: str, tab: str = "home") -> None:
        user = self._person(who)
        manifest = self.world.manifest
        if not (manifest.home_tab if tab == "home" else manifest.messages_tab):
            raise RefusedByClient(f"the app has no {tab} tab")
        channel = self.world.workspace.open_im(user.id)
        event: Json = {"type": "app_home_opened", "user": user.id, "channel": channel.id, "tab": tab}
        home = self.world.views.homes.get(user.id)
        if home and tab == "home":
            event["view"] = home.as_json()
        await self.world.tell(event)

    async def verifies_url(self) -> bool:
        """An admin enters the app's request URL: it has to give back a challenge."""
        challenge = token_hex(8)
        body: Json = {"type": "url_verification", "token": "verification", "challenge": challenge}
        outcome = await self.world.post.http.carry(Parcel(challenge, "events_api", body))
        answered = outcome.body.get("challenge") if isinstance(outcome.body, dict) else outcome.body
        return outcome.accepted and answered == challenge

    async def set_tz(self, who: str, tz: str) -> None:
        user = self._person(who)
        user.tz = tz
        await self._changed(user)

    async def sets_status(self, who: str, text: str) -> None:
        user = self._person(who)
        user.status = text
        await self._changed(user)

    async def becomes_guest(self, who: str, guest: bool = True) -> None:
        user = self._person(who)
        user.guest = guest
        await self._changed(user)

    async def becomes_admin(self, who: str, admin: bool = True) -> None:
        user = self._person(who)
        user.admin = admin
        await self._changed(user)

    async def deactivates(self, who: str) -> None:
        """The account is closed: the person is in no channel any more, and no event says they left."""
        user = self._person(who)
        user.deleted = True
        for channel in self.world.workspace.joined_by(user.id):
            if channel.kind != "im":
                channel.members.remove(user.id)
        await self._changed(user)

    async def reactivates(self, who: str) -> None:
        user = self.world.workspace.user(who)
        user.deleted = False
        await self._changed(user)

    async def joins_team(self, user: User) -> None:
        self.world.workspace.add_user(user)
        await self.world.tell({"type": "team_join", "user": user_json(user, self.world.clock())})

    async def uninstalls(self) -> None:
        """The app is removed from the workspace; its token is worth nothing from now on."""
        self.world.token_error = "account_inactive"
        await self.world.tell({"type": "app_uninstalled"})

    async def revokes_tokens(self) -> None:
        self.world.token_error = "token_revoked"
        tokens = {"oauth": [], "bot": [self.world.workspace.bot.id]}
        await self.world.tell({"type": "tokens_revoked", "tokens": tokens})

    async def reinstalls(self) -> None:
        self.world.token_error = None

    async def _changed(self, user: User) -> None:
        now = self.world.clock()
        event = {"type": "user_change", "user": user_json(user, now), "cache_ts": int(now.timestamp())}
        await self.world.tell(event)
