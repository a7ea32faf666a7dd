"""Zip files written byte by byte, so that they may lie as no library lets them."""

import io
import struct
import zipfile
import zlib
from dataclasses import dataclass, replace

Parts = list[tuple[str, bytes]]


def parts_of(data: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return [(name, book.read(name)) for name in book.namelist()]


@dataclass(frozen=True)
class Entry:
    name: bytes
    body: bytes  # as it stands in the file
    crc: int
    size: int  # what it says to be once unpacked
    method: int = zipfile.ZIP_DEFLATED
    flags: int = 0x800  # names are UTF-8


def entry(name: str, body: bytes, **more: int) -> Entry:
    packer = zlib.compressobj(1, zlib.DEFLATED, -15)
    packed = packer.compress(body) + packer.flush()
    return replace(Entry(name.encode(), packed, zlib.crc32(body), len(body)), **more)


def bomb(name: str, before: bytes, filler: bytes, times: int, after: bytes) -> Entry:
    """before + filler × times + after, made without ever holding it: one block repeated."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    head = packer.compress(before) + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(filler) + packer.flush(zlib.Z_FULL_FLUSH)
    tail = packer.compress(after) + packer.flush()
    crc = zlib.crc32(before)
    for _ in range(times):
        crc = zlib.crc32(filler, crc)
    size = len(before) + len(filler) * times + len(after)
    return Entry(name.encode(), head + block * times + tail, zlib.crc32(after, crc), size)


def packed(entries: list[Entry], start: int = 0) -> bytes:
    """`start`: bytes that will be put before the file."""
    made, directory = bytearray(), bytearray()
    for each in entries:
        at = start + len(made)
        same = struct.pack(
            "<HHHHHIIIHH",
            20,
            each.flags,
            each.method,
            0x3C00,
            0x5B88,
            each.crc,
            len(each.body),
            each.size,
            len(each.name),
            0,
        )
        made += b"PK\x03\x04" + same + each.name + each.body
        directory += b"PK\x01\x02" + struct.pack("<H", 20) + same
        directory += struct.pack("<HHHII", 0, 0, 0, 0, at) + each.name
    count = min(len(entries), 0xFFFF)
    end = struct.pack("<HHHHIIH", 0, 0, count, count, len(directory), start + len(made), 0)
    return bytes(made + directory) + b"PK\x05\x06" + end


def pack(parts: Parts) -> bytes:
    return packed([entry(name, body) for name, body in parts])
