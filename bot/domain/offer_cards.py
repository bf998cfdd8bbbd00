"""The message of an offered simpler input: what it says, where it stands, who still has to agree."""

from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256

from .actors import concerned, who_acts
from .answers import Source
from .bank import Role
from .chronicle import Followed, Status, finding_key
from .commitments import Offer, Stand
from .findings import Severity
from .inputs.simpler import EFFECTS
from .inputs.taking import LEFT_OUT, Effect
from .messages import Over, Saying, SimplerCard
from .project import Change, Project

MUST_AGREE = (Role.PM, Role.ENG)  # that the original stays


def effect_of(offer: Offer) -> Effect:
    return EFFECTS.get(offer.rule, LEFT_OUT)


def key_of(input: str) -> str:
    """An input as its buttons speak of it, which have no room for a long name."""
    return sha256(input.encode("utf-8", "replace")).hexdigest()[:32]


def answered_by(project: Project, input: str) -> list[Followed]:
    """The findings to which an offer is an answer, without those that are solved."""
    keys = (finding_key(detector, input) for detector in ("feature_hard", "feature_not_in_prod"))
    known = [project.followed[key] for key in keys if key in project.followed]
    return [finding for finding in known if finding.status is not Status.RESOLVED]


def shown(project: Project, offer: Offer) -> Iterator[Saying]:
    if where := offer.card:
        slot = f"message:{where.channel}:{where.ts}"
        yield Saying(card_of(project, offer), Over(where.channel, where.ts), slot=slot)


def stands(project: Project, offer: Offer, where: Source, posted: SimplerCard) -> Change:
    """Its message stands now; what has changed since it was written is put right."""
    now = replace(offer, card=where)
    after = project.with_offer(now)
    return Change(after, tuple(shown(after, now)) if card_of(after, now) != posted else ())


def card_of(project: Project, offer: Offer) -> SimplerCard:
    found = [f for f in project.followed.values() if f.input == offer.input and f.status is Status.OPEN]
    lived_with = (f.turns[-1].until for f in answered_by(project, offer.input) if f.status is Status.ACCEPTED)
    kept = offer.stand is Stand.KEPT
    nobody = who_acts(project, ("ml", "eng"))
    return SimplerCard(
        project=project.id,
        key=key_of(offer.input),
        input=offer.input,
        simpler=offer.simpler,
        difficulty=offer.difficulty,
        because=offer.because,
        text=offer.text,
        sooner=offer.sooner,
        people=(concerned(project, ("ml", "eng")) or ((nobody,) if nobody else ())) if offer.calls else (),
        stand=offer.stand.value,
        by=offer.by,
        reason=offer.reason,
        gain=offer.gain,
        next=effect_of(offer).next,
        agreed=offer.agreed,
        waiting=lacking(project, offer) if kept else (),
        until=next(lived_with, None) if kept else None,
        told=any(f.severity is Severity.CRITICAL and f.announced for f in found),
    )


def lacking(project: Project, offer: Offer) -> tuple[Role, ...]:
    """The roles that have not agreed yet that the original stays: never the one who keeps it alone."""
    said = {offer.by, *offer.agreed}
    needed = [role for role in MUST_AGREE if project.people(role)]
    left = tuple(role for role in needed if not said & set(project.people(role)))
    return left or (() if offer.agreed else tuple(role for role in needed if set(project.people(role)) - {offer.by}))
