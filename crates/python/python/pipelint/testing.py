"""Assertions for tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelint._native import Report, check

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from pipelint._options import Now, Options


def assert_payload(
    payload: str,
    data: object,
    /,
    *,
    now: Now | None = None,
    warnings: bool = False,
    **options: Unpack[Options],
) -> Report:
    """Fails with the report if the payload has errors; ``warnings=True`` refuses warnings, too."""
    __tracebackhide__ = True
    report = check(payload, data, now=now, **options)
    if not report.ok or (warnings and report.warning_count > 0):
        raise AssertionError(repr(report))
    return report
