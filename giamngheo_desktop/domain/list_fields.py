"""What a list may say of a person and of a household: the fields of the records it is read into."""

from __future__ import annotations

from dataclasses import fields

from giamngheo_desktop.domain.household import Household, Member

KEY = "key"  # the id of a person in the register, as the program's own template carries it

# What follows from another column, or is an event with a day of its own.
_NOT_OF_PERSON = {"uid", "membership", "given_name", "is_head", "joined_on"}
_NOT_OF_HOUSEHOLD = {"uid", "list_number", "village", "members", "facts"}

PERSON = tuple(each.name for each in fields(Member) if each.name not in _NOT_OF_PERSON)
HOUSEHOLD = tuple(each.name for each in fields(Household) if each.name not in _NOT_OF_HOUSEHOLD)
