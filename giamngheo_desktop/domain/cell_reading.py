"""What a cell of a foreign list was read as: one value, several to choose from, or a finding."""

from __future__ import annotations

from dataclasses import dataclass

from giamngheo_desktop.domain.form import Value


@dataclass(frozen=True, slots=True)
class Reading:
    """One thing a cell may mean; `value` None: that nothing is known."""

    value: Value
    text: str


@dataclass(frozen=True, slots=True)
class Read:
    """`finding` is a code of `texts.IMPORT_FINDINGS`; with a value it says how the cell was mended
    (`mended`) or what is odd about it, without one why it can't be taken.
    """

    value: Value = None
    finding: str = ""
    mended: bool = False
    readings: tuple[Reading, ...] = ()

    @property
    def is_nothing(self) -> bool:
        """An empty cell: it erases nothing."""
        return self.value is None and not self.readings and not self.finding

    @property
    def is_wrong(self) -> bool:
        return self.value is None and not self.readings and bool(self.finding) and not self.mended


NOTHING = Read()
