"""Turns `standards/*.toml` into PovertyStandard values, each file checked whole."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from giamngheo_desktop.definitions.facts import Facts, names, sources_of
from giamngheo_desktop.definitions.head import check_days
from giamngheo_desktop.definitions.loader import DefinitionError, Table, read_toml
from giamngheo_desktop.domain.indicator_tests import TESTS
from giamngheo_desktop.domain.standard import (
    AreaType,
    Dimension,
    Fact,
    Indicator,
    IndicatorTest,
    Lines,
    PovertyStandard,
    StandardLevel,
    Standards,
)

_LEVELS = {level.value: level for level in StandardLevel}


def load_standards(folder: Path) -> Standards:
    """All standards of a folder, by first review year and code.

    Raises DefinitionError for a bad file, a code twice, or a review year with two national
    standards.
    """
    loaded = [(path, standard_from(read_toml(path))) for path in sorted(folder.glob("*.toml"))]
    seen: dict[object, str] = {}
    for path, standard in loaded:
        _claim(seen, standard.code, path.name)
        if standard.level is StandardLevel.NATIONAL:
            for year in range(standard.first_review_year, standard.last_review_year + 1):
                _claim(seen, year, path.name)
    found = (standard for _, standard in loaded)
    return Standards(tuple(sorted(found, key=lambda item: (item.first_review_year, item.code))))


def _claim(seen: dict[object, str], what: object, file: str) -> None:
    if what in seen:
        raise DefinitionError("definition_twice", what=what, file=file, other=seen[what])
    seen[what] = file


def standard_from(table: Table) -> PovertyStandard:
    """The standard of one file; every fact must carry its certainty and a known source."""
    sources = sources_of(table)
    facts = Facts(frozenset(sources))
    dimensions = tuple(_dimension(row, facts) for row in table.tables("dimensions"))
    indicators = tuple(_indicator(row, facts) for row in table.tables("indicators"))
    lines_table = table.table("lines")
    standard = PovertyStandard(
        code=table.text("code"),
        version=table.integer("version"),
        label=table.text("label"),
        level=table.one_of("level", _LEVELS),
        province=table.text("province", ""),
        valid_from=table.day("valid_from"),
        valid_to=table.day("valid_to"),
        first_review_year=table.integer("first_review_year"),
        last_review_year=table.integer("last_review_year"),
        legal_basis=table.text("legal_basis"),
        effective_on=facts.day(table, "effective_on"),
        income_article=facts.known(facts.text, table, "income_article"),
        score_article=facts.text(table, "score_article"),
        status=table.text("status", ""),
        deprivation_count=facts.known(facts.integer, table, "deprivation_count"),
        indicator_points=facts.integer(table, "indicator_points"),
        dimensions=dimensions,
        indicators=indicators,
        lines={area: _lines(lines_table.table(area.value), facts) for area in AreaType},
        low_income_from=facts.day(table, "low_income_from") if "low_income_from" in table else None,
        sources=sources,
        sha256=table.source.sha256,
        text=table.source.text,
    )
    lines_table.finish()
    table.finish()
    _check(table, standard)
    return standard


def _dimension(table: Table, facts: Facts) -> Dimension:
    dimension = Dimension(code=table.text("code"), label=facts.text(table, "label"))
    table.finish()
    return dimension


def _indicator(table: Table, facts: Facts) -> Indicator:
    test = table.opt_table("test")
    indicator = Indicator(
        code=table.text("code"),
        order=table.integer("order"),
        dimension=table.text("dimension"),
        label=facts.text(table, "label"),
        short_label=facts.text(table, "short_label"),
        threshold=facts.text(table, "threshold"),
        test=None if test is None else _test(test, facts),
    )
    table.finish()
    return indicator


def _test(table: Table, facts: Facts) -> IndicatorTest:
    kind = table.text("kind")
    if kind not in TESTS:
        table.fail("definition_value", "kind", value=kind, allowed=names(TESTS))
    readers: dict[str, Callable[[str], object]] = {
        "int": table.integer,
        "bool": table.flag,
        "str": table.text,
        "texts": table.texts,
    }
    params = {name: readers[value](name) for name, value in TESTS[kind].params.items()}
    certainty, source = facts.grounds(table)
    note = table.text("note", "")
    table.finish()
    return IndicatorTest(kind=kind, params=params, certainty=certainty, source=source, note=note)


def _lines(table: Table, facts: Facts) -> Lines:
    optional = {
        key: facts.known(facts.integer, table, key)
        for key in ("upper_line", "score_upper_cutoff", "low_income_line")
        if key in table
    }
    lines = Lines(
        label=facts.text(table, "label") if "label" in table else None,
        income_line=facts.known(facts.integer, table, "income_line"),
        average_line=facts.integer(table, "average_line"),
        score_cutoff=facts.integer(table, "score_cutoff"),
        **optional,
    )
    table.finish()
    _rising(table, "average_line", (lines.income_line, lines.upper_line, lines.average_line))
    _rising(table, "score_upper_cutoff", (lines.score_cutoff, lines.score_upper_cutoff))
    return lines


def _rising(table: Table, key: str, facts: tuple[Fact[int] | None, ...]) -> None:
    known = [fact.value for fact in facts if fact is not None and fact.value is not None]
    if any(lower >= upper for lower, upper in pairwise(known)):
        table.fail("definition_lines_order", key)


def _check(table: Table, standard: PovertyStandard) -> None:
    """What one file must agree on with itself."""
    if not standard.indicators:
        table.fail("definition_missing_key", "indicators")
    if [indicator.order for indicator in standard.indicators] != list(
        range(1, len(standard.indicators) + 1)
    ):
        table.fail("definition_indicator_order", "indicators")
    for key, codes in (
        ("indicators", standard.codes),
        ("dimensions", tuple(item.code for item in standard.dimensions)),
    ):
        if len(set(codes)) < len(codes):
            table.fail("definition_codes_twice", key)
    dimensions = {item.code for item in standard.dimensions}
    for indicator in standard.indicators:
        if indicator.dimension not in dimensions:
            value, allowed = indicator.dimension, names(dimensions)
            table.fail("definition_value", "indicators", value=value, allowed=allowed)
    if standard.first_review_year > standard.last_review_year:
        table.fail("definition_years_order", "last_review_year")
    check_days(table)
    if len({(lines.upper_line is None) for lines in standard.lines.values()}) > 1:
        table.fail("definition_lines_order", "lines")  # one rule for both areas
    if standard.has_score_form and standard.score_article.value is None:
        table.fail("definition_missing_key", "score_article")
