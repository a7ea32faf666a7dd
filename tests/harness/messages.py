"""A recorder in place of the message boxes: keeps what was said and gives prepared answers."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget

from giamngheo_desktop.gui import fault, messages
from giamngheo_desktop.gui.messages import Message, Tone


class Recorder:
    """`shown` is what the user would have seen, `faults` what the parts of pages that failed said
    of why; `answers` are the codes given back, in order.
    """

    def __init__(self) -> None:
        self.shown: list[Message] = []
        self.faults: list[str] = []
        self.answers: deque[str] = deque()

    def __call__(self, message: Message, parent: QWidget | None) -> str:
        self.shown.append(message)
        if message.answers and not self.answers:
            raise AssertionError(f"no answer prepared for: {message.text}")
        answer = self.answers.popleft() if message.answers else "ok"
        codes = [choice.code for choice in message.answers] or ["ok"]
        assert answer in codes, f"{answer!r} is none of {codes}"
        return answer

    def will_answer(self, *codes: str) -> None:
        self.answers.extend(codes)

    @property
    def texts(self) -> list[str]:
        return [message.text for message in self.shown]


@pytest.fixture
def said() -> Iterator[Recorder]:
    """Record all messages; a bug report nobody asked for fails the test."""
    recorder = Recorder()
    before = messages.use(recorder)
    handler = logging.Handler()
    handler.emit = lambda record: recorder.faults.append(record.getMessage())  # type: ignore[method-assign]
    fault.log.addHandler(handler)
    yield recorder
    fault.log.removeHandler(handler)
    messages.use(before)
    assert not recorder.answers, f"answers nobody asked for: {list(recorder.answers)}"
    bugs = [message.details for message in recorder.shown if message.tone is Tone.ERROR]
    assert not bugs, bugs[0]
    assert not recorder.faults, recorder.faults[0]
