"""Same seed, same database: on another day, in another time zone, with another hash seed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from giamngheo_desktop.definitions.catalogue import Definitions
from tests.sample.made import Made, digest, make, opened

AGAIN = """
import sys
from pathlib import Path
from giamngheo_desktop import paths
from giamngheo_desktop.definitions.catalogue import load_definitions
from tests.sample.made import digest, make
definitions = load_definitions(paths.resources() / "definitions")
print(repr(sorted(digest(make(Path(sys.argv[1]), definitions)).items())))
"""


def test_same_seed_gives_the_same_database(sample: Made, tmp_path: Path):
    env = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "America/New_York"}
    again = subprocess.run(
        [sys.executable, "-c", AGAIN, str(tmp_path)],
        cwd=Path(__file__).resolve().parents[2],
        env=env,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert again.returncode == 0, again.stderr
    assert again.stdout.strip() == repr(sorted(digest(sample.path).items()))


def test_another_seed_gives_another_commune(sample: Made, tmp_path: Path, definitions: Definitions):
    with opened(make(tmp_path, definitions, seed=7), definitions) as other:
        ours, theirs = digest(sample.path), digest(other.path)
        same = {table for table in ours if ours[table] == theirs[table]}
        assert "person" not in same
        names = [row["full_name"] for row in sample.rows("person")]
        assert names != [row["full_name"] for row in other.rows("person")]
        # The opening is published: no seed may change it.
        poor = [
            row
            for row in other.rows("review_result")
            if row["review_year"] == 2020 and row["household_class"] == "poor"
        ]
        assert (len(poor), sum(row["persons"] for row in poor)) == (51, 111)
