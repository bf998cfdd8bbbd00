"""Who may do what. Each rule raises a sentence that the person may read, and says what to do instead."""

from .bank import Question, Role
from .errors import BotError
from .escaping import escape
from .project import Project
from .roles import THE


class NotAllowed(BotError):
    """Somebody tried what is another's to do."""


def may_answer(project: Project, question: Question, user: str) -> bool:
    """Contributors of the role; a helper for what was handed to them."""
    handover = project.interviews[question.role].handed.get(question.id)
    return user in project.people(question.role) or (handover is not None and handover.to == user)


def must_answer(project: Project, question: Question, user: str) -> None:
    if may_answer(project, question, user):
        return
    owner, role = project.owner(question.role), question.role
    if owner is None:
        raise NotAllowed(
            f"This question is for {THE[role]}, and nobody is named yet: `/align role {role.value} @name` does."
        )
    raise NotAllowed(
        f"This question is for <@{owner}>, {THE[role]}. To answer as well, ask to be added: "
        f"`/align role {role.value} + @you`. Replies in the thread are always welcome as conversation."
    )


def must_administer(*, allowed: bool, what: str) -> None:
    """What holds for a whole workspace: its admins, and those whom the settings of the bot name."""
    if not allowed:
        raise NotAllowed(f"Only the admins of this workspace can {what}. Ask one of them to type it here.")


def may_steer(project: Project, user: str) -> bool:
    """Role, date, digest, pause, resume, close: the three roles' people and the decider."""
    return any(user in project.people(role) for role in Role) or user == project.decider


def must_steer(project: Project, user: str, what: str) -> None:
    """Raises unless this person may steer; a kickoff in which nobody has a role yet is steered by who started it."""
    if may_steer(project, user) or (not any(project.people(role) for role in Role) and user == project.started_by):
        return
    people = dict.fromkeys(user for role in Role for user in project.people(role)[:1])
    named = ", ".join(f"<@{user}>" for user in people) or f"<@{project.started_by}>"
    raise NotAllowed(f"Only the people of *{escape(project.name)}* can {what}: {named}. Ask one of them.")
