"""What a team decided: kept with its reason, replaced by a later one, compared with others about the same subject."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from .commitments import Decision
from .errors import BotError, FieldErrors
from .escaping import escape
from .messages import BriefLine, DecisionLogged, Note, Saying, UnderCard
from .permissions import NotAllowed, may_steer, must_steer
from .project import Change, Project

LONGEST, LONGEST_SUBJECT = 3000, 80  # characters
_QUOTED, _IN_DIGEST = 120, 140
_ACCENTS = re.compile("[\u0300-\u036f]")
_ARTICLES = ("a", "an", "the")
_SHORTEST_PLURAL = 4  # letters: a shorter word that ends in s is one thing


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to log, as they filled it in."""

    what: str
    why: str
    about: str
    alternatives: str = ""
    who: tuple[str, ...] = ()
    link: str = ""
    supersedes: int | None = None


def superseded_by(project: Project) -> Mapping[int, int]:
    """From a decision to the one in its place; one that was withdrawn is in nobody's place."""
    return {one.supersedes: one.number for one in project.decisions if one.supersedes and not one.withdrawn}


def active(project: Project) -> tuple[Decision, ...]:
    """Those that hold, oldest first."""
    replaced = superseded_by(project)
    return tuple(one for one in project.decisions if not one.withdrawn and one.number not in replaced)


def newest_first(project: Project) -> tuple[Decision, ...]:
    """What is shown of them: those that hold, then the superseded ones; not what was withdrawn."""
    shown = [one for one in reversed(project.decisions) if not one.withdrawn]
    replaced = superseded_by(project)
    return tuple(sorted(shown, key=lambda one: one.number in replaced))


def subject(about: str) -> str:
    """A subject as compared: "The launch dates" and "Launch date!" are one."""
    bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", about.casefold()))
    words = re.sub(r"[\W_]+", " ", unicodedata.normalize("NFC", bare)).split()
    kept = [_singular(word) for word in words if word not in _ARTICLES] or words
    return " ".join(kept) or " ".join(about.casefold().split())


def _singular(word: str) -> str:
    plural = len(word) >= _SHORTEST_PLURAL and word.endswith("s") and not word.endswith("ss")
    return word[:-1] if plural else word


def conflicts(project: Project) -> tuple[tuple[Decision, ...], ...]:
    """Decisions that hold beside others about the same subject."""
    about: dict[str, list[Decision]] = {}
    for one in active(project):
        about.setdefault(subject(one.about), []).append(one)
    return tuple(tuple(several) for several in about.values() if len(several) > 1)


def subjects(project: Project) -> tuple[str, ...]:
    """What was decided about so far, the newest first, each in the words it was last given."""
    latest = {subject(one.about): one.about for one in project.decisions}
    order = dict.fromkeys(subject(one.about) for one in reversed(project.decisions))
    return tuple(latest[key] for key in order)


def numbered(project: Project, number: int) -> Decision:
    """Raises BotError where there is no such decision."""
    found = next((one for one in project.decisions if one.number == number), None)
    if found is None:
        raise BotError("I don't see this decision any more. `/align decide list` shows those that there are.")
    return found


def must_be_active(project: Project, number: int) -> None:
    """Raises BotError where a decision does not hold any more."""
    numbered(project, number)
    if problem := _not_to_supersede(project, number):
        raise BotError(f"{problem.split('. ')[0]}. `/align decide list` shows what holds.")


def must_log(project: Project, user: str) -> None:
    """Raises NotAllowed unless this person may log what the team decides."""
    must_steer(project, user, "log its decisions")


def must_withdraw(project: Project, decision: Decision, user: str) -> None:
    """Whoever logged it, those who decided, and whoever steers. Raises NotAllowed for others."""
    if user == decision.by or user in decision.who or may_steer(project, user):
        return
    raise NotAllowed(
        f"Only who logged it, who decided it and the people of *{escape(project.name)}* can withdraw "
        f"#{decision.number}. <@{decision.by}> logged it: ask them."
    )


def log(project: Project, wish: Wish, names: Mapping[str, str], *, by: str, at: datetime) -> Change:
    """Keep a decision, and say it in the card's thread. Raises NotAllowed, or FieldErrors at its inputs."""
    must_log(project, by)
    _refuse_incomplete(wish)
    if problem := _not_to_supersede(project, wish.supersedes):
        raise FieldErrors({"supersedes": problem})
    new = Decision(
        number=max((one.number for one in project.decisions), default=0) + 1,
        what=wish.what[:LONGEST],
        why=wish.why[:LONGEST],
        alternatives=wish.alternatives[:LONGEST],
        who=tuple(dict.fromkeys(wish.who)) or (by,),
        about=" ".join(wish.about.split())[:LONGEST_SUBJECT],
        link=wish.link,
        by=by,
        at=at,
        supersedes=wish.supersedes,
    )
    after = replace(project, decisions=(*project.decisions, new))
    return Change(after, (Saying(_logged(after, new, names), UnderCard(project.id)),))


def _refuse_incomplete(wish: Wish) -> None:
    needed = {
        "what": "In a sentence: what was decided?",
        "why": "In a sentence: why? It is what people ask first, later on.",
        "about": "Name its subject in a few words, e.g. launch date, or pick an earlier one below.",
    }
    lacking = {field: say for field, say in needed.items() if not getattr(wish, field).strip()}
    if lacking:
        raise FieldErrors(lacking)


def _not_to_supersede(project: Project, number: int | None) -> str:
    """Why a decision cannot be superseded, in plain text; nothing if it can."""
    known = next((one for one in project.decisions if one.number == number), None)
    if number is None or known in active(project):
        return ""
    if later := superseded_by(project).get(number):
        return (
            f"#{number} was superseded by #{later} meanwhile. Leave this empty to keep yours beside #{later}, or press "
            "Supersede on that one in /align decide list."
        )
    return f"#{number} was withdrawn meanwhile, so there is nothing to supersede. Leave this empty."


def _logged(project: Project, new: Decision, names: Mapping[str, str]) -> DecisionLogged:
    same = next((group for group in conflicts(project) if new in group), ())
    return DecisionLogged(
        project=project.id,
        number=new.number,
        what=new.what,
        why=new.why,
        alternatives=new.alternatives,
        about=new.about,
        who=_named(new.who, names),
        link=new.link,
        supersedes=new.supersedes,
        beside=tuple(one.number for one in same if one != new),
    )


def _named(users: Sequence[str], names: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(names.get(user) or "a person no longer here" for user in users)


def withdraw(project: Project, number: int, *, by: str) -> Change:
    """Take a decision back; what it had superseded holds again. Raises BotError where that cannot be."""
    decision = numbered(project, number)
    must_withdraw(project, decision, by)
    if decision.withdrawn:
        raise BotError(f"#{number} is withdrawn already. `/align decide list` shows what holds.")
    if later := superseded_by(project).get(number):
        raise BotError(f"#{number} was superseded by #{later}, so it doesn't hold any more anyway.")
    others = (replace(one, withdrawn=True) if one == decision else one for one in project.decisions)
    after = replace(project, decisions=tuple(others))
    again = f" #{decision.supersedes} holds again." if decision.supersedes in _numbers(active(after)) else ""
    about, quoted = escape(decision.about), escape(_short(decision.what, _QUOTED))
    say = f"↩️ <@{by}> withdrew decision #{number} about {about}: “{quoted}”.{again}"
    return Change(after, (Saying(Note(say), UnderCard(project.id)),))


def _numbers(some: Sequence[Decision]) -> set[int]:
    return {one.number for one in some}


def brief_lines(project: Project, names: Mapping[str, str]) -> Iterator[BriefLine]:
    """What holds, the newest first, for the page about a product."""
    doubted = {one.number for group in conflicts(project) for one in group}
    for one in reversed(active(project)):
        mark = "⚠️ one of several: " if one.number in doubted else ""
        because = f"{_short(one.why, 200)}; {', '.join(_named(one.who, names))}"
        yield BriefLine(f"#{one.number} {one.about}", f"{mark}{_short(one.what, 200)} ({because})")


def digest_lines(project: Project, since: datetime | None, now: datetime) -> tuple[str, ...]:
    """What was decided in a time, and which decisions do not go together; plain text."""
    new = [one for one in active(project) if one.at <= now and (since is None or one.at > since)]
    return (*map(_decided, new), *map(_which_holds, conflicts(project)))


def _decided(one: Decision) -> str:
    instead = f" (instead of #{one.supersedes})" if one.supersedes else ""
    return f"#{one.number} {_short(one.what, _IN_DIGEST).rstrip('.')}{instead}"


def _which_holds(group: Sequence[Decision]) -> str:
    first, *_ = group
    return f"{_many(len(group))} decisions about “{first.about}”: {listed(_numbers(group))}. Which one holds?"


def _many(number: int) -> str:
    return {2: "Two", 3: "Three"}.get(number, str(number))


def listed(numbers: set[int]) -> str:
    """As in "#2, #5 and #7"."""
    *rest, last = [f"#{number}" for number in sorted(numbers)]
    return f"{', '.join(rest)} and {last}" if rest else last


def _short(text: str, longest: int) -> str:
    words = " ".join(text.split())
    return words if len(words) <= longest else f"{words[: longest - 1].rstrip()}…"
