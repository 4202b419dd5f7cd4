"""Schema validation and linting for the payloads of sales-pipeline APIs.

>>> import pipelint
>>> report = pipelint.check("leadlex/create-deal", '{"name": "Acme", "probability": 120}')
>>> report.ok
False
>>> report.diagnostics[0].pointer
'/probability'
"""

from __future__ import annotations

from pipelint._errors import (
    NotJsonError,
    OptionsError,
    PayloadError,
    PipelintError,
    UnknownPayloadError,
)
from pipelint._native import (
    AppliedFix,
    ArrowArray,
    ArrowChunkedArray,
    Checker,
    Diagnostic,
    Edit,
    Fix,
    Fixed,
    Report,
    __version__,
    check,
    check_arrow,
    infer,
    payloads,
    rules,
    schema,
)
from pipelint._reports import Reports, check_many

__all__ = [
    "AppliedFix",
    "ArrowArray",
    "ArrowChunkedArray",
    "Checker",
    "Diagnostic",
    "Edit",
    "Fix",
    "Fixed",
    "NotJsonError",
    "OptionsError",
    "PayloadError",
    "PipelintError",
    "Report",
    "Reports",
    "UnknownPayloadError",
    "__version__",
    "check",
    "check_arrow",
    "check_many",
    "infer",
    "payloads",
    "rules",
    "schema",
]
