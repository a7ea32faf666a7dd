"""The tables, but for those of a running review (`review_tables`), of projects and money
(`programme_tables`), of supports (`support_tables`), of targets and plans (`plan_tables`).

Every recorded thing has `uid` and `removed`; dated things `valid_from`, `valid_to`.

`valid_to` is the last day on which a fact held, NULL while it holds. Nothing is deleted:
`removed` marks what was typed by mistake. Recording time stands only in the audit tables.
"""

from __future__ import annotations

import sqlalchemy as sa

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.children import COUNTED
from giamngheo_desktop.storage import plan_tables, programme_tables, review_tables, support_tables
from giamngheo_desktop.storage.columns import (
    day,
    flag,
    integer,
    metadata,
    recorded,
    reference,
    text,
    validity,
)
from giamngheo_desktop.storage.types import Codes, LevelCode, PartialDay

# --- Units -------------------------------------------------------------------------------------

area = recorded(Kind.AREA, sa.Column("level", LevelCode, nullable=False))

area_version = recorded(
    Kind.AREA_VERSION,
    reference(Kind.AREA),
    reference(Kind.AREA, "parent", nullable=True),
    text("name", required=True),
    text("kind", required=True),  # xa phuong dac_khu thi_tran thon to_dan_pho ban buon …
    text("code"),
    integer("position"),
    text("area_type"),  # rural urban; the commune's where a village has none
    text("region"),  # NT1 … NT6 TT, likewise
    text("search_key", required=True),
    text("sort_key", required=True),
    *validity(),
    sa.Index(None, "area"),
    sa.Index(None, "parent"),
)

area_fact = recorded(
    Kind.AREA_FACT,
    reference(Kind.AREA),
    text("code", required=True),
    text("value", required=True),
    *validity(),
    sa.Index(None, "area", "code"),
)

area_succession = recorded(
    Kind.SUCCESSION,
    reference(Kind.AREA, "old_area"),
    reference(Kind.AREA, "new_area"),
    text("reason", required=True),  # merged split renamed
    day("effective_on", required=True),
    text("decision"),
    sa.Index(None, "new_area"),
    sa.Index(None, "old_area"),
)

# Of a closed year the numbers before a correction stay, beside the row that counts now, for the
# editions (lần) of the tables they stood in.
population = recorded(
    Kind.POPULATION,
    reference(Kind.AREA),
    integer("year", required=True),
    *(
        integer(f"{what}{group}")
        for what in ("households", "persons")
        for group in ("", "_kinh", "_minority", "_local_minority")
    ),
    text("source"),
    day("as_of"),
    integer("edition_from"),  # NULL: from the first one on
    integer("edition_to"),  # NULL: it counts now
    text("reason"),  # of the correction that began with edition_from
    # The closing that counted the register where nothing was typed; without numbers: not known.
    reference(Kind.ROUND, "counted_by", nullable=True),
    sa.Index(
        "uq_population_area_year",
        "area",
        "year",
        unique=True,
        sqlite_where=sa.text("removed = 0 AND edition_to IS NULL"),
        postgresql_where=sa.text("NOT removed AND edition_to IS NULL"),
    ),
)

# --- Households and persons --------------------------------------------------------------------

household = recorded(
    Kind.HOUSEHOLD,
    text("code"),
    integer("list_number"),
    text("address"),
    text("permanent_residence"),
    text("current_residence"),
    text("house_wall"),
    text("house_column"),
    text("house_roof"),
    text("house_grade"),
    integer("house_area"),  # m² × 10
    text("electricity_source"),
    integer("electricity_kwh"),
    text("water_source"),
    text("toilet"),
    sa.Column("shared_assets", Codes),
    sa.Column("personal_assets", Codes),
    flag("hears_loudspeaker"),
    sa.Column("causes", Codes),
    sa.Column("policies_received", Codes),
    sa.Column("support_needs", Codes),
    flag("quick_screen"),
    text("quick_screen_by"),
    integer("score_income"),
    sa.Column("income", sa.BigInteger),  # đồng a person a month
    text("surveyor"),
    day("surveyed_on"),
    text("certificate_number"),
    text("note"),
)

household_place = recorded(
    Kind.PLACE,
    reference(Kind.HOUSEHOLD),
    reference(Kind.AREA, "village"),
    text("reason"),
    *validity(),
    sa.Index(
        "ix_household_place_household", "household", "removed", "valid_from", "valid_to", "village"
    ),
    sa.Index(None, "village"),
)

household_fact = recorded(
    Kind.HOUSEHOLD_FACT,
    reference(Kind.HOUSEHOLD),
    text("code", required=True),
    text("value", required=True),
    *validity(),
    sa.Index(None, "household", "code"),
)

person = recorded(
    Kind.PERSON,
    text("full_name", required=True),
    text("given_name", required=True),
    text("search_key", required=True),
    text("sort_key", required=True),
    integer("key_version", required=True),
    text("sex"),
    sa.Column("birth", PartialDay),
    text("ethnicity"),
    text("id_kind"),
    text("id_number"),
    text("id_missing_reason"),
    day("id_issued_on"),
    integer("height"),  # cm × 10
    integer("weight"),  # kg × 10
    flag("malnourished"),
    flag("attending_school"),
    text("school_level"),
    text("education"),
    text("training"),
    flag("trained_on_job"),
    flag("health_insurance"),
    flag("uses_internet"),
    flag("uses_phone"),
    sa.Column("social_allowance", Codes),
    text("job_status"),
    text("job_kind"),
    text("job_contract"),
    sa.Column("pension", Codes),
    flag("serious_illness"),
    flag("sick_untreated"),
    sa.Index(None, "id_number"),
    # The search reads this index alone: scanning the wide rows takes ten times as long.
    sa.Index("ix_person_search", "search_key", "id_number", "removed", "uid"),
)

person_fact = recorded(
    Kind.PERSON_FACT,
    reference(Kind.PERSON),
    text("code", required=True),
    text("value", required=True),
    *validity(),
    sa.Index(None, "person", "code"),
)

membership = recorded(
    Kind.MEMBERSHIP,
    reference(Kind.HOUSEHOLD),
    reference(Kind.PERSON),
    text("relation"),
    flag("is_head", required=True),
    integer("position"),
    text("reason"),  # opening birth move_in marriage split merge head
    text("end_reason"),  # death move_out marriage split merge head
    *validity(),
    # Lists and searches read these two alone.
    sa.Index(
        "ix_membership_household",
        "household",
        "removed",
        "is_head",
        "valid_from",
        "valid_to",
        "person",
    ),
    sa.Index("ix_membership_person", "person", "removed", "valid_from", "valid_to", "household"),
)

# --- Classes and reviews -----------------------------------------------------------------------

decision = recorded(
    Kind.DECISION,
    reference(Kind.AREA),
    text("number"),
    day("signed_on"),
    text("signer"),
    text("note"),
)

class_record = recorded(
    Kind.CLASS_RECORD,
    reference(Kind.HOUSEHOLD),
    text("standard", required=True),
    integer("review_year", required=True),
    text("household_class"),  # poor near_poor not_poor; NULL while unknown indicators decide
    sa.Column("possible", Codes),  # then the classes it may be; a computed record only
    flag("average_living", required=True),  # recognised hộ nông, lâm, ngư, diêm nghiệp có MSTB
    text("source", required=True),  # opening computed decision
    reference(Kind.DECISION, nullable=True),
    text("note"),
    *validity(),
    sa.Index(None, "household"),
    sa.Index(None, "review_year", "standard"),
)

indicator_answer = recorded(
    Kind.INDICATOR_ANSWER,
    reference(Kind.HOUSEHOLD),
    text("standard", required=True),
    text("indicator", required=True),
    flag("deprived"),
    text("reason"),
    sa.Index(None, "household"),
)

# A year closed under one standard by one commune.
review_round = recorded(
    Kind.ROUND,
    reference(Kind.AREA),
    reference(Kind.REVIEW, nullable=True),
    integer("review_year", required=True),
    text("standard", required=True),
    text("kind", required=True),  # opening periodic
    day("reference_day"),
    day("closed_on"),
    text("note"),
    integer("edition"),  # the newest of the file when it was closed; NULL: that of its results
)

# The frozen copy of every fact a table counts; a closed year's report reads nothing else.
review_result = recorded(
    Kind.RESULT,
    reference(Kind.ROUND, "round"),
    reference(Kind.HOUSEHOLD),
    text("standard", required=True),
    integer("review_year", required=True),
    flag("recognised", required=True),
    reference(Kind.AREA, "village"),
    text("household_class", required=True),
    flag("average_living", required=True),
    integer("persons", required=True),  # the persons stand in review_result_person
    flag("minority"),
    flag("local_minority"),
    flag("no_labour_capacity"),
    flag("merit_household"),
    flag("social_protection"),
    flag("female_head"),
    text("ethnicity"),
    integer("score_income"),
    sa.Column("income", sa.BigInteger),
    sa.Column("deprived_bits", sa.BigInteger),  # bit k: the k-th indicator of the standard
    sa.Column("unknown_bits", sa.BigInteger),
    sa.Column("causes", Codes),
    # Children for certain, and those that may be as well; NULL: closed before they were kept, and
    # where the standard does not ask for it.
    *(integer(f"{which}{name}") for which in ("", "most_") for name in COUNTED),
    text("definition"),  # sha256 of the standard's file
    # The editions (lần) of the tables it is counted in; a correction ends one and begins another.
    sa.Column("edition_from", sa.Integer, nullable=False, server_default=sa.text("1")),
    integer("edition_to"),
    sa.Index(
        "ix_review_result_rollup",
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
    ),
    sa.Index(None, "household"),
)

review_result_person = recorded(
    Kind.RESULT_PERSON,
    reference(Kind.RESULT, "result"),
    reference(Kind.PERSON),
    sa.Column("counted_as", Codes),  # of the children: in which of the counts of the result
    sa.Index(None, "result"),
)

# --- Settings and definitions ------------------------------------------------------------------

setting = recorded(
    Kind.SETTING,
    text("code", required=True),
    text("value", required=True),
    *validity(),
    sa.Index(None, "code"),
)

definition = recorded(
    Kind.DEFINITION,
    text("code", required=True),
    integer("version", required=True),
    text("sha256", required=True),
    text("text", required=True),
    sa.Index("uq_definition_code_version", "code", "version", unique=True),
)

# --- Audit -------------------------------------------------------------------------------------

audit_group = sa.Table(
    "audit_group",
    metadata,
    sa.Column("uid", sa.Uuid, primary_key=True),
    sa.Column("seq", sa.Integer, nullable=False, unique=True),
    sa.Column("op", sa.Text, nullable=False),
    sa.Column("subject", sa.Text, nullable=False),  # whom it concerned, for the undo menu
    sa.Column("actor", sa.Text, nullable=False),
    sa.Column("origin", sa.Uuid, nullable=False),
    sa.Column("at", sa.DateTime, nullable=False),
    sa.Column("reason", sa.Text),
    sa.Column("schema", sa.Text, nullable=False),
    sa.Column("undo_of", sa.Uuid, sa.ForeignKey("audit_group.uid")),
    sa.Column("prev_hash", sa.Text, nullable=False),
    sa.Column("hash", sa.Text, nullable=False),
)

audit_change = sa.Table(
    "audit_change",
    metadata,
    sa.Column("uid", sa.Uuid, primary_key=True),
    sa.Column("group", sa.Uuid, sa.ForeignKey("audit_group.uid"), nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("record", sa.Uuid, nullable=False),
    sa.Column("field", sa.Text, nullable=False),  # "" marks the creation, `new` its content hash
    sa.Column("old", sa.Text),
    sa.Column("new", sa.Text),
    sa.Column("replaces", sa.Uuid),  # the change that last set this field
    sa.Column("also_replaces", Codes),  # the edits a decision between several settles
    # The edits, own or of other copies, that a merge made stand here; NULL: typed here.
    sa.Column("source", Codes),
    sa.Index(None, "group"),
    sa.Index(None, "record"),
)

# --- Other copies ------------------------------------------------------------------------------

# What was done on other copies of the register, as it was done there. What a merge made of it
# here are changes of its own group; these tables are only asked at the next merge.
foreign_group = sa.Table(
    "foreign_group",
    metadata,
    sa.Column("uid", sa.Uuid, primary_key=True),
    sa.Column("op", sa.Text, nullable=False),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("actor", sa.Text, nullable=False),
    sa.Column("origin", sa.Uuid, nullable=False),
    sa.Column("at", sa.DateTime, nullable=False),
    sa.Column("reason", sa.Text),
)

foreign_change = sa.Table(
    "foreign_change",
    metadata,
    sa.Column("uid", sa.Uuid, primary_key=True),
    sa.Column("source", sa.Uuid, sa.ForeignKey("foreign_group.uid"), nullable=False),
    # The merge that brought it; while that is taken back, the edit is not known here.
    sa.Column("merged_by", sa.Uuid, sa.ForeignKey("audit_group.uid"), nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("record", sa.Uuid, nullable=False),
    sa.Column("field", sa.Text, nullable=False),
    sa.Column("value", sa.Text),
    sa.Column("replaces", Codes, nullable=False),
    sa.Index(None, "record"),
    sa.Index(None, "merged_by"),
)

# A workbook that was sent or taken in, known by its hash.
package = recorded(
    Kind.PACKAGE,
    reference(Kind.AREA, nullable=True),  # whose register it speaks of
    text("kind", required=True),  # up work village comments former list
    text("direction", required=True),  # sent received
    integer("sequence"),
    integer("year"),
    text("standard"),
    text("sha256", required=True),
    text("made_at"),  # the moment, ISO
    text("made_by"),
    day("received_on"),
    text("replaces"),  # the sha256 of the packages it goes on from, that of its own line first
    text("note"),
    text("file"),  # its name
    integer("households"),  # of whom it tells, where that was counted
    text("content"),  # the hash of what its tables hold, where one upward was taken in
    sa.Index(None, "area"),
)

# What an action took from a file, told in a document that is opened again; no part of the audit.
kept_report = sa.Table(
    "kept_report",
    metadata,
    sa.Column("group", sa.Uuid, sa.ForeignKey("audit_group.uid"), primary_key=True),
    sa.Column("document", sa.LargeBinary, nullable=False),  # zlib of `reports.stored_doc`
)

# What was signed or sent, as it was that day: `document` is frozen.
issued = recorded(
    Kind.ISSUED,
    reference(Kind.AREA),  # the commune that numbers it
    text("kind", required=True),  # report paper confirmation
    text("code", required=True),  # of its definition
    text("title", required=True),
    text("subject"),  # whom it is about, in the words of that day
    integer("year", required=True),  # it speaks of
    text("standard"),
    integer("edition"),
    reference(Kind.HOUSEHOLD, nullable=True),
    reference(Kind.PERSON, nullable=True),
    text("number"),  # số, ký hiệu as typed; NULL until the văn thư gave one
    day("issued_on", required=True),
    text("recipients"),
    text("signer"),
    text("purpose"),
    day("cancelled_on"),
    text("cancel_reason"),
    reference(Kind.ISSUED, "replaces", nullable=True),
    integer("data_seq", required=True),  # the last audit group it could know, with its hash
    text("data_hash", required=True),
    text("asked", required=True),  # how to make it again from the data of another day
    text("document", required=True),
    text("sha256", required=True),
    sa.Index(None, "household"),
    sa.Index(None, "issued_on"),
)

_ELSEWHERE = (
    review_tables.review,
    programme_tables.body,
    support_tables.need,
    plan_tables.target,
)
assert all(table.metadata is metadata for table in _ELSEWHERE)
TABLES: dict[Kind, sa.Table] = {kind: metadata.tables[kind.value] for kind in Kind}
