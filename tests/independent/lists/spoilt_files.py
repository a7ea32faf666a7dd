"""The file and the zip around the parts."""

import random
import re
import struct
from dataclasses import replace

from tests.independent.lists.kinds import SHEET, TYPES, changed, kind
from tests.independent.lists.zips import Entry, Parts, bomb, entry, pack, packed, parts_of


@kind(refused=True, any_file=True)
def truncated(rng: random.Random, data: bytes) -> bytes:
    return data[: rng.randrange(1, len(data) - 30)]


@kind(any_file=True)
def bytes_flipped(rng: random.Random, data: bytes) -> bytes:
    made = bytearray(data)
    for _ in range(rng.randrange(1, 20)):
        made[rng.randrange(len(made))] ^= 1 << rng.randrange(8)
    return bytes(made)


@kind(any_file=True)
def hole(rng: random.Random, data: bytes) -> bytes:
    """A bad sector: zeros in the middle."""
    at = rng.randrange(len(data) // 2)
    size = min(512, len(data) // 4)
    return data[:at] + b"\0" * size + data[at + size :]


@kind(refused=True, any_file=True)
def not_zip(rng: random.Random, data: bytes) -> bytes:
    return rng.randbytes(len(data))


@kind(refused=True, any_file=True)
def starts_like_zip(rng: random.Random, data: bytes) -> bytes:
    return b"PK\x03\x04" + rng.randbytes(2000)


@kind(refused=True, any_file=True)
def empty(_rng: random.Random, _data: bytes) -> bytes:
    return b""


@kind(refused=True, any_file=True)
def csv_as_xlsx(rng: random.Random, _data: bytes) -> bytes:
    mark = rng.choice([";", ",", "\t"])
    rows = (("STT", "Họ và tên", "Năm sinh"), ("1", "Nguyễn Văn Khoai", "1975"))
    text = "".join(mark.join(row) + "\r\n" for row in rows)
    return text.encode(rng.choice(["utf-8-sig", "utf-8", "utf-16"]))


@kind(refused=True, any_file=True)
def page_as_xlsx(_rng: random.Random, _data: bytes) -> bytes:
    """A web page saved as .xls, as some programs export."""
    return "<html><body><table><tr><td>Họ và tên</td></tr></table></body></html>".encode()


@kind(refused=True, any_file=True)
def encrypted_header(rng: random.Random, _data: bytes) -> bytes:
    """A workbook with a password to open: an OLE file with EncryptedPackage, no zip."""
    name = "EncryptedPackage".encode("utf-16-le")
    body = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + bytes.fromhex("3e000300feff0900")
    return body + rng.randbytes(480) + name + rng.randbytes(4096)


@kind(refused=True)
def encrypted_entries(_rng: random.Random, data: bytes) -> bytes:
    """A zip with a password: every entry says it is encrypted."""
    return packed([entry(name, body, flags=0x801) for name, body in parts_of(data)])


@kind(any_file=True)
def bytes_after(rng: random.Random, data: bytes) -> bytes:
    return data + rng.randbytes(rng.randrange(1, 3000))


@kind(any_file=True)
def bytes_before(rng: random.Random, data: bytes) -> bytes:
    return rng.randbytes(rng.randrange(1, 3000)) + data


@kind(refused=True)
def zip_bomb(rng: random.Random, data: bytes) -> bytes:
    """About 200 KB that unpack to 200 MB of the one sheet."""
    return _with_bomb(data, 200 + rng.randrange(20))


@kind(refused=True)
def zip_bomb_that_lies(rng: random.Random, data: bytes) -> bytes:
    """The same, declared as a thousand bytes."""
    return _with_bomb(data, 200 + rng.randrange(20), size=1000)


def _with_bomb(data: bytes, megabytes: int, **lie: int) -> bytes:
    made: list[Entry] = []
    for name, body in parts_of(data):
        if name != SHEET:
            made.append(entry(name, body))
            continue
        at = body.index(b"<sheetData>") + len(b"<sheetData>")
        one = bomb(name, body[:at], b" " * 2**20, megabytes, body[at:])
        made.append(replace(one, **lie))
    return packed(made)


@kind(refused=True)
def size_declared_huge(_rng: random.Random, data: bytes) -> bytes:
    made = [entry(name, body) for name, body in parts_of(data)]
    return packed([replace(each, size=0xFFFFFFF0) for each in made])


@kind()
def checksum_wrong(rng: random.Random, data: bytes) -> bytes:
    made = [entry(name, body) for name, body in parts_of(data)]
    at = rng.randrange(len(made))
    made[at] = replace(made[at], crc=made[at].crc ^ 1)
    return packed(made)


@kind(refused=True)
def method_unknown(rng: random.Random, data: bytes) -> bytes:
    return packed([entry(n, b, method=rng.choice([1, 6, 97, 99])) for n, b in parts_of(data)])


@kind()
def entry_twice(rng: random.Random, data: bytes) -> bytes:
    """Two sheets under one name, with other figures: which one does who read?"""
    parts = parts_of(data)
    second = next(body for name, body in parts if name == SHEET)
    second = re.sub(rb'(t="n"><v>)\d', lambda found: found[1] + b"%d" % rng.randrange(1, 9), second)
    return pack([*parts, (SHEET, second)])


@kind()
def path_escapes(rng: random.Random, data: bytes) -> bytes:
    paths = [
        "../../../evil.txt", "/evil.txt", "C:\\evil.txt", "..\\..\\evil.txt", "xl/../../evil.xml",
        "xl/worksheets/sheet1.xml/../../../evil", "con", "a" * 4000, "xl/\u202elmx.1teehs",
    ]  # fmt: skip
    extra: Parts = [(path, b"evil") for path in rng.sample(paths, 4)]
    return pack(extra + parts_of(data))


@kind()
def many_entries(_rng: random.Random, data: bytes) -> bytes:
    return pack([*parts_of(data), *((f"xl/media/{at}.png", b"") for at in range(5_000))])


@kind()
def part_missing(rng: random.Random, data: bytes) -> bytes:
    parts = parts_of(data)
    names = [name for name, _ in parts if not name.startswith("docProps")]
    gone = rng.choice(names)
    return pack([each for each in parts if each[0] != gone])


@kind(refused=True)
def sheet_missing(_rng: random.Random, data: bytes) -> bytes:
    return pack([each for each in parts_of(data) if not each[0].startswith("xl/worksheets/")])


@kind()
def part_empty(rng: random.Random, data: bytes) -> bytes:
    parts = parts_of(data)
    at = rng.randrange(len(parts))
    parts[at] = (parts[at][0], b"")
    return pack(parts)


@kind()
def parts_swapped(rng: random.Random, data: bytes) -> bytes:
    parts = parts_of(data)
    one, two = rng.sample(range(len(parts)), 2)
    parts[one], parts[two] = (parts[one][0], parts[two][1]), (parts[two][0], parts[one][1])
    return pack(parts)


@kind()
def content_type_wrong(rng: random.Random, data: bytes) -> bytes:
    other = rng.choice(
        [b"application/vnd.ms-word.document.macroEnabled.main+xml", b"text/plain", b"", b"\xff\xfe"]
    )
    return changed(data, TYPES, lambda body: re.sub(rb"spreadsheetml\.[a-z.]+\+xml", other, body))


@kind()
def macros(rng: random.Random, data: bytes) -> bytes:
    """A workbook with a program in it, under the name of one without."""
    data = changed(data, TYPES, lambda body: body.replace(
        b"openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        b"ms-excel.sheet.macroEnabled.main+xml",
    ))  # fmt: skip
    program = bytes.fromhex("d0cf11e0a1b11ae1") + rng.randbytes(3000)
    return pack([*parts_of(data), ("xl/vbaProject.bin", program)])


@kind()
def directory_lies(rng: random.Random, data: bytes) -> bytes:
    """The directory points beyond the file, or says there are more entries than there are."""
    at = data.rindex(b"PK\x05\x06")
    count, size, start = struct.unpack("<HII", data[at + 10 : at + 20])
    lies = [(count, size, len(data) * 2), (0xFFFF, size, start), (count, len(data) * 3, start)]
    made = struct.pack("<HII", *rng.choice(lies))
    return data[: at + 10] + made + data[at + 20 :]
