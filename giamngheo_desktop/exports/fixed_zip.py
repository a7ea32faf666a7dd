"""Packs an Office file anew so that the same content always gives the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest a zip can hold


def repacked(data: bytes, replaced: Mapping[str, bytes]) -> bytes:
    """The archive with fixed times and `replaced` members; the order of members stays.

    Raises KeyError for a member that isn't there.
    """
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        if unknown := set(replaced) - set(old.namelist()):
            raise KeyError(*unknown)
        for name in old.namelist():
            new.writestr(member(name), replaced.get(name) or old.read(name))
    return target.getvalue()


def member(name: str) -> zipfile.ZipInfo:
    """The head of a member that says nothing of when and where it was written."""
    info = zipfile.ZipInfo(name, _TIME)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.create_system = 0  # else the system that runs us would show in the file
    return info
