"""What the system says of a file, in words: its own sentences are English."""

from __future__ import annotations

import errno

_WORDS = {
    errno.EACCES: "không được phép mở",
    errno.EPERM: "không được phép mở",
    errno.EISDIR: "đó là một thư mục",
    errno.ENOTDIR: "đường dẫn đi qua một tệp, không phải thư mục",
    errno.ENOENT: "không thấy tệp",
    errno.ENOSPC: "đĩa đã đầy",
    errno.EROFS: "ổ đĩa chỉ cho đọc",
    errno.EIO: "ổ đĩa không đọc, ghi được",
    errno.EBUSY: "chương trình khác đang dùng",
    errno.ENAMETOOLONG: "tên quá dài",
    errno.EMFILE: "đang mở quá nhiều tệp",
}


def system_words(number: int) -> str:
    """The words for the number of an OSError."""
    return _WORDS.get(number, f"hệ thống báo lỗi số {number}")
