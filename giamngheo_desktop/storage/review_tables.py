"""The tables of a review (kỳ rà soát) while it runs: who is reviewed, by whom, with which paper.

A review asks each household once and holds one result per standard. What it recognises goes into
class records; what yearly tables count is frozen from there when the year is closed.
"""

from __future__ import annotations

import sqlalchemy as sa

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.storage.columns import day, flag, integer, recorded, reference, text
from giamngheo_desktop.storage.types import Codes


def _alive(name: str, *columns: str) -> sa.Index:
    """Unique among what was not typed by mistake."""
    return sa.Index(
        name,
        *columns,
        unique=True,
        sqlite_where=sa.text("removed = 0"),
        postgresql_where=sa.text("NOT removed"),
    )


review = recorded(
    Kind.REVIEW,
    reference(Kind.AREA),  # the commune
    text("kind", required=True),  # periodic in_year
    integer("review_year", required=True),
    integer("month"),  # of an in-year review
    text("workflow", required=True),  # code of its steps and limits
    day("begun_on", required=True),
    day("reference_day", required=True),  # ages and households are asked for this day
    day("closed_on"),
    text("note"),
    sa.Index(None, "review_year"),
)

review_standard = recorded(
    Kind.REVIEW_STANDARD,
    reference(Kind.REVIEW),
    text("standard", required=True),
    text("purpose", required=True),  # movement next_opening local
    reference(Kind.DECISION, nullable=True),
    _alive("uq_review_standard_review_standard", "review", "standard"),
)

review_surveyor = recorded(
    Kind.SURVEYOR,
    reference(Kind.REVIEW),
    reference(Kind.AREA, "village"),
    text("name", required=True),
    text("phone"),
    sa.Index(None, "review"),
)

# What a person says is done, where no other record tells it; village NULL: for the whole commune.
review_mark = recorded(
    Kind.REVIEW_MARK,
    reference(Kind.REVIEW),
    reference(Kind.AREA, "village", nullable=True),
    text("step", required=True),
    day("done_on", required=True),
    text("note"),
    sa.Index(None, "review"),
)

application = recorded(
    Kind.APPLICATION,
    reference(Kind.AREA, "village"),
    reference(Kind.HOUSEHOLD, nullable=True),  # NULL until the household stands in the register
    reference(Kind.PERSON, nullable=True),  # of a low-income worker
    text("applicant", required=True),
    text("purpose", required=True),  # enter leave average_living low_income
    text("standard"),
    day("received_on", required=True),
    text("channel"),  # direct post portal
    sa.Column("reasons", Codes),
    text("detail"),
    reference(Kind.REVIEW, nullable=True),
    text("outcome"),  # accepted refused withdrawn
    day("answered_on"),
    text("answer_number"),
    text("answer"),  # the reasons of a refusal
    sa.Index(None, "household"),
    sa.Index(None, "review"),
)

review_case = recorded(
    Kind.CASE,
    reference(Kind.REVIEW),
    reference(Kind.HOUSEHOLD),
    reference(Kind.AREA, "village"),
    text("ground", required=True),  # poor near_poor applied split other
    reference(Kind.APPLICATION, nullable=True),
    reference(Kind.SURVEYOR, "surveyor", nullable=True),
    integer("position"),  # STT in the village's list
    text("form_code"),  # printed on the paper form
    sa.Column("screen_conditions", Codes),  # Phiếu A: what was ticked
    flag("screened_in"),  # Phiếu A: goes on to be surveyed
    text("screened_by"),
    day("issued_on"),
    day("collected_on"),
    day("returned_on"),  # handed back to be completed
    text("returned_reason"),
    day("entered_on"),
    text("outcome"),  # reviewed absent refused moved screened_out
    text("outcome_note"),
    sa.Column("b1_options", Codes),  # "item:option" as ticked on Phiếu B1, see point_picks
    integer("b1_table"),  # the version of the table of points it was scored by
    integer("b1_total"),  # the paper's own total, where one was typed before it was scored
    _alive("uq_review_case_review_household", "review", "household"),
    sa.Index(None, "household"),
    sa.Index(None, "review", "village"),
)

# Which answers of a household, or of a member, were confirmed in this review.
case_answers = recorded(
    Kind.CASE_ANSWERS,
    reference(Kind.CASE),
    sa.Column("record", sa.Uuid, nullable=False),  # household or person
    sa.Column("confirmed", Codes),
    sa.Column("unknown", Codes),  # asked, and nobody knows
    sa.Column("touched", Codes),  # moved by themselves or contradicted: to be looked at again
    _alive("uq_case_answers_case_record", "review_case", "record"),
)

case_result = recorded(
    Kind.CASE_RESULT,
    reference(Kind.CASE),
    text("standard", required=True),
    text("household_class"),  # NULL while what is unknown decides
    sa.Column("possible", Codes),
    flag("average_living", required=True),
    integer("score_income"),
    sa.Column("income", sa.BigInteger),
    sa.Column("deprived_bits", sa.BigInteger),  # bit k: the k-th indicator of the standard
    sa.Column("unknown_bits", sa.BigInteger),
    text("definition"),  # sha256 of the standard's file
    day("computed_on"),
    _alive("uq_case_result_case_standard", "review_case", "standard"),
)

income_source = recorded(
    Kind.INCOME_SOURCE,  # of the 12 months before the review, state allowances not counted
    reference(Kind.CASE, nullable=True),
    reference(Kind.APPLICATION, nullable=True),
    text("source", required=True),  # agriculture forestry fishery salt wage business other
    sa.Column("revenue", sa.BigInteger),
    sa.Column("cost", sa.BigInteger),
    text("note"),
    sa.Index(None, "review_case"),
    sa.Index(None, "application"),
)

meeting = recorded(
    Kind.MEETING,
    reference(Kind.REVIEW),
    reference(Kind.AREA, "village"),
    integer("number", required=True),  # 1 for the first of the village
    day("held_on", required=True),
    text("place"),
    text("chair"),
    text("chair_title"),
    text("secretary"),
    text("secretary_title"),
    text("household_signer"),
    integer("committee"),  # how many of ban chỉ đạo; then of party and unions, of the front
    integer("organisations"),
    integer("front"),
    integer("surveyors"),
    integer("households_present"),  # of those on the list of households to review
    integer("attendants", required=True),
    text("note"),
    sa.Index(None, "review", "village"),
)

meeting_vote = recorded(
    Kind.VOTE,
    reference(Kind.MEETING),
    reference(Kind.CASE),
    integer("agreed", required=True),
    text("remark"),
    _alive("uq_meeting_vote_meeting_case", "meeting", "review_case"),
    sa.Index(None, "review_case"),
)

posting = recorded(
    Kind.POSTING,
    reference(Kind.REVIEW),
    reference(Kind.AREA, "village"),
    text("subject", required=True),  # results recheck
    text("number"),
    day("begun_on", required=True),
    day("last_day", required=True),
    text("places"),
    text("note"),
    sa.Index(None, "review", "village"),
)

complaint = recorded(
    Kind.COMPLAINT,
    reference(Kind.REVIEW),
    reference(Kind.AREA, "village"),
    reference(Kind.CASE, nullable=True),
    text("complainant", required=True),
    day("received_on", required=True),
    text("content"),
    day("rechecked_on"),
    text("result"),  # kept changed rejected
    day("answered_on"),
    text("answer_number"),
    text("answer"),
    sa.Index(None, "review", "village"),
)

certificate = recorded(
    Kind.CERTIFICATE,
    reference(Kind.HOUSEHOLD),
    text("number"),
    day("issued_on"),  # NULL: an old paper that nobody has at hand
    reference(Kind.CERTIFICATE, "replaces", nullable=True),
    text("note"),
    sa.Index(None, "household"),
)

certificate_year = recorded(
    Kind.CERTIFICATE_YEAR,
    reference(Kind.CERTIFICATE),
    integer("year", required=True),
    text("household_class", required=True),
    reference(Kind.DECISION, nullable=True),
    day("signed_on"),
    sa.Index(None, "certificate"),
)

# An error found after the year was closed: the result before it keeps standing in its edition.
correction = recorded(
    Kind.CORRECTION,
    reference(Kind.HOUSEHOLD),
    text("standard", required=True),
    integer("review_year", required=True),
    # Counted through all years of the file; it ends the one before and begins this one.
    integer("edition", required=True),
    day("made_on", required=True),
    text("document"),
    text("reason", required=True),
    reference(Kind.CLASS_RECORD, nullable=True),  # NULL: the household belongs on no list
    reference(Kind.CLASS_RECORD, "replaced", nullable=True),  # the class recognised by mistake
    sa.Index(None, "household"),
    sa.Index(None, "review_year", "standard"),
)

# What the tables of movement count otherwise than computed.
movement_correction = recorded(
    Kind.MOVEMENT_CORRECTION,
    reference(Kind.HOUSEHOLD),
    text("standard", required=True),
    integer("review_year", required=True),
    text("list", required=True),  # poor near_poor
    text("flow", required=True),
    integer("edition", required=True),  # as that of a correction
    text("reason", required=True),
    text("document"),
    sa.Index(None, "review_year", "standard"),
)

# The first list of a commune while its households are not typed: counts without names.
opening_count = recorded(
    Kind.OPENING_COUNT,
    reference(Kind.AREA, "village"),
    text("standard", required=True),
    integer("review_year", required=True),
    text("household_class", required=True),
    integer("households", required=True),
    integer("persons"),
    text("source"),
    _alive(
        "uq_opening_count_village_year",
        "village",
        "standard",
        "review_year",
        "household_class",
    ),
)
