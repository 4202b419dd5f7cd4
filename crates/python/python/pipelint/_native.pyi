from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, Literal, final

from typing_extensions import Unpack

from pipelint._options import Now, Options, Severity

__version__: Final[str]

@final
class Edit:
    """A replacement of a part of the payload."""

    @property
    def offset(self) -> int:
        """Byte offset of the first byte replaced."""

    @property
    def length(self) -> int:
        """The number of bytes replaced."""

    @property
    def text(self) -> str:
        """The new text."""

@final
class Fix:
    """An edit that corrects a fault."""

    @property
    def title(self) -> str:
        """What the fix does."""

    @property
    def applicability(self) -> Literal["safe", "unsafe"]:
        """Whether it can be applied without review."""

    @property
    def edits(self) -> tuple[Edit, ...]:
        """The edits, in the order of the text."""

@final
class Diagnostic:
    """One fault of a payload."""

    @property
    def payload(self) -> str:
        """The payload's name."""

    @property
    def rule(self) -> str:
        """The rule's name, such as ``"schema/maximum"``."""

    @property
    def severity(self) -> Severity:
        """How bad it is."""

    @property
    def message(self) -> str:
        """What is wrong, in one sentence without a full stop."""

    @property
    def pointer(self) -> str:
        """The JSON pointer (RFC 6901) of the value or key."""

    @property
    def line(self) -> int:
        """The line, from 1."""

    @property
    def column(self) -> int:
        """The column in characters, from 1."""

    @property
    def end_line(self) -> int:
        """The line of the end."""

    @property
    def end_column(self) -> int:
        """The column after the end."""

    @property
    def offset(self) -> int:
        """Byte offset in the payload as JSON text."""

    @property
    def length(self) -> int:
        """Length in bytes."""

    @property
    def help(self) -> str | None:
        """What to write instead."""

    @property
    def params(self) -> dict[str, str | int]:
        """The values in the message and the help, by name."""

    @property
    def source(self) -> str:
        """The vendor's statement or the standard that the rule follows."""

    @property
    def fix(self) -> Fix | None:
        """An edit that corrects the fault."""

    def to_dict(self) -> dict[str, Any]:
        """The diagnostic with the field names of ``pipelint check --output-format json``."""

@final
class AppliedFix:
    """A fix that was applied."""

    @property
    def rule(self) -> str:
        """The rule that had found the fault."""

    @property
    def title(self) -> str:
        """What the fix did."""

    @property
    def pointer(self) -> str:
        """The JSON pointer of the value."""

@final
class Fixed:
    """A payload with fixes applied."""

    @property
    def text(self) -> str:
        """The JSON text."""

    @property
    def applied(self) -> tuple[AppliedFix, ...]:
        """The fixes, in the order in which they were applied."""

    def data(self) -> Any:
        """The payload as Python values; numbers with a fraction are ``decimal.Decimal``."""

@final
class Report:
    """The result of checking one payload."""

    @property
    def payload(self) -> str:
        """The payload's full name."""

    @property
    def ok(self) -> bool:
        """Whether there is no error. Warnings and advice do not count."""

    @property
    def error_count(self) -> int:
        """The number of diagnostics of severity ``error``."""

    @property
    def warning_count(self) -> int:
        """The number of diagnostics of severity ``warning``."""

    @property
    def info_count(self) -> int:
        """The number of diagnostics of severity ``info``."""

    @property
    def worst(self) -> Severity | None:
        """The worst severity."""

    @property
    def now(self) -> datetime:
        """The time at which dates were judged."""

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """All diagnostics, in the order of the text."""

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """The diagnostics of severity ``error``."""

    def raise_for_errors(self) -> Report:
        """Raises ``PayloadError`` if there is an error; otherwise returns the report."""

    def fixed(self, *, unsafe: bool = False) -> Fixed | None:
        """The payload with its fixes applied, or ``None`` if there is nothing to apply.

        ``unsafe`` applies fixes that can change the meaning, too.
        """

    def to_dict(self) -> dict[str, Any]:
        """The report as a dict, for JSON."""

    def to_json_lines(self, *, file: str | None = None, record: int | None = None) -> str:
        """One JSON object a line for each diagnostic, as the command line writes it."""

    def _repr_html_(self) -> str: ...

@final
class Checker:
    """Checks many payloads with the same options."""

    def __new__(cls, payload: str, /, **options: Unpack[Options]) -> Checker: ...
    @property
    def payload(self) -> str:
        """The payload's full name."""

    def check(self, data: object, /, *, now: Now | None = None) -> Report:
        """Checks one payload."""

@final
class ArrowArray:
    """The verdicts on one array."""

    def __len__(self) -> int: ...
    def __arrow_c_schema__(self) -> object: ...
    def __arrow_c_array__(
        self, requested_schema: object | None = None
    ) -> tuple[object, object]: ...

@final
class ArrowChunkedArray:
    """The verdicts on a stream of arrays, in the same chunks."""

    def __len__(self) -> int: ...
    def __arrow_c_schema__(self) -> object: ...
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...

def check(
    payload: str,
    data: bytes | bytearray | memoryview | str | Mapping[str, Any] | object,
    /,
    *,
    now: Now | None = None,
    **options: Unpack[Options],
) -> Report:
    """Checks one payload.

    ``bytes`` and ``str`` are JSON text. Every other value (usually a dict) is written as JSON
    first. ``now`` is a ``datetime`` with a time zone or an RFC 3339 text; without it the clock
    counts.
    """

def check_arrow(
    payload: str,
    data: object,
    /,
    *,
    column: str | None = None,
    now: Now | None = None,
    **options: Unpack[Options],
) -> ArrowArray | ArrowChunkedArray:
    """Checks a column of payloads through the Arrow C data or stream interface.

    ``data`` is an array, chunked array, record batch, table or reader of any Arrow library.
    ``column`` names the payload's column of a batch or table; without it, a whole row is the
    payload. The result is a struct column: ``ok``, ``errors`` (their number) and ``diagnostics``.
    A null gives a null.
    """

def infer(data: object) -> list[str]:
    """The names of the requests that a payload's keys fit best."""

def payloads() -> list[str]:
    """The names of all payloads."""

def rules() -> list[str]:
    """The names of all rules."""

def schema(payload: str) -> str:
    """The JSON Schema of a payload, as text."""
