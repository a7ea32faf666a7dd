"""What the tables by causes and of children count, frozen with the results of a year."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

COUNTED = ("children", "children_uninsured", "children_malnourished", "children_out_of_school")


def upgrade() -> None:
    with op.batch_alter_table("review_result") as batch:
        batch.add_column(sa.Column("causes", sa.Text(), nullable=True))
        for which in ("", "most_"):
            for name in COUNTED:
                batch.add_column(sa.Column(f"{which}{name}", sa.Integer(), nullable=True))
    with op.batch_alter_table("review_result_person") as batch:
        batch.add_column(sa.Column("counted_as", sa.Text(), nullable=True))
