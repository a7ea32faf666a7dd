"""Plans and reports as written papers, targets, the calendar: new tables, all empty; what villages
shall reach may belong to a version of the plan.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "document",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("removed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("area", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=True),
        sa.Column("layout", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("change", sa.Text(), nullable=True),
        sa.Column("before", sa.Uuid(), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("summary", sa.Text(), nullable=True),
        sa.Column("addressee", sa.Text(), nullable=True),
        sa.Column("grounds", sa.Text(), nullable=True),
        sa.Column("opening", sa.Text(), nullable=True),
        sa.Column("closing", sa.Text(), nullable=True),
        sa.Column("recipients", sa.Text(), nullable=True),
        sa.Column("authority", sa.Text(), nullable=True),
        sa.Column("signer_title", sa.Text(), nullable=True),
        sa.Column("signer_name", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["area"], ["area.uid"], name=op.f("fk_document_area_area")),
        sa.ForeignKeyConstraint(
            ["before"],
            ["document.uid"],
            name=op.f("fk_document_before_document"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_document")),
    )
    op.create_index(op.f("ix_document_area_year"), "document", ["area", "year"])

    op.create_table(
        "target_result",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("removed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("area", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("measured_on", sa.Date(), nullable=False),
        sa.Column("numerator", sa.Integer(), nullable=True),
        sa.Column("denominator", sa.Integer(), nullable=True),
        sa.Column("value", sa.Integer(), nullable=True),
        sa.Column("reached", sa.Boolean(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["area"], ["area.uid"], name=op.f("fk_target_result_area_area")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_target_result")),
    )
    op.create_index(op.f("ix_target_result_area_year"), "target_result", ["area", "year"])

    op.create_table(
        "report_schedule",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("removed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("document", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("due_month", sa.Integer(), nullable=True),
        sa.Column("due_day", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("before", sa.Boolean(), nullable=True),
        sa.Column("cutoff_month", sa.Integer(), nullable=True),
        sa.Column("cutoff_day", sa.Integer(), nullable=True),
        sa.Column("senders", sa.Text(), nullable=True),
        sa.Column("body", sa.Uuid(), nullable=True),
        sa.Column("sender", sa.Text(), nullable=True),
        sa.Column("via", sa.Text(), nullable=True),
        sa.Column("recipient", sa.Text(), nullable=True),
        sa.Column("confirmed", sa.Boolean(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["body"], ["body.uid"], name=op.f("fk_report_schedule_body_body")),
        sa.ForeignKeyConstraint(
            ["document"], ["document.uid"], name=op.f("fk_report_schedule_document_document")
        ),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_report_schedule")),
    )
    op.create_index(op.f("ix_report_schedule_document"), "report_schedule", ["document"])

    op.create_table(
        "document_section",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("removed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("document", sa.Uuid(), nullable=False),
        sa.Column("parent", sa.Uuid(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("included", sa.Boolean(), nullable=False),
        sa.Column("annex", sa.Boolean(), nullable=False),
        sa.Column("style", sa.Text(), nullable=True),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("content", sa.Text(), nullable=True),
        sa.Column("plan_component", sa.Uuid(), nullable=True),
        sa.Column("body", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["body"], ["body.uid"], name=op.f("fk_document_section_body_body")),
        sa.ForeignKeyConstraint(
            ["document"], ["document.uid"], name=op.f("fk_document_section_document_document")
        ),
        sa.ForeignKeyConstraint(
            ["parent"],
            ["document_section.uid"],
            name=op.f("fk_document_section_parent_document_section"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["plan_component"],
            ["plan_component.uid"],
            name=op.f("fk_document_section_plan_component_plan_component"),
        ),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_document_section")),
    )
    op.create_index(op.f("ix_document_section_document"), "document_section", ["document"])

    op.create_table(
        "report_receipt",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("removed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("area", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("village", sa.Uuid(), nullable=True),
        sa.Column("body", sa.Uuid(), nullable=True),
        sa.Column("officer", sa.Uuid(), nullable=True),
        sa.Column("submitted_on", sa.Date(), nullable=False),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("issued", sa.Uuid(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["area"], ["area.uid"], name=op.f("fk_report_receipt_area_area")),
        sa.ForeignKeyConstraint(["body"], ["body.uid"], name=op.f("fk_report_receipt_body_body")),
        sa.ForeignKeyConstraint(
            ["issued"], ["issued.uid"], name=op.f("fk_report_receipt_issued_issued")
        ),
        sa.ForeignKeyConstraint(
            ["officer"], ["officer.uid"], name=op.f("fk_report_receipt_officer_officer")
        ),
        sa.ForeignKeyConstraint(
            ["village"], ["area.uid"], name=op.f("fk_report_receipt_village_area")
        ),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_report_receipt")),
    )
    op.create_index(op.f("ix_report_receipt_area_year"), "report_receipt", ["area", "year"])

    op.create_table(
        "target",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("removed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("document", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("indicator", sa.Text(), nullable=False),
        sa.Column("groups", sa.Text(), nullable=True),
        sa.Column("dimension", sa.Text(), nullable=True),
        sa.Column("basis", sa.Text(), nullable=True),
        sa.Column("comparator", sa.Text(), nullable=True),
        sa.Column("assigned", sa.Integer(), nullable=True),
        sa.Column("assigned_by", sa.Text(), nullable=True),
        sa.Column("assigned_on", sa.Date(), nullable=True),
        sa.Column("pursued", sa.Integer(), nullable=True),
        sa.Column("baseline", sa.Integer(), nullable=True),
        sa.Column("baseline_numerator", sa.Integer(), nullable=True),
        sa.Column("baseline_denominator", sa.Integer(), nullable=True),
        sa.Column("baseline_standard", sa.Text(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("programme", sa.Text(), nullable=True),
        sa.Column("component", sa.Text(), nullable=True),
        sa.Column("plan_component", sa.Uuid(), nullable=True),
        sa.Column("body", sa.Uuid(), nullable=True),
        sa.Column("content", sa.Text(), nullable=True),
        sa.Column("addition", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["body"], ["body.uid"], name=op.f("fk_target_body_body")),
        sa.ForeignKeyConstraint(
            ["document"], ["document.uid"], name=op.f("fk_target_document_document")
        ),
        sa.ForeignKeyConstraint(
            ["plan_component"],
            ["plan_component.uid"],
            name=op.f("fk_target_plan_component_plan_component"),
        ),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_target")),
    )
    op.create_index(op.f("ix_target_document"), "target", ["document"])

    with op.batch_alter_table("village_target") as batch:
        batch.add_column(sa.Column("document", sa.Uuid(), nullable=True))
        batch.add_column(sa.Column("poor_to_near_poor", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("poor_again", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("poor_new", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("near_poor_again", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("near_poor_new", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("expected_households", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("note", sa.Text(), nullable=True))
        batch.drop_index("uq_village_target_area_year")
        batch.create_index(
            "uq_village_target_area_year",
            ["area", "year"],
            unique=True,
            sqlite_where=sa.text("removed = 0 AND document IS NULL"),
            postgresql_where=sa.text("NOT removed AND document IS NULL"),
        )
        batch.create_index(
            "uq_village_target_area_document",
            ["area", "document"],
            unique=True,
            sqlite_where=sa.text("removed = 0"),
            postgresql_where=sa.text("NOT removed"),
        )
        batch.create_foreign_key(
            batch.f("fk_village_target_document_document"), "document", ["document"], ["uid"]
        )
