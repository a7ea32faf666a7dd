"""What a review leaves: certificates, editions of results, corrections, opening counts."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "certificate",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("removed", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("household", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("replaces", sa.Uuid(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["household"], ["household.uid"], name=op.f("fk_certificate_household_household")
        ),
        sa.ForeignKeyConstraint(
            ["replaces"], ["certificate.uid"], name=op.f("fk_certificate_replaces_certificate")
        ),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_certificate")),
    )
    op.create_index(op.f("ix_certificate_household"), "certificate", ["household"], unique=False)

    op.create_table(
        "certificate_year",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("removed", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("certificate", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("household_class", sa.Text(), nullable=False),
        sa.Column("decision", sa.Uuid(), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["certificate"],
            ["certificate.uid"],
            name=op.f("fk_certificate_year_certificate_certificate"),
        ),
        sa.ForeignKeyConstraint(
            ["decision"], ["decision.uid"], name=op.f("fk_certificate_year_decision_decision")
        ),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_certificate_year")),
    )
    op.create_index(
        op.f("ix_certificate_year_certificate"), "certificate_year", ["certificate"], unique=False
    )

    op.create_table(
        "correction",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("removed", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("household", sa.Uuid(), nullable=False),
        sa.Column("standard", sa.Text(), nullable=False),
        sa.Column("review_year", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("document", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("class_record", sa.Uuid(), nullable=True),
        sa.Column("replaced", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["class_record"],
            ["class_record.uid"],
            name=op.f("fk_correction_class_record_class_record"),
        ),
        sa.ForeignKeyConstraint(
            ["replaced"], ["class_record.uid"], name=op.f("fk_correction_replaced_class_record")
        ),
        sa.ForeignKeyConstraint(
            ["household"], ["household.uid"], name=op.f("fk_correction_household_household")
        ),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_correction")),
    )
    op.create_index(op.f("ix_correction_household"), "correction", ["household"], unique=False)
    op.create_index(
        op.f("ix_correction_review_year_standard"),
        "correction",
        ["review_year", "standard"],
        unique=False,
    )

    op.create_table(
        "movement_correction",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("removed", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("household", sa.Uuid(), nullable=False),
        sa.Column("standard", sa.Text(), nullable=False),
        sa.Column("review_year", sa.Integer(), nullable=False),
        sa.Column("list", sa.Text(), nullable=False),
        sa.Column("flow", sa.Text(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["household"],
            ["household.uid"],
            name=op.f("fk_movement_correction_household_household"),
        ),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_movement_correction")),
    )
    op.create_index(
        op.f("ix_movement_correction_review_year_standard"),
        "movement_correction",
        ["review_year", "standard"],
        unique=False,
    )

    op.create_table(
        "opening_count",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("removed", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("village", sa.Uuid(), nullable=False),
        sa.Column("standard", sa.Text(), nullable=False),
        sa.Column("review_year", sa.Integer(), nullable=False),
        sa.Column("household_class", sa.Text(), nullable=False),
        sa.Column("households", sa.Integer(), nullable=False),
        sa.Column("persons", sa.Integer(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["village"], ["area.uid"], name=op.f("fk_opening_count_village_area")
        ),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_opening_count")),
    )
    op.create_index(
        "uq_opening_count_village_year",
        "opening_count",
        ["village", "standard", "review_year", "household_class"],
        unique=True,
        sqlite_where=sa.text("removed = 0"),
        postgresql_where=sa.text("NOT removed"),
    )

    with op.batch_alter_table("review_result") as batch:
        batch.add_column(
            sa.Column("edition_from", sa.Integer(), server_default=sa.text("1"), nullable=False)
        )
        batch.add_column(sa.Column("edition_to", sa.Integer(), nullable=True))
        batch.drop_index(batch.f("ix_review_result_rollup"))
        batch.create_index(
            "ix_review_result_rollup",
            [
                "review_year",
                "standard",
                "removed",
                "village",
                "household_class",
                "average_living",
                "recognised",
                "social_protection",
                "persons",
                "edition_from",
                "edition_to",
            ],
            unique=False,
        )

    with op.batch_alter_table("review_round") as batch:
        batch.add_column(sa.Column("review", sa.Uuid(), nullable=True))
        batch.create_foreign_key(
            batch.f("fk_review_round_review_review"), "review", ["review"], ["uid"]
        )
