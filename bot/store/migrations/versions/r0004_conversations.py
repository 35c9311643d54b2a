"""What is remembered of a conversation: the last question, what answered it, and what is still open."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """The table is made anew: what it holds is worth half an hour, and SQLite adds no column without a default."""
    op.drop_table("dialogues")
    op.create_table(
        "dialogues",
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("group_id", sa.Text(), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("rest", sa.Text(), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("entry", sa.Text(), nullable=True),
        sa.Column("unanswered", sa.JSON(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("fact", sa.Integer(), nullable=True),
        sa.Column("facts_asked", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_dialogues_case_id"),
        sa.PrimaryKeyConstraint("channel", "user_id", "group_id", name="pk_dialogues"),
    )
