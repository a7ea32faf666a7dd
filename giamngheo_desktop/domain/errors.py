"""The expected failures of the program; their sentences stand in `texts`, never here."""


class AppError(Exception):
    """An expected failure that the user can act on.

    `code` names the sentence in `texts.ERRORS`, `params` fill its placeholders.
    Anything that is not an AppError and reaches the user is a bug.
    """

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params


class StaleRecordError(AppError):
    """The record was changed by somebody else since it was read."""


class RefusedError(AppError):
    """The operation is not allowed in the present state (year closed, read-only file …)."""


class Cancelled(Exception):  # noqa: N818 - a wish of the user, not an error
    """The user pressed Cancel; the work was rolled back."""
