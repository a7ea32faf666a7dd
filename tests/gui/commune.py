"""A small commune for the tests of screens: three villages, six households, two review years."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from uuid import UUID

from giamngheo_desktop import paths
from giamngheo_desktop.definitions.catalogue import Definitions, shipped_definitions
from giamngheo_desktop.domain.area import Level
from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.household import Household
from giamngheo_desktop.domain.ids import uuid7_factory
from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.gui.bus import Bus
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.jobs import InlineRunner, Runner
from giamngheo_desktop.services import areas, classes, households
from giamngheo_desktop.services.areas import NewCommune, NewVillage
from giamngheo_desktop.services.classes import ClassEntry
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.storage.engine import Database
from giamngheo_desktop.storage.upgrade import upgrade

YEAR = 2026
TODAY = datetime(YEAR, 6, 30, 9, 0)  # noqa: DTZ001
VILLAGES = (("Thôn Đông", 100, 400), ("Thôn Đoài", 50, 180), ("Thôn Thượng", 80, 300))
# village, head, persons, class at the end of last year, class this year
HOMES = (
    (0, "Nguyễn Văn An", 4, "poor", "poor"),
    (0, "Trần Thị Bình", 2, "poor", "near_poor"),
    (0, "Lê Văn Cường", 5, "near_poor", "near_poor"),
    (1, "Đinh Thị Đào", 3, "near_poor", "poor"),
    (1, "Y Blơ Êban", 6, "poor", "poor"),
    (2, "Phạm Thị Giang", 1, "poor", "not_poor"),
)


def context(at: datetime = TODAY, actor: str = "chị Hoa", seed: int = 7) -> Context:
    """A context whose clock moves a second at every look, so that ids stay in order."""
    moment = at

    def now() -> datetime:
        nonlocal moment
        moment += timedelta(seconds=1)
        return moment

    new_id = uuid7_factory(now, Random(seed).getrandbits)
    return Context(now=now, new_id=new_id, actor=actor, origin=new_id())


def definitions() -> Definitions:
    global _definitions
    if _definitions is None:
        _definitions = shipped_definitions(paths.resources() / "definitions")
    return _definitions


_definitions: Definitions | None = None


@dataclass
class World:
    """An open file with everything a page needs."""

    database: Database
    context: Context
    commune: UUID
    villages: list[UUID] = field(default_factory=list)
    homes: list[UUID] = field(default_factory=list)
    desk: Desk = None  # type: ignore[assignment]

    def close(self) -> None:
        self.desk.runner.close()
        self.database.close()


def make_world(
    folder: Path,
    *,
    villages: Sequence[tuple[str, int | None, int | None]] = VILLAGES,
    homes: Sequence[tuple[int, str, int, str, str]] = HOMES,
    runner: Runner | None = None,
) -> World:
    """A file in `folder` with the register above; without `homes` it is a new commune."""
    key = (tuple(villages), tuple(homes))
    if key not in _templates:
        _templates[key] = _build(Path(_folder.name) / f"{len(_templates)}.gndb", villages, homes)
    template = _templates[key]
    shutil.copy(template.database.path, folder / "xa.gndb")
    made = context(TODAY + timedelta(hours=1), seed=8)  # ids after those of the template
    world = World(
        Database(folder / "xa.gndb"),
        made,
        template.commune,
        list(template.villages),
        list(template.homes),
    )
    bus = Bus()
    world.desk = Desk(
        database=world.database,
        context=made,
        definitions=definitions(),
        runner=runner or InlineRunner(bus),
        bus=bus,
        commune=world.commune,
    )
    return world


_folder = tempfile.TemporaryDirectory()
_templates: dict[object, World] = {}


def _build(
    path: Path,
    villages: Sequence[tuple[str, int | None, int | None]],
    homes: Sequence[tuple[int, str, int, str, str]],
) -> World:
    """The file itself, made once and copied for each test."""
    database = Database(path)
    upgrade(database)
    made = context(seed=6)  # a program that opens the file has ids of its own
    new = NewCommune(
        province="Hà Tĩnh",
        commune="Xã Sơn Tây",
        region="NT3",
        first_day=date(YEAR - 2, 12, 31),
        year=YEAR,
        villages=[NewVillage(name=n, households=h, persons=p) for n, h, p in villages],
        settings={
            "superior_body": "ỦY BAN NHÂN DÂN TỈNH HÀ TĨNH",
            "issuing_body": "ỦY BAN NHÂN DÂN\nXÃ SƠN TÂY",
            "place_name": "Sơn Tây",
            "signer_authority": "TM. ỦY BAN NHÂN DÂN",
            "signer_title": "CHỦ TỊCH",
            "signer_name": "Phan Xuân Đồng",
            "preparer_name": "Nguyễn Thị Hoa",
        },
    )
    commune = areas.new_commune(database, made, new).value
    tree = areas.tree(database, date(YEAR, 1, 1))
    world = World(database, made, commune, [village.uid for village in tree.villages(commune)])
    assert len(tree.of_level(Level.COMMUNE)) == 1
    for village, head, persons, before, now in homes:
        world.homes.append(add_home(world, world.villages[village], head, persons))
        for year, code in ((YEAR - 1, before), (YEAR, now)):
            add_class(world, world.homes[-1], year, code)
    database.checkpoint()
    database.close()
    return world


def add_home(world: World, village: UUID, head: str, persons: int) -> UUID:
    home = households.new_household(world.context, village)
    names = [head, *(f"Người {number}" for number in range(2, persons + 1))]
    members = tuple(
        households.new_member(
            world.context,
            full_name=name,
            relation="head" if at == 0 else "child",
            is_head=at == 0,
            birth=PartialDate(1970 + at * 5),
            sex="female" if "Thị" in name else "male",
            ethnicity="01",
        )
        for at, name in enumerate(names)
    )
    draft = Household(uid=home.uid, village=village, members=members)
    households.save(world.database, world.context, draft, day=date(YEAR - 2, 12, 31))
    return home.uid


def add_class(world: World, home: UUID, year: int, code: str) -> None:
    entry = ClassEntry(
        household=home,
        standard="2022",
        review_year=year,
        household_class=code,
        source="decision",
        valid_from=date(year, 1, 1),
    )
    classes.record(world.database, world.context, entry, commune=world.commune)


def give_certificate(world: World, home: UUID) -> UUID:
    """An old paper with the lines of two years."""
    with write_unit(world.database, world.context, Op.ISSUE_CERTIFICATES) as work:
        uid = work.insert(
            Kind.CERTIFICATE, household=home, number="07/GCN-HN.HCN", issued_on=date(YEAR - 1, 5, 5)
        )
        for year in (YEAR - 2, YEAR - 1):
            work.insert(
                Kind.CERTIFICATE_YEAR, certificate=uid, year=year, household_class="poor",
                signed_on=date(year, 12, 12),
            )  # fmt: skip
    return uid
