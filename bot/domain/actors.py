"""Who acts on a finding, and whether it may be told yet."""

import re
from collections.abc import Iterable, Sequence

from .bank import Bank, Role
from .findings import Basis
from .project import Project
from .roles import THE
from .wording import TEAM_OR_PERSON

_ROLES = {role.value: role for role in Role}


def who_acts(project: Project, who: Sequence[str]) -> str | None:
    """The first person that a finding's actors lead to; a vacant role leads on to the decider, then to the starter.

    Where both of them have left, to anybody who is still here.
    """
    others = (project.decider, project.started_by, *(member.user for member in project.members))
    return next(iter(concerned(project, who)), None) or next((user for user in others if present(project, user)), None)


def present(project: Project, user: str | None) -> bool:
    """Whether somebody may be called: not whose account was deactivated, unless they have a part again."""
    return bool(user) and project.present(user or "")


def concerned(project: Project, who: Iterable[str]) -> tuple[str, ...]:
    """The people of a finding's actors, each once, the first to act first; roles that nobody has are left out."""
    named = (project.owner(_ROLES[one]) if one in _ROLES else _person(project, one) for one in who)
    return tuple(dict.fromkeys(user for user in named if user and present(project, user)))


def _person(project: Project, one: str) -> str | None:
    return project.decider if one == "decider" else one if one[:1] in "UW" and one.isupper() else None


def in_words(project: Project, who: Iterable[str]) -> str:
    """A finding's actors as in "the PM and the one who decides", where nobody is to be called."""
    words = list(dict.fromkeys(_in_words(project, one) for one in who))
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def _in_words(project: Project, one: str) -> str:
    role = _ROLES.get(one) or next(iter(project.roles_of(one)), None)
    if role is not None:
        return THE[role]
    return "the one who decides" if one in ("decider", project.decider) else "somebody who is named there"


def unmentioned(project: Project, text: str) -> str:
    """Words with people by what they do, so that a quoted answer calls nobody."""

    def spoken_of(mention: re.Match[str]) -> str:
        return _in_words(project, mention[1])

    return TEAM_OR_PERSON.sub(spoken_of, text)


def hidden(project: Project, bank: Bank, basis: Basis, reads: Iterable[str]) -> bool:
    """Whether telling it would give away what is kept until the others have answered the same; a gap quotes nobody."""
    return basis is not Basis.GAP and any(bank.hidden(id, project.answers) for id in reads)
