"""Errors a user can mend: each has an exit code and a message that says what, where and what next, never a value."""

NO_ROWS = "no_rows"
"""Rule of a delivery in which there is nobody."""


class FamiliesError(Exception):
    """The mother of all errors shown to a user without a traceback."""

    exit_code = 1


class WrongUsage(FamiliesError):
    """The command was called wrongly."""

    exit_code = 2


class Unnoted(FamiliesError):
    """How far the decision store was seen could not be noted, as on a full disk; what was to be recorded before is recorded."""


class BadConfiguration(FamiliesError):
    """The authority's files or the settings are wrong."""

    exit_code = 3


class BadInput(FamiliesError):
    """A delivered file cannot be used; `rule` is the short name of what it breaks."""

    exit_code = 4

    def __init__(self, message: str = "", *, rule: str = "unreadable") -> None:
        super().__init__(message)
        self.rule = rule


class GateRefused(FamiliesError):
    """A critical gate failed: nothing is published, the last publication stays."""

    exit_code = 5


class NotAllowed(FamiliesError):
    """The key is wrong, or the caller may not do this."""

    exit_code = 6


class AnotherRunAtWork(FamiliesError):
    """Another run holds the lock."""

    exit_code = 7
