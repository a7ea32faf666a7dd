"""A package with a passphrase opens with that one alone, here and in Office, or says why not."""

from __future__ import annotations

import io
import random
import unicodedata
import zipfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from msoffcrypto.format.ooxml import OOXMLFile
from msoffcrypto.method.container.ecma376_encrypted import ECMA376Encrypted

from giamngheo_desktop.domain import passphrase
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.package import Values
from giamngheo_desktop.domain.passphrase import LONGEST, Passphrase
from giamngheo_desktop.exports.office_lock import OLE, locked, unlocked
from giamngheo_desktop.exports.package_read import PackageReader
from giamngheo_desktop.texts import error_text
from tests.exports.test_package import ROWS, read, written
from tests.harness.libreoffice import SOFFICE, opened_with

TYPED = "mật khẩu của xã"
KEY = Passphrase(TYPED)
BOMB = (
    '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">'
    + "".join(
        f'<!ENTITY {new} "{(chr(38) + old + chr(59)) * 10}">' for old, new in pairwise("abcdefghij")
    )
    + "]><a>&j;</a>"
)


@pytest.fixture(scope="module")
def plain() -> bytes:
    return written()[0]


@pytest.fixture(scope="module")
def sent(plain: bytes) -> bytes:
    return locked(plain, KEY)


@pytest.fixture(scope="module")
def reader() -> Iterator[PackageReader]:
    """Of somebody whose keyboard sends letter and mark apart."""
    with PackageReader(Passphrase(unicodedata.normalize("NFD", TYPED))) as opened:
        yield opened


def refusal(reader: PackageReader, path: Path) -> str:
    with pytest.raises(AppError) as refused:
        read(reader, path)
    assert path.name in error_text(refused.value)
    return refused.value.code


def test_what_is_locked_opens_whole_and_byte_for_byte(
    plain: bytes, sent: bytes, reader: PackageReader, tmp_path: Path
) -> None:
    assert sent.startswith(OLE)
    assert b"manifest" not in sent
    assert unlocked(sent, KEY) == plain
    path = tmp_path / "a.xlsx"
    path.write_bytes(sent)
    assert read(reader, path) == (written()[1], {"person": list(ROWS), "area": []})
    path.write_bytes(plain)
    assert reader.manifest(path) == written()[1]  # a passphrase does not shut an open one
    assert locked(plain, None) == plain


@pytest.mark.parametrize(
    ("key", "code"),
    [
        (None, "package_asks_passphrase"),
        (Passphrase(TYPED.upper()), "package_wrong_passphrase"),
        (Passphrase(""), "package_wrong_passphrase"),
    ],
)
def test_without_its_passphrase_it_does_not_open(
    key: Passphrase | None, code: str, sent: bytes
) -> None:
    with pytest.raises(AppError, match=code):
        unlocked(sent, key)


def test_what_is_damaged_is_refused(sent: bytes) -> None:
    flipped = bytearray(sent)
    flipped[-2_000] ^= 1
    for content, code in (
        (sent[: len(sent) // 2], "package_damaged"),
        (sent[:700], "package_damaged"),
        (bytes(flipped), "package_damaged"),
        (OLE + b"\xa1\xb1\x1a\xe1" + bytes(2_000), "package_damaged"),
        (sent.replace(_wide("EncryptionInfo"), _wide("Workbook      ")), "package_locked"),
    ):
        with pytest.raises(AppError, match=code):
            unlocked(content, KEY)


def test_a_trap_in_a_locked_file_is_refused_and_the_next_is_read(
    plain: bytes, sent: bytes, reader: PackageReader, tmp_path: Path
) -> None:
    whole, path = tmp_path / "whole.xlsx", tmp_path / "a.xlsx"
    whole.write_bytes(sent)
    path.write_bytes(locked(_claiming(plain, 2_000_000_000), KEY))
    assert refusal(reader, path) == "workbook_too_big"
    assert reader.manifest(whole) == written()[1]


@pytest.mark.long
def test_a_bomb_in_what_says_how_it_is_locked_does_not_go_off(
    sent: bytes, reader: PackageReader, tmp_path: Path
) -> None:
    bomb = io.BytesIO()
    ECMA376Encrypted(sent, b"\4\0\4\0\x40\0\0\0" + BOMB.encode()).write_to(bomb)
    path = tmp_path / "a.xlsx"
    path.write_bytes(bomb.getvalue())
    assert refusal(reader, path) == "package_damaged"


def _wide(name: str) -> bytes:
    return name.encode("utf-16-le")


def _claiming(data: bytes, size: int) -> bytes:
    """With a part that says that it unpacks to so much."""
    target = io.BytesIO(data)
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/x.xml", b"")
        archive.filelist[-1].file_size = size
    return target.getvalue()


def test_a_content_that_the_library_spoils_is_never_handed_out() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        types = "http://schemas.openxmlformats.org/package/2006/content-types"
        archive.writestr("[Content_Types].xml", f'<Types xmlns="{types}"/>')
    spoilt = io.BytesIO()
    OOXMLFile(io.BytesIO(target.getvalue())).encrypt(TYPED, spoilt)
    with pytest.raises(AppError, match="package_damaged"):
        unlocked(spoilt.getvalue(), KEY)
    with pytest.raises(ValueError, match="does not open"):
        locked(target.getvalue(), KEY)


def test_a_passphrase_is_long_enough_and_shows_itself_nowhere() -> None:
    assert TYPED not in repr(KEY)
    assert passphrase.chosen("tám chữ!") == Passphrase("tám chữ!")
    for text, code in (
        ("bảy chữ", "passphrase_short"),
        (unicodedata.normalize("NFD", "ệệệ"), "passphrase_short"),
        ("x" * (LONGEST + 1), "passphrase_long"),
    ):
        with pytest.raises(AppError, match=code):
            passphrase.chosen(text)


@pytest.mark.long
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("rows", [1, 2_500])  # the second needs a longer table of sectors
def test_libreoffice_opens_it_with_the_same_passphrase(
    rows: int, reader: PackageReader, tmp_path: Path
) -> None:
    chance = random.Random(7)
    table: list[Values] = [(f"u{at}", chance.randbytes(4_000).hex(), None) for at in range(rows)]
    data, sealed = written(table)
    path = tmp_path / "a.xlsx"
    path.write_bytes(locked(data, KEY))
    (tmp_path / "again").mkdir()
    again = opened_with(path, TYPED, tmp_path / "again")
    assert again.read_bytes().startswith(b"PK")
    assert read(reader, again) == (sealed, {"person": table, "area": []})
