"""Where spoilt packages arrive: a province, another computer, a commune to which a village sends.

Each desk has taken in, or knows, what the sound package says; so whatever is not the sound package
is refused, or says something that is listed, and nothing is written by looking.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from giamngheo_desktop import texts
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.package import Batch, DataTable, Manifest, ReadableSheet
from giamngheo_desktop.domain.package_columns import PERSONAL, Recipient
from giamngheo_desktop.exports.package_read import PackageReader
from giamngheo_desktop.exports.package_write import write_package
from giamngheo_desktop.exports.village_sheet import read_village_sheet, village_workbook
from giamngheo_desktop.exports.work_file import read_work
from giamngheo_desktop.services.exchange import collecting, upward, village_return, work_package
from giamngheo_desktop.services.exchange.collecting import State
from giamngheo_desktop.services.exchange.merge_words import MergeWords
from giamngheo_desktop.services.exchange.merging import MergeReport
from giamngheo_desktop.services.exchange.village_sheets import VillageSheet
from giamngheo_desktop.storage.engine import Database
from tests.harness import review
from tests.harness.copies import Officer, copy_of
from tests.harness.packages import BOOK, YEAR, collection
from tests.harness.register import STANDARD, Register, empty_database, make_context, make_register
from tests.harness.review import shipped
from tests.harness.spoilt.kinds import PASSPHRASE, Sound
from tests.harness.spoilt.mutate import OF_LISTS, OWN, SEALED
from tests.harness.village_sheets import collected

SHOWN = [ReadableSheet("Sổ", ("Tên", "Số hộ"), [("Thôn A", 183), ("Thôn B", 21)])]


@dataclass
class Desk:
    """A file, the package it is sent, and what it makes of one: a word for the counts."""

    database: Database
    sound: Sound
    take: Callable[[Desk, Path], str]
    name: str

    def __post_init__(self) -> None:
        self.database.checkpoint()
        self._kept = self.database.path.with_suffix(".kept")
        shutil.copyfile(self.database.path, self._kept)

    @property
    def is_as_it_was(self) -> bool:
        """Byte for byte, with nothing waiting beside it."""
        log = self.database.path.with_name(f"{self.database.path.name}-wal")
        same = self.database.path.read_bytes() == self._kept.read_bytes()
        return same and not (log.exists() and log.stat().st_size)

    def put_back(self) -> None:
        path = self.database.path
        self.database.close()
        shutil.copyfile(self._kept, path)
        self.database = Database(path)


def _read_out(database: Database, report: MergeReport) -> None:
    """As an officer reads it."""
    words = MergeWords(database, shipped(), report.differences)
    for item in report.differences:
        words.line(item)
    for finding in report.findings:
        texts.MERGE_FINDINGS[finding.code].format(**finding.params)


# --- A province --------------------------------------------------------------------------------


@contextmanager
def province(folder: Path) -> Iterator[Desk]:
    sound = _upward(folder / "xa.db", 1)
    sound = replace(sound, other=_upward(folder / "xa2.db", 2).data)
    with empty_database(folder / "tinh.db") as database, PackageReader(PASSPHRASE) as reader:
        context = collection(database)

        def take(desk: Desk, path: Path) -> str:
            manifest, batches = reader.read(path)
            said: list[Batch] = []
            told = _keeping(batches, said)
            done = collecting.receive(desk.database, context, manifest, told, name=path.name)
            if done.value.state is not State.SAME:
                return done.value.state.value
            rows = [(batch.table, *row) for batch in said for row in batch.rows]
            assert rows == [(table.name, *row) for table in sound.tables for row in table.rows]
            return "read"

        first = folder / "goi.xlsx"
        first.write_bytes(sound.data)
        take(Desk(database, sound, take, "province"), first)
        desk = Desk(database, sound, take, "province")
        yield desk
        desk.database.close()


def _keeping(batches: Iterable[Batch], kept: list[Batch]) -> Iterator[Batch]:
    for batch in batches:
        kept.append(batch)
        yield batch


def _upward(path: Path, seed: int) -> Sound:
    with empty_database(path) as database:
        register = make_register(database, "AB", seed=seed)
        begun = review.begin(register)
        home = register.household("Nguyễn Văn A", "Lê Thị B", address="Xóm 1").uid
        register.household("Đinh Văn C", village="B")
        register.give_class(home)
        Officer(register, random.Random(seed), review=begun.uid).work(12)
        upward.remember_columns(database, register.context, PERSONAL, year=YEAR)
        made = upward.upward(
            database, register.context, year=YEAR, standard=STANDARD, unit=register.commune,
            recipient=Recipient.PROVINCE,
        )  # fmt: skip
        with made as found:
            tables = tuple(replace(table, rows=list(table.rows)) for table in found.tables)
            return Sound(found.manifest, tables, _with_sheets, b"")


def _with_sheets(manifest: Manifest, tables: Sequence[DataTable]) -> bytes:
    return write_package(BOOK, manifest, tables, readable=SHOWN)[0]


# --- Another computer --------------------------------------------------------------------------


@contextmanager
def computer(folder: Path) -> Iterator[Desk]:
    """The other one took the villages along, and both went on working."""
    with empty_database(folder / "may.db") as database:
        register = make_register(database, "AB")
        for name in ("An", "Bình", "Chi"):
            register.household(name, f"{name} hai", address="Xóm 1")
        begun = review.begin(register)
        away = copy_of(register, folder / "may-kia.db", 2)
        for one, seed in ((register, 3), (away, 4)):
            Officer(one, random.Random(seed), review=begun.uid).work(12)
        sound = _work(away)
        away.database.close()
        with empty_database(folder / "la.db") as strange:
            stranger = make_register(strange, "AB", seed=9)
            stranger.household("Lạ", village="A")
            sound = replace(sound, other=_work(stranger).data)
        context = make_context("Đinh Văn Ba", seed=5)

        def take(desk: Desk, path: Path) -> str:
            with read_work(path, PASSPHRASE) as (manifest, tables):
                found = work_package.look(desk.database, context, manifest, tables)
            _read_out(desk.database, found.report)
            return "read"

        yield Desk(database, sound, take, "computer")


def _work(register: Register) -> Sound:
    work = work_package.collect(
        register.database, register.context, list(register.villages.values()),
        unit=register.commune, program="1",
    )  # fmt: skip
    tables = tuple(DataTable(one.name, one.columns, one.rows) for one in work.tables)
    return Sound(work.manifest, tables, _with_sheets, b"")


# --- A village ---------------------------------------------------------------------------------


@contextmanager
def village(folder: Path) -> Iterator[Desk]:
    with empty_database(folder / "xa.db") as database:
        register = make_register(database, "AB")
        home = register.household("Lò Thị Bưởi", "Lò Văn An", house_area=325).uid
        register.household("Hồ Cam", address="Xóm 2", village="A")
        register.household("Hồ Lan", village="B")
        sound = _sheet(collected(register))
        other = _sheet(collected(register, "B")).data
        register.give_class(home)
        context: Context = register.context

        def take(desk: Desk, path: Path) -> str:
            back = read_village_sheet(path)
            args = (context, shipped(), back.manifest, back.tables, back.rows)
            found = village_return.look(desk.database, *args)
            _read_out(desk.database, found.report)
            for one in found.problems:
                texts.sheet_problem_text(one.code, one.sheet, one.row, one.letter, one.params)
            return "read"

        yield Desk(database, replace(sound, other=other), take, "village")


def _sheet(sheet: VillageSheet) -> Sound:
    """Filled in: some cells say something else than the base behind them."""
    pages = []
    for page in sheet.sheets:
        rows = [list(row) for row in page.rows]
        for row in rows[1:]:
            row[-1] = "xóa" if row[-1] else "khác"
        pages.append(replace(page, rows=tuple(map(tuple, rows))))
    filled = replace(sheet, sheets=tuple(pages))

    def write(manifest: Manifest, tables: Sequence[DataTable]) -> bytes:
        return village_workbook(replace(filled, manifest=manifest, tables=tuple(tables)))

    return Sound(sheet.manifest, sheet.tables, write, b"")


DESKS: dict[str, Callable[[Path], AbstractContextManager[Desk]]] = {
    "province": province,
    "computer": computer,
    "village": village,
}
# The file is read by one child for all of them: what it may be goes to the first.
SOME = ("truncated", "formulas", "far_corners", "headings_moved", "member_twice", "locked_and_cut")
KINDS = {
    "province": (*OF_LISTS, *OWN, *SEALED),
    "computer": (*SOME, *SEALED),
    "village": (*SOME, *SEALED),
}
