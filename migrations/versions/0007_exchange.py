"""What other copies of the register sent: their actions and edits, and the packages themselves."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "package",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("removed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("area", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("standard", sa.Text(), nullable=True),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=True),
        sa.Column("made_by", sa.Text(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("replaces", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["area"], ["area.uid"], name=op.f("fk_package_area_area")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_package")),
    )
    op.create_index(op.f("ix_package_area"), "package", ["area"])
    op.create_table(
        "foreign_group",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("op", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("origin", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_foreign_group")),
    )
    op.create_table(
        "foreign_change",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("source", sa.Uuid(), nullable=False),
        sa.Column("merged_by", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("record", sa.Uuid(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("replaces", sa.Text(), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [column],
                [f"{table}.uid"],
                name=op.f(f"fk_foreign_change_{column}_{table}"),
            )
            for column, table in (("source", "foreign_group"), ("merged_by", "audit_group"))
        ),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_foreign_change")),
    )
    op.create_index(op.f("ix_foreign_change_record"), "foreign_change", ["record"])
    op.create_index(op.f("ix_foreign_change_merged_by"), "foreign_change", ["merged_by"])
    with op.batch_alter_table("audit_change") as batch:
        batch.add_column(sa.Column("also_replaces", sa.Text(), nullable=True))
        batch.add_column(sa.Column("source", sa.Text(), nullable=True))
