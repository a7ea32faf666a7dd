"""The sample commune: thirteen villages of Sơn Tây with seven years of reviews, from a seed."""

from __future__ import annotations

from collections.abc import Callable

from giamngheo_desktop import paths
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.sample.book import YEARS
from giamngheo_desktop.sample.contexts import ContextAt, seeded_contexts
from giamngheo_desktop.sample.material import read_material
from giamngheo_desktop.sample.plans import IssuePlan, without_paper, write_plans
from giamngheo_desktop.sample.programme import WRITTEN, write_programme
from giamngheo_desktop.sample.records import Records
from giamngheo_desktop.sample.running import REVIEW_BEGINS, TYPED, begin_review
from giamngheo_desktop.sample.story import tell
from giamngheo_desktop.sample.writing import Writer
from giamngheo_desktop.storage.engine import Database

__all__ = ["DEFAULT_SEED", "Progress", "make_sample", "seeded_contexts"]

DEFAULT_SEED = 2021

Progress = Callable[[int, int], None]  # steps done, steps in all


def make_sample(
    database: Database,
    context_at: ContextAt,
    definitions: Definitions,
    *,
    households: int | None = None,
    full: bool = False,
    seed: int = DEFAULT_SEED,
    running: bool = False,
    progress: Progress | None = None,
    issue: IssuePlan = without_paper,
) -> None:
    """Fill an empty, migrated database; every year from 2020 to 2026 is closed. Of a `running`
    sample the last one stands open, to try things: its review has begun and is partly answered.

    By default the register is partial: only households ever reviewed stand in it. `full` enters
    every household and declares the villages complete. `households` sets the size of the register
    at every year's end and enlarges the commune to hold it. `context_at` gives the context of a
    moment of the sample's calendar (`seeded_contexts`). `progress` may raise to stop; the file
    then holds a part and is to be thrown away. `issue` issues the plans of its years.
    """
    steps = 2 * len(YEARS) + 1
    done = 0

    def step() -> None:
        nonlocal done
        done += 1
        if progress is not None:
            progress(done, steps)

    material = read_material(paths.resources() / "sample")
    story = tell(material, seed=seed, households=households, full=full, running=running, told=step)
    writer = Writer(database, context_at, material, story, definitions)
    if running:
        writer.write(step, last_open=REVIEW_BEGINS)
        begin_review(writer)
    else:
        writer.write(step)
    known = Records(writer)
    write_programme(known)
    write_plans(known, issue, until=(TYPED if running else WRITTEN).date())
