"""The standard encryption of Office (AES-256), which Excel and LibreOffice open as well."""

from __future__ import annotations

import io

from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.passphrase import Passphrase

OLE = b"\xd0\xcf\x11\xe0"  # how an encrypted workbook begins, and an old one


def locked(data: bytes, passphrase: Passphrase | None) -> bytes:
    """A workbook as it leaves: encrypted, or as it is without a passphrase. Tenths of a second.

    What is locked is opened once more: the library spoils contents below 4 kB without a word
    (msoffcrypto-tool, issue 105), and nobody could repair a package that does not open.
    """
    if passphrase is None:
        return data
    from msoffcrypto.format.ooxml import OOXMLFile

    target = io.BytesIO()
    OOXMLFile(io.BytesIO(data)).encrypt(passphrase.text, target)
    found = target.getvalue()
    try:
        opens = unlocked(found, passphrase) == data
    except AppError:
        opens = False
    if not opens:
        raise ValueError("what was locked does not open")
    return found


def unlocked(data: bytes, passphrase: Passphrase | None) -> bytes:
    """The workbook in a file that begins with `OLE`; for the child, whatever the file is.

    Raises AppErrors package_locked (an old or strange one), package_asks_passphrase,
    package_wrong_passphrase, package_damaged.
    """
    try:
        return _unlocked(data, passphrase)
    except (AppError, MemoryError):
        raise
    except Exception as error:
        # whatever a broken file makes the library raise
        raise AppError("package_damaged") from error


def _unlocked(data: bytes, passphrase: Passphrase | None) -> bytes:
    from msoffcrypto.exceptions import DecryptionError, FileFormatError
    from msoffcrypto.format.ooxml import OOXMLFile

    try:
        file = OOXMLFile(io.BytesIO(data))
    except (FileFormatError, DecryptionError) as error:
        raise AppError("package_locked") from error
    if passphrase is None:
        raise AppError("package_asks_passphrase")
    try:
        file.load_key(password=passphrase.text, verify_password=True)
    except DecryptionError as error:  # InvalidKeyError, or an empty one
        raise AppError("package_wrong_passphrase") from error
    target = io.BytesIO()
    file.decrypt(target, verify_integrity=True)
    return target.getvalue()
