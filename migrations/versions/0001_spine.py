"""The spine: units, households, persons, classes, frozen results, settings and the audit."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "area",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("removed", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_area")),
    )
    op.create_table(
        "audit_group",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("op", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("origin", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("schema", sa.Text(), nullable=False),
        sa.Column("undo_of", sa.Uuid(), nullable=True),
        sa.Column("prev_hash", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["undo_of"], ["audit_group.uid"], name=op.f("fk_audit_group_undo_of_audit_group")
        ),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_audit_group")),
        sa.UniqueConstraint("seq", name=op.f("uq_audit_group_seq")),
    )
    op.create_table(
        "definition",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("removed", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_definition")),
    )
    op.create_index("uq_definition_code_version", "definition", ["code", "version"], unique=True)
    op.create_table(
        "household",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("removed", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("list_number", sa.Integer(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("permanent_residence", sa.Text(), nullable=True),
        sa.Column("current_residence", sa.Text(), nullable=True),
        sa.Column("house_wall", sa.Text(), nullable=True),
        sa.Column("house_column", sa.Text(), nullable=True),
        sa.Column("house_roof", sa.Text(), nullable=True),
        sa.Column("house_grade", sa.Text(), nullable=True),
        sa.Column("house_area", sa.Integer(), nullable=True),
        sa.Column("electricity_source", sa.Text(), nullable=True),
        sa.Column("electricity_kwh", sa.Integer(), nullable=True),
        sa.Column("water_source", sa.Text(), nullable=True),
        sa.Column("toilet", sa.Text(), nullable=True),
        sa.Column("shared_assets", sa.Text(), nullable=True),
        sa.Column("personal_assets", sa.Text(), nullable=True),
        sa.Column("hears_loudspeaker", sa.Boolean(), nullable=True),
        sa.Column("causes", sa.Text(), nullable=True),
        sa.Column("policies_received", sa.Text(), nullable=True),
        sa.Column("support_needs", sa.Text(), nullable=True),
        sa.Column("quick_screen", sa.Boolean(), nullable=True),
        sa.Column("quick_screen_by", sa.Text(), nullable=True),
        sa.Column("score_income", sa.Integer(), nullable=True),
        sa.Column("income", sa.BigInteger(), nullable=True),
        sa.Column("surveyor", sa.Text(), nullable=True),
        sa.Column("surveyed_on", sa.Date(), nullable=True),
        sa.Column("certificate_number", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_household")),
    )
    op.create_table(
        "person",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("removed", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("full_name", sa.Text(), nullable=False),
        sa.Column("given_name", sa.Text(), nullable=False),
        sa.Column("search_key", sa.Text(), nullable=False),
        sa.Column("sort_key", sa.Text(), nullable=False),
        sa.Column("key_version", sa.Integer(), nullable=False),
        sa.Column("sex", sa.Text(), nullable=True),
        sa.Column("birth", sa.Text(), nullable=True),
        sa.Column("ethnicity", sa.Text(), nullable=True),
        sa.Column("id_kind", sa.Text(), nullable=True),
        sa.Column("id_number", sa.Text(), nullable=True),
        sa.Column("id_missing_reason", sa.Text(), nullable=True),
        sa.Column("id_issued_on", sa.Date(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("weight", sa.Integer(), nullable=True),
        sa.Column("malnourished", sa.Boolean(), nullable=True),
        sa.Column("attending_school", sa.Boolean(), nullable=True),
        sa.Column("school_level", sa.Text(), nullable=True),
        sa.Column("education", sa.Text(), nullable=True),
        sa.Column("training", sa.Text(), nullable=True),
        sa.Column("trained_on_job", sa.Boolean(), nullable=True),
        sa.Column("health_insurance", sa.Boolean(), nullable=True),
        sa.Column("uses_internet", sa.Boolean(), nullable=True),
        sa.Column("uses_phone", sa.Boolean(), nullable=True),
        sa.Column("social_allowance", sa.Text(), nullable=True),
        sa.Column("job_status", sa.Text(), nullable=True),
        sa.Column("job_kind", sa.Text(), nullable=True),
        sa.Column("job_contract", sa.Text(), nullable=True),
        sa.Column("pension", sa.Text(), nullable=True),
        sa.Column("serious_illness", sa.Boolean(), nullable=True),
        sa.Column("sick_untreated", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_person")),
    )
    op.create_index(op.f("ix_person_id_number"), "person", ["id_number"], unique=False)
    op.create_index(
        "ix_person_search", "person", ["search_key", "id_number", "removed", "uid"], unique=False
    )
    op.create_table(
        "setting",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("removed", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_setting")),
    )
    op.create_index(op.f("ix_setting_code"), "setting", ["code"], unique=False)
    op.create_table(
        "area_fact",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("removed", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("area", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["area"], ["area.uid"], name=op.f("fk_area_fact_area_area")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_area_fact")),
    )
    op.create_index(op.f("ix_area_fact_area_code"), "area_fact", ["area", "code"], unique=False)
    op.create_table(
        "area_succession",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("removed", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("old_area", sa.Uuid(), nullable=False),
        sa.Column("new_area", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["new_area"], ["area.uid"], name=op.f("fk_area_succession_new_area_area")
        ),
        sa.ForeignKeyConstraint(
            ["old_area"], ["area.uid"], name=op.f("fk_area_succession_old_area_area")
        ),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_area_succession")),
    )
    op.create_index(
        op.f("ix_area_succession_new_area"), "area_succession", ["new_area"], unique=False
    )
    op.create_index(
        op.f("ix_area_succession_old_area"), "area_succession", ["old_area"], unique=False
    )
    op.create_table(
        "area_version",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("removed", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("area", sa.Uuid(), nullable=False),
        sa.Column("parent", sa.Uuid(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("area_type", sa.Text(), nullable=True),
        sa.Column("region", sa.Text(), nullable=True),
        sa.Column("search_key", sa.Text(), nullable=False),
        sa.Column("sort_key", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["area"], ["area.uid"], name=op.f("fk_area_version_area_area")),
        sa.ForeignKeyConstraint(["parent"], ["area.uid"], name=op.f("fk_area_version_parent_area")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_area_version")),
    )
    op.create_index(op.f("ix_area_version_area"), "area_version", ["area"], unique=False)
    op.create_index(op.f("ix_area_version_parent"), "area_version", ["parent"], unique=False)
    op.create_table(
        "audit_change",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("group", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("record", sa.Uuid(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("old", sa.Text(), nullable=True),
        sa.Column("new", sa.Text(), nullable=True),
        sa.Column("replaces", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["group"], ["audit_group.uid"], name=op.f("fk_audit_change_group_audit_group")
        ),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_audit_change")),
    )
    op.create_index(op.f("ix_audit_change_group"), "audit_change", ["group"], unique=False)
    op.create_index(op.f("ix_audit_change_record"), "audit_change", ["record"], unique=False)
    op.create_table(
        "decision",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("removed", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("area", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("signer", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["area"], ["area.uid"], name=op.f("fk_decision_area_area")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_decision")),
    )
    op.create_table(
        "household_fact",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("removed", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("household", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["household"], ["household.uid"], name=op.f("fk_household_fact_household_household")
        ),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_household_fact")),
    )
    op.create_index(
        op.f("ix_household_fact_household_code"),
        "household_fact",
        ["household", "code"],
        unique=False,
    )
    op.create_table(
        "household_place",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("removed", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("household", sa.Uuid(), nullable=False),
        sa.Column("village", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["household"], ["household.uid"], name=op.f("fk_household_place_household_household")
        ),
        sa.ForeignKeyConstraint(
            ["village"], ["area.uid"], name=op.f("fk_household_place_village_area")
        ),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_household_place")),
    )
    op.create_index(
        "ix_household_place_household",
        "household_place",
        ["household", "removed", "valid_from", "valid_to", "village"],
        unique=False,
    )
    op.create_index(
        op.f("ix_household_place_village"), "household_place", ["village"], unique=False
    )
    op.create_table(
        "indicator_answer",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("removed", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("household", sa.Uuid(), nullable=False),
        sa.Column("standard", sa.Text(), nullable=False),
        sa.Column("indicator", sa.Text(), nullable=False),
        sa.Column("deprived", sa.Boolean(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["household"], ["household.uid"], name=op.f("fk_indicator_answer_household_household")
        ),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_indicator_answer")),
    )
    op.create_index(
        op.f("ix_indicator_answer_household"), "indicator_answer", ["household"], unique=False
    )
    op.create_table(
        "membership",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("removed", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("household", sa.Uuid(), nullable=False),
        sa.Column("person", sa.Uuid(), nullable=False),
        sa.Column("relation", sa.Text(), nullable=True),
        sa.Column("is_head", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("end_reason", sa.Text(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["household"], ["household.uid"], name=op.f("fk_membership_household_household")
        ),
        sa.ForeignKeyConstraint(
            ["person"], ["person.uid"], name=op.f("fk_membership_person_person")
        ),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_membership")),
    )
    op.create_index(
        "ix_membership_household",
        "membership",
        ["household", "removed", "is_head", "valid_from", "valid_to", "person"],
        unique=False,
    )
    op.create_index(
        "ix_membership_person",
        "membership",
        ["person", "removed", "valid_from", "valid_to", "household"],
        unique=False,
    )
    op.create_table(
        "person_fact",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("removed", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("person", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person"], ["person.uid"], name=op.f("fk_person_fact_person_person")
        ),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_person_fact")),
    )
    op.create_index(
        op.f("ix_person_fact_person_code"), "person_fact", ["person", "code"], unique=False
    )
    op.create_table(
        "population",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("removed", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("area", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("households", sa.Integer(), nullable=True),
        sa.Column("households_kinh", sa.Integer(), nullable=True),
        sa.Column("households_minority", sa.Integer(), nullable=True),
        sa.Column("households_local_minority", sa.Integer(), nullable=True),
        sa.Column("persons", sa.Integer(), nullable=True),
        sa.Column("persons_kinh", sa.Integer(), nullable=True),
        sa.Column("persons_minority", sa.Integer(), nullable=True),
        sa.Column("persons_local_minority", sa.Integer(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("as_of", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["area"], ["area.uid"], name=op.f("fk_population_area_area")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_population")),
    )
    op.create_index(
        "uq_population_area_year",
        "population",
        ["area", "year"],
        unique=True,
        sqlite_where=sa.text("removed = 0"),
        postgresql_where=sa.text("NOT removed"),
    )
    op.create_table(
        "review_round",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("removed", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("area", sa.Uuid(), nullable=False),
        sa.Column("review_year", sa.Integer(), nullable=False),
        sa.Column("standard", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("reference_day", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["area"], ["area.uid"], name=op.f("fk_review_round_area_area")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_review_round")),
    )
    op.create_table(
        "village_target",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("removed", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("area", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("poor_decrease", sa.Integer(), nullable=True),
        sa.Column("near_poor_decrease", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["area"], ["area.uid"], name=op.f("fk_village_target_area_area")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_village_target")),
    )
    op.create_index(
        "uq_village_target_area_year",
        "village_target",
        ["area", "year"],
        unique=True,
        sqlite_where=sa.text("removed = 0"),
        postgresql_where=sa.text("NOT removed"),
    )
    op.create_table(
        "class_record",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("removed", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("household", sa.Uuid(), nullable=False),
        sa.Column("standard", sa.Text(), nullable=False),
        sa.Column("review_year", sa.Integer(), nullable=False),
        sa.Column("household_class", sa.Text(), nullable=True),
        sa.Column("possible", sa.Text(), nullable=True),
        sa.Column("average_living", sa.Boolean(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("decision", sa.Uuid(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["decision"], ["decision.uid"], name=op.f("fk_class_record_decision_decision")
        ),
        sa.ForeignKeyConstraint(
            ["household"], ["household.uid"], name=op.f("fk_class_record_household_household")
        ),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_class_record")),
    )
    op.create_index(op.f("ix_class_record_household"), "class_record", ["household"], unique=False)
    op.create_index(
        op.f("ix_class_record_review_year_standard"),
        "class_record",
        ["review_year", "standard"],
        unique=False,
    )
    op.create_table(
        "review_result",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("removed", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("round", sa.Uuid(), nullable=False),
        sa.Column("household", sa.Uuid(), nullable=False),
        sa.Column("standard", sa.Text(), nullable=False),
        sa.Column("review_year", sa.Integer(), nullable=False),
        sa.Column("recognised", sa.Boolean(), nullable=False),
        sa.Column("village", sa.Uuid(), nullable=False),
        sa.Column("household_class", sa.Text(), nullable=False),
        sa.Column("average_living", sa.Boolean(), nullable=False),
        sa.Column("persons", sa.Integer(), nullable=False),
        sa.Column("minority", sa.Boolean(), nullable=True),
        sa.Column("local_minority", sa.Boolean(), nullable=True),
        sa.Column("no_labour_capacity", sa.Boolean(), nullable=True),
        sa.Column("merit_household", sa.Boolean(), nullable=True),
        sa.Column("social_protection", sa.Boolean(), nullable=True),
        sa.Column("female_head", sa.Boolean(), nullable=True),
        sa.Column("ethnicity", sa.Text(), nullable=True),
        sa.Column("score_income", sa.Integer(), nullable=True),
        sa.Column("income", sa.BigInteger(), nullable=True),
        sa.Column("deprived_bits", sa.BigInteger(), nullable=True),
        sa.Column("unknown_bits", sa.BigInteger(), nullable=True),
        sa.Column("definition", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["household"], ["household.uid"], name=op.f("fk_review_result_household_household")
        ),
        sa.ForeignKeyConstraint(
            ["round"], ["review_round.uid"], name=op.f("fk_review_result_round_review_round")
        ),
        sa.ForeignKeyConstraint(
            ["village"], ["area.uid"], name=op.f("fk_review_result_village_area")
        ),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_review_result")),
    )
    op.create_index(
        op.f("ix_review_result_household"), "review_result", ["household"], unique=False
    )
    op.create_index(
        "ix_review_result_rollup",
        "review_result",
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
        ],
        unique=False,
    )
    op.create_table(
        "review_result_person",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("removed", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("result", sa.Uuid(), nullable=False),
        sa.Column("person", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person"], ["person.uid"], name=op.f("fk_review_result_person_person_person")
        ),
        sa.ForeignKeyConstraint(
            ["result"],
            ["review_result.uid"],
            name=op.f("fk_review_result_person_result_review_result"),
        ),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_review_result_person")),
    )
    op.create_index(
        op.f("ix_review_result_person_result"), "review_result_person", ["result"], unique=False
    )
