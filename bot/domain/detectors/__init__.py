"""One module for each pillar, one function for each detector; the table they follow is the alignment model's, 3.4.

A new detector is one function in its pillar's module.
"""

from . import (  # noqa: F401  (imported to register)
    change,
    data,
    gaps,
    monitoring,
    partner,
    product,
    pulse,
    simple,
    sla,
    speed,
    strengths,
    training,
)
from .case import Case
from .registry import DETECTORS, STRENGTHS, Row, Sign

__all__ = ["DETECTORS", "STRENGTHS", "Case", "Row", "Sign"]
