"""Supports, period lists, help to households and papers: new tables, all empty."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "incident",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("removed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("household", sa.Uuid(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("reporter", sa.Text(), nullable=True),
        sa.Column("proposes_review", sa.Boolean(), nullable=True),
        sa.Column("proposal", sa.Text(), nullable=True),
        sa.Column("action", sa.Text(), nullable=True),
        sa.Column("handled_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["household"], ["household.uid"], name=op.f("fk_incident_household_household")
        ),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_incident")),
    )
    op.create_index(
        op.f("ix_incident_household_happened_on"), "incident", ["household", "happened_on"]
    )
    op.create_table(
        "need",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("removed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("household", sa.Uuid(), nullable=False),
        sa.Column("person", sa.Uuid(), nullable=True),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["household"], ["household.uid"], name=op.f("fk_need_household_household")
        ),
        sa.ForeignKeyConstraint(["person"], ["person.uid"], name=op.f("fk_need_person_person")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_need")),
    )
    op.create_index(op.f("ix_need_household"), "need", ["household"])
    op.create_table(
        "period_list",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("removed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("area", sa.Uuid(), nullable=False),
        sa.Column("policy", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("decision_number", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["area"], ["area.uid"], name=op.f("fk_period_list_area_area")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_period_list")),
    )
    op.create_index(op.f("ix_period_list_area_policy"), "period_list", ["area", "policy"])
    op.create_table(
        "policy_value",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("removed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("area", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=True),
        sa.Column("group", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["area"], ["area.uid"], name=op.f("fk_policy_value_area_area")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_policy_value")),
    )
    op.create_index(op.f("ix_policy_value_area_key"), "policy_value", ["area", "key"])
    op.create_table(
        "period_row",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("removed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("period_list", sa.Uuid(), nullable=False),
        sa.Column("household", sa.Uuid(), nullable=False),
        sa.Column("person", sa.Uuid(), nullable=True),
        sa.Column("village", sa.Uuid(), nullable=True),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("to_day", sa.Date(), nullable=True),
        sa.Column("months", sa.Integer(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["period_list"], ["period_list.uid"], name=op.f("fk_period_row_period_list_period_list")
        ),
        sa.ForeignKeyConstraint(
            ["household"], ["household.uid"], name=op.f("fk_period_row_household_household")
        ),
        sa.ForeignKeyConstraint(
            ["person"], ["person.uid"], name=op.f("fk_period_row_person_person")
        ),
        sa.ForeignKeyConstraint(["village"], ["area.uid"], name=op.f("fk_period_row_village_area")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_period_row")),
    )
    op.create_index(op.f("ix_period_row_household"), "period_row", ["household"])
    op.create_index(op.f("ix_period_row_period_list"), "period_row", ["period_list"])
    op.create_table(
        "assignment",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("removed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("area", sa.Uuid(), nullable=False),
        sa.Column("village", sa.Uuid(), nullable=True),
        sa.Column("household", sa.Uuid(), nullable=True),
        sa.Column("officer", sa.Uuid(), nullable=True),
        sa.Column("body", sa.Uuid(), nullable=True),
        sa.Column("role", sa.Text(), nullable=True),
        sa.Column("decision_number", sa.Text(), nullable=True),
        sa.Column("decision_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["area"], ["area.uid"], name=op.f("fk_assignment_area_area")),
        sa.ForeignKeyConstraint(["village"], ["area.uid"], name=op.f("fk_assignment_village_area")),
        sa.ForeignKeyConstraint(
            ["household"], ["household.uid"], name=op.f("fk_assignment_household_household")
        ),
        sa.ForeignKeyConstraint(
            ["officer"], ["officer.uid"], name=op.f("fk_assignment_officer_officer")
        ),
        sa.ForeignKeyConstraint(["body"], ["body.uid"], name=op.f("fk_assignment_body_body")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_assignment")),
    )
    op.create_index(op.f("ix_assignment_household"), "assignment", ["household"])
    op.create_index(op.f("ix_assignment_village"), "assignment", ["village"])
    op.create_table(
        "household_plan",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("removed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("household", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("group", sa.Text(), nullable=True),
        sa.Column("causes", sa.Text(), nullable=True),
        sa.Column("needs", sa.Text(), nullable=True),
        sa.Column("measures", sa.Text(), nullable=True),
        sa.Column("officer", sa.Uuid(), nullable=True),
        sa.Column("body", sa.Uuid(), nullable=True),
        sa.Column("deadline", sa.Date(), nullable=True),
        sa.Column("registered", sa.Boolean(), nullable=True),
        sa.Column("expected", sa.Text(), nullable=True),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("result_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["household"], ["household.uid"], name=op.f("fk_household_plan_household_household")
        ),
        sa.ForeignKeyConstraint(
            ["officer"], ["officer.uid"], name=op.f("fk_household_plan_officer_officer")
        ),
        sa.ForeignKeyConstraint(["body"], ["body.uid"], name=op.f("fk_household_plan_body_body")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_household_plan")),
    )
    op.create_index(
        op.f("ix_household_plan_household_year"), "household_plan", ["household", "year"]
    )
    op.create_table(
        "visit",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("removed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("household", sa.Uuid(), nullable=False),
        sa.Column("officer", sa.Uuid(), nullable=True),
        sa.Column("body", sa.Uuid(), nullable=True),
        sa.Column("visited_on", sa.Date(), nullable=False),
        sa.Column("situation", sa.Text(), nullable=True),
        sa.Column("need", sa.Text(), nullable=True),
        sa.Column("advice", sa.Text(), nullable=True),
        sa.Column("next_step", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["household"], ["household.uid"], name=op.f("fk_visit_household_household")
        ),
        sa.ForeignKeyConstraint(
            ["officer"], ["officer.uid"], name=op.f("fk_visit_officer_officer")
        ),
        sa.ForeignKeyConstraint(["body"], ["body.uid"], name=op.f("fk_visit_body_body")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_visit")),
    )
    op.create_index(op.f("ix_visit_household_visited_on"), "visit", ["household", "visited_on"])
    op.create_table(
        "support_event",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("removed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("area", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("policy", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("programme", sa.Text(), nullable=True),
        sa.Column("component", sa.Text(), nullable=True),
        sa.Column("plan_component", sa.Uuid(), nullable=True),
        sa.Column("activity", sa.Uuid(), nullable=True),
        sa.Column("body", sa.Uuid(), nullable=True),
        sa.Column("decision_number", sa.Text(), nullable=True),
        sa.Column("decision_on", sa.Date(), nullable=True),
        sa.Column("supported_on", sa.Date(), nullable=False),
        sa.Column("posted_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["area"], ["area.uid"], name=op.f("fk_support_event_area_area")),
        sa.ForeignKeyConstraint(
            ["plan_component"],
            ["plan_component.uid"],
            name=op.f("fk_support_event_plan_component_plan_component"),
        ),
        sa.ForeignKeyConstraint(
            ["activity"], ["activity.uid"], name=op.f("fk_support_event_activity_activity")
        ),
        sa.ForeignKeyConstraint(["body"], ["body.uid"], name=op.f("fk_support_event_body_body")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_support_event")),
    )
    op.create_index(op.f("ix_support_event_area_year"), "support_event", ["area", "year"])
    op.create_table(
        "attachment",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("removed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("activity", sa.Uuid(), nullable=True),
        sa.Column("support_event", sa.Uuid(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("added_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity"], ["activity.uid"], name=op.f("fk_attachment_activity_activity")
        ),
        sa.ForeignKeyConstraint(
            ["support_event"],
            ["support_event.uid"],
            name=op.f("fk_attachment_support_event_support_event"),
        ),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_attachment")),
    )
    op.create_index(op.f("ix_attachment_activity"), "attachment", ["activity"])
    op.create_index(op.f("ix_attachment_support_event"), "attachment", ["support_event"])
    op.create_table(
        "support",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("removed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("household", sa.Uuid(), nullable=False),
        sa.Column("person", sa.Uuid(), nullable=True),
        sa.Column("support_event", sa.Uuid(), nullable=True),
        sa.Column("policy", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=True),
        sa.Column("class_then", sa.Text(), nullable=True),
        sa.Column("supported_on", sa.Date(), nullable=False),
        sa.Column("period_from", sa.Date(), nullable=True),
        sa.Column("period_to", sa.Date(), nullable=True),
        sa.Column("months", sa.Integer(), nullable=True),
        sa.Column("item", sa.Text(), nullable=True),
        sa.Column("quantity", sa.Integer(), nullable=True),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("specification", sa.Text(), nullable=True),
        sa.Column("programme", sa.Text(), nullable=True),
        sa.Column("component", sa.Text(), nullable=True),
        sa.Column("body", sa.Uuid(), nullable=True),
        sa.Column("decision_number", sa.Text(), nullable=True),
        sa.Column("decision_on", sa.Date(), nullable=True),
        sa.Column("recipient", sa.Text(), nullable=True),
        sa.Column("receipt", sa.Text(), nullable=True),
        sa.Column("value_key", sa.Text(), nullable=True),
        sa.Column("value_used", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["household"], ["household.uid"], name=op.f("fk_support_household_household")
        ),
        sa.ForeignKeyConstraint(["person"], ["person.uid"], name=op.f("fk_support_person_person")),
        sa.ForeignKeyConstraint(
            ["support_event"],
            ["support_event.uid"],
            name=op.f("fk_support_support_event_support_event"),
        ),
        sa.ForeignKeyConstraint(["body"], ["body.uid"], name=op.f("fk_support_body_body")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_support")),
    )
    op.create_index(
        op.f("ix_support_household_supported_on"), "support", ["household", "supported_on"]
    )
    op.create_index(op.f("ix_support_person"), "support", ["person"])
    op.create_index(op.f("ix_support_support_event"), "support", ["support_event"])
    op.create_table(
        "support_share",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("removed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("support", sa.Uuid(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["support"], ["support.uid"], name=op.f("fk_support_share_support_support")
        ),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_support_share")),
    )
    op.create_index(op.f("ix_support_share_support"), "support_share", ["support"])
    op.create_table(
        "support_value",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("removed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("support", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["support"], ["support.uid"], name=op.f("fk_support_value_support_support")
        ),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_support_value")),
    )
    op.create_index(op.f("ix_support_value_support_code"), "support_value", ["support", "code"])
