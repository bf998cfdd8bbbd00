"""Assess projects that are given as JSON: state, score, findings and inputs, without a database."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NoReturn

from bot.domain.bank import Bank
from bot.domain.coverage import Share
from bot.domain.findings import Finding
from bot.domain.health import Health, PillarScore, assess
from bot.domain.inputs import Surveyed
from bot.packs.loader import load_bank

from .snapshots import MalformedSnapshot, read_snapshot

__all__ = ["MalformedSnapshot", "assess_documents", "assess_file", "report"]


def assess_file(path: Path | str, bank: Bank | None = None) -> list[dict[str, Any]]:
    """The reports of the one snapshot, or of the list of snapshots, in a file, in its order."""
    try:
        return assess_documents(parsed(Path(path)), bank or load_bank())
    except MalformedSnapshot as error:
        raise error.within(file=str(path)) from None


def assess_documents(data: Any, bank: Bank) -> list[dict[str, Any]]:
    """Reports of one parsed snapshot or a list of them; nothing is assessed unless all are well-formed."""
    if not isinstance(data, list):
        return [report(assess(read_snapshot(data, bank), bank))]
    snapshots = []
    for position, document in enumerate(data):
        try:
            snapshots.append(read_snapshot(document, bank))
        except MalformedSnapshot as error:
            raise error.within(f"/{position}") from None
    return [report(assess(snapshot, bank)) for snapshot in snapshots]


def parsed(path: Path) -> Any:
    """The JSON of a file. Raises MalformedSnapshot."""
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"), parse_constant=_not_json)
    except OSError as error:
        raise MalformedSnapshot("", f"a file that can be read ({error.strerror})") from None
    except json.JSONDecodeError as error:
        raise MalformedSnapshot("", f"JSON (line {error.lineno}, column {error.colno}: {error.msg})") from None
    except UnicodeDecodeError as error:
        raise MalformedSnapshot("", f"JSON in UTF-8 ({error})") from None
    except RecursionError:
        raise MalformedSnapshot("", "JSON that is less deeply nested") from None
    except ValueError as error:  # a whole number of thousands of digits
        raise MalformedSnapshot("", f"JSON with numbers of a usable size ({error})") from None


def _not_json(constant: str) -> NoReturn:
    raise MalformedSnapshot("", f"JSON, in which {constant} is no number")


def report(health: Health) -> dict[str, Any]:
    """The assessment as JSON, a fixed format for people and programs outside."""
    return {
        "id": health.id,
        "state": health.state.value,
        "because": list(health.because),
        "score": health.score,
        "provisional_score": health.provisional,
        "coverage": {
            **_share(health.coverage.total),
            "by_role": _shares(health.coverage.by_role),
            "by_pillar": _shares(health.coverage.by_pillar),
        },
        "pillars": {pillar.value: _pillar(score) for pillar, score in health.pillars.items()},
        "findings": [_finding(finding) for finding in health.findings],
        "strengths": [
            {"detector": s.detector, "pillar": s.pillar.value, "message": s.message} for s in health.strengths
        ],
        "inputs": [_input(surveyed) for surveyed in health.inputs],
        "rules_version": health.rules_version,
        "bank_version": health.bank_version,
    }


def _share(share: Share) -> dict[str, float]:
    return {"known": _whole(share.known), "required": share.required, "share": float(share.share)}


def _shares(shares: Mapping[Any, Share]) -> dict[str, dict[str, float]]:
    return {str(key): _share(share) for key, share in shares.items()}


def _pillar(score: PillarScore) -> dict[str, Any]:
    deductions = [{"detector": d.detector, "points": float(d.points), "reason": d.reason} for d in score.deductions]
    return {"points": float(score.points), "deductions": deductions}


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "detector": finding.detector,
        "severity": finding.severity.value,
        "basis": finding.basis.value,
        "pillar": finding.pillar.value,
        "message": finding.full_message,
        "action": finding.action,
        "who": list(finding.who),
        "input": finding.input,
        "reads": list(finding.reads),
    }


def _input(surveyed: Surveyed) -> dict[str, Any]:
    simpler = surveyed.alternative
    return {
        "name": surveyed.name,
        "difficulty": surveyed.difficulty.value,
        "reasons": [reason.code for reason in surveyed.reasons],
        "skew_risk": surveyed.skew_risk.value,
        "alternative": simpler
        and {
            "rule": simpler.rule,
            "text": simpler.text,
            "level": simpler.level and simpler.level.value,
            "weeks_saved": [_whole(simpler.saved.low), _whole(simpler.saved.high)],
        },
    }


def _whole(number: float) -> float:
    """A whole number without the ".0"."""
    return int(number) if number == int(number) else number
