"""Inputs to start from: the seed article's examples, and one without any difficulty."""

from decimal import Decimal

from bot.domain.inputs import Serving

ONLINE = Serving("request_time", Decimal("0.1"))
BATCH = Serving("batch")


def quantity(value, unit):
    return {"value": value, "unit": unit}


HOME_ZIP_CODE = {
    "name": "home zip code",
    "importance": "must",
    "transform": "lookup",
    "freshness_needed": quantity(1, "d"),
    "train_from": "same",
    "source_kind": "db",
    "in_prod": "served",
    "read_ms": 5,
    "freshness_available": quantity(1, "h"),
    "preprocessing": "none",
    "owner": "accounts team",
    "access": "open",
    "history": "full",
}
AVERAGE_LOCATION = {
    "name": "average location, last 5 minutes",
    "importance": "must",
    "transform": "window_agg",
    "window": quantity(5, "min"),
    "freshness_needed": quantity(30, "s"),
    "source_kind": "stream",
    "in_prod": "raw",
    "preprocessing": "light",
    "history": "partial",
}
LATEST_LOCATION = {
    "name": "most recent location",
    "importance": "must",
    "transform": "latest",
    "freshness_needed": quantity(30, "s"),
    "source_kind": "stream",
    "in_prod": "raw",
}


def plain(**facts):
    """An input without any difficulty, changed."""
    return {"name": "x", "importance": "must", "source_kind": "db", "in_prod": "served", "transform": "lookup", **facts}
