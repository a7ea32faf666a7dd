"""The package upward: into an empty file and out again it is the same; people can read it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from giamngheo_desktop import paths
from giamngheo_desktop.definitions.catalogue import Definitions, shipped_definitions
from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.name_list import LIST_FIELDS
from giamngheo_desktop.domain.package import Manifest
from giamngheo_desktop.domain.package_columns import Recipient
from giamngheo_desktop.exports.package_read import PackageReader
from giamngheo_desktop.reports import upward
from giamngheo_desktop.sample import make_sample, seeded_contexts
from giamngheo_desktop.services.exchange.collecting import State
from giamngheo_desktop.services.exchange.upward import remember_columns
from giamngheo_desktop.services.undo import next_step, undo
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.storage import audit, records
from giamngheo_desktop.storage.engine import Database
from tests.harness.packages import YEAR, collection, data_package, receive, send
from tests.harness.register import empty_database, make_context


@pytest.fixture(scope="module")
def definitions() -> Definitions:
    return shipped_definitions(paths.resources() / "definitions")


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory, definitions: Definitions) -> Path:
    path = tmp_path_factory.mktemp("upward") / "xa.db"
    with empty_database(path) as database:
        make_sample(database, seeded_contexts(1, "upward"), definitions, households=120)
        database.checkpoint()
    return path


@pytest.fixture
def sender(register: Path, tmp_path: Path) -> Iterator[Database]:
    copy = tmp_path / "xa.db"
    copy.write_bytes(register.read_bytes())
    database = Database(copy)
    yield database
    database.close()


@pytest.fixture
def context() -> Context:
    return make_context()


@dataclass(frozen=True)
class Sent:
    """A second package with a reader's sheets; of personal columns only those of identity go."""

    path: Path
    manifest: Manifest
    book: Workbook


@pytest.fixture(scope="module")
def sent(
    register: Path, definitions: Definitions, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Sent]:
    copy = tmp_path_factory.mktemp("sent") / "xa.db"
    copy.write_bytes(register.read_bytes())
    database, context, path = Database(copy), make_context(), copy.with_name("a.xlsx")
    send(database, context, path)
    remember_columns(database, context, {"identity"}, year=YEAR)
    manifest = upward.send(database, definitions, context, path, year=YEAR)
    database.close()
    with closing(load_workbook(path, read_only=True)) as book:
        yield Sent(path, manifest, book)


@pytest.fixture(scope="module")
def reader() -> Iterator[PackageReader]:
    with PackageReader() as opened:
        yield opened


def data_sheets(data: bytes) -> dict[str, bytes]:
    """The data sheets of a package by name, as bytes."""
    names = load_workbook(io.BytesIO(data), read_only=True).sheetnames
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = [name for name in archive.namelist() if "/data" in name]
        members.sort(key=lambda name: (len(name), name))
        return {
            name: archive.read(member)
            for name, member in zip(names[-len(members) :], members, strict=True)
            if name.startswith("data_")
        }


def test_into_an_empty_file_and_out_again_the_data_are_the_same(
    sender: Database,
    context: Context,
    reader: PackageReader,
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.xlsx"
    sent, _ = send(sender, context, path, Recipient.SUCCESSOR)
    with empty_database(tmp_path / "b.db") as other:
        found = receive(reader, other, context, path)
        assert found.state is State.NEW
        assert found.added[Kind.HOUSEHOLD] == next(
            table.rows for table in sent.tables if table.name == "household"
        )
        data, again, _ = data_package(other, context, Recipient.SUCCESSOR)
        assert again.tables == sent.tables
        assert data_sheets(data) == data_sheets(path.read_bytes())
        assert len(data_sheets(data)) == len(sent.tables)
        assert receive(reader, other, context, path).state is State.SAME
        with other.reader() as connection:
            assert audit.broken_link(connection) is None


def test_personal_columns_travel_only_where_they_are_needed(
    sender: Database, context: Context
) -> None:
    with sender.reader() as connection:
        numbers = {row["id_number"] for row in records.find(connection, Kind.PERSON)} - {None}
    assert numbers
    travelling = _texts(data_package(sender, context)[0])
    assert not any(number in travelling for number in numbers)
    assert max(numbers) in _texts(data_package(sender, context, Recipient.SUCCESSOR)[0])


def test_the_columns_that_are_chosen_travel_and_no_others_on_any_sheet(
    sent: Sent, sender: Database, context: Context, reader: PackageReader, tmp_path: Path
) -> None:
    assert sent.manifest.facts["columns"] == "identity"
    held = {
        sheet.title: {
            str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell
        }
        for sheet in sent.book.worksheets
    }
    with sender.reader() as connection:
        people, homes = (records.find(connection, kind) for kind in (Kind.PERSON, Kind.HOUSEHOLD))
        facts = records.find(connection, Kind.PERSON_FACT, code="phone")
    numbers = {one["id_number"] for one in people if one["id_number"]}
    assert held["data_person"] & numbers == numbers
    assert held["Hộ nghèo"] & numbers
    at_home = {one["address"] for one in homes} | {one["note"] for one in homes}
    at_home |= {one["value"] for one in facts} | {"address", "height", "serious_illness"}
    at_home |= {LIST_FIELDS[one].label for one in ("address", "full_address", "surveyor")}
    assert len(at_home) > 50
    assert {title: found for title in held if (found := held[title] & at_home)} == {}
    assert "note" not in held["data_household"] | held["data_class_record"]

    with empty_database(tmp_path / "b.db") as other:
        act = collection(other, province=sent.manifest.facts["province"])
        assert receive(reader, other, act, sent.path).state is State.NEW
        remember_columns(sender, context, (), year=YEAR)
        later = tmp_path / "none.xlsx"
        for number in (1, 2, 3):
            manifest, _ = send(sender, context, later)
            assert (manifest.facts["columns"], manifest.sequence) == ("", number)
        with other.reader() as connection:
            assert any(one["id_number"] for one in records.find(connection, Kind.PERSON))
        found = receive(reader, other, act, later)
        assert (found.added, found.gone[Kind.HOUSEHOLD], found.gone[Kind.PERSON]) == ({}, 0, 0)
        with other.reader() as connection:
            received = records.find(connection, Kind.PERSON)
        assert len(received) == len(people)
        assert not any(one["id_number"] or one["height"] for one in received)


def _texts(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "".join(
            archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")
        )


def test_a_person_reads_cover_tables_and_lists(sent: Sent) -> None:
    manifest, book = sent.manifest, sent.book
    assert manifest.sequence == 2
    visible = [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]
    assert visible[0] == "Bìa"
    assert {"BC1", "Hộ nghèo"} <= set(visible)
    assert book.worksheets[len(visible)].sheet_state == "hidden"
    cover = {row[0].value: row[1].value for row in book["Bìa"].iter_rows(min_row=3)}
    assert cover["Đơn vị"] == manifest.unit_name
    assert cover["Nơi nhận"] == "tỉnh"
    assert cover["Thông tin riêng gửi kèm"] == "giấy tờ tùy thân"
    assert cover["Thay gói trước"] == "gói số 1"
    assert cover["Thay đổi so với gói trước"] == "không có"
    assert "hộ" in str(cover["Trong gói"])


def test_a_file_that_cannot_be_written_uses_no_number(
    sender: Database, context: Context, definitions: Definitions, tmp_path: Path
) -> None:
    with pytest.raises(AppError):
        upward.send(sender, definitions, context, tmp_path / "missing" / "a.xlsx", year=YEAR)
    assert data_package(sender, context)[1].sequence == 1


def test_the_next_package_says_which_it_replaces_and_what_changed(
    sender: Database, context: Context, tmp_path: Path
) -> None:
    path = tmp_path / "a.xlsx"
    first, _ = send(sender, context, path)
    other, _ = send(sender, context, path, Recipient.SUCCESSOR)
    assert (first.sequence, other.sequence) == (1, 1)
    with sender.reader() as connection:
        head = records.find(connection, Kind.MEMBERSHIP, is_head=True, valid_to=None)[0]
        name = records.get(connection, Kind.PERSON, head["person"])["full_name"]  # type: ignore[index]
    change_class(sender, context, head["household"])
    second, changed = send(sender, context, path)
    assert (second.sequence, second.replaces) == (2, first.hash)
    assert (changed.counts, changed.names) == ({Kind.CLASS_RECORD: 1}, (name,))
    with write_unit(sender, context, Op.RECORD_CLASS) as work:
        row = records.find(work.connection, Kind.CLASS_RECORD, household=head["household"])[-1]
        work.update(Kind.CLASS_RECORD, row["uid"], note="Đã kiểm tra lại")
    changed = data_package(sender, context)[2]
    assert (changed.counts, changed.names) == ({Kind.CLASS_RECORD: 1}, ())  # a note is no class
    for _ in ("the note", "the package"):
        step = next_step(sender)
        assert step is not None
        undo(sender, context, step.group)
    assert data_package(sender, context)[1].sequence == 2


def change_class(database: Database, context: Context, household: object) -> None:
    with write_unit(database, context, Op.RECORD_CLASS) as work:
        row = records.find(work.connection, Kind.CLASS_RECORD, household=household)[-1]
        work.update(Kind.CLASS_RECORD, row["uid"], average_living=not row["average_living"])
