"""Which items of Phiếu B1 the data of a household answer, and which are picked from the paper."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from giamngheo_desktop.domain.household import Household, Member
from giamngheo_desktop.domain.point_facts import missing, point_facts
from giamngheo_desktop.domain.point_picks import joined, offered, parted, score_household
from tests.domain.test_point_table import NT1, TABLE, TT

HOME, HEAD, CHILD = UUID(int=1), UUID(int=2), UUID(int=3)
NAMES = st.text("abc_:1", min_size=1).filter(lambda name: name != ":")


def home(*members: Member, **values: object) -> Household:
    return Household(uid=HOME, members=members, **{"house_wall": "durable", **values})


def person(uid: UUID = HEAD, **values: object) -> Member:
    return Member(uid=uid, membership=uid, full_name="A", **values)


@given(
    st.dictionaries(
        st.text("abc_", min_size=1), st.lists(NAMES, max_size=3, unique=True).map(tuple)
    )
)
def test_picks_come_back_from_the_file_as_they_were(picks: dict[str, tuple[str, ...]]) -> None:
    assert parted(joined(picks)) == picks


def test_an_item_is_picked_only_where_no_question_of_the_form_would_tell() -> None:
    house = home(person())
    asked = frozenset({(HEAD, "training")})
    scoring = score_household(TABLE, NT1, house, {}, asked)
    assert scoring is not None
    assert [item.code for item in scoring.picked] == ["assets"]
    assert scoring.waits == asked
    scoring = score_household(TABLE, NT1, house, {"training": ("college",)}, frozenset())
    assert scoring is not None
    assert [item.code for item in scoring.picked] == ["training", "assets"]
    assert [line.points for line in scoring.scored.lines] == [70, 20, 15, None]


def test_a_pick_never_wins_over_data_that_answer() -> None:
    house = home(person(training="intermediate"))
    picks = {"training": ("college",), "house_wall": ("not_durable",), "assets": ()}
    scoring = score_household(TABLE, NT1, house, picks, frozenset())
    assert scoring is not None
    assert scoring.scored.total == 70 + 20 + 5 + 0


def test_one_member_of_whom_nothing_is_known_leaves_the_item_open() -> None:
    house = home(person(training="intermediate"), person(CHILD))
    assert point_facts(house)["training"] is None
    assert missing(house, "training") == ((CHILD, "training"),)
    untrained = replace(house, members=(house.members[0], person(CHILD, training="none")))
    assert missing(untrained, "training") == ((CHILD, "education"),)
    schooled = person(CHILD, training="none", education="primary")
    told = replace(house, members=(house.members[0], schooled))
    assert point_facts(told)["training"] == {"intermediate", "school_primary"}
    assert missing(told, "training") == ()


def test_what_is_missing_is_asked_where_the_form_asks_it() -> None:
    house = home(person(job_status="working"), person(CHILD, job_status="student"))
    assert missing(house, "job") == ((HEAD, "job_kind"),)
    assert missing(house, "pension") == ((HEAD, "pension"), (CHILD, "pension"))
    assert missing(house, "water") == ((HOME, "water_source"),)
    assert missing(house, "land") == ()


def test_without_electricity_none_is_used() -> None:
    assert point_facts(home(electricity_source="none"))["electricity_kwh"] == 0
    assert point_facts(home(electricity_source="grid"))["electricity_kwh"] is None


def test_a_pick_that_the_table_no_longer_has_is_open_again() -> None:
    picks = {"assets": ("motorbike", "tractor"), "training": (), "house_wall": ("durable",)}
    assert offered(TABLE, NT1, picks) == {"training": (), "house_wall": ("durable",)}
    assert offered(None, NT1, picks) == picks
    assert score_household(TABLE, TT, home(person()), picks, frozenset()) is None
