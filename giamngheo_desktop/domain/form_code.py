"""The short code printed on a paper form: typed to open its household.

Digits and letters that look like no digit and that UniKey turns into nothing else, in Telex or VNI.
The last character checks the others: any one mistyped and any two swapped are noticed.
"""

from __future__ import annotations

SIGNS = "0123456789CHKMPTV"  # prime in number, so that every weight of the check divides out
SHORTEST = 4  # characters, the check with them

_BASE = len(SIGNS)
_READ = str.maketrans({"O": "0", "I": "1", "L": "1", " ": None, "-": None})


def form_code(number: int) -> str:
    """The code of the form of that number, from 1 up; longer only beyond the 4,912th."""
    if number < 1:
        raise ValueError(number)
    body = ""
    while number or len(body) < SHORTEST - 1:
        number, digit = divmod(number, _BASE)
        body = SIGNS[digit] + body
    return body + SIGNS[-_weighed(body + SIGNS[0]) % _BASE]


def read_form_code(typed: str) -> str:
    """The code as printed, from capitals or small letters, with spaces or not.

    Codes: empty, form_code.
    """
    code = typed.upper().translate(_READ)
    if not code:
        raise ValueError("empty")
    known = len(code) >= SHORTEST and all(sign in SIGNS for sign in code)
    if not known or _weighed(code) % _BASE:
        raise ValueError("form_code")
    return code


def form_number(code: str) -> int:
    """The number of the form with that code."""
    number = 0
    for sign in code[:-1]:
        number = number * _BASE + SIGNS.index(sign)
    return number


def _weighed(code: str) -> int:
    """Each place with a weight of its own, from the right: swapped places change the sum."""
    return sum(place * SIGNS.index(sign) for place, sign in enumerate(reversed(code), start=1))
