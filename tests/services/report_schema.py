"""The promised form of an assessment, as a JSON schema: all keys, and none besides."""

from typing import Any

SHARE = {
    "type": "object",
    "required": ["known", "required", "share"],
    "additionalProperties": False,
    "properties": {"known": {"type": "number"}, "required": {"type": "integer"}, "share": {"type": "number"}},
}


def closed(**properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "required": list(properties),
        "additionalProperties": False,
        "properties": properties,
    }


TEXT, WHOLE, NUMBER = {"type": "string"}, {"type": "integer"}, {"type": "number"}
PILLARS = ("product", "data", "simple", "partner", "sla")
PILLAR = {"enum": list(PILLARS)}
TEXTS = {"type": "array", "items": TEXT}
DEDUCTION = closed(detector=TEXT, points=NUMBER, reason=TEXT)
ALTERNATIVE = closed(
    rule=TEXT,
    text=TEXT,
    level={"type": ["string", "null"]},
    weeks_saved={"type": "array", "items": NUMBER, "minItems": 2, "maxItems": 2},
)
REPORT = closed(
    id=TEXT,
    state={"enum": ["aligned", "at_risk", "misaligned", "not_enough_known"]},
    because=TEXTS,
    score={"type": ["integer", "null"]},
    provisional_score={"type": ["integer", "null"]},
    coverage=closed(
        **SHARE["properties"],
        by_role=closed(pm=SHARE, ml=SHARE, eng=SHARE),
        by_pillar=closed(**dict.fromkeys(PILLARS, SHARE)),
    ),
    pillars=closed(**dict.fromkeys(PILLARS, closed(points=NUMBER, deductions={"type": "array", "items": DEDUCTION}))),
    findings={
        "type": "array",
        "items": closed(
            detector=TEXT,
            severity={"enum": ["low", "medium", "high", "critical"]},
            basis={"enum": ["gap", "conflict", "risk", "change"]},
            pillar=PILLAR,
            message=TEXT,
            action={"type": "string", "minLength": 1},
            who={**TEXTS, "minItems": 1},
            input={"type": ["string", "null"]},
            reads={**TEXTS, "minItems": 1},
        ),
    },
    strengths={"type": "array", "items": closed(detector=TEXT, pillar=PILLAR, message=TEXT)},
    inputs={
        "type": "array",
        "items": closed(
            name=TEXT,
            difficulty={"enum": ["easy", "moderate", "hard", "very_hard", "blocked", "unknown"]},
            reasons={"type": "array", "items": {"type": "string", "pattern": "^[BHM][1-9]$"}},
            skew_risk={"enum": ["low", "medium", "high"]},
            alternative={"oneOf": [{"type": "null"}, ALTERNATIVE]},
        ),
    },
    rules_version=WHOLE,
    bank_version=WHOLE,
)
