"""The plans of the sample as somebody reads them."""

from __future__ import annotations

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
