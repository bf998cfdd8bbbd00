"""views.*: modals and the Home tab."""

from typing import Any

from bot.sandbox.errors import ApiError
from bot.sandbox.limits.surfaces import check_view
from bot.sandbox.triggers import Trigger
from bot.sandbox.views import View
from bot.sandbox.web.access import known_user
from bot.sandbox.web.arguments import Arguments
from bot.sandbox.world import World

Json = dict[str, Any]


def open_view(world: World, args: Arguments) -> Json:
    trigger = world.triggers.valid(_trigger_id(args))
    content = _content(args)
    check_view(content, "modal")
    return _opened(trigger, world.views.open(trigger.user, content))


def push_view(world: World, args: Arguments) -> Json:
    trigger = world.triggers.valid(_trigger_id(args))
    content = _content(args)
    check_view(content, "modal")
    if trigger.in_view is None or world.views.top(trigger.user) is None:
        raise ApiError("invalid_trigger_id")
    return _opened(trigger, world.views.push(trigger.user, content))


def update_view(world: World, args: Arguments) -> Json:
    content = _content(args)
    view = world.views.open_one(args.text("view_id"), args.text("external_id"))
    check_view(content, "home" if view.is_home else "modal")
    return _shown(world.views.update(view, content, args.text("hash")))


def publish_view(world: World, args: Arguments) -> Json:
    user = known_user(world, args.needed("user_id"))
    content = _content(args)
    check_view(content, "home")
    if not world.manifest.home_tab:
        raise ApiError("not_enabled")
    return _shown(world.views.publish(user.id, content, args.text("hash")))


def _trigger_id(args: Arguments) -> str:
    return args.text("trigger_id") or args.text("interactivity_pointer")


def _content(args: Arguments) -> Json:
    content = args.structure("view", "invalid_arguments")
    return content if isinstance(content, dict) else {}


def _opened(trigger: Trigger, view: View) -> Json:
    trigger.spent, trigger.opened = True, view.id
    return _shown(view)


def _shown(view: View) -> Json:
    return {"view": view.as_json(values={})}
