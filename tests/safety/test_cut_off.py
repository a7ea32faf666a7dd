"""A disk that is full, a stick pulled out, a program killed, a file cut off: nothing half remains.

Whatever writes a file for others is a line of `WRITERS`: what was there stays as it was, or the new
one is whole. Whatever reads one is a line of `READERS`: cut off, it is refused in a sentence and
nothing is written. With `--long` at each twentieth of the file.
"""

from __future__ import annotations

import errno
import gc
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import giamngheo_desktop
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.package_columns import Recipient
from giamngheo_desktop.exports.csv_rows import csv_rows
from giamngheo_desktop.exports.import_template import template_workbook
from giamngheo_desktop.exports.list_read import read_source
from giamngheo_desktop.exports.safe_file import write_bytes
from giamngheo_desktop.exports.village_sheet import read_village_sheet, write_village_sheet
from giamngheo_desktop.exports.work_file import read_work, write_work
from giamngheo_desktop.reports import collecting, former, make, upward
from giamngheo_desktop.reports.import_report import import_report
from giamngheo_desktop.reports.list_layouts import list_bytes, render_layout
from giamngheo_desktop.reports.name_list import read_list
from giamngheo_desktop.reports.packs import pack_bytes
from giamngheo_desktop.services.exchange import comments, village_return, work_package
from giamngheo_desktop.services.importing.plan import Purpose
from giamngheo_desktop.services.importing.template import import_template
from giamngheo_desktop.texts import error_text
from tests.harness.examples import examples
from tests.harness.list_imports import Town, town
from tests.harness.packages import YEAR, collection, receive
from tests.harness.register import (
    STANDARD,
    Register,
    all_changes,
    dump,
    empty_database,
    make_register,
)
from tests.harness.tables import definitions
from tests.harness.village_sheets import collected

OLD = b"what was there before"
LONG = bool(examples(0, 1))
PARTS = range(20) if LONG else (13,)  # of twenty
LEAST = 4_000  # bytes; no writer makes less


class Scene:
    """A commune with something to say, its province, and a list that came in."""

    def __init__(self, folder: Path, register: Register, province: Register, here: Town) -> None:
        self.folder = folder
        self.register, self.province, self.town = register, province, here
        self.args: Any = (register.database, register.context)
        self.report = here.apply(here.plan("members_27")).value
        self.whole: dict[str, Path] = {}  # files that were written, by writer

    def file_of(self, writer: str) -> Path:
        if writer not in self.whole:
            (self.folder / writer).mkdir()
            self.whole[writer] = WRITERS[writer](self, self.folder / writer / "a.xlsx")
        return self.whole[writer]

    def state(self) -> Any:
        databases = (self.register.database, self.province.database, self.town.database)
        return [(dump(one), all_changes(one)) for one in databases]


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    folder = tmp_path_factory.mktemp("cut")
    with (
        empty_database(folder / "xa.db") as database,
        empty_database(folder / "tinh.db") as above,
        town(folder) as here,
    ):
        register = make_register(database)
        for number, village in enumerate("AABBC"):
            home = register.household(f"Đinh Văn {number}", f"Đinh Thị {number}", village=village)
            register.give_class(home.uid)
        province = Register(above, collection(above), register.commune, {})
        scene = Scene(folder, register, province, here)
        with collecting.PackageReader() as reader:
            receive(reader, above, province.context, scene.file_of("upward"))
        comments.add(
            above, province.context, unit=register.commune, year=YEAR, report="BC1", row="Thôn A",
            column="Hộ nghèo", figure="2", text="Kiểm tra lại",
        )  # fmt: skip
        yield scene


# --- Writers -------------------------------------------------------------------------------------

Writer = Callable[[Scene, Path], Path]


def _upward(scene: Scene, path: Path) -> Path:
    upward.send(
        scene.register.database, definitions(), scene.register.context, path, year=YEAR,
        recipient=Recipient.PROVINCE,
    )  # fmt: skip
    return path


def _work(scene: Scene, path: Path) -> Path:
    villages = list(scene.register.villages.values())
    unit = scene.register.commune
    write_work(path, work_package.collect(*scene.args, villages, unit=unit, program="1"))
    return path


def _comments(scene: Scene, path: Path) -> Path:
    province = scene.province
    collecting.write_comments(province.database, province.context, scene.register.commune, path)
    return path


def _sheet(scene: Scene, path: Path) -> Path:
    written, _ = write_village_sheet(path.parent, collected(scene.register))
    return written


def _bytes(make_one: Callable[[Scene], bytes]) -> Writer:
    def write(scene: Scene, path: Path) -> Path:
        write_bytes(path, make_one(scene))
        return path

    return write


def _list(scene: Scene, form: str) -> bytes:
    found = read_list(scene.register.database, definitions(), "ho_ngheo", year=YEAR)
    return list_bytes(found, form)


def _pack(scene: Scene) -> bytes:
    return pack_bytes(scene.register.database, definitions(), "bang_27_cot", year=YEAR)


def _layout(scene: Scene) -> bytes:
    asked = {"year": YEAR, "standard": STANDARD}
    return render_layout(scene.register.database, definitions(), "27", **asked)


def _template(scene: Scene) -> bytes:
    villages = list(scene.register.villages.values())
    asked = {"purpose": Purpose.NEW, "year": YEAR, "villages": villages}
    return template_workbook(import_template(*scene.args, definitions(), **asked))


WRITERS: dict[str, Writer] = {
    "upward": _upward,
    "work": _work,
    "sheet": _sheet,
    "comments": _comments,
    "pack": _bytes(_pack),
    "import report": _bytes(lambda scene: make.render(import_report(scene.report), "xlsx")),
    "template": _bytes(_template),
    "list": _bytes(partial(_list, form="xlsx")),
    "list on paper": _bytes(partial(_list, form="pdf")),
    "layout": _bytes(_layout),
}


@contextmanager
def no_file_longer_than(size: int) -> Iterator[None]:
    """A real refusal of the system while a file grows, also of those that openpyxl keeps.

    What it leaves of those complains when it is collected: here, and unheard.
    """
    before, heard = resource.getrlimit(resource.RLIMIT_FSIZE), sys.unraisablehook
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    sys.unraisablehook = lambda _: None
    try:
        yield
    finally:
        gc.collect()
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        sys.unraisablehook = heard


def refusal(scene: Scene, writer: str, path: Path) -> tuple[str, Any, str]:
    """Code, folder and sentence; the error itself would keep alive what it came through."""
    try:
        WRITERS[writer](scene, path)
    except AppError as error:
        return error.code, error.params.get("folder"), error_text(error)
    raise AssertionError(writer)


@pytest.mark.parametrize("writer", WRITERS)
def test_where_it_does_not_fit_the_old_file_stays(
    scene: Scene, writer: str, tmp_path: Path
) -> None:
    name = scene.file_of(writer).name if writer == "sheet" else "a.xlsx"  # that one names itself
    path = tmp_path / name
    path.write_bytes(OLD)
    size = scene.file_of(writer).stat().st_size if LONG else 0
    before = scene.state()
    for most in [size * part // 20 for part in PARTS] if LONG else [LEAST]:
        with no_file_longer_than(most):
            code, folder, sentence = refusal(scene, writer, path)
        assert code == "file_disk_full"
        assert folder in (str(tmp_path), tempfile.gettempdir())
        assert sentence
        assert path.read_bytes() == OLD
        assert [one.name for one in tmp_path.iterdir()] == [path.name]
    assert scene.state() == before


@pytest.fixture
def stick(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 kB of its own, where the system lets us have one."""
    place = tmp_path / "usb"
    place.mkdir()
    made = ["mount", "-t", "tmpfs", "-o", "size=64k", "none", str(place)]
    if shutil.which("mount") is None or subprocess.run(made, capture_output=True).returncode:
        pytest.skip("no disk can be made here")
    yield place
    subprocess.run(["umount", str(place)], check=True)


@pytest.mark.long
def test_on_a_disk_that_is_full_and_one_that_lets_nobody_write_any_more(
    scene: Scene, stick: Path
) -> None:
    (stick / "filling").write_bytes(b"x" * 56_000)
    for writer in WRITERS:
        path = stick / scene.file_of(writer).name
        path.write_bytes(OLD)
        data = scene.file_of(writer).read_bytes() * 10
        with pytest.raises(AppError, match="file_disk_full"):
            write_bytes(path, data)
        assert path.read_bytes() == OLD
        path.unlink()
        assert [one.name for one in stick.iterdir()] == ["filling"]
    (stick / "a.xlsx").write_bytes(OLD)
    subprocess.run(["mount", "-o", "remount,ro", str(stick)], check=True)
    with pytest.raises(AppError, match="file_folder_read_only"):
        write_bytes(stick / "a.xlsx", b"new")
    assert (stick / "a.xlsx").read_bytes() == OLD


_WRITES = re.compile(
    r"\.write_(bytes|text)\(|\bcopy(file|2|tree)\(|\bopen\([^)\n]*[\"'][rb]*[wax+]"
    r"|\.save\((path\)|str\()"
)


def test_no_other_way_to_write_a_file() -> None:
    """Whatever writes goes by the modules that do it whole or not at all."""
    root = Path(giamngheo_desktop.__file__).parent
    whole = {"exports/safe_file.py", "storage/files.py", "storage/backup.py"}
    found = []
    for file in sorted(root.rglob("*.py")):
        name = file.relative_to(root).as_posix()
        if name not in whole and not name.startswith("tools/"):
            lines = file.read_text(encoding="utf-8").splitlines()
            found += [f"{name}: {line.strip()}" for line in lines if _WRITES.search(line)]
    assert found == [
        "gui/pictures.py: if not picture.save(str(path)):",  # for the tools alone
        'gui/preview/exporting.py: with path.open("r+b"):',  # asks whether it is held
    ]


# --- A stick, a plug -----------------------------------------------------------------------------


@pytest.mark.parametrize("moment", ["before the move", "after the move"])
def test_a_stick_pulled_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str) -> None:
    place, away = tmp_path / "usb", tmp_path / "away"
    place.mkdir()
    (place / "a.xlsx").write_bytes(OLD)
    real_sync, real_move = os.fsync, Path.replace

    def pull_before(handle: int) -> None:
        real_sync(handle)
        place.rename(away)

    def pull_after(self: Path, target: Path) -> Path:
        moved = real_move(self, target)
        place.rename(away)
        return moved

    def no_clearing_up(self: Path, missing_ok: bool = False) -> None:
        raise OSError(errno.EIO, "gone")

    monkeypatch.setattr(Path, "unlink", no_clearing_up)
    if moment == "before the move":
        monkeypatch.setattr(os, "fsync", pull_before)
        with pytest.raises(AppError) as refused:
            write_bytes(place / "a.xlsx", b"new")
        assert refused.value.code == "file_folder_missing"
        assert (away / "a.xlsx").read_bytes() == OLD
    else:
        monkeypatch.setattr(Path, "replace", pull_after)
        write_bytes(place / "a.xlsx", b"new")
        assert (away / "a.xlsx").read_bytes() == b"new"


def _killed(path: Path, contents: tuple[bytes, ...], chance: random.Random) -> None:
    """A program that writes without end dies at any moment."""
    child = os.fork()
    if child == 0:
        try:
            while True:
                for data in contents:
                    write_bytes(path, data)
        finally:
            os._exit(1)
    until = time.perf_counter() + chance.random() * 0.02
    while time.perf_counter() < until:
        pass  # a pause too short to sleep through
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def test_killed_while_writing(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    contents = (OLD, b"n" * 2_000_000)
    write_bytes(path, OLD)
    chance = random.Random(5)
    for _ in range(examples(10, 500)):
        _killed(path, contents, chance)
        assert path.read_bytes() in contents
    write_bytes(path, b"new")
    assert path.read_bytes() == b"new"
    left = {one.name for one in tmp_path.iterdir()} - {path.name}
    assert all(name.startswith(".giamngheo-") and name.endswith(".tmp") for name in left)


# --- Readers -------------------------------------------------------------------------------------


def _receive(scene: Scene, path: Path) -> None:
    province = scene.province
    (outcome,) = collecting.receive_all(province.database, province.context, [path])
    if outcome.refused:
        raise outcome.refused


def _receive_comments(scene: Scene, path: Path) -> None:
    (outcome,) = collecting.receive_all(*scene.args, [path])
    if outcome.refused:
        raise outcome.refused


def _take_work(scene: Scene, path: Path) -> None:
    with read_work(path) as (manifest, tables):
        work_package.take_in(*scene.args, manifest, tables)


def _take_sheet(scene: Scene, path: Path) -> None:
    back = read_village_sheet(path)
    village_return.take_in(*scene.args, definitions(), back.manifest, back.tables, back.rows)


def _import(scene: Scene, path: Path) -> None:
    scene.town.plan(read_source(path))


def _former(scene: Scene, path: Path) -> None:
    former.take_over(*scene.args[:1], definitions(), scene.args[1], [path], computer="pc")


READERS: dict[str, tuple[str, Callable[[Scene, Path], None]]] = {
    "package": ("upward", _receive),
    "work package": ("work", _take_work),
    "village sheet": ("sheet", _take_sheet),
    "comments": ("comments", _receive_comments),
    "former commune": ("upward", _former),
    "list": ("layout", _import),
    "template": ("template", _import),
}


# A child for each file; lists and packages that are cut off have quick tests of their own.
QUICK = ("work package", "village sheet")


@pytest.mark.timeout(1200)
@pytest.mark.parametrize(
    "reader",
    [one if one in QUICK else pytest.param(one, marks=pytest.mark.long) for one in READERS],
)
def test_a_file_cut_off_is_refused_and_nothing_written(
    scene: Scene, reader: str, tmp_path: Path
) -> None:
    writer, read = READERS[reader]
    data = scene.file_of(writer).read_bytes()
    before = scene.state()
    path = tmp_path / "cut.xlsx"
    for part in PARTS:
        path.write_bytes(data[: len(data) * part // 20])
        with pytest.raises(AppError) as refused:
            read(scene, path)
        assert path.name in error_text(refused.value)
    assert scene.state() == before


def test_a_text_cut_off_within_a_letter_keeps_the_letters_before() -> None:
    """Nothing tells where such a file ended; what is there is read as it was written."""
    text = "Họ và tên;Thôn\r\nĐinh Thị Sữa;Bờ Lũy"
    whole = csv_rows(text.encode("utf-8-sig"))
    for end in range(len("Họ và tên;Thôn\r\nĐ".encode("utf-8-sig")), len(text.encode()) + 3):
        head, row = csv_rows(text.encode("utf-8-sig")[:end])
        assert head == whole[0]
        assert all(cut == cell[: len(cut)] for cut, cell in zip(row, whole[1], strict=False))
