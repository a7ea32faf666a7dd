"""The names of the files that were sent and received, and the reports kept of what they brought."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("package") as batch:
        batch.add_column(sa.Column("file", sa.Text(), nullable=True))
        batch.add_column(sa.Column("households", sa.Integer(), nullable=True))
    op.create_table(
        "kept_report",
        sa.Column("group", sa.Uuid(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group"], ["audit_group.uid"], name=op.f("fk_kept_report_group_audit_group")
        ),
        sa.PrimaryKeyConstraint("group", name=op.f("pk_kept_report")),
    )
