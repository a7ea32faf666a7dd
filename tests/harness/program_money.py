"""The program's figures of money, in the shape of the independent count of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.budgeting import BOOKED, Amounts, Stage, Sums, disbursement, total
from giamngheo_desktop.services.programme import budget, fund, supports
from giamngheo_desktop.services.programme.budget import Budget
from giamngheo_desktop.services.programme.fund import FundYear
from giamngheo_desktop.services.programme.supports import Asked, By, Support
from giamngheo_desktop.storage.engine import Database

Key = tuple[str | UUID | None, ...]
Figures = dict[str, dict[Key, int | tuple[int, ...]]]


def figures_of(database: Database, definitions: Definitions, year: int, commune: UUID) -> Figures:
    """Every figure of a commune's year, as the program counts it."""
    paid = supports.of_year(database, definitions, Asked(year=year, unit=commune))
    booked = budget.budget(database, definitions, year=year, unit=commune)
    found = {**_supports(paid), **_budget(booked)}
    found["supports within component"] = _within(database, definitions, booked, year, commune)
    books = [
        fund.fund_year(database, definitions, year=year, unit=commune, fund=entry.code)
        for entry in definitions.choice_list(fund.FUNDS)
    ]
    return {**found, **_funds(books)}


def _supports(paid: list[Support]) -> Figures:
    named = {
        "source": By.SOURCE,
        "component": By.COMPONENT,
        "village": By.VILLAGE,
        "household": By.HOUSEHOLD,
        "person": By.PERSON,
        "policy": By.POLICY,
    }
    found: Figures = {"supports in all": {(): supports.total(paid).amount or 0}}
    for name, by in named.items():
        sums = {key: part.amount or 0 for key, part in supports.sums(paid, by).items()}
        found[f"supports by {name}"] = {
            key if isinstance(key, tuple) else (None, None) if by is By.COMPONENT else (key,): sum_
            for key, sum_ in sums.items()
            if not (by is By.PERSON and key is None)
        }
    programmes: dict[Key, int] = {}
    for (programme, _), amount in found["supports by component"].items():
        assert isinstance(amount, int)
        programmes[programme,] = programmes.get((programme,), 0) + amount
    found["supports by programme"] = dict(programmes)
    return found


def _within(
    database: Database, definitions: Definitions, booked: Budget, year: int, commune: UUID
) -> dict[Key, int | tuple[int, ...]]:
    """By the tree of the budget, and, which must be the same, by what a list is asked for."""
    found: dict[Key, int | tuple[int, ...]] = {}
    for branch in booked.branches:
        programme, slash, component = branch.node.key.partition("/")
        amount = branch.total.get(Stage.SUPPORTED)
        if slash and amount:
            asked = Asked(year=year, unit=commune, programme=programme, component=component)
            listed = supports.of_year(database, definitions, asked)
            assert supports.total(listed).amount == amount, branch.node.key
            found[programme, component] = amount
    return found


def _budget(found: Budget) -> Figures:
    own: dict[Key, Sums] = {}
    whole: dict[Key, Sums] = {}
    for branch in found.branches:
        is_plan = branch.node.key.startswith("plan:")  # of no programme's component
        programme, slash, component = ("" if is_plan else branch.node.key).partition("/")
        key = (programme or None, component or None)
        before = own.get(key, {})
        own[key] = {
            source: before.get(source, Amounts()) + branch.own.get(source, Amounts())
            for source in {*before, *branch.own}
        }
        if slash:
            whole[key] = branch.whole
    programmes: dict[str | None, Amounts] = {}
    for (programme, _), sums in own.items():
        programmes[programme] = programmes.get(programme, Amounts()) + total(sums)
    by_source = {(source,): {source: sums} for source, sums in found.by_source.items()}
    return {
        "budget by stage": _stages({(): found.by_source}),
        "budget by source": _stages(by_source),
        "budget by programme": _stages({(key,): {"": one} for key, one in programmes.items()}),
        "budget by component": _stages(own),
        "budget within component": _stages(whole),
        "budget by village": _stages({(uid,): sums for uid, sums in found.by_village.items()}),
        "budget by body": _stages({(uid,): sums for uid, sums in found.by_body.items()}),
        "disbursed of assigned": _rates({(): found.by_source}),
        "disbursed of assigned by source": _rates(by_source),
        "disbursed of assigned by component": _rates(own),
        "disbursed of assigned within component": _rates(whole),
    }


def _stages(found: Mapping[Key, Sums]) -> dict[Key, int | tuple[int, ...]]:
    return {
        (*key, stage.value): amount
        for key, sums in found.items()
        for stage in BOOKED
        if (amount := total(sums).get(stage)) is not None
    }


def _rates(found: Mapping[Key, Sums]) -> dict[Key, int | tuple[int, ...]]:
    pairs: dict[Key, int | tuple[int, ...]] = {}
    for key, sums in found.items():
        rate = disbursement(sums)
        assigned = total(sums).get(Stage.ASSIGNED) or 0
        if assigned >= 0:  # a rate of less than nothing is none
            assert (rate.numerator or 0, rate.denominator or 0) == (
                total(sums).get(Stage.DISBURSED) or 0,
                assigned,
            )
        pairs[key] = (total(sums).get(Stage.DISBURSED) or 0, assigned)
    return pairs


def _funds(books: Iterable[FundYear]) -> Figures:
    whole: dict[Key, int | tuple[int, ...]] = {}
    forms: dict[Key, int | tuple[int, ...]] = {}
    helped: dict[Key, int | tuple[int, ...]] = {}
    by_form: dict[Key, int | tuple[int, ...]] = {}
    for book in books:
        pages = {page.form: (page.opening, page.came, page.went, page.closing)
                 for page in book.pages}  # fmt: skip
        whole[book.fund,] = _added(pages.values())
        helped[book.fund,] = len(book.households)
        for form, sums in pages.items():
            forms[book.fund, form or None] = sums
        out: Callable[[str], set[UUID]] = lambda form, book=book: {  # noqa: E731
            one.household
            for page in book.pages
            if page.form == form
            for one in page.entries
            if one.household is not None and one.gave_in(book.year)
        }
        for form in pages:
            by_form[book.fund, form or None] = len(out(form))
    return {
        "funds": whole,
        "funds by form": forms,
        "households helped by fund": helped,
        "households helped by fund and form": by_form,
    }


def _added(sums: Iterable[tuple[int, ...]]) -> tuple[int, ...]:
    return tuple(sum(column) for column in zip(*sums, strict=True)) or (0, 0, 0, 0)
