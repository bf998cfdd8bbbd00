"""The arguments of a Web API call, however they were sent."""

import json
from collections.abc import Mapping
from typing import Any

from aiohttp import web

from bot.sandbox.errors import ApiError

Json = dict[str, Any]
_FALSE = (False, 0, "0", "false", "False", "", None)


class Arguments:
    def __init__(self, values: Mapping[str, Any], token: str | None) -> None:
        self.values, self.token = dict(values), token

    def text(self, name: str, default: str = "") -> str:
        value = self.values.get(name)
        return default if value is None else str(value)

    def needed(self, name: str, error: str = "invalid_arguments") -> str:
        value = self.text(name)
        if not value:
            missing = f"[ERROR] missing required field: {name} [json-pointer:/{name}]"
            raise ApiError(error, response_metadata={"messages": [missing]})
        return value

    def flag(self, name: str, default: bool = False) -> bool:
        return self.values.get(name, default) not in _FALSE

    def number(self, name: str, default: int) -> int:
        try:
            return int(self.values.get(name) or default)
        except (TypeError, ValueError):
            raise ApiError("invalid_arguments") from None

    def structure(self, name: str, error: str) -> Any:
        """An object or list, sent as such or as JSON text."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except ValueError:
            raise ApiError(error) from None

    def __contains__(self, name: str) -> bool:
        return self.values.get(name) is not None


async def read_arguments(request: web.Request) -> Arguments:
    values: Json = dict(request.query)
    if request.can_read_body:
        values |= await _body(request)
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    sent = values.pop("token", None)
    return Arguments(values, token if scheme.lower() == "bearer" and token else sent)


async def _body(request: web.Request) -> Json:
    if request.content_type == "application/json":
        try:
            body = await request.json()
        except ValueError:
            raise ApiError("invalid_json") from None
        return body if isinstance(body, dict) else {}
    return dict(await request.post())
