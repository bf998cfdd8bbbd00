"""What people do about the offer of a simpler input: use it, or keep the original and say why."""

import re
from dataclasses import replace
from datetime import datetime

from . import following, relisting
from .as_snapshot import today
from .bank import Bank, Role
from .chronicle import Status, Turn
from .commitments import Later, Offer, Shelf, Stand
from .coverage import LISTED, SURVEY
from .deciding import LIVED_WITH
from .errors import BotError, FieldErrors
from .escaping import escape
from .inputs import Surveyed
from .inputs.taking import listed_instead, surveyed_instead
from .lists import rows_of
from .messages import Note, Saying, UnderCard
from .offer_cards import MUST_AGREE, answered_by, effect_of, lacking
from .offers import case_of, decisive, find
from .permissions import NotAllowed, must_steer
from .project import Change, Project
from .wording import in_short

REVISIT = "the first version has been live for 2 weeks and the PM's number is measured"
NOT_MEASURED = "not measured"
LONGEST = 500  # characters of a reason
_CHOOSE = (Role.ML, Role.ENG)


def take(project: Project, bank: Bank, offer: Offer, *, saw: Stand, by: str, at: datetime) -> Change:
    """Put the simpler one into the first version, and the original on the list for V2. Raises BotError."""
    _must_stand(offer, saw)
    _must_choose(project, by)
    surveyed = find(case_of(project, bank, at), offer.input)
    listed = relisting.named(rows_of(project, LISTED), offer.input)
    if surveyed is None or listed is None:
        raise BotError(f"“{_name(offer)}” is not on the list of inputs any more, so there is nothing to change.")
    return _parked(project, offer, surveyed, listed, by, at).then(_relisted, bank, offer, by, at)


def _relisted(project: Project, bank: Bank, offer: Offer, by: str, at: datetime) -> Change:
    """Both lists with the simpler one in the place of the original."""
    effect = effect_of(offer)
    inputs: list[relisting.Row] = [*rows_of(project, LISTED)]
    survey = rows_of(project, SURVEY)
    listed, described = (relisting.named(rows, offer.input) or {} for rows in (inputs, survey))
    kept, known = relisting.without(survey, offer.input), surveyed_instead(effect, described, offer.simpler)
    if offer.simpler:
        row = listed_instead(effect, listed, offer.simpler)
        inputs = [row if one is listed else one for one in inputs]
    elif not (inputs := relisting.without(inputs, offer.input)):
        raise BotError(
            f"“{_name(offer)}” is the only input on the list. Add the one that you use in its place to *Model "
            "inputs* first, then press this again."
        )
    return relisting.relist(project, bank, inputs, [*kept, *([known] if known and offer.simpler else [])], by=by, at=at)


def _parked(project: Project, offer: Offer, surveyed: Surveyed, listed: relisting.Row, by: str, at: datetime) -> Change:
    """The offer is taken, and the original waits for V2, once."""
    waiting = [later.number for later in project.later if later.input == offer.input and later.status is Shelf.WAITING]
    number = waiting[0] if waiting else max((later.number for later in project.later), default=0) + 1
    entry = replace(_for_later(project, offer, surveyed, by, at), number=number, listed=listed)
    taken = replace(offer, stand=Stand.TAKEN, by=by, at=at, reason="", agreed=())
    others = [later for later in project.later if later.number != number]
    after = replace(project, later=tuple(sorted([*others, entry], key=lambda later: later.number)))
    return Change(after.with_offer(taken))


def _for_later(project: Project, offer: Offer, surveyed: Surveyed, by: str, at: datetime) -> Later:
    saved = surveyed.alternative.saved if surveyed.alternative else surveyed.weeks
    return Later(
        number=0,
        title=f"V2: {offer.input} instead of {offer.simpler}" if offer.simpler else f"V2: {offer.input}",
        input=offer.input,
        simpler=offer.simpler,
        reason=", ".join(f"{reason.code} {reason.text}" for reason in decisive(surveyed)),
        gain=offer.gain or NOT_MEASURED,
        cost_weeks=(surveyed.weeks.low, surveyed.weeks.high),
        saved_weeks=(saved.low, saved.high),
        revisit_when=REVISIT,
        owner=project.owner(Role.ML) or "",
        by=by,
        at=at,
        surveyed=relisting.named(rows_of(project, SURVEY), offer.input) or {},
    )


def may_keep(project: Project, offer: Offer, *, saw: Stand, by: str) -> None:
    """Raises unless this person may say that the original stays."""
    _must_stand(offer, saw)
    must_steer(project, by, "say which inputs the first version uses")


def keep(project: Project, offer: Offer, *, reason: str, gain: str, saw: Stand, by: str, at: datetime) -> Change:
    """The original stays, for a reason and for what it brings. Raises FieldErrors, BotError."""
    may_keep(project, offer, saw=saw, by=by)
    reason, gain = (" ".join(text.split()) for text in (reason, gain))
    problems = {}
    if not reason:
        problems["reason"] = "Why does it stay? One sentence is enough."
    if not re.search(r"\d", gain):
        problems["gain"] = "Give a figure, even a rough one, such as: finds 3 % more late orders."
    if problems:
        raise FieldErrors(problems)
    kept = replace(offer, stand=Stand.KEPT, by=by, reason=reason[:LONGEST], gain=gain[:LONGEST], agreed=(), at=at)
    return Change(project.with_offer(kept)).then(_asks_to_agree, kept)


def _asks_to_agree(project: Project, kept: Offer) -> Change:
    """Said once, for the card is only edited: that calls nobody."""
    owners = [project.owner(role) for role in MUST_AGREE]
    people = ", ".join(f"<@{owner}>" for owner in dict.fromkeys(owners) if owner and owner != kept.by)
    if not people:
        return Change(project)
    say = (
        f"🤝 {people}: <@{kept.by}> keeps “{_name(kept)}” in the first version. "
        "If you agree, press *Agree* on its message above."
    )
    return Change(project, (Saying(Note(say), UnderCard(project.id)),))


def agree(project: Project, offer: Offer, *, by: str, at: datetime) -> Change:
    """One more agrees that the original stays; once PM and engineer do, the team lives with it. Raises BotError."""
    _must_stand(offer, Stand.KEPT)
    may = {user for role in MUST_AGREE for user in project.people(role)}
    if by == offer.by:
        raise NotAllowed("You are the one who keeps it, so somebody else says yes: the PM and the product engineer.")
    if by not in may:
        must_steer(project, by, "agree that an input stays")
        raise NotAllowed("This takes the PM and the product engineer: they weigh what it brings against what it costs.")
    if by in offer.agreed:
        raise BotError("You have agreed already. Thank you!")
    agreed = replace(offer, agreed=(*offer.agreed, by))
    change = Change(project.with_offer(agreed))
    return change if lacking(project, agreed) else change.then(_live_with, agreed, at)


def _live_with(project: Project, offer: Offer, at: datetime) -> Change:
    """What was found about it is known and lived with, until it is asked about again."""
    turn = Turn(Status.ACCEPTED, at, offer.by, offer.reason, today(project, at) + LIVED_WITH)
    change = Change(project)
    open_now = [finding for finding in answered_by(project, offer.input) if finding.status is Status.OPEN]
    for finding in open_now:
        accepted = finding.turned(turn)
        after = change.project.with_followed(accepted)
        change = Change(after, (*change.says, *following.shown(after, accepted)))
    return change


def _must_choose(project: Project, user: str) -> None:
    if user == project.decider or any(user in project.people(role) for role in _CHOOSE):
        return
    people = [owner for role in _CHOOSE if (owner := project.owner(role))]
    named = " or ".join(f"<@{person}>" for person in people) or f"<@{project.started_by}>"
    raise NotAllowed(f"That is for those who build it: {named}. *Keep the original* is for all of you, with a reason.")


def _must_stand(offer: Offer, saw: Stand) -> None:
    """Raises for an old button, or where somebody else was faster."""
    if offer.stand is saw and saw in (Stand.OFFERED, Stand.KEPT):
        return
    match offer.stand:
        case Stand.TAKEN:
            uses = f"“{escape(in_short(offer.simpler))}” is in the first version" if offer.simpler else "It is left out"
            raise BotError(f"{uses} already: <@{offer.by}> said so. “{_name(offer)}” waits for V2, see `/align later`.")
        case Stand.KEPT:
            raise BotError(f"<@{offer.by}> keeps “{_name(offer)}” meanwhile. The card shows why.")
        case Stand.GONE:
            raise BotError(f"Nothing is on offer for “{_name(offer)}” any more. {offer.reason}")
        case Stand.OFFERED:
            raise BotError(f"“{_name(offer)}” is on offer again: choose on the card as it stands now.")


def _name(offer: Offer) -> str:
    return escape(in_short(offer.input))
