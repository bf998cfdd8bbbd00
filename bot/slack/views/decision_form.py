"""The form in which a decision is logged: what, why, what else was weighed, who, about what, and instead of which."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain import decisions as rules
from bot.domain.commitments import Decision
from bot.domain.project import Project
from bot.slack import controls

from . import blocks as b
from .digest import quiet
from .findings import named
from .inputs import VALUE
from .modals import as_modal, input_block
from .text import Json, clean, cut, line

TITLE = "Log a decision"
_MOST = 100  # options of a menu


@dataclass(frozen=True, slots=True)
class Start:
    """What a decision's form is opened with."""

    user: str
    what: str = ""
    channel: str = ""  # of the message in which it was said
    ts: str = ""
    supersedes: int | None = None


def decision_form(projects: Sequence[Project], start: Start) -> Json:
    """For one of these projects, which have a menu where there are several."""
    several = len(projects) > 1
    menu = [input_block("project", "Product", _products(projects), optional=False)] if several else []
    shown = [*menu, *_words(start), _who(projects, start), *_about(projects, start), *_supersedes(projects, start)]
    one = None if several else projects[0].id
    meta = controls.metadata(project=one, channel=start.channel, ts=start.ts)
    return as_modal(controls.DECISION_VIEW, TITLE, shown, meta, submit="Log it")


def _products(projects: Sequence[Project]) -> Json:
    options = [b.option(str(project.id), line(project.name, 140)) for project in projects[:_MOST]]
    return {"type": "static_select", "action_id": VALUE, "options": options}


def _words(start: Start) -> list[Json]:
    return [
        input_block("what", "What was decided?", _prose(start.what), optional=False),
        input_block("why", "Why?", _prose(), optional=False),
        input_block("alternatives", "What else was weighed?", _prose()),
    ]


def _prose(value: str = "") -> Json:
    element: Json = {"type": "plain_text_input", "action_id": VALUE, "multiline": True, "max_length": rules.LONGEST}
    said = cut(clean(value).strip(), rules.LONGEST)
    return element | ({"initial_value": said} if said else {})


def _who(projects: Sequence[Project], start: Start) -> Json:
    decider = projects[0].decider if len(projects) == 1 else None
    people = {"type": "multi_users_select", "action_id": VALUE, "initial_users": [decider or start.user]}
    return input_block("who", "Who decided?", people)


def _about(projects: Sequence[Project], start: Start) -> list[Json]:
    """A subject, typed or picked, so that two decisions about one thing find each other."""
    earlier = list(dict.fromkeys(about for project in projects for about in rules.subjects(project)))
    old = _superseded(projects, start)
    element: Json = {"type": "plain_text_input", "action_id": VALUE, "max_length": rules.LONGEST_SUBJECT}
    element |= {"placeholder": b.plain("e.g. launch date", 150)}
    element |= {"initial_value": cut(clean(old.about), rules.LONGEST_SUBJECT)} if old else {}
    typed = input_block("about", "About", element, optional=bool(earlier))
    typed["hint"] = b.plain("One subject in a few words. Two decisions about the same one are pointed out.")
    if not earlier:
        return [typed]
    options = [b.option(subject_key(about), line(quiet(about), 140)) for about in earlier[:_MOST]]
    menu = {"type": "static_select", "action_id": VALUE, "options": options}
    picked = input_block("subject", "Or the subject of an earlier one", menu)
    picked["hint"] = b.plain("Picked here, it counts instead of what is typed above.")
    return [typed, picked]


def subject_key(about: str) -> str:
    """A subject as the value of an option."""
    return named(rules.subject(about))


def _superseded(projects: Sequence[Project], start: Start) -> Decision | None:
    found = (one for project in projects[:1] for one in rules.active(project) if one.number == start.supersedes)
    return next(found, None)


def _supersedes(projects: Sequence[Project], start: Start) -> list[Json]:
    """The decisions that hold, the newest first; the one that is superseded is always among them."""
    options = {
        (project.id, one.number): b.option(f"{project.id}|{one.number}", _line(project, one, len(projects) > 1))
        for project in projects
        for one in reversed(rules.active(project))
    }
    if not options:
        return []
    chosen = options.get((projects[0].id, start.supersedes or 0))
    shown = [*([chosen] if chosen else []), *(made for made in options.values() if made != chosen)][:_MOST]
    menu = {"type": "static_select", "action_id": VALUE, "options": shown}
    return [input_block("supersedes", "Takes the place of", menu | ({"initial_option": chosen} if chosen else {}))]


def _line(project: Project, one: Decision, with_name: bool) -> str:
    name = f"{line(project.name, 30)} " if with_name else ""
    return line(f"{name}#{one.number} {quiet(one.about)}: {quiet(one.what)}", 140)
