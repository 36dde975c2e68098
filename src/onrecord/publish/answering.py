"""What every page of the web app answers with: headers, errors, numbers in an address."""

from __future__ import annotations

from typing import TypeVar

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

T = TypeVar("T")

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""Sent with every page: nothing is loaded from elsewhere, no page stands inside another, no other site
learns where a reader came from. (With "no-referrer" browsers would send our own forms as of origin
"null", https://www.w3.org/TR/referrer-policy/, and no form could decide.)"""


def html(text: str, status: int = 200, **headers: str) -> Response:
    """A page. A lone surrogate, which UTF-8 cannot hold, is shown as a question mark."""
    return Response(
        text.encode("utf-8", "replace"),
        status,
        {**HEADERS, **headers},
        "text/html",
    )


def number_in(request: Request, name: str = "page", default: int = 1) -> int:
    """A whole number of an address's query; the default if there is none."""
    text = request.query_params.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 10 else default


def held(record: T | None, what: str) -> T:
    """The record; 404 if there is none."""
    if record is None:
        raise HTTPException(404, f"This record holds no such {what}.")
    return record
