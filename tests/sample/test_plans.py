"""The plans of the sample as somebody reads them."""

from __future__ import annotations

import pytest

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.services.documents import reading
from giamngheo_desktop.storage import records
from tests.sample.made import Made


def test_no_chapter_has_one_numbered_heading_alone(sample: Made) -> None:
    with sample.database.reader() as connection:
        documents = records.find(connection, Kind.DOCUMENT)
    assert len(documents) > 1
    lonely = []
    for row in documents:
        found = reading.read(sample.database, sample.definitions, row["uid"])
        for part in found.walk():
            numbered = [one for one in part.parts if one.included and one.number]
            if part.included and len(numbered) == 1:
                lonely.append((row["year"], part.title, numbered[0].title))
    assert lonely == []


@pytest.fixture(params=["sample", pytest.param("full", marks=pytest.mark.long)])
def made(request: pytest.FixtureRequest) -> Made:
    found: Made = request.getfixturevalue(request.param)
    return found


def test_the_last_plan_promises_what_its_villages_add_up_to(made: Made) -> None:
    plan = max(made.rows("document"), key=lambda row: row["year"])
    promised = {
        row["indicator"]: row["pursued"]
        for row in made.rows("target")
        if row["document"] == plan["uid"]
    }
    villages = [row for row in made.rows("village_target") if row["year"] == plan["year"]]
    for indicator, column in (
        ("HN-GIAM-HO", "poor_decrease"),
        ("HCN-GIAM-HO", "near_poor_decrease"),
    ):
        assert promised[indicator] == 100 * sum(row[column] for row in villages)
