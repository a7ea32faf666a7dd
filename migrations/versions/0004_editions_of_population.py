"""The population of a village and year in editions: that of a closed year stands still too."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("review_round") as batch:
        batch.add_column(sa.Column("edition", sa.Integer(), nullable=True))

    with op.batch_alter_table("population") as batch:
        batch.add_column(sa.Column("edition_from", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("edition_to", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("reason", sa.Text(), nullable=True))
        batch.add_column(sa.Column("counted_by", sa.Uuid(), nullable=True))
        batch.create_foreign_key(
            batch.f("fk_population_counted_by_review_round"),
            "review_round",
            ["counted_by"],
            ["uid"],
        )
        batch.drop_index("uq_population_area_year")
        batch.create_index(
            "uq_population_area_year",
            ["area", "year"],
            unique=True,
            sqlite_where=sa.text("removed = 0 AND edition_to IS NULL"),
            postgresql_where=sa.text("NOT removed AND edition_to IS NULL"),
        )
