"""The tables. Every recorded thing has `uid` and `removed`; dated things `valid_from`, `valid_to`.

`valid_to` is the last day on which a fact held, NULL while it holds. Nothing is deleted:
`removed` marks what was typed by mistake. Recording time stands only in the audit tables.
"""

from __future__ import annotations

import sqlalchemy as sa

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.storage.types import Codes, PartialDay

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _recorded(kind: Kind, *columns: sa.Column[object] | sa.Index) -> sa.Table:
    return sa.Table(
        kind.value,
        metadata,
        sa.Column("uid", sa.Uuid, primary_key=True),
        sa.Column("removed", sa.Boolean, nullable=False, server_default=sa.false()),
        *columns,
    )


def _to(kind: Kind, name: str = "", *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(
        name or kind.value, sa.Uuid, sa.ForeignKey(f"{kind.value}.uid"), nullable=nullable
    )


def _text(name: str, *, required: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Text, nullable=not required)


def _int(name: str, *, required: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Integer, nullable=not required)


def _day(name: str, *, required: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Date, nullable=not required)


def _flag(name: str, *, required: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Boolean, nullable=not required)


def _validity() -> tuple[sa.Column[object], sa.Column[object]]:
    return _day("valid_from", required=True), _day("valid_to")


# --- Units -------------------------------------------------------------------------------------

area = _recorded(Kind.AREA, _text("level", required=True))  # province district commune village

area_version = _recorded(
    Kind.AREA_VERSION,
    _to(Kind.AREA),
    _to(Kind.AREA, "parent", nullable=True),
    _text("name", required=True),
    _text("kind", required=True),  # xa phuong dac_khu thi_tran thon to_dan_pho ban buon …
    _text("code"),
    _int("position"),
    _text("area_type"),  # rural urban; the commune's where a village has none
    _text("region"),  # NT1 … NT6 TT, likewise
    _text("search_key", required=True),
    _text("sort_key", required=True),
    *_validity(),
    sa.Index(None, "area"),
    sa.Index(None, "parent"),
)

area_fact = _recorded(
    Kind.AREA_FACT,
    _to(Kind.AREA),
    _text("code", required=True),
    _text("value", required=True),
    *_validity(),
    sa.Index(None, "area", "code"),
)

area_succession = _recorded(
    Kind.SUCCESSION,
    _to(Kind.AREA, "old_area"),
    _to(Kind.AREA, "new_area"),
    _text("reason", required=True),  # merged split renamed
    _day("effective_on", required=True),
    _text("decision"),
    sa.Index(None, "new_area"),
    sa.Index(None, "old_area"),
)

population = _recorded(
    Kind.POPULATION,
    _to(Kind.AREA),
    _int("year", required=True),
    *(
        _int(f"{what}{group}")
        for what in ("households", "persons")
        for group in ("", "_kinh", "_minority", "_local_minority")
    ),
    _text("source"),
    _day("as_of"),
    sa.Index(
        "uq_population_area_year",
        "area",
        "year",
        unique=True,
        sqlite_where=sa.text("removed = 0"),
        postgresql_where=sa.text("NOT removed"),
    ),
)

village_target = _recorded(
    Kind.VILLAGE_TARGET,
    _to(Kind.AREA),
    _int("year", required=True),
    _int("poor_decrease"),
    _int("near_poor_decrease"),
    sa.Index(
        "uq_village_target_area_year",
        "area",
        "year",
        unique=True,
        sqlite_where=sa.text("removed = 0"),
        postgresql_where=sa.text("NOT removed"),
    ),
)

# --- Households and persons --------------------------------------------------------------------

household = _recorded(
    Kind.HOUSEHOLD,
    _text("code"),
    _int("list_number"),
    _text("address"),
    _text("permanent_residence"),
    _text("current_residence"),
    _text("house_wall"),
    _text("house_column"),
    _text("house_roof"),
    _text("house_grade"),
    _int("house_area"),  # m² × 10
    _text("electricity_source"),
    _int("electricity_kwh"),
    _text("water_source"),
    _text("toilet"),
    sa.Column("shared_assets", Codes),
    sa.Column("personal_assets", Codes),
    _flag("hears_loudspeaker"),
    sa.Column("causes", Codes),
    sa.Column("policies_received", Codes),
    sa.Column("support_needs", Codes),
    _flag("quick_screen"),
    _text("quick_screen_by"),
    _int("score_income"),
    sa.Column("income", sa.BigInteger),  # đồng a person a month
    _text("surveyor"),
    _day("surveyed_on"),
    _text("certificate_number"),
    _text("note"),
)

household_place = _recorded(
    Kind.PLACE,
    _to(Kind.HOUSEHOLD),
    _to(Kind.AREA, "village"),
    _text("reason"),
    *_validity(),
    sa.Index(
        "ix_household_place_household", "household", "removed", "valid_from", "valid_to", "village"
    ),
    sa.Index(None, "village"),
)

household_fact = _recorded(
    Kind.HOUSEHOLD_FACT,
    _to(Kind.HOUSEHOLD),
    _text("code", required=True),
    _text("value", required=True),
    *_validity(),
    sa.Index(None, "household", "code"),
)

person = _recorded(
    Kind.PERSON,
    _text("full_name", required=True),
    _text("given_name", required=True),
    _text("search_key", required=True),
    _text("sort_key", required=True),
    _int("key_version", required=True),
    _text("sex"),
    sa.Column("birth", PartialDay),
    _text("ethnicity"),
    _text("id_kind"),
    _text("id_number"),
    _text("id_missing_reason"),
    _day("id_issued_on"),
    _int("height"),  # cm × 10
    _int("weight"),  # kg × 10
    _flag("malnourished"),
    _flag("attending_school"),
    _text("school_level"),
    _text("education"),
    _text("training"),
    _flag("trained_on_job"),
    _flag("health_insurance"),
    _flag("uses_internet"),
    _flag("uses_phone"),
    sa.Column("social_allowance", Codes),
    _text("job_status"),
    _text("job_kind"),
    _text("job_contract"),
    sa.Column("pension", Codes),
    _flag("serious_illness"),
    _flag("sick_untreated"),
    sa.Index(None, "id_number"),
    # The search reads this index alone: scanning the wide rows takes ten times as long.
    sa.Index("ix_person_search", "search_key", "id_number", "removed", "uid"),
)

person_fact = _recorded(
    Kind.PERSON_FACT,
    _to(Kind.PERSON),
    _text("code", required=True),
    _text("value", required=True),
    *_validity(),
    sa.Index(None, "person", "code"),
)

membership = _recorded(
    Kind.MEMBERSHIP,
    _to(Kind.HOUSEHOLD),
    _to(Kind.PERSON),
    _text("relation"),
    _flag("is_head", required=True),
    _int("position"),
    _text("reason"),  # opening birth move_in marriage split merge head
    _text("end_reason"),  # death move_out marriage split merge head
    *_validity(),
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

decision = _recorded(
    Kind.DECISION,
    _to(Kind.AREA),
    _text("number"),
    _day("signed_on"),
    _text("signer"),
    _text("note"),
)

class_record = _recorded(
    Kind.CLASS_RECORD,
    _to(Kind.HOUSEHOLD),
    _text("standard", required=True),
    _int("review_year", required=True),
    _text("household_class"),  # poor near_poor not_poor; NULL while unknown indicators decide
    sa.Column("possible", Codes),  # then the classes it may be; a computed record only
    _flag("average_living", required=True),  # recognised hộ nông, lâm, ngư, diêm nghiệp có MSTB
    _text("source", required=True),  # opening computed decision
    _to(Kind.DECISION, nullable=True),
    _text("note"),
    *_validity(),
    sa.Index(None, "household"),
    sa.Index(None, "review_year", "standard"),
)

indicator_answer = _recorded(
    Kind.INDICATOR_ANSWER,
    _to(Kind.HOUSEHOLD),
    _text("standard", required=True),
    _text("indicator", required=True),
    _flag("deprived"),
    _text("reason"),
    sa.Index(None, "household"),
)

review_round = _recorded(
    Kind.ROUND,
    _to(Kind.AREA),
    _int("review_year", required=True),
    _text("standard", required=True),
    _text("kind", required=True),  # opening periodic
    _day("reference_day"),
    _day("closed_on"),
    _text("note"),
)

# The frozen copy of every fact a table counts; a closed year's report reads nothing else.
review_result = _recorded(
    Kind.RESULT,
    _to(Kind.ROUND, "round"),
    _to(Kind.HOUSEHOLD),
    _text("standard", required=True),
    _int("review_year", required=True),
    _flag("recognised", required=True),
    _to(Kind.AREA, "village"),
    _text("household_class", required=True),
    _flag("average_living", required=True),
    _int("persons", required=True),  # the persons stand in review_result_person
    _flag("minority"),
    _flag("local_minority"),
    _flag("no_labour_capacity"),
    _flag("merit_household"),
    _flag("social_protection"),
    _flag("female_head"),
    _text("ethnicity"),
    _int("score_income"),
    sa.Column("income", sa.BigInteger),
    sa.Column("deprived_bits", sa.BigInteger),  # bit k: the k-th indicator of the standard
    sa.Column("unknown_bits", sa.BigInteger),
    _text("definition"),  # sha256 of the standard's file
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
    ),
    sa.Index(None, "household"),
)

review_result_person = _recorded(
    Kind.RESULT_PERSON,
    _to(Kind.RESULT, "result"),
    _to(Kind.PERSON),
    sa.Index(None, "result"),
)

# --- Settings and definitions ------------------------------------------------------------------

setting = _recorded(
    Kind.SETTING,
    _text("code", required=True),
    _text("value", required=True),
    *_validity(),
    sa.Index(None, "code"),
)

definition = _recorded(
    Kind.DEFINITION,
    _text("code", required=True),
    _int("version", required=True),
    _text("sha256", required=True),
    _text("text", required=True),
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
    sa.Index(None, "group"),
    sa.Index(None, "record"),
)

TABLES: dict[Kind, sa.Table] = {kind: metadata.tables[kind.value] for kind in Kind}
