"""Thousands of spoilt packages: each refused in a sentence or read as it was, and nothing written.

One of each kind by default, 500 of each with `--long`, which prints the counts: a province, another
computer and a commune take them as packages of communes, work packages and sheets of a village.
"""

from __future__ import annotations

import resource
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.texts import error_text
from tests.harness.spoilt.desks import DESKS, KINDS, Desk
from tests.harness.spoilt.mutate import REFUSED, SEALED, spoilt

MOST_MEMORY = 500 * 1024  # kB
MOST_SECONDS = 60
# What the package of another unit or another kind may bring, as a new state of its commune.
WRITES = {"new", "newer", "older"}


@pytest.fixture(params=DESKS, scope="module")
def desk(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with DESKS[request.param](tmp_path_factory.mktemp(request.param)) as opened:
        yield opened


def _take(desk: Desk, kind: str, seed: int, path: Path) -> str:
    """What became of one, as a word for the counts."""
    path.write_bytes(spoilt(kind, seed, desk.sound))
    begun = monotonic()
    try:
        found = desk.take(desk, path)
    except AppError as refused:
        sentence = error_text(refused)
        assert sentence.rstrip(")").endswith("."), (kind, seed, sentence)
        found = refused.code
    assert monotonic() - begun < MOST_SECONDS, (kind, seed)
    if kind in SEALED and found in WRITES:
        desk.put_back()
    assert desk.is_as_it_was, (kind, seed, found)
    if kind in REFUSED:
        assert found != "read", (kind, seed)
    return found


def _peak(of: int) -> int:
    """kB. A child begins with the peak of who started it: one that took less is told as that."""
    return resource.getrusage(of).ru_maxrss


def test_a_spoilt_package_is_refused_or_read_as_it_was(desk: Desk, tmp_path: Path) -> None:
    sound = tmp_path / "sound.xlsx"
    for data in (desk.sound.data, *map(desk.sound.saved_again, range(2))):
        sound.write_bytes(data)
        assert desk.take(desk, sound) == "read"
    found = {kind: _take(desk, kind, 0, tmp_path / "a.xlsx") for kind in KINDS[desk.name]}
    assert desk.take(desk, sound) == "read"
    assert len({*found.values()}) > 5


@pytest.mark.long
@pytest.mark.timeout(7200)
@pytest.mark.parametrize(
    ("desk", "kind"),
    [(name, kind) for name, kinds in KINDS.items() for kind in kinds],
    indirect=["desk"],
)
def test_five_hundred_of_each_kind(desk: Desk, kind: str, tmp_path: Path, capsys: Any) -> None:
    path = tmp_path / "a.xlsx"
    counts = Counter(_take(desk, kind, seed, path) for seed in range(500))
    own, child = _peak(resource.RUSAGE_SELF), _peak(resource.RUSAGE_CHILDREN)
    assert child <= max(own, MOST_MEMORY)
    with capsys.disabled():
        print(f"  {desk.name}, {kind}: {dict(counts)}, peak {own // 1024}, {child // 1024} MB")
