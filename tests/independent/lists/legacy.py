"""Unicode → the two old encodings still found in communes' files, and decomposed Unicode.

TCVN3 (fonts .VnTime; capitals with a tone have no code: people type the small letter, or use the
font .VnTimeH whose small letters look like capitals) and VNI (fonts VNI-Times; a letter and its
mark are two characters).
"""

import unicodedata

_TCVN3_LETTERS = (
    "àảãáạ ăằẳẵắặ âầẩẫấậ đ èẻẽéẹ êềểễếệ ìỉĩíị òỏõóọ ôồổỗốộ ơờởỡớợ ùủũúụ ưừửữứự ỳỷỹýỵ ĂÂÊÔƠƯĐ"
).replace(" ", "")
_TCVN3_CODES = bytes.fromhex(
    "b5b6b7b8b9 a8bbbcbdbec6 a9c7c8c9cacb ae cccecfd0d1 aad2d3d4d5d6 d7d8dcddde dfe1e2e3e4"
    "abe5e6e7e8e9 aceaebecedee eff1f2f3f4 adf5f6f7f8f9 fafbfcfdfe a1a2a3a4a5a6a7"
).decode("latin-1")
_TCVN3 = dict(zip(_TCVN3_LETTERS, _TCVN3_CODES, strict=True))

# VNI: plain vowels carry ùøûõï for sắc, huyền, hỏi, ngã, nặng; â ê ô carry áàåãä, ă carries éèúüë.
_TONES = "\u0301\u0300\u0309\u0303\u0323"
_VNI_TONE = dict(zip(_TONES, "ùøûõï", strict=True))
_VNI_ROOF = dict(zip(_TONES, "áàåãä", strict=True))
_VNI_BREVE = dict(zip(_TONES, "éèúüë", strict=True))
_VNI_SINGLE = {"í": "í", "ì": "ì", "ỉ": "æ", "ĩ": "ó", "ị": "ò", "ỵ": "î", "đ": "ñ"}


def for_capitals(text: str) -> bool:
    """A text all in capitals with one that .VnTime cannot show: typed in .VnTimeH."""
    return text.isupper() and any(ord(each) > 127 and each not in _TCVN3 for each in text)


def tcvn3(text: str) -> str:
    text = text.lower() if for_capitals(text) else text
    return "".join(
        _TCVN3.get(each, _TCVN3.get(each.lower(), each) if ord(each) > 127 else each)
        for each in unicodedata.normalize("NFC", text)
    )


def _vni_letter(letter: str) -> str:
    if letter in _VNI_SINGLE:
        return _VNI_SINGLE[letter]
    base, *marks = unicodedata.normalize("NFD", letter)
    tone = next((mark for mark in marks if mark in _TONES), "")
    if "\u031b" in marks:  # ơ, ư are letters of their own
        return {"o": "ô", "u": "ö"}[base] + (_VNI_TONE[tone] if tone else "")
    if "\u0302" in marks:
        return base + (_VNI_ROOF[tone] if tone else "â")
    if "\u0306" in marks:
        return base + (_VNI_BREVE[tone] if tone else "ê")
    return base + (_VNI_TONE[tone] if tone else "")


def vni(text: str) -> str:
    made = []
    for letter in unicodedata.normalize("NFC", text):
        small = _vni_letter(letter.lower())
        made.append(small.upper() if letter != letter.lower() else small)
    return "".join(made)


def decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def composed_tone_only(text: str) -> str:
    """`Unicode tổ hợp` of the old keyboards: â, ơ … whole, the tone a mark of its own."""
    made = []
    for letter in unicodedata.normalize("NFC", text):
        parts = unicodedata.normalize("NFD", letter)
        tone = "".join(each for each in parts if each in _TONES)
        rest = "".join(each for each in parts if each not in _TONES)
        made.append(unicodedata.normalize("NFC", rest) + tone)
    return "".join(made)
