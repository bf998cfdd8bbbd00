"""How people word what they say about an input of the model."""

import re

from .quantities import TIMES
from .words import phrases


def _any(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


CLAUSE_ENDS = _any(
    r"(?<!\d),|,(?!\d)|[;|()\n\[\]]|\s[-–—]+\s|[.!?](?=\s|$)"
    r"|\s(?=(?:fresh|refreshed|updated) \S)"
    r"|\s(?=(?:at most|max\.?|not? (?:older|more) than|up to)\s+\d)|\s(?=(?:≤|<=?)\s?\d)"
)
LABEL = _any(
    r"^\s*(?:importance|priority|transform|entity|window|freshness|computed|calculated|how)(?:\s+as)?\s*[:=]?(?=\s|$)"
)
LATE = _any(r"\b(?:late|later|long|longer|away|ahead|early)\b")

_IMPORTANT = {
    "must": r"a?\s*must(?:[- ]haves?)?|needed|required|mandatory|we need (?:it|this)",
    "should": r"should(?:[- ]haves?)?",
    "nice": r"nice(?:[- ]to[- ]haves?)?|optional|could(?:[- ]haves?)?",
}
IMPORTANCE = {id: _any(rf"\b(?:{pattern})\b(?!\s*\w)") for id, pattern in _IMPORTANT.items()}
AT_THE_END = {
    "must": _any(r"\s(?:a must|must(?:[- ]have)?)$"),
    "should": _any(r"\sshould[- ]have$"),
    "nice": _any(r"\snice[- ]to[- ]have$"),
}

# ---------------------------------------------------------------- per what

ENTITY_FIRST = _any(r"^(?:(?:one )?per[- ]|for (?:each|every) |each |every |keyed by |entity:? )(?P<what>\S.*)$")
BY_FIRST = _any(r"^by (?!(?:the|our|an?|my)\b)(?P<what>\w[\w-]*(?: \w[\w-]*)?)$")
ENTITY_LAST = _any(r"\s(?:per|for each|for every) (?P<what>[^\W\d_][\w-]*)$")
ENTITY_IN_NAME = _any(r"\bper (?P<what>[^\W\d_]+)(?=$| (?:over|in|last|past|during|within)\b)")
ENTITIES = phrases(
    "user|customer|driver|courier|rider|order|restaurant|merchant|store|shop|item|product|dish|device|session|account"
    "|city|region|zone|area|patient|campaign|vehicle|car|truck|seller|buyer|listing|article|document|machine|sensor"
    "|supplier|invoice|payment|transaction|household|trip|ride|route|kitchen|employee|student|page|query|message"
)
NO_ENTITY = frozenset(TIMES) | phrases("cent|km|kilometre|kilometer|mile|metre|meter|kg|litre|liter|euro|dollar|batch")
LONGEST_ENTITY, MOST_ENTITY_WORDS = 40, 4

# ---------------------------------------------------------------- how old

RHYTHMS = _any(
    r"\b(?P<rhythm>hourly|daily|nightly|overnight|weekly|monthly)\b"
    r"|\b(?:once (?:an?|per|every)|every|each) (?P<unit>minute|hour|day|night|week|month)\b"
)
LENGTHS = {
    "minute": "1 min",
    **dict.fromkeys(("hourly", "hour"), "1 h"),
    **dict.fromkeys(("daily", "nightly", "overnight", "day", "night"), "1 d"),
    **dict.fromkeys(("weekly", "week"), "1 w"),
    **dict.fromkeys(("monthly", "month"), "1 month"),
}
FRESH = _any(
    r"\b(?:fresh|freshness|fresher|old|older|stale|staleness|age|refresh|refreshed|refreshes|updat(?:e|ed|es)"
    r"|up[- ]to[- ]date|delay|delayed|lag)\b"
)
AT_MOST = _any(r"[≤<]=?|\b(?:at most|at the most|max\.?|maximum|up to|within|under|below|less than)(?=[\s\d]|$)")
NOT_OLDER = _any(r"\b(?:not?|never) (?:older|more|longer) than\b")
OLDER = _any(r"\b(?:older|more|longer|over|at least|minimum|above) than\b|\bat least\b|[≥>]")
FINE = _any(r"\b(?:is|are|will|would|do|does|be|enough|fine|ok|okay|good|suffices?|works?|batch|job|sync|needed)\b")

# ---------------------------------------------------------------- over which time

ONE_LENGTH = _any(
    r"\b(?P<cue>last|past|previous|over an?|over the|per) (?=(?:minute|hour|day|week|month|quarter|year)\b)"
)
HALF_HOUR = _any(r"\bhalf (?:an? )?hour\b")
WINDOW = _any(
    r"\b(?:(?:(?:over|in|within|during|for|of|from) )?(?:the )?(?:last|past|previous)|over(?: the)?|during"
    r"|rolling|trailing|sliding|moving|window(?: of)?)\b"
)
NEXT_TO = _any(r"\b(?:rolling|moving|sliding|trailing|time window|window|lately|recently)\b")

# ---------------------------------------------------------------- how it is made

AGGREGATE = _any(
    r"\b(?:avg|average|averaged|mean|median|sum|rate)\b|\btotal\b(?! (?:number|count))|\bmax(?:imum)?\b(?!\s*\d)"
    r"|(?<!\d)(?<!\d[\s-])(?<!last )(?<!past )(?<!per )(?<!\ba )\bmin(?:imum)?\b(?!\s*\d)"
)
COUNT = _any(r"\b(?:counts?|number of|how many(?: times)?|how often|num)\b|(?:\bno\.|#) of\b")
_FEW = r"(?:\d{1,4}|two|three|five|ten|twenty|fifty)"
_UNITS = "|".join(sorted(map(re.escape, TIMES), key=len, reverse=True))
KINDS: dict[str, re.Pattern[str]] = {
    "window_agg": AGGREGATE,
    "count_recent": COUNT,
    "sequence": _any(
        rf"\b(?:sequence|history) of\b|\b(?:last|past|previous|most recent) {_FEW} (?!(?:{_UNITS})\b)[^\W\d_]+"
    ),
    "latest": _any(rf"\b(?:latest|newest|most recent|currently|current|last known)\b(?! {_FEW})"),
    "embedding": _any(r"\bembedd(?:ings?|ed)\b"),
    "text": _any(r"\bfree[- ]?text\b|\b(?:text|description)s?\s*$|\b(?:text|description) of\b"),
    "image": _any(r"\b(?:image|photo|picture)s?\s*$|\b(?:image|photo|picture)s? of\b"),
    "join": _any(r"\b(?:joined|combined|merged) (?:with|from|to)\b|\b(?:join|combination) of\b"),
    "score": _any(r"\bscores?(?: (?:from|of|by))?\b|\b(?:predicted|scored) by\b|\bprediction (?:of|from|by)\b"),
    "lookup": _any(
        r"\blook(?:ed)?[- ]?ups?\b|\bstored\b|\bprofile\b|\bstatic\b"
        r"|\bfrom (?:the |our )?(?:main |production |user |customer )?(?:database|db)\b"
    ),
}
OVER_TIME = ("window_agg", "count_recent")
CONTENT = frozenset({"text", "image"})
"""What a value is about; a count or an embedding of it is no longer the thing itself."""

# ---------------------------------------------------------------- known in time

BEFORE = _any(
    r"\b(?:known|available) (?:well |long |always )?(?:before(?:hand)?|in advance|ahead|in time|at prediction(?: time)?"
    r"|at the (?:time|moment) of (?:the )?(?:prediction|decision))(?: (?:the |each )?(?:decision|prediction))?\b"
)
AFTER = _any(
    r"\b(?:known|available) only after(?:wards)?\b|\bonly (?:known |available )?after(?:wards)?\b"
    r"|\bnot (?:yet )?(?:known|available) before(?:hand)?(?: (?:the )?(?:decision|prediction))?\b"
)
