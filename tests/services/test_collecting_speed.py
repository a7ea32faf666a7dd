"""Collecting at a twentieth of a province's size: against the floor of the same run, and memory."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench_exchange import make_packages, measured


@pytest.mark.long
@pytest.mark.timeout(900)
def test_a_province_is_collected_near_the_floor(tmp_path: Path) -> None:
    packages = list(make_packages(tmp_path, 8, 255))
    plain = measured("floor", packages, tmp_path / "floor.db")
    ours = measured("collect", packages, tmp_path / "province.db")
    print(f"\n{ours.seconds / plain.seconds:.2f} × the floor, {ours.megabytes:.0f} MB")
    # Province and district with their names are those of the file, not of each package.
    assert ours.rows == plain.rows - 4 * len(packages)
    assert ours.megabytes <= 500
    # Two free cores are needed for the bound of 2.5: the benchmark prints it at full size.
    assert ours.seconds <= 5 * plain.seconds
