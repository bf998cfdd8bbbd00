"""What is stored. Every row that belongs to a workspace names it; a child row belongs to its project's workspace."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    TypeDecorator,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_N_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class UtcDateTime(TypeDecorator[datetime]):
    """SQLite forgets time zones; this puts UTC back, and refuses a naive datetime on the way in."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError(f"naive datetime: {value!r}")
        return value and value.astimezone(UTC)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        return value and (value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC))


def _team() -> tuple[Column[str], Column[str]]:
    return Column("enterprise_id", String(32), nullable=False, default=""), Column(
        "team_id", String(32), nullable=False
    )


def _of_project(**options: Any) -> Column[int]:
    return Column("project_id", ForeignKey("project.id", ondelete="CASCADE"), nullable=False, **options)


project = Table(
    "project",
    metadata,
    Column("id", Integer, primary_key=True),
    *_team(),
    Column("channel", String(32), nullable=False),
    Column("private", Boolean, nullable=False),
    Column("name", Text, nullable=False),
    Column("slug", Text, nullable=False),  # the name as compared: one open kickoff per channel and slug
    Column("summary", Text, nullable=False),
    Column("started_by", String(32), nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("zone", String(64), nullable=False),
    Column("launch", Date),
    Column("stage", String(16), nullable=False),
    Column("reachable", Boolean, nullable=False),
    Column("bank_version", Integer, nullable=False),
    Column("card_ts", String(32)),
    Column("digest_day", Integer),
    Column("digest_hour", Integer, nullable=False),
    Column("pulse_weeks", Integer),
    Column("shared", Boolean, nullable=False, server_default=text("false")),
    Column("next_digest_at", UtcDateTime),
    Column("next_ping_at", UtcDateTime),
    Column("next_check_at", UtcDateTime),
    Index(
        "uq_project_open_name",
        "team_id",
        "channel",
        "slug",
        unique=True,
        sqlite_where=text("stage <> 'closed'"),
        postgresql_where=text("stage <> 'closed'"),
    ),
    Index("ix_project_next_digest", "next_digest_at"),
    Index("ix_project_next_ping", "next_ping_at"),
    Index("ix_project_next_check", "next_check_at"),
)

member = Table(
    "member",
    metadata,
    _of_project(primary_key=True),
    Column("role", String(8), primary_key=True),
    Column("user_id", String(32), primary_key=True),
    Column("part", String(16), nullable=False),
    Index("ix_member_user", "user_id"),
)

interview = Table(
    "interview",
    metadata,
    _of_project(primary_key=True),
    Column("role", String(8), primary_key=True),
    Column("card_ts", String(32)),
    Column("place_channel", String(32)),
    Column("place_ts", String(32)),
    Column("asked", String(64)),
    Column("asked_at", UtcDateTime),
    Column("progress", JSON, nullable=False),  # the rest of the conversation's state, see domain.project.Interview
    Index("ix_interview_place", "place_channel", "place_ts"),
)

answer = Table(
    "answer",
    metadata,
    Column("id", Integer, primary_key=True),
    _of_project(),
    Column("question", String(64), nullable=False),
    Column("value", JSON(none_as_null=True)),
    Column("withdrawn", Boolean, nullable=False),
    Column("by", String(32), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("channel", String(32)),
    Column("ts", String(32)),
    Column("marks", JSON, nullable=False),
    Column("note", Text, nullable=False),
    Column("confirmed_at", UtcDateTime),
    Index("ix_answer_project", "project_id", "id"),
    comment="Append-only: each change of an answer is a row, and a question's newest one counts.",
)

entry = Table(
    "entry",
    metadata,
    _of_project(primary_key=True),
    Column("kind", String(16), primary_key=True),
    Column("key", String(255), primary_key=True),
    Column("data", JSON, nullable=False),  # a thing that happened or was settled, see db.entries
    comment="The chronicle of a project, read and written with it.",
)

workspace = Table(
    "workspace",
    metadata,
    Column("enterprise_id", String(32), nullable=False, default=""),
    Column("team_id", String(32), primary_key=True),
    Column("leads_channel", String(32)),
    Column("leads_day", Integer),
    Column("leads_hour", Integer, nullable=False),
    Column("next_leads_at", UtcDateTime),
    Column("told", JSON, nullable=False),  # what the last digest for the leads said, for the next one to compare
    Index("ix_workspace_next_leads", "next_leads_at"),
)

reply = Table(
    "reply",
    metadata,
    Column("channel", String(32), primary_key=True),
    Column("ts", String(32), primary_key=True),
    _of_project(),
    Column("role", String(8), nullable=False),
    Column("question", String(64)),  # none: typed while the next question was on its way
    Column("by", String(32), nullable=False),
    Column("text", Text, nullable=False),
    Index("ix_reply_project", "project_id"),
)

person = Table(
    "person",
    metadata,
    *_team(),
    Column("user_id", String(32), nullable=False),
    PrimaryKeyConstraint("team_id", "user_id"),
    Column("name", Text, nullable=False),
    Column("zone", String(64), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("admin", Boolean, nullable=False),
    Column("dm", String(32)),
    Column("seen_at", UtcDateTime, nullable=False),
)

ping = Table(
    "ping",
    metadata,
    Column("id", Integer, primary_key=True),
    *_team(),
    Column("user_id", String(32), nullable=False),
    Column("day", Date, nullable=False),  # in the person's zone
    Column("at", UtcDateTime, nullable=False),
    Column("channel", String(32)),
    Column("ts", String(32)),
    Index("uq_ping_day", "team_id", "user_id", "day", unique=True),
)

ping_item = Table(
    "ping_item",
    metadata,
    Column("ping_id", ForeignKey("ping.id", ondelete="CASCADE"), primary_key=True),
    _of_project(primary_key=True),
    Column("subject", String(255), primary_key=True),  # a question, or another thing that waits for somebody
    Column("rule", String(64), nullable=False),
    Index("ix_ping_item_subject", "project_id", "subject"),
)

digest = Table(
    "digest",
    metadata,
    _of_project(primary_key=True),
    Column("week", String(8), primary_key=True),
    Column("facts", JSON, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("ts", String(32)),  # none until Slack has it
)

handled = Table(
    "handled",
    metadata,
    Column("once", String(255), primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Index("ix_handled_at", "at"),
)

failed = Table(
    "failed",
    metadata,
    Column("id", Integer, primary_key=True),
    *_team(),
    Column("once", String(255), nullable=False, unique=True),
    Column("kind", String(32), nullable=False),
    Column("payload", JSON, nullable=False),
    Column("error", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("tries", Integer, nullable=False),
)

lane = Table(
    "lane",
    metadata,
    Column("key", String(96), primary_key=True),
    Column("free_at", UtcDateTime, nullable=False),
)

_todo = text("done_at IS NULL")
_waiting = text("tried_at IS NULL AND done_at IS NULL")

job = Table(
    "job",
    metadata,
    Column("id", Integer, primary_key=True),
    *_team(),
    Column("key", String(255), nullable=False, unique=True),
    Column("slot", String(96)),
    Column("lane", ForeignKey("lane.key"), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("args", JSON, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("tries", Integer, nullable=False),  # only ever more: the token by which an overrun lease is told
    Column("excused", Integer, nullable=False),  # of the tries: those that Slack turned away with a wait
    Column("tried_at", UtcDateTime),  # of the first try: where a search for our own post begins
    Column("done_at", UtcDateTime),
    Column("error", Text),
    Index("ix_job_todo", "id", sqlite_where=_todo, postgresql_where=_todo),
    Index("ix_job_done", "done_at"),
    Index("uq_job_slot", "slot", unique=True, sqlite_where=_waiting, postgresql_where=_waiting),
)
