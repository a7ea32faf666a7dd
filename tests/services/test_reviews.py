"""A review from its beginning: who is on its lists, and where each village stands."""

from __future__ import annotations

from datetime import date

import pytest

from giamngheo_desktop import paths
from giamngheo_desktop.definitions.catalogue import Definitions, load_definitions
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.review_flow import Status
from giamngheo_desktop.services import classes, reviews
from giamngheo_desktop.services.reviews import NewReview, ReviewStandard
from giamngheo_desktop.storage import reviews as stored
from tests.harness.register import STANDARD, Register

BEGUN = date(2026, 9, 1)


@pytest.fixture(scope="module")
def definitions() -> Definitions:
    return load_definitions(paths.resources() / "definitions")


def begin(reg: Register, definitions: Definitions, **values: object) -> object:
    new = NewReview(
        **{
            "year": 2026,
            "begun_on": BEGUN,
            "reference_day": BEGUN,
            "standards": (ReviewStandard(code=STANDARD, purpose="movement"),),
            **values,
        }
    )
    return reviews.begin(reg.database, reg.context, definitions, new, commune=reg.commune).value


def test_everybody_on_the_present_list_is_on_the_list_of_the_review(
    register: Register, definitions: Definitions
) -> None:
    homes = {name: register.household(name, village=name[-1]) for name in ("Hộ A", "Hộ B", "Xa B")}
    register.give_class(homes["Hộ A"].uid, "poor", year=2025)
    register.give_class(homes["Hộ B"].uid, "near_poor", year=2025)
    register.give_class(homes["Xa B"].uid, "not_poor", year=2025)
    uid = begin(register, definitions)
    with register.database.reader() as connection:
        rows = stored.cases(connection, uid)
    assert [(row["household"], row["ground"], row["position"]) for row in rows] == [
        (homes["Hộ A"].uid, "poor", 1),
        (homes["Hộ B"].uid, "near_poor", 1),
    ]


def test_a_second_review_of_the_year_and_one_of_a_closed_year_are_refused(
    register: Register, definitions: Definitions
) -> None:
    begin(register, definitions)
    with pytest.raises(RefusedError, match="review_running"):
        begin(register, definitions)
    classes.close_year(
        register.database,
        register.context,
        year=2025,
        standard=STANDARD,
        definition="f" * 64,
        commune=register.commune,
    )
    with pytest.raises(RefusedError, match="year_closed"):
        begin(register, definitions, year=2025)
    with pytest.raises(RefusedError, match="review_without_standard"):
        begin(register, definitions, year=2027, standards=())


def test_the_last_year_of_a_standard_is_reviewed_under_the_next_one_too(
    register: Register, definitions: Definitions
) -> None:
    def proposed(year: int) -> list[tuple[str, str]]:
        found = reviews.proposed_standards(register.database, definitions, register.commune, year)
        return [(item.code, item.purpose) for item in found]

    assert proposed(2025) == [("2022", "movement")]
    assert proposed(2026) == [("2022", "movement"), ("2027", "next_opening")]


def test_a_village_goes_ahead_of_another(register: Register, definitions: Definitions) -> None:
    register.give_class(register.household("Hộ A").uid, "poor", year=2025)
    surveyors = dict.fromkeys(register.villages.values(), ("Hồ Thị Mai",))
    uid = begin(register, definitions, surveyors=surveyors)
    a, b = register.villages["A"], register.villages["B"]
    reviews.mark(register.database, register.context, uid, "list", village=a, day=BEGUN)
    flow = reviews.flow(register.database, definitions, uid, BEGUN)
    assert flow.state("list", a).status is Status.DONE
    assert flow.state("collect", a).status is Status.OPEN
    assert [item.code for item in flow.state("collect", a).missing] == ["unentered"]
    assert flow.state("list", b).status is Status.OPEN
    assert flow.state("collect", b).status is Status.WAITING
    reviews.mark(register.database, register.context, uid, "list", village=b, day=BEGUN)
    flow = reviews.flow(register.database, definitions, uid, BEGUN)
    assert flow.state("recheck", b).status is Status.DONE  # nobody to review
    assert flow.state("summarise").status is Status.WAITING
    reviews.mark(register.database, register.context, uid, "list", village=b, day=None)
    flow = reviews.flow(register.database, definitions, uid, BEGUN)
    assert flow.state("list", b).status is Status.OPEN
