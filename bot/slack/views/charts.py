"""Slack's own charts and tables. It refuses a whole message where it cannot draw one, so each can be said in words."""

from collections.abc import Iterator, Sequence

from bot.domain.messages import Week

from . import blocks as b
from . import tables
from .tables import TABLE
from .text import Json

CHART = "data_visualization"
_TOO_LITTLE = "not_enough_known"


def line_of(weeks: Sequence[Week]) -> Json:
    """The score and the open blocking questions week by week, of weeks that have both."""
    provisional = any(week.state == _TOO_LITTLE for week in weeks)
    score = "Score (provisional in ⚪ weeks)" if provisional else "Score"
    labels = _labels(weeks)
    series = [
        _series("Score", labels, [week.score for week in weeks]),
        _series("Blocking questions", labels, [week.open_questions for week in weeks]),
    ]
    chart = {"type": "line", "series": series, "axis_config": {"categories": labels}}
    return {"type": CHART, "title": f"{score}, blocking questions", "chart": chart}


def _labels(weeks: Sequence[Week]) -> list[str]:
    """ "W48"; with its year where the weeks are more than a year apart, since Slack wants them distinct."""
    short = [week.week.partition("-")[2] or week.week for week in weeks]
    return short if len(set(short)) == len(short) else [week.week for week in weeks]


def _series(name: str, labels: Sequence[str], values: Sequence[int | None]) -> Json:
    points = [{"label": label, "value": value or 0} for label, value in zip(labels, values, strict=True)]
    return {"name": name, "data": points}


def in_words(chart: Json) -> str:
    """The numbers of a chart as one line, for whoever does not see it."""
    return " · ".join(_said(chart["chart"]["series"]))


def _said(series: Sequence[Json]) -> Iterator[str]:
    for one in series:
        points = ", ".join(f"{point['label']} {point['value']}" for point in one["data"])
        yield f"{one['name']} {points}"


def may_be_refused(post: Json) -> bool:
    """Whether it holds a block that not every workspace takes."""
    return any(block["type"] in (CHART, TABLE) for block in post.get("blocks", ()))


def without_charts(post: Json) -> Json:
    """The same message with what each chart and each table says as text in its place."""
    return {**post, "blocks": [_drawn_as_text(block) for block in post["blocks"]]}


def _drawn_as_text(block: Json) -> Json:
    if block["type"] == CHART:
        return b.context(b.plain(in_words(block)))
    return b.section(b.plain(tables.in_words(block))) if block["type"] == TABLE else block
