"""The exceptions."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipelint._native import Report


class PipelintError(Exception):
    """The base of all exceptions of this package."""


class UnknownPayloadError(PipelintError, ValueError):
    """There is no payload of that name."""


class OptionsError(PipelintError, ValueError):
    """The options or the configuration file are not valid."""


class NotJsonError(PipelintError, TypeError):
    """A Python value has no JSON form."""


class PayloadError(PipelintError, ValueError):
    """A payload has errors. ``report`` says which."""

    report: Report

    def __init__(self, report: Report) -> None:
        super().__init__(report)
        self.report = report

    def __str__(self) -> str:
        return repr(self.report)
