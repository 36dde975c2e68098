"""Addresses of evidence are permanent: their form is part of the contract."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.text.citing import address, cite_capture, parse_address

SHA = "ab" * 32


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.sampled_from(["utf-8", "cp1252", "pdf/3"]))
def test_an_address_reads_back(start: int, end: int, decoder: str) -> None:
    assert parse_address(address(SHA, decoder, start, end)) == (SHA, decoder, start, end)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "sha256:12/utf-8:1-2",
        f"sha256:{SHA}/utf-8:1",
        f"md5:{SHA}/utf-8:1-2",
        f"sha256:{SHA}/:1-2",
        f"sha256:{SHA}/utf-8:-1-2",
    ],
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not an evidence address"):
        parse_address(text)


def test_evidence_outside_the_text_is_a_slice_of_the_capture() -> None:
    citation = cite_capture("cap-1", SHA, "utf-8", "By Ana Ruhl | Tern Post", 3, 11)
    assert citation.quote == "Ana Ruhl"
    assert citation.version_id is citation.start is citation.end is None
    assert citation.address == f"sha256:{SHA}/utf-8:3-11"
    with pytest.raises(ValueError, match="not a range"):
        cite_capture("cap-1", SHA, "utf-8", "short", 3, 11)
