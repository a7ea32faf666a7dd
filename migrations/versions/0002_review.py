"""The review while it runs: cases, answers, meetings, postings, complaints, applications."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "review",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("removed", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("area", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("review_year", sa.Integer(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=True),
        sa.Column("workflow", sa.Text(), nullable=False),
        sa.Column("begun_on", sa.Date(), nullable=False),
        sa.Column("reference_day", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["area"], ["area.uid"], name=op.f("fk_review_area_area")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_review")),
    )
    op.create_index(op.f("ix_review_review_year"), "review", ["review_year"], unique=False)

    op.create_table(
        "application",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("removed", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("village", sa.Uuid(), nullable=False),
        sa.Column("household", sa.Uuid(), nullable=True),
        sa.Column("person", sa.Uuid(), nullable=True),
        sa.Column("applicant", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("standard", sa.Text(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("reasons", sa.Text(), nullable=True),
        sa.Column("detail", sa.Text(), nullable=True),
        sa.Column("review", sa.Uuid(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answer_number", sa.Text(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["household"], ["household.uid"], name=op.f("fk_application_household_household")
        ),
        sa.ForeignKeyConstraint(
            ["person"], ["person.uid"], name=op.f("fk_application_person_person")
        ),
        sa.ForeignKeyConstraint(
            ["review"], ["review.uid"], name=op.f("fk_application_review_review")
        ),
        sa.ForeignKeyConstraint(
            ["village"], ["area.uid"], name=op.f("fk_application_village_area")
        ),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_application")),
    )
    op.create_index(op.f("ix_application_household"), "application", ["household"], unique=False)
    op.create_index(op.f("ix_application_review"), "application", ["review"], unique=False)

    op.create_table(
        "meeting",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("removed", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("review", sa.Uuid(), nullable=False),
        sa.Column("village", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("chair", sa.Text(), nullable=True),
        sa.Column("chair_title", sa.Text(), nullable=True),
        sa.Column("secretary", sa.Text(), nullable=True),
        sa.Column("secretary_title", sa.Text(), nullable=True),
        sa.Column("household_signer", sa.Text(), nullable=True),
        sa.Column("committee", sa.Integer(), nullable=True),
        sa.Column("organisations", sa.Integer(), nullable=True),
        sa.Column("front", sa.Integer(), nullable=True),
        sa.Column("surveyors", sa.Integer(), nullable=True),
        sa.Column("households_present", sa.Integer(), nullable=True),
        sa.Column("attendants", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["review"], ["review.uid"], name=op.f("fk_meeting_review_review")),
        sa.ForeignKeyConstraint(["village"], ["area.uid"], name=op.f("fk_meeting_village_area")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_meeting")),
    )
    op.create_index(
        op.f("ix_meeting_review_village"), "meeting", ["review", "village"], unique=False
    )

    op.create_table(
        "posting",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("removed", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("review", sa.Uuid(), nullable=False),
        sa.Column("village", sa.Uuid(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("begun_on", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("places", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["review"], ["review.uid"], name=op.f("fk_posting_review_review")),
        sa.ForeignKeyConstraint(["village"], ["area.uid"], name=op.f("fk_posting_village_area")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_posting")),
    )
    op.create_index(
        op.f("ix_posting_review_village"), "posting", ["review", "village"], unique=False
    )

    op.create_table(
        "review_mark",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("removed", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("review", sa.Uuid(), nullable=False),
        sa.Column("village", sa.Uuid(), nullable=True),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["review"], ["review.uid"], name=op.f("fk_review_mark_review_review")
        ),
        sa.ForeignKeyConstraint(
            ["village"], ["area.uid"], name=op.f("fk_review_mark_village_area")
        ),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_review_mark")),
    )
    op.create_index(op.f("ix_review_mark_review"), "review_mark", ["review"], unique=False)

    op.create_table(
        "review_standard",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("removed", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("review", sa.Uuid(), nullable=False),
        sa.Column("standard", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("decision", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["decision"], ["decision.uid"], name=op.f("fk_review_standard_decision_decision")
        ),
        sa.ForeignKeyConstraint(
            ["review"], ["review.uid"], name=op.f("fk_review_standard_review_review")
        ),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_review_standard")),
    )
    op.create_index(
        "uq_review_standard_review_standard",
        "review_standard",
        ["review", "standard"],
        unique=True,
        sqlite_where=sa.text("removed = 0"),
        postgresql_where=sa.text("NOT removed"),
    )

    op.create_table(
        "review_surveyor",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("removed", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("review", sa.Uuid(), nullable=False),
        sa.Column("village", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["review"], ["review.uid"], name=op.f("fk_review_surveyor_review_review")
        ),
        sa.ForeignKeyConstraint(
            ["village"], ["area.uid"], name=op.f("fk_review_surveyor_village_area")
        ),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_review_surveyor")),
    )
    op.create_index(op.f("ix_review_surveyor_review"), "review_surveyor", ["review"], unique=False)

    op.create_table(
        "review_case",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("removed", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("review", sa.Uuid(), nullable=False),
        sa.Column("household", sa.Uuid(), nullable=False),
        sa.Column("village", sa.Uuid(), nullable=False),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("application", sa.Uuid(), nullable=True),
        sa.Column("surveyor", sa.Uuid(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("form_code", sa.Text(), nullable=True),
        sa.Column("screen_conditions", sa.Text(), nullable=True),
        sa.Column("screened_in", sa.Boolean(), nullable=True),
        sa.Column("screened_by", sa.Text(), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("collected_on", sa.Date(), nullable=True),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column("returned_reason", sa.Text(), nullable=True),
        sa.Column("entered_on", sa.Date(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("outcome_note", sa.Text(), nullable=True),
        sa.Column("b1_options", sa.Text(), nullable=True),
        sa.Column("b1_table", sa.Integer(), nullable=True),
        sa.Column("b1_total", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["application"],
            ["application.uid"],
            name=op.f("fk_review_case_application_application"),
        ),
        sa.ForeignKeyConstraint(
            ["household"], ["household.uid"], name=op.f("fk_review_case_household_household")
        ),
        sa.ForeignKeyConstraint(
            ["review"], ["review.uid"], name=op.f("fk_review_case_review_review")
        ),
        sa.ForeignKeyConstraint(
            ["surveyor"],
            ["review_surveyor.uid"],
            name=op.f("fk_review_case_surveyor_review_surveyor"),
        ),
        sa.ForeignKeyConstraint(
            ["village"], ["area.uid"], name=op.f("fk_review_case_village_area")
        ),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_review_case")),
    )
    op.create_index(op.f("ix_review_case_household"), "review_case", ["household"], unique=False)
    op.create_index(
        op.f("ix_review_case_review_village"), "review_case", ["review", "village"], unique=False
    )
    op.create_index(
        "uq_review_case_review_household",
        "review_case",
        ["review", "household"],
        unique=True,
        sqlite_where=sa.text("removed = 0"),
        postgresql_where=sa.text("NOT removed"),
    )

    op.create_table(
        "case_answers",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("removed", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("review_case", sa.Uuid(), nullable=False),
        sa.Column("record", sa.Uuid(), nullable=False),
        sa.Column("confirmed", sa.Text(), nullable=True),
        sa.Column("unknown", sa.Text(), nullable=True),
        sa.Column("touched", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["review_case"],
            ["review_case.uid"],
            name=op.f("fk_case_answers_review_case_review_case"),
        ),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_case_answers")),
    )
    op.create_index(
        "uq_case_answers_case_record",
        "case_answers",
        ["review_case", "record"],
        unique=True,
        sqlite_where=sa.text("removed = 0"),
        postgresql_where=sa.text("NOT removed"),
    )

    op.create_table(
        "case_result",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("removed", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("review_case", sa.Uuid(), nullable=False),
        sa.Column("standard", sa.Text(), nullable=False),
        sa.Column("household_class", sa.Text(), nullable=True),
        sa.Column("possible", sa.Text(), nullable=True),
        sa.Column("average_living", sa.Boolean(), nullable=False),
        sa.Column("score_income", sa.Integer(), nullable=True),
        sa.Column("income", sa.BigInteger(), nullable=True),
        sa.Column("deprived_bits", sa.BigInteger(), nullable=True),
        sa.Column("unknown_bits", sa.BigInteger(), nullable=True),
        sa.Column("definition", sa.Text(), nullable=True),
        sa.Column("computed_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["review_case"],
            ["review_case.uid"],
            name=op.f("fk_case_result_review_case_review_case"),
        ),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_case_result")),
    )
    op.create_index(
        "uq_case_result_case_standard",
        "case_result",
        ["review_case", "standard"],
        unique=True,
        sqlite_where=sa.text("removed = 0"),
        postgresql_where=sa.text("NOT removed"),
    )

    op.create_table(
        "complaint",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("removed", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("review", sa.Uuid(), nullable=False),
        sa.Column("village", sa.Uuid(), nullable=False),
        sa.Column("review_case", sa.Uuid(), nullable=True),
        sa.Column("complainant", sa.Text(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("content", sa.Text(), nullable=True),
        sa.Column("rechecked_on", sa.Date(), nullable=True),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answer_number", sa.Text(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["review"], ["review.uid"], name=op.f("fk_complaint_review_review")
        ),
        sa.ForeignKeyConstraint(
            ["review_case"], ["review_case.uid"], name=op.f("fk_complaint_review_case_review_case")
        ),
        sa.ForeignKeyConstraint(["village"], ["area.uid"], name=op.f("fk_complaint_village_area")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_complaint")),
    )
    op.create_index(
        op.f("ix_complaint_review_village"), "complaint", ["review", "village"], unique=False
    )

    op.create_table(
        "income_source",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("removed", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("review_case", sa.Uuid(), nullable=True),
        sa.Column("application", sa.Uuid(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("revenue", sa.BigInteger(), nullable=True),
        sa.Column("cost", sa.BigInteger(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["application"],
            ["application.uid"],
            name=op.f("fk_income_source_application_application"),
        ),
        sa.ForeignKeyConstraint(
            ["review_case"],
            ["review_case.uid"],
            name=op.f("fk_income_source_review_case_review_case"),
        ),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_income_source")),
    )
    op.create_index(
        op.f("ix_income_source_application"), "income_source", ["application"], unique=False
    )
    op.create_index(
        op.f("ix_income_source_review_case"), "income_source", ["review_case"], unique=False
    )

    op.create_table(
        "meeting_vote",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("removed", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("meeting", sa.Uuid(), nullable=False),
        sa.Column("review_case", sa.Uuid(), nullable=False),
        sa.Column("agreed", sa.Integer(), nullable=False),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["meeting"], ["meeting.uid"], name=op.f("fk_meeting_vote_meeting_meeting")
        ),
        sa.ForeignKeyConstraint(
            ["review_case"],
            ["review_case.uid"],
            name=op.f("fk_meeting_vote_review_case_review_case"),
        ),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_meeting_vote")),
    )
    op.create_index(
        op.f("ix_meeting_vote_review_case"), "meeting_vote", ["review_case"], unique=False
    )
    op.create_index(
        "uq_meeting_vote_meeting_case",
        "meeting_vote",
        ["meeting", "review_case"],
        unique=True,
        sqlite_where=sa.text("removed = 0"),
        postgresql_where=sa.text("NOT removed"),
    )
