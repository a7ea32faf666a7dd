"""Drafts keep every kind of value exactly, survive damage beside them, and know what changed."""

from __future__ import annotations

import os
import tempfile
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.services import drafts
from giamngheo_desktop.services.drafts import Raw, fingerprint
from giamngheo_desktop.texts import error_text
from tests.harness.powerless import run_powerless
from tests.harness.register import make_context

# Any text, with letters that no encoding has alone.
texts = st.text(st.characters() | st.sampled_from("ệỡẴ\x00\ud800 \n\u0323"))
partial_dates = st.dates().flatmap(
    lambda day: st.sampled_from(
        [
            PartialDate(day.year),
            PartialDate(day.year, day.month),
            PartialDate(day.year, day.month, day.day),
        ]
    )
)
scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | texts
    | st.dates()
    | partial_dates
    | st.uuids()
    | st.lists(texts).map(tuple)
    | texts.map(Raw)
)
rows = st.lists(st.dictionaries(texts, scalars, max_size=4), max_size=3).map(tuple)
records = st.dictionaries(texts, scalars | rows, max_size=6)

RECORD = {
    "full_name": "Đinh Thị Ếch",
    "birth": PartialDate(1987, 3),
    "surveyed_on": date(2026, 5, 31),
    "village": UUID(int=7),
    "causes": ("no_land", "illness"),
    "none_of_them": (),
    "income": 1_500_000,
    "quick_screen": False,
    "house_area": Raw("45,5 m"),
    "members": ({"full_name": "A", "height": Raw("1m5")}, {"full_name": None}),
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "Sổ hộ.db"


def keep(path: Path, context: Context, key: str = "household-1", **values: object) -> None:
    options = {"record": RECORD, "base_hash": None, "title": "Hộ Đinh Thị Ếch", **values}
    drafts.save(path, context, key=key, **options)


def exact(value: object) -> object:
    """The value with its types, for True == 1 and a date equals no text."""
    if isinstance(value, dict):
        return {key: exact(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return tuple(exact(item) for item in value)
    return (type(value), value)


@given(record=records, title=texts, base=st.none() | texts)
def test_whatever_a_form_holds_comes_back(
    tmp_path_factory: pytest.TempPathFactory, record: dict[str, object], title: str, base: str
) -> None:
    path = tmp_path_factory.getbasetemp() / "round" / "so.db"
    drafts.save(path, make_context(), key="k", record=record, base_hash=base, title=title)
    draft = drafts.load(path, "k")
    assert draft is not None
    assert exact(draft.record) == exact(record)
    assert (draft.title, draft.base_hash) == (title, base)
    assert fingerprint(draft.record) == fingerprint(record)


@given(first=records, second=records)
def test_fingerprints_tell_records_apart(
    first: dict[str, object], second: dict[str, object]
) -> None:
    assert (fingerprint(first) == fingerprint(second)) == (exact(first) == exact(second))


def test_fingerprint_does_not_depend_on_the_order_of_fields() -> None:
    assert fingerprint(dict(reversed(RECORD.items()))) == fingerprint(RECORD)
    assert fingerprint({"a": "1"}) != fingerprint({"a": 1}) != fingerprint({"a": True})
    assert fingerprint({"a": Raw("1")}) != fingerprint({"a": "1"})


def test_drafts_are_found_newest_first_and_forgotten(path: Path, context: Context) -> None:
    assert drafts.find(path) == drafts.Found((), ())
    for key in ("a", "b", "c"):
        keep(path, context, key, title=f"Hộ {key}")
    keep(path, context, "a", title="Hộ a, lần hai")
    found = drafts.find(path)
    assert [draft.title for draft in found.drafts] == ["Hộ a, lần hai", "Hộ c", "Hộ b"]
    assert found.problems == ()
    for key in ("a", "b", "c", "c"):
        drafts.discard(path, key)
    assert drafts.find(path).drafts == ()
    assert drafts.load(path, "a") is None
    assert not drafts.folder_of(path).exists()


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b"\xff\xfe\x00",
        b'{"format": 2}',
        b'{"format": 1, "title": "x", "saved_at": "2026-06-01", "base_hash": null}',
        b'{"format": 1, "title": 3, "saved_at": "2026-06-01", "base_hash": null, "record": {}}',
        b'{"format": 1, "title": "", "saved_at": "hom qua", "base_hash": null, "record": {}}',
        b'{"format": 1, "title": "", "saved_at": "2026-06-01", "base_hash": 1, "record": {}}',
        b'{"format": 1, "title": "", "saved_at": "2026-06-01", "base_hash": null, "record": []}',
        *(
            b'{"format":1,"title":"","saved_at":"2026-06-01","base_hash":null,"record":{"a":'
            + value
            + b"}}"
            for value in (
                b'{"date": "2026-02-30"}',
                b'{"date": 5}',
                b'{"partial": "1987-13"}',
                b'{"partial": "1987-01-01-01"}',
                b'{"uuid": "x"}',
                b'{"uuid": 5}',
                b'{"codes": [1]}',
                b'{"codes": "ab"}',
                b'{"rows": [1]}',
                b'{"raw": 1}',
                b'{"what": 1}',
                b"{}",
                b'{"raw": "a", "date": "b"}',
                b"[1]",
                b"1.5",
                b"[" * 100_000,
            )
        ),
    ],
)
def test_a_damaged_draft_is_set_aside_and_the_others_are_offered(
    path: Path, context: Context, damage: bytes
) -> None:
    keep(path, context, "good")
    file = drafts.folder_of(path) / "bad.json"
    for number in (1, 2):
        file.write_bytes(damage)
        found = drafts.find(path)
        assert [draft.key for draft in found.drafts] == ["good"]
        (problem,) = found.problems
        assert problem.code == "draft_damaged"
        assert f"bad.damaged-{number}" in error_text(problem)
        assert file.with_name(f"bad.damaged-{number}").read_bytes() == damage
        assert not file.exists()
    assert drafts.find(path).problems == ()


def test_what_a_kill_left_half_written_is_not_offered(path: Path, context: Context) -> None:
    keep(path, context, "a")
    folder = drafts.folder_of(path)
    (folder / "a.json.tmp").write_bytes(b'{"format": 1, "ti')
    (folder / "ghi chú của ai.json").write_bytes(b"{}")
    found = drafts.find(path)
    assert [draft.key for draft in found.drafts] == ["a"]
    assert found.problems == ()
    keep(path, context, "a", title="sau")
    assert not (folder / "a.json.tmp").exists()


@pytest.mark.parametrize("key", ["", "../so", "a b", "hộ", "a/b", "a.b", "x" * 101])
def test_a_key_cannot_leave_the_folder(path: Path, context: Context, key: str) -> None:
    with pytest.raises(ValueError):
        keep(path, context, key)


def test_a_draft_says_when_its_record_changed_since(path: Path, context: Context) -> None:
    keep(path, context, base_hash=fingerprint(RECORD), record={**RECORD, "income": 2_000_000})
    draft = drafts.load(path, "household-1")
    assert draft is not None
    assert draft.problem(RECORD) is None
    changed = draft.problem({**RECORD, "full_name": "Đinh Thị Én"})
    gone = draft.problem(None)
    assert changed is not None
    assert gone is not None
    assert (changed.code, gone.code) == ("draft_record_changed", "draft_record_gone")
    for problem in (changed, gone):
        assert "“Hộ Đinh Thị Ếch”" in error_text(problem)


def test_a_draft_of_something_new_has_nothing_to_compare(path: Path, context: Context) -> None:
    keep(path, context, base_hash=None)
    draft = drafts.load(path, "household-1")
    assert draft is not None
    assert draft.problem(None) is None


def test_a_draft_whose_save_reached_the_file_need_not_be_offered(
    path: Path, context: Context
) -> None:
    keep(path, context, base_hash=None)
    draft = drafts.load(path, "household-1")
    assert draft is not None
    assert draft.is_stored(RECORD)
    assert not draft.is_stored({**RECORD, "income": None})
    assert not draft.is_stored(None)


@pytest.mark.skipif(os.name == "nt", reason="rights of POSIX")
def test_a_protected_folder_is_a_sentence_and_the_old_draft_stays() -> None:
    script = """
import sys
from pathlib import Path
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.services import drafts
from giamngheo_desktop.texts import error_text
from tests.harness.register import make_context
path = Path(sys.argv[1]) / "so.db"
context = make_context()
drafts.save(path, context, key="a", record={"x": 1}, base_hash=None, title="cũ")
drafts.folder_of(path).chmod(0o555)
POWERLESS
try:
    drafts.save(path, context, key="a", record={"x": 2}, base_hash=None, title="mới")
except AppError as failure:
    print(failure.code, len(error_text(failure).splitlines()))
print(drafts.load(path, "a").record)
"""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        out = run_powerless(script, folder)
        drafts.folder_of(Path(folder) / "so.db").chmod(0o755)
    assert out.splitlines() == ["file_protected 1", "{'x': 1}"]
