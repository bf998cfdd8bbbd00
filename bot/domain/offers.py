"""A simpler input beside each hard one: offered once both sides have described it, and shown as things move
(alignment model, 2.3 and 2.4). What people do about one is in `choosing`.
"""

from dataclasses import replace
from datetime import datetime

from .as_snapshot import snapshot_of, today
from .bank import Bank
from .chronicle import Status
from .commitments import Offer, Shelf, Stand
from .coverage import LISTED, SURVEY
from .detectors import Case
from .inputs import TOO_HARD, Level, Reason, Surveyed, hints
from .inputs.simpler import EFFECTS
from .inputs.taking import simpler_name
from .lists import renamed_to, rows_of
from .messages import Note, Saying, UnderCard
from .offer_cards import answered_by, card_of, key_of, shown
from .project import Change, Project, Stage
from .relisting import named
from .veil import told

AT_ONCE = 3  # offers that wait for an answer
_HARDER = [Level.HARD.label, Level.VERY_HARD.label, Level.BLOCKED.label]
_READ = ("answers", "members", "events", "offers", "followed", "stage", "reachable")


def offer(project: Project, bank: Bank, before: Project, at: datetime) -> Change:
    """Offer a simpler input for each hard one, and show what became of earlier offers.

    Does nothing where nothing that they rest on has changed.
    """
    if not project.open or all(getattr(project, part) is getattr(before, part) for part in _READ):
        return Change(project)
    if not project.offers and not (rows_of(project, LISTED) and rows_of(project, SURVEY)):
        return Change(project)
    change = Change(_renamed(project, before))
    case = case_of(project, bank, at)
    for known in change.project.offers.values():
        change = change.then(_look_again, bank, case, before, known, at)
    return change.then(_more, bank, case, at).then(_as_a_whole, bank, case).then(_put_right, before)


def case_of(project: Project, bank: Bank, at: datetime) -> Case:
    """The project as far as it may be told."""
    snapshot = snapshot_of(project, today(project, at))
    return Case(replace(snapshot, features=told(snapshot.features, bank, project.answers)), bank)


def find(case: Case, input: str) -> Surveyed | None:
    return next((surveyed for surveyed in case.listed if surveyed.name == input), None)


def _renamed(project: Project, before: Project) -> Project:
    """An offer goes along with its input that has another name now."""
    then, now = ([str(row.get("name")) for row in rows_of(one, LISTED)] for one in (before, project))
    for known in project.offers.values():
        name = renamed_to(known.input, then, now) if known.stand in (Stand.OFFERED, Stand.KEPT) else None
        if name and name != known.input and name not in project.offers:
            others = {input: offer for input, offer in project.offers.items() if input != known.input}
            project = replace(project, offers={**others, name: replace(known, input=name)})
    return project


def _look_again(project: Project, bank: Bank, case: Case, before: Project, known: Offer, at: datetime) -> Change:
    """What an earlier offer is worth now."""
    if known.stand in (Stand.TAKEN, Stand.GONE):
        return Change(project)
    surveyed = find(case, known.input)
    if gone := _gone(project, surveyed, known):
        return Change(project.with_offer(replace(known, stand=Stand.GONE, reason=gone, by="", agreed=(), at=at)))
    if surveyed is None or _blind(project, bank, surveyed):
        return Change(project)
    now = _in_words(project, surveyed, known)
    if known.stand is Stand.KEPT and (_worse(known, now) or _ended(project, before, known.input)):
        now = replace(now, stand=Stand.OFFERED, by="", reason="", agreed=(), at=at)
    return Change(project if now == known else project.with_offer(now))


def _gone(project: Project, surveyed: Surveyed | None, known: Offer) -> str:
    """Why there is nothing to offer any more; "" where there is."""
    if all(row.get("name") != known.input for row in rows_of(project, LISTED)):
        return "It is no longer on the list of inputs."
    if surveyed is None or surveyed.difficulty is Level.UNKNOWN:
        return "Nobody knows any more how hard it is to have in production."
    if surveyed.difficulty not in TOO_HARD:
        return "It is not hard any more."
    return "" if surveyed.alternative else "Nothing simpler fits it any more."


def _blind(project: Project, bank: Bank, surveyed: Surveyed) -> bool:
    """Whether telling why it is hard would give away what waits for the others."""
    return any(bank.hidden(id, project.answers) for reason in surveyed.reasons for id in reason.reads)


def _worse(known: Offer, now: Offer) -> bool:
    return known.difficulty in _HARDER and _HARDER.index(now.difficulty) > _HARDER.index(known.difficulty)


def _ended(project: Project, before: Project, input: str) -> bool:
    """The time to live with it is over, or its finding became worse."""
    lived_with = [f for f in answered_by(before, input) if f.status is Status.ACCEPTED]
    return bool(lived_with) and all(f.status is Status.OPEN for f in answered_by(project, input))


def _in_words(project: Project, surveyed: Surveyed, known: Offer) -> Offer:
    """An offer as it reads now."""
    idea = surveyed.alternative
    if idea is None:
        return known
    rows = (*rows_of(project, LISTED), *rows_of(project, SURVEY))
    others = {name for row in rows if (name := str(row.get("name", ""))) != surveyed.name}
    return replace(
        known,
        rule=idea.rule,
        simpler=simpler_name(EFFECTS[idea.rule], surveyed.name, others),
        text=idea.text,
        difficulty=surveyed.difficulty.label,
        because="; ".join(reason.text for reason in decisive(surveyed)),
        sooner=idea.sooner,
    )


def decisive(surveyed: Surveyed) -> list[Reason]:
    """The reasons without which it would be less hard."""
    return [reason for reason in surveyed.reasons if reason.code[0] in "BH"] or list(surveyed.reasons)


def _more(project: Project, bank: Bank, case: Case, at: datetime) -> Change:
    """Further offers, must-haves first, as long as not too many wait for an answer."""
    if not is_told(project) or not project.settled(LISTED):
        return Change(project)
    room = AT_ONCE - sum(known.stand is Stand.OFFERED for known in project.offers.values())
    if room <= 0:
        return Change(project)
    hard = [s for s in case.listed if _may_be_offered(project, s) and not _blind(project, bank, s)]
    change = Change(project)
    for surveyed in sorted(hard, key=lambda one: not one.input.must)[:room]:
        change = change.then(_offered, surveyed, at)
    return change


def is_told(project: Project) -> bool:
    """Whether the channel hears of it: a project that rests or cannot be reached is told when it goes on."""
    return project.stage in (Stage.ACTIVE, Stage.LAUNCHED) and project.reachable


def _may_be_offered(project: Project, surveyed: Surveyed) -> bool:
    """Both have described it, it is hard, and no offer of it stands; nor is it back from V2 on purpose."""
    known, name = project.offers.get(surveyed.name), surveyed.name
    stands = known is not None and known.stand in (Stand.OFFERED, Stand.KEPT)
    back = any(later.input == name and later.status is Shelf.REVIVED for later in project.later)
    if surveyed.alternative is None or stands or back:
        return False
    return all(named(rows_of(project, question), name) for question in (LISTED, SURVEY))


def _offered(project: Project, surveyed: Surveyed, at: datetime) -> Change:
    """Said in the card's thread; what was settled or gone today is shown where it stands, and not said again."""
    known = project.offers.get(surveyed.name)
    today_already = known is not None and today(project, known.at) == today(project, at)
    card, gain = (known.card, known.gain) if known and today_already else (None, "")
    fresh = Offer(surveyed.name, rule="", simpler="", text="", difficulty="", because="", sooner="", at=at)
    first = all(other.stand is not Stand.OFFERED for other in project.offers.values())
    new = replace(_in_words(project, surveyed, fresh), card=card, gain=gain, calls=first)
    after = project.with_offer(new)
    return Change(after, () if today_already else (Saying(card_of(after, new), UnderCard(project.id)),))


def _as_a_whole(project: Project, bank: Bank, case: Case) -> Change:
    """What to consider beyond the single input: said once, where something is on offer."""
    if not is_told(project) or all(known.stand is not Stand.OFFERED for known in project.offers.values()):
        return Change(project)
    wait = None if bank.hidden("pm.response_time", project.answers) else case.duration("pm.response_time")
    told = [surveyed for surveyed in case.listed if not _blind(project, bank, surveyed)]
    return Change(
        project,
        tuple(
            Saying(Note(f"💡 {hint}"), UnderCard(project.id), once=f"hint:{project.id}:{key_of(hint)}")
            for hint in hints(told, case.serving, wait)
        ),
    )


def _put_right(project: Project, before: Project) -> Change:
    """Each card whose words have changed is edited where it stands."""
    says: list[Saying] = []
    for offer in project.offers.values():
        earlier = before.offers.get(offer.input)
        renamed, moved = earlier is None, earlier is not None and earlier.card is not None
        if renamed or (moved and earlier and card_of(before, earlier) != card_of(project, offer)):
            says += shown(project, offer)
    return Change(project, tuple(says))
