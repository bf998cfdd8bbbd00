"""The settings of a product: when the digest and the pulse come, and who else hears of it."""

from bot.domain.project import Project
from bot.slack import controls
from bot.slack.typed import DAYS

from . import blocks as b
from .inputs import VALUE
from .modals import as_modal, input_block
from .text import Json, escape, line

OFF = "off"
_PULSES = {"1": "Every week", "2": "Every two weeks", "4": "Every four weeks", OFF: "No pulse"}
_SHARED = "shared"


def settings(project: Project) -> Json:
    """The form, filled with what is set now."""
    days = {str(n): day.capitalize() for n, day in enumerate(DAYS, 1)} | {OFF: "No digest"}
    hours = {str(hour): f"{hour}:00" for hour in range(24)}
    digest, pulse = project.digest, project.pulse_weeks
    shown = [
        b.section(b.mrkdwn(f"*{escape(line(project.name, 100))}*, times in {escape(project.zone)}")),
        input_block("day", "Weekly digest on", _menu(days, str(digest.day or OFF))),
        input_block("hour", "at", _menu(hours, str(digest.hour))),
        input_block("pulse", "Pulse: how each role reads four statements", _menu(_PULSES, str(pulse or OFF))),
        *([] if project.private else [_share(project)]),
    ]
    if project.private:
        shown.append(b.context(b.plain("The channel is private, so the leads' digest never mentions this product.")))
    meta = controls.metadata(project=project.id)
    return as_modal(controls.SETTINGS_VIEW, "Settings", shown, meta)


def _menu(options: dict[str, str], chosen: str) -> Json:
    made = {id: b.option(id, label) for id, label in options.items()}
    known = chosen if chosen in made else next(iter(made))
    return {"type": "static_select", "action_id": VALUE, "options": list(made.values()), "initial_option": made[known]}


def _share(project: Project) -> Json:
    option = b.option(_SHARED, "Tell the leads' weekly digest where it stands (no scores, no names of late people)")
    return input_block("share", "Leads", b.several_of(VALUE, [option], [option] if project.shared else []))
