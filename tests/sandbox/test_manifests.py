"""A manifest which Slack would refuse is refused before anything runs."""

import pytest

from bot.sandbox import StandIn
from tests.sandbox.small_app import MANIFEST


@pytest.mark.parametrize(
    ("replaced", "by", "says"),
    [
        ("name: Testbot", f"name: {'x' * 36}", "less than 36 characters"),
        ("command: /test", f"command: /{'x' * 32}", "less than 33 characters"),
        ("command: /test", "command: /Test", "pattern"),
        ("name: Log decision", f"name: {'x' * 25}", "less than 25 characters"),
        ("users:read", "team:read", "user_change needs the scope users:read"),
    ],
)
def test_a_manifest_beyond_slacks_limits_is_refused(clock, manifest, replaced, by, says):
    manifest.write_text(MANIFEST.replace(replaced, by))
    with pytest.raises(ValueError, match=says):
        StandIn(clock, manifest)
