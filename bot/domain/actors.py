"""Who acts on a finding, and whether it may be told yet."""

from collections.abc import Iterable, Sequence

from .bank import Bank, Role
from .findings import Basis
from .project import Project

_ROLES = {role.value: role for role in Role}


def who_acts(project: Project, who: Sequence[str]) -> str | None:
    """The first person that a finding's actors lead to; a vacant role leads on to the decider, then to the starter."""
    return next(iter(concerned(project, who)), None) or project.decider or project.started_by


def concerned(project: Project, who: Iterable[str]) -> tuple[str, ...]:
    """The people of a finding's actors, each once, the first to act first; roles that nobody has are left out."""
    named = (project.owner(_ROLES[one]) if one in _ROLES else _person(project, one) for one in who)
    return tuple(dict.fromkeys(user for user in named if user))


def _person(project: Project, one: str) -> str | None:
    return project.decider if one == "decider" else one if one[:1] in "UW" and one.isupper() else None


def hidden(project: Project, bank: Bank, basis: Basis, reads: Iterable[str]) -> bool:
    """Whether telling it would give away what is kept until the others have answered the same; a gap quotes nobody."""
    return basis is not Basis.GAP and any(bank.hidden(id, project.answers) for id in reads)
