"""Every convention of the alignment model in one place: thresholds, points, bands, limits.

They are conventions, not measurements: a team may tune them on its own history. Whoever changes one raises
RULES_VERSION, so that a trend line breaks visibly instead of bending quietly.
"""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal

from .bank import Kind, Pillar

RULES_VERSION = 1

# Reading
KNOWN_WEIGHT: Mapping[str, float] = {
    "answered": 1,
    "vague": 0.5,
    "stale": 0.5,
    "unknown": 0,
    "guess": 0,
    "unanswered": 0,
}
SILENT_BELOW = 0.25  # share of a role's core questions to which it has reacted
CONFIRMED_FOR: Mapping[Kind, timedelta] = {
    Kind.DATA_AVAILABILITY: timedelta(days=45),
    Kind.FEASIBILITY: timedelta(days=45),
    Kind.OWNERSHIP: timedelta(days=60),
    Kind.TRADE_OFF: timedelta(days=60),
    Kind.CONSTRAINT: timedelta(days=90),
    Kind.SUCCESS: timedelta(days=90),
    Kind.RISK: timedelta(days=90),
}

# State
UNKNOWN_BELOW = 0.60  # coverage
AT_RISK_BELOW = 0.85  # coverage
MANY_HIGH = 4
MANY_HIGH_PILLARS = 3
MANY_MEDIUM = 4

# Score
PILLAR_POINTS = 20
DEDUCTION: Mapping[str, int] = {"critical": 20, "high": 8, "medium": 3, "low": 1}
FURTHER_INPUT = 1
ACCEPTED_SHARE = 0.5
BANDS: Mapping[str, tuple[int, int]] = {
    "misaligned": (0, 39),
    "not_enough_known": (0, 59),
    "at_risk": (40, 79),
    "aligned": (80, 100),
}

# Performance
FAR_OVER_BUDGET = Decimal("1.2")
BATCH_IS_ENOUGH_FROM = Decimal(3600)  # seconds
NEAR_LAUNCH = 30  # days: what is not measured by then weighs more
CLOSE_TO_LAUNCH = 14  # days: what is promised is measured by then

# Service levels and monitoring
TRUTH_IS_LATE_AFTER = Decimal(30 * 86400)  # seconds
BREACH_COUNTS_FOR = timedelta(days=14)
MANY_BREACHES = 2

# Partnership
PAIRING_APART = 2  # steps between the two answers
RECHECK_WITHIN = timedelta(days=7)
SLIPPED = (2, timedelta(days=14))  # moves of the launch; or more than this in total
SLIPPED_FAR = (3, timedelta(days=42))

# Inputs
MINUTE = Decimal(60)
DAY = Decimal(86400)
READ_SHARE = Decimal("0.5")  # of the latency budget, for one input
VERY_HARD_FROM = 2  # hard reasons
HARD_FROM_MODERATE = 3  # moderate reasons
BEST_HARD_INPUTS = 3
BUILD_WEEKS: Mapping[str, tuple[float, float]] = {
    "easy": (0, 1),
    "moderate": (1, 2),
    "hard": (2, 4),
    "very_hard": (4, 8),
    "blocked": (4, 8),  # at least as long as the hardest that can be built
    "unknown": (0, 0),  # adds nothing until the survey says more
}
BUILD_MIDPOINT: Mapping[str, float] = {
    "easy": 0,
    "moderate": 1.5,
    "hard": 3,
    "very_hard": 6,
    "blocked": 6,
    "unknown": 0,
}

# Launch
FAR_OVER_DATE = Decimal("1.25")  # of the time that is left
BUILDS_GOING_BADLY = Decimal("1.5")

# Pulse: the statements that each role marks from 1 (disagree) to 5 (agree), with the pillar each one speaks for
PULSE: Mapping[str, tuple[Pillar, str]] = {
    "pulse.goal": (
        Pillar.PRODUCT,
        "I can name the number this must move, and the other two would name the same one.",
    ),
    "pulse.feasible": (Pillar.PRODUCT, "Knowing what we know today, we can deliver this."),
    "pulse.data": (Pillar.DATA, "What the model needs will be in production, fresh enough."),
    "pulse.simple": (Pillar.SIMPLE, "What we are building is the simplest thing worth shipping."),
    "pulse.date": (Pillar.SIMPLE, "The current date is realistic."),
    "pulse.partner": (Pillar.PARTNER, "When I need something from the other two, I get it in time."),
    "pulse.measure": (Pillar.SLA, "If this went live and hurt the goal, we would notice within a week."),
}
PULSE_EVERY_TIME = ("pulse.goal", "pulse.date")
PULSE_STATEMENTS = 4
PULSE_OPEN_FOR = 3  # working days
PULSE_WEEKLY_FOR = timedelta(weeks=4)  # before launch
PULSE_APART = 2  # between the lowest and the highest reading of one statement
PULSE_FAR_APART = 3
PULSE_DOUBT = 2  # at or below
PULSE_STRONG_DOUBT = 1
PULSE_MANY_DOUBT = 2  # roles
PULSE_DROP = 2
PULSE_SILENT = 2  # rounds in a row

# Words that name a model's score, as whole words in any case
MODEL_METRICS = (
    *("accuracy", "precision", "recall", "f1", "specificity", "auc", "auroc", "auprc", "roc", "iou"),
    *("rmse", "mse", "mae", "mape", "absolute error", "squared error", "r2", "r²", "correlation", "concordance"),
    *("c-index", "ndcg", "map@k", "logloss", "log loss", "log-loss", "brier", "perplexity", "bleu", "rouge"),
)
