"""What was signed or sent, frozen."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "issued",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("removed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("area", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("standard", sa.Text(), nullable=True),
        sa.Column("edition", sa.Integer(), nullable=True),
        sa.Column("household", sa.Uuid(), nullable=True),
        sa.Column("person", sa.Uuid(), nullable=True),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("recipients", sa.Text(), nullable=True),
        sa.Column("signer", sa.Text(), nullable=True),
        sa.Column("purpose", sa.Text(), nullable=True),
        sa.Column("cancelled_on", sa.Date(), nullable=True),
        sa.Column("cancel_reason", sa.Text(), nullable=True),
        sa.Column("replaces", sa.Uuid(), nullable=True),
        sa.Column("data_seq", sa.Integer(), nullable=False),
        sa.Column("data_hash", sa.Text(), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.uid"], name=op.f(f"fk_issued_{column}_{table}")
            )
            for column, table in (
                ("area", "area"),
                ("household", "household"),
                ("person", "person"),
                ("replaces", "issued"),
            )
        ),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_issued")),
    )
    for column in ("household", "issued_on"):
        op.create_index(op.f(f"ix_issued_{column}"), "issued", [column])
