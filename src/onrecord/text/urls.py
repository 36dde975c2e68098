"""The frozen rule for what of a URL counts for an article's identity. FROZEN: ids hang on it.

Two URLs are the same article if, after these steps, they read the same:
  1. scheme and host in lower case; `http` counts as `https`; a default port and a leading `www.` go;
  2. the fragment goes; user and password go;
  3. of the query, parameters that only count visits go (`utm_*` and the names in TRACKING); the rest
     is kept as written and sorted, `id` and all;
  4. an empty path is `/`, and a slash at the end of any other path goes;
  5. percent-encodings are written in upper case, and those of unreserved characters are resolved
     (RFC 3986, 6.2.2).
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from onrecord.text.ids import make_id

TRACKING = frozenset(
    "fbclid gclid dclid gbraid wbraid msclkid yclid igshid mc_cid mc_eid ocid cmpid ncid "
    "spm _ga _gl ref_src ref_url".split()
)

_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


def _percent(text: str) -> str:
    def one(match: re.Match[str]) -> str:
        char = chr(int(match[1], 16))
        return char if char in _UNRESERVED else match[0].upper()

    return re.sub(r"%([0-9A-Fa-f]{2})", one, text)


def identity(url: str) -> str:
    """What of `url` counts, as a URL. A text that is no http(s) URL is returned stripped, as it is."""
    url = url.strip()
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return url
    if parts.scheme.lower() not in ("http", "https") or not host:
        return url
    host = host.removeprefix("www.")
    if port not in (None, 80, 443):
        host = f"{host}:{port}"
    path = _percent(parts.path).rstrip("/") or "/"
    kept = sorted(
        _percent(pair)
        for pair in parts.query.split("&")
        if pair
        and (name := pair.partition("=")[0].lower()) not in TRACKING
        and not name.startswith("utm_")
    )
    return f"https://{host}{path}" + (f"?{'&'.join(kept)}" if kept else "")


def article_id(url: str | None, capture_id: str) -> str:
    """The id of the article behind a capture: its URL by the frozen rule, else the capture itself."""
    return make_id("art", identity(url) if url else capture_id)


def host_of(url: str | None) -> str | None:
    """The URL's host in lower case without `www.`, or None."""
    if not url:
        return None
    try:
        host = urlsplit(url.strip()).hostname
    except ValueError:
        return None
    return host.lower().removeprefix("www.") if host else None
