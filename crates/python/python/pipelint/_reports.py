"""The reports on many payloads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING, overload

from pipelint._native import Checker, Report

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from pipelint._options import Now, Options

_ROWS = 20
"""How many rules a table in a notebook names."""


class Reports(Sequence[Report]):
    """The reports on many payloads, in the order of the payloads."""

    def __init__(self, reports: Iterable[Report]) -> None:
        self._reports = tuple(reports)

    @overload
    def __getitem__(self, index: int) -> Report: ...
    @overload
    def __getitem__(self, index: slice) -> Reports: ...
    def __getitem__(self, index: int | slice) -> Report | Reports:
        if isinstance(index, slice):
            return Reports(self._reports[index])
        return self._reports[index]

    def __len__(self) -> int:
        return len(self._reports)

    @property
    def ok(self) -> bool:
        """Whether no payload has an error."""
        return all(report.ok for report in self._reports)

    @property
    def failed(self) -> Reports:
        """The reports with errors."""
        return Reports(report for report in self._reports if not report.ok)

    def counts(self) -> Counter[str]:
        """The number of diagnostics by rule."""
        return Counter(
            diagnostic.rule for report in self._reports for diagnostic in report.diagnostics
        )

    def raise_for_errors(self) -> Reports:
        """Raises ``PayloadError`` for the first payload with an error; otherwise returns self."""
        for report in self._reports:
            report.raise_for_errors()
        return self

    def _summary(self) -> str:
        failed = sum(not report.ok for report in self._reports)
        return f"{len(self)} payloads, {failed} with errors"

    def __repr__(self) -> str:
        lines = [f"<Reports: {self._summary()}>"]
        counts = self.counts().most_common()
        lines += [f"{count:>8} {rule}" for rule, count in counts[:_ROWS]]
        if len(counts) > _ROWS:
            lines.append(f"         and {len(counts) - _ROWS} more rules")
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        counts = self.counts().most_common()
        if not counts:
            return f"<p>{self._summary()}</p>"
        most = counts[0][1]
        rows = "".join(
            f"<tr><td style='text-align:left'><code>{escape(rule)}</code></td><td>{count}</td>"
            f"<td style='width:12em'><div style='background:#c0392b;height:.7em;"
            f"width:{100 * count / most:.0f}%'></div></td></tr>"
            for rule, count in counts[:_ROWS]
        )
        more = len(counts) - _ROWS
        tail = f"<p>and {more} more rules</p>" if more > 0 else ""
        return (
            f"<p>{self._summary()}</p><table><thead><tr><th>rule</th><th>diagnostics</th><th></th>"
            f"</tr></thead><tbody>{rows}</tbody></table>{tail}"
        )


def check_many(
    payload: str,
    items: Iterable[object],
    /,
    *,
    now: Now | None = None,
    **options: Unpack[Options],
) -> Reports:
    """Checks payloads one after the other, as of one time.

    For columns of text in Arrow, pandas, Polars or Spark, ``check_arrow`` is faster.
    """
    checker = Checker(payload, **options)
    if now is None and "config" not in options:
        from datetime import datetime, timezone

        now = datetime.now(timezone.utc)
    return Reports(checker.check(item, now=now) for item in items)
