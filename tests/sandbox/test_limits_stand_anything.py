"""Whatever an app sends, the check of limits answers with a refusal and never breaks."""

from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sandbox.errors import ApiError
from bot.sandbox.limits.blocks import BLOCKS
from bot.sandbox.limits.elements import ELEMENTS
from bot.sandbox.limits.surfaces import check_message_blocks, check_view

KEYS = ["text", "elements", "element", "options", "option_groups", "rows", "chart", "title", "fields", "accessory"]
KEYS += ["series", "axis_config", "categories", "segments", "child_blocks", "initial_option", "action_id", "block_id"]
KINDS = [*BLOCKS, *ELEMENTS, "plain_text", "mrkdwn", "pie", "bar", "raw_text", "rich_text_section"]
LEAVES = st.none() | st.booleans() | st.integers() | st.text(max_size=3)


def objects(inner: st.SearchStrategy) -> st.SearchStrategy:
    fields = st.dictionaries(st.sampled_from(KEYS), inner, max_size=4)
    typed = st.builds(lambda kind, rest: {"type": kind, **rest}, st.sampled_from(KINDS), fields)
    return typed | fields | st.lists(inner, max_size=3)


ANYTHING = st.recursive(LEAVES, objects, max_leaves=12)


@given(st.lists(objects(ANYTHING), max_size=3) | ANYTHING)
@settings(max_examples=300, deadline=None)
def test_any_blocks_are_taken_or_refused(blocks):
    with suppress(ApiError):
        check_message_blocks(blocks)


@given(ANYTHING | st.fixed_dictionaries({"type": st.just("modal"), "title": ANYTHING, "blocks": ANYTHING}))
@settings(max_examples=200, deadline=None)
def test_any_view_is_taken_or_refused(view):
    with suppress(ApiError):
        check_view(view, "modal")
