"""What a message is made of, checked as strictly as Slack does or a little more."""

from dataclasses import dataclass
from typing import Any

from bot.sandbox.errors import ApiError
from bot.sandbox.identified import identified
from bot.sandbox.limits.surfaces import LONGEST_TEXT, LONGEST_UPDATE, check_message_blocks, check_metadata
from bot.sandbox.text import normal
from bot.sandbox.web.arguments import Arguments

Json = dict[str, Any]
LONGEST_MARKDOWN = 12_000


@dataclass(frozen=True)
class Content:
    text: str
    blocks: list[Json]


def read_content(args: Arguments, *, update: bool = False, charts: bool = True) -> Content:
    blocks = args.structure("blocks", "invalid_blocks_format")
    if blocks:
        check_message_blocks(blocks, charts=charts)
    text = args.text("text") or _markdown(args, blocks)
    if not text:
        # Slack takes blocks without a text; people with a screen reader then hear nothing.
        raise ApiError("no_text")
    if update and len(text) > LONGEST_UPDATE:
        raise ApiError("msg_too_long")
    return Content(normal(text[:LONGEST_TEXT]), identified(blocks or []))


def _markdown(args: Arguments, blocks: Any) -> str:
    markdown = args.text("markdown_text")
    if markdown and blocks:
        raise ApiError("markdown_text_conflict")
    if len(markdown) > LONGEST_MARKDOWN:
        raise ApiError("msg_too_long")
    return markdown


def read_metadata(args: Arguments) -> Json | None:
    metadata = args.structure("metadata", "invalid_metadata_format")
    if metadata:
        check_metadata(metadata)
    return metadata or None
