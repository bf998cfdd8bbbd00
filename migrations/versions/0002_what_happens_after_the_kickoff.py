"""what happens after the kickoff"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from bot.db import tables

revision: str = "0002"
down_revision: str | Sequence[str] | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "workspace",
        sa.Column("enterprise_id", sa.String(length=32), nullable=False),
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("leads_channel", sa.String(length=32), nullable=True),
        sa.Column("leads_day", sa.Integer(), nullable=True),
        sa.Column("leads_hour", sa.Integer(), nullable=False),
        sa.Column("next_leads_at", tables.UtcDateTime(timezone=True), nullable=True),
        sa.Column("told", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("team_id", name=op.f("pk_workspace")),
    )
    with op.batch_alter_table("workspace") as batch_op:
        batch_op.create_index("ix_workspace_next_leads", ["next_leads_at"], unique=False)

    op.create_table(
        "entry",
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("key", sa.String(length=255), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_entry_project_id_project"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("project_id", "kind", "key", name=op.f("pk_entry")),
        comment="The chronicle of a project, read and written with it.",
    )
    with op.batch_alter_table("answer") as batch_op:
        batch_op.add_column(sa.Column("confirmed_at", tables.UtcDateTime(timezone=True), nullable=True))

    op.drop_index("ix_ping_item_question", "ping_item")
    with op.batch_alter_table("ping_item") as batch_op:
        batch_op.alter_column(
            "question",
            new_column_name="subject",
            existing_type=sa.String(64),
            type_=sa.String(255),
            existing_nullable=False,
        )
    op.create_index("ix_ping_item_subject", "ping_item", ["project_id", "subject"])

    with op.batch_alter_table("project") as batch_op:
        batch_op.add_column(sa.Column("pulse_weeks", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("shared", sa.Boolean(), server_default=sa.text("false"), nullable=False))
        batch_op.add_column(sa.Column("next_check_at", tables.UtcDateTime(timezone=True), nullable=True))
        batch_op.create_index("ix_project_next_check", ["next_check_at"], unique=False)

    # Kickoffs that run already get pulses and the daily look like new ones.
    op.execute("UPDATE project SET pulse_weeks = 2, next_check_at = CURRENT_TIMESTAMP WHERE stage <> 'closed'")


def downgrade() -> None:
    with op.batch_alter_table("project") as batch_op:
        batch_op.drop_index("ix_project_next_check")
        batch_op.drop_column("next_check_at")
        batch_op.drop_column("shared")
        batch_op.drop_column("pulse_weeks")

    op.drop_index("ix_ping_item_subject", "ping_item")
    with op.batch_alter_table("ping_item") as batch_op:
        batch_op.alter_column(
            "subject",
            new_column_name="question",
            existing_type=sa.String(255),
            type_=sa.String(64),
            existing_nullable=False,
        )
    op.create_index("ix_ping_item_question", "ping_item", ["project_id", "question"])

    with op.batch_alter_table("answer") as batch_op:
        batch_op.drop_column("confirmed_at")

    op.drop_table("entry")
    with op.batch_alter_table("workspace") as batch_op:
        batch_op.drop_index("ix_workspace_next_leads")

    op.drop_table("workspace")
