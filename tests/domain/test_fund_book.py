"""The book of a fund: openings carry on, days that end below nought are told."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from giamngheo_desktop.domain.fund_book import Direction, Entry, Goods, pages

FORMS = ("money", "goods", "labour")


def entry(direction: str, day: str, amount: int, form: str = "money", **more: object) -> Entry:
    return Entry(
        uid=UUID(int=0),
        direction=Direction(direction),
        booked_on=date.fromisoformat(day),
        amount=amount,
        form=form,
        **more,
    )


ENTRIES = st.lists(
    st.builds(
        Entry,
        uid=st.just(UUID(int=0)),
        direction=st.sampled_from(Direction),
        booked_on=st.dates(date(2023, 1, 1), date(2026, 12, 31)),
        amount=st.integers(0, 10**12),
        form=st.sampled_from(["", *FORMS]),
    ),
    max_size=20,
).map(lambda found: sorted(found, key=lambda one: one.booked_on))


@given(ENTRIES)
def test_what_is_left_is_the_opening_of_the_next_year(entries: list[Entry]) -> None:
    closings: dict[str, int] = {}
    for year in range(2023, 2027):
        for page in pages(entries, year, FORMS):
            assert page.opening == closings.get(page.form, 0)
            assert page.closing == page.opening + page.came - page.went
            assert page.balances == () or page.balances[-1] == page.closing
            closings[page.form] = page.closing
    for form, left in closings.items():
        assert left == sum(one.change for one in entries if one.form == form)


def test_a_day_that_ends_below_nought() -> None:
    (page,) = pages(
        [
            entry("in", "2024-12-01", 100),
            entry("out", "2025-03-01", 150),
            entry("in", "2025-03-01", 60),  # of the same day: it ends above
            entry("out", "2025-04-01", 20),
            entry("in", "2025-05-01", 200),
        ],
        2025,
        FORMS,
    )
    assert (page.opening, page.came, page.went, page.closing) == (100, 260, 170, 190)
    assert page.balances == (-50, 10, -10, 190)
    assert page.below == ((date(2025, 4, 1), -10),)


def test_goods_are_counted_by_thing_and_unit() -> None:
    found = pages(
        [
            entry("in", "2025-01-02", 500, "goods", item="Gạo", unit="kg", quantity=10_050),
            entry("out", "2025-01-03", 200, "goods", item="Gạo", unit="kg", quantity=4_000),
            entry("in", "2025-01-04", 90, "goods", item="Chăn"),
            entry("in", "2025-01-05", 300, "labour", unit="công", quantity=300),
        ],
        2025,
        FORMS,
    )
    assert [(page.form, page.closing, page.uncounted) for page in found] == [
        ("goods", 390, 1),
        ("labour", 300, 0),
    ]
    assert found[0].goods == (Goods("Gạo", "kg", 10_050, 4_000),)
    assert found[1].goods == (Goods("", "công", 300, None),)
