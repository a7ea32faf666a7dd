"""Bodies, plans, activities and money: new tables, all empty."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "body",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("removed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("area", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["area"], ["area.uid"], name=op.f("fk_body_area_area")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_body")),
    )
    op.create_table(
        "officer",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("removed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("area", sa.Uuid(), nullable=False),
        sa.Column("body", sa.Uuid(), nullable=True),
        sa.Column("village", sa.Uuid(), nullable=True),
        sa.Column("full_name", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("sex", sa.Text(), nullable=True),
        sa.Column("party_member", sa.Boolean(), nullable=True),
        sa.Column("poverty_officer", sa.Boolean(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["area"], ["area.uid"], name=op.f("fk_officer_area_area")),
        sa.ForeignKeyConstraint(["body"], ["body.uid"], name=op.f("fk_officer_body_body")),
        sa.ForeignKeyConstraint(["village"], ["area.uid"], name=op.f("fk_officer_village_area")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_officer")),
    )
    op.create_table(
        "plan_component",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("removed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("area", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("programme", sa.Text(), nullable=True),
        sa.Column("component", sa.Text(), nullable=True),
        sa.Column("parent", sa.Uuid(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("printed_number", sa.Text(), nullable=True),
        sa.Column("printed_name", sa.Text(), nullable=False),
        sa.Column("goal", sa.Text(), nullable=True),
        sa.Column("target_group", sa.Text(), nullable=True),
        sa.Column("content", sa.Text(), nullable=True),
        sa.Column("outputs", sa.Text(), nullable=True),
        sa.Column("body", sa.Uuid(), nullable=True),
        sa.Column("partners", sa.Text(), nullable=True),
        sa.Column("period", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["area"], ["area.uid"], name=op.f("fk_plan_component_area_area")),
        sa.ForeignKeyConstraint(
            ["parent"],
            ["plan_component.uid"],
            name=op.f("fk_plan_component_parent_plan_component"),
            deferrable=True,
            initially="DEFERRED",
        ),
        sa.ForeignKeyConstraint(["body"], ["body.uid"], name=op.f("fk_plan_component_body_body")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_plan_component")),
    )
    op.create_index(op.f("ix_plan_component_area_year"), "plan_component", ["area", "year"])
    op.create_table(
        "activity",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("removed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("area", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("programme", sa.Text(), nullable=True),
        sa.Column("component", sa.Text(), nullable=True),
        sa.Column("plan_component", sa.Uuid(), nullable=True),
        sa.Column("village", sa.Uuid(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("body", sa.Uuid(), nullable=True),
        sa.Column("officer", sa.Uuid(), nullable=True),
        sa.Column("partners", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=True),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["area"], ["area.uid"], name=op.f("fk_activity_area_area")),
        sa.ForeignKeyConstraint(
            ["plan_component"],
            ["plan_component.uid"],
            name=op.f("fk_activity_plan_component_plan_component"),
        ),
        sa.ForeignKeyConstraint(["village"], ["area.uid"], name=op.f("fk_activity_village_area")),
        sa.ForeignKeyConstraint(["body"], ["body.uid"], name=op.f("fk_activity_body_body")),
        sa.ForeignKeyConstraint(
            ["officer"], ["officer.uid"], name=op.f("fk_activity_officer_officer")
        ),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_activity")),
    )
    op.create_index(op.f("ix_activity_area_year"), "activity", ["area", "year"])
    op.create_table(
        "task",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("removed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("area", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("section", sa.Text(), nullable=True),
        sa.Column("programme", sa.Text(), nullable=True),
        sa.Column("component", sa.Text(), nullable=True),
        sa.Column("plan_component", sa.Uuid(), nullable=True),
        sa.Column("body", sa.Uuid(), nullable=True),
        sa.Column("village", sa.Uuid(), nullable=True),
        sa.Column("role", sa.Text(), nullable=True),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("state", sa.Text(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["area"], ["area.uid"], name=op.f("fk_task_area_area")),
        sa.ForeignKeyConstraint(
            ["plan_component"],
            ["plan_component.uid"],
            name=op.f("fk_task_plan_component_plan_component"),
        ),
        sa.ForeignKeyConstraint(["body"], ["body.uid"], name=op.f("fk_task_body_body")),
        sa.ForeignKeyConstraint(["village"], ["area.uid"], name=op.f("fk_task_village_area")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_task")),
    )
    op.create_index(op.f("ix_task_area_year"), "task", ["area", "year"])
    op.create_table(
        "activity_item",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("removed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("activity", sa.Uuid(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("raised_by", sa.Text(), nullable=True),
        sa.Column("body", sa.Uuid(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["activity"], ["activity.uid"], name=op.f("fk_activity_item_activity_activity")
        ),
        sa.ForeignKeyConstraint(["body"], ["body.uid"], name=op.f("fk_activity_item_body_body")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_activity_item")),
    )
    op.create_index(op.f("ix_activity_item_activity"), "activity_item", ["activity"])
    op.create_table(
        "activity_participant",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("removed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("activity", sa.Uuid(), nullable=False),
        sa.Column("household", sa.Uuid(), nullable=True),
        sa.Column("person", sa.Uuid(), nullable=True),
        sa.Column("officer", sa.Uuid(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("role", sa.Text(), nullable=True),
        sa.Column("joined_on", sa.Date(), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("attended", sa.Boolean(), nullable=True),
        sa.Column("received", sa.Text(), nullable=True),
        sa.Column("to_return", sa.Integer(), nullable=True),
        sa.Column("returned", sa.Integer(), nullable=True),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column("received_from", sa.Uuid(), nullable=True),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["activity"], ["activity.uid"], name=op.f("fk_activity_participant_activity_activity")
        ),
        sa.ForeignKeyConstraint(
            ["household"],
            ["household.uid"],
            name=op.f("fk_activity_participant_household_household"),
        ),
        sa.ForeignKeyConstraint(
            ["person"], ["person.uid"], name=op.f("fk_activity_participant_person_person")
        ),
        sa.ForeignKeyConstraint(
            ["officer"], ["officer.uid"], name=op.f("fk_activity_participant_officer_officer")
        ),
        sa.ForeignKeyConstraint(
            ["received_from"],
            ["activity_participant.uid"],
            name=op.f("fk_activity_participant_received_from_activity_participant"),
            deferrable=True,
            initially="DEFERRED",
        ),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_activity_participant")),
    )
    op.create_index(op.f("ix_activity_participant_activity"), "activity_participant", ["activity"])
    op.create_index(
        op.f("ix_activity_participant_household"), "activity_participant", ["household"]
    )
    op.create_table(
        "activity_value",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("removed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("activity", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["activity"], ["activity.uid"], name=op.f("fk_activity_value_activity_activity")
        ),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_activity_value")),
    )
    op.create_index(op.f("ix_activity_value_activity_code"), "activity_value", ["activity", "code"])
    op.create_table(
        "budget_line",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("removed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("area", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("programme", sa.Text(), nullable=True),
        sa.Column("component", sa.Text(), nullable=True),
        sa.Column("plan_component", sa.Uuid(), nullable=True),
        sa.Column("activity", sa.Uuid(), nullable=True),
        sa.Column("village", sa.Uuid(), nullable=True),
        sa.Column("body", sa.Uuid(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("capital", sa.Text(), nullable=True),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("booked_on", sa.Date(), nullable=True),
        sa.Column("document", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["area"], ["area.uid"], name=op.f("fk_budget_line_area_area")),
        sa.ForeignKeyConstraint(
            ["plan_component"],
            ["plan_component.uid"],
            name=op.f("fk_budget_line_plan_component_plan_component"),
        ),
        sa.ForeignKeyConstraint(
            ["activity"], ["activity.uid"], name=op.f("fk_budget_line_activity_activity")
        ),
        sa.ForeignKeyConstraint(
            ["village"], ["area.uid"], name=op.f("fk_budget_line_village_area")
        ),
        sa.ForeignKeyConstraint(["body"], ["body.uid"], name=op.f("fk_budget_line_body_body")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_budget_line")),
    )
    op.create_index(op.f("ix_budget_line_area_year"), "budget_line", ["area", "year"])
    op.create_table(
        "fund_entry",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("removed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("area", sa.Uuid(), nullable=False),
        sa.Column("fund", sa.Text(), nullable=False),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("booked_on", sa.Date(), nullable=False),
        sa.Column("form", sa.Text(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("item", sa.Text(), nullable=True),
        sa.Column("quantity", sa.Integer(), nullable=True),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("other_party", sa.Text(), nullable=True),
        sa.Column("household", sa.Uuid(), nullable=True),
        sa.Column("body", sa.Uuid(), nullable=True),
        sa.Column("activity", sa.Uuid(), nullable=True),
        sa.Column("document", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["area"], ["area.uid"], name=op.f("fk_fund_entry_area_area")),
        sa.ForeignKeyConstraint(
            ["household"], ["household.uid"], name=op.f("fk_fund_entry_household_household")
        ),
        sa.ForeignKeyConstraint(["body"], ["body.uid"], name=op.f("fk_fund_entry_body_body")),
        sa.ForeignKeyConstraint(
            ["activity"], ["activity.uid"], name=op.f("fk_fund_entry_activity_activity")
        ),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_fund_entry")),
    )
    op.create_index(op.f("ix_fund_entry_area_booked_on"), "fund_entry", ["area", "booked_on"])
    op.create_index(op.f("ix_fund_entry_household"), "fund_entry", ["household"])
