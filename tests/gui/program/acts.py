"""What the tests of the program press and read."""

from __future__ import annotations

PAGES = [
    "overview",
    "households",
    "review",
    "targets",
    "projects",
    "support",
    "reports",
    "exchange",
    "checks",
    "settings",
]


def action(session, name):
    return next(a for a in session.window.findChildren(object, name) if hasattr(a, "trigger"))


def notice(session):
    return session.window.notice.text.text()
