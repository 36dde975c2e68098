"""Primary sources that reports name: what each is, whose, to whom; and what is none."""

from __future__ import annotations

import functools

import pytest
from tests.relate.making import version
from tests.relate.reports import story

from onrecord.records import PrimarySource, Version
from onrecord.relate.sources import Options, quoted_from
from onrecord.run.memory import MemoryShelf

TERN = """Foreign Minister Ilsa Brandt told Oskar Venn in a telephone call on Monday that the ferry would sail, the Velmora cabinet office said in its readout of the call.

In a letter to Oskar Venn dated May 1, Ilsa Brandt asked for an inspection. The letter was seen by the Tern Post.

According to the indictment, Jory Teague took 4,000 crowns from the harbour fund. The indictment also says he hid the books.

“We will not pay the fee,” Brandt wrote on Telegram. Media reports said the fee would double.

A transcript released by the Ostrand ministry shows that Venn agreed to the fee. Venn denied it in a speech to parliament.

The council would write a memo to the king if the fee stays. The report by the Oldmoor Mail was wrong.

UN Resolution 2341 forbids harbour fees. The mayor posted a video of the fire on Facebook."""


@functools.cache
def ferry() -> MemoryShelf:
    return story(("Tern Post", "2031-05-02", TERN))


def named(kind: str) -> list[PrimarySource]:
    found = [s for s in ferry().all(PrimarySource) if s.kind == kind]
    return sorted(found, key=lambda s: s.text.start or 0)


def name(ref: object) -> str | None:
    return getattr(ref, "name", None)


def test_a_letter_has_its_author_and_addressee_and_is_one_however_often_it_is_named() -> None:
    (letter,) = named("letter")
    assert (name(letter.author), name(letter.to)) == ("Ilsa Brandt", "Oskar Venn")
    assert letter.text.quote == "a letter to Oskar Venn dated May 1"
    assert [c.quote for c in letter.mentions] == ["The letter"]
    assert letter.held is None and letter.quotes == ()


def test_a_call_has_both_ends_and_who_gave_its_readout() -> None:
    (call,) = named("call")
    assert (name(call.author), name(call.to)) == ("Ilsa Brandt", "Oskar Venn")
    assert "cabinet office" in (name(call.released_by) or "")
    assert len(call.mentions) == 1


def test_documents_by_what_they_say_and_by_their_own_name() -> None:
    assert [d.name for d in named("document")] == ["indictment", "UN Resolution 2341"]


def test_posts_speeches_transcripts_videos() -> None:
    (post,) = named("post")
    assert (name(post.author), post.name) == ("Ilsa Brandt", "post on Telegram")
    (speech,) = named("speech")
    assert name(speech.author) == "Oskar Venn" and name(speech.to) == "parliament"
    (transcript,) = named("transcript")
    assert "Ostrand ministry" in transcript.text.quote
    (video,) = named("video")
    assert name(video.author) is not None and "video" in video.text.quote


@pytest.mark.parametrize(
    "text",
    [
        "The council would write a memo to the king if the fee stays.",
        "Media reports said the harbour fee would double next year.",
        "The report by the Oldmoor Mail was wrong about the harbour fee.",
        "Letters poured into the offices of the harbour board on Monday.",
        "Ilsa Brandt had a long conversation about the harbour with the captain.",
        "The mayor addressed the crowd at the harbour and left by car.",
        "No letter was sent to the harbour board about the fee.",
        "The law on harbour fees is as old as the harbour.",
    ],
)
def test_what_is_no_primary_source(text: str) -> None:
    assert story(("Tern Post", "2031-05-02", text)).all(PrimarySource) == ()


def test_every_citation_reads_as_its_version() -> None:
    versions = {v.id: v for v in ferry().all(Version)}
    for s in ferry().all(PrimarySource):
        for c in (s.text, *s.mentions, *(r.citation for r in (s.author, s.to) if r and r.citation)):
            assert versions[c.version_id or ""].text[c.start : c.end] == c.quote


# --------------------------------------------------------------------------- word by word

LETTER = (
    "Dear Minister\n\nThe ferry has linked our harbours for forty years. We do not want a quarrel with you.\n\n"
    "We will pay the fee, as we have always done, when the books of the harbour are open to everybody. "
    "We ask for an inspection."
)


def beside(quotation: str) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """The source's words that a quotation stands for, and how it reads otherwise."""
    report = version(f"Title\n\n{quotation} she wrote.", article="art-2")
    found = quoted_from(version(LETTER), {"art-1": [version(LETTER)], "art-2": [report]}, Options())
    return [
        (q.original.quote, [(d.op, d.original, d.quoted) for d in q.differences]) for q in found
    ]


def test_a_quotation_word_for_word() -> None:
    assert beside("“We do not want a quarrel with you,”") == [
        ("We do not want a quarrel with you", [])
    ]


def test_what_was_cut_changed_and_put_in() -> None:
    whole = (
        "We will pay the fee, as we have always done, when the books of the harbour are open to "
        "everybody"
    )
    assert beside(
        "“We will pay the fee ... when the books of the harbour are open to everybody,”"
    ) == [(whole, [("cut", "as we have always done", "")])]
    assert beside(
        "“We shall pay the whole fee, as we have always done, when the books of the harbour are open "
        "to anybody,”"
    ) == [
        (
            whole,
            [
                ("changed", "will", "shall"),
                ("put_in", "", "whole"),
                ("changed", "everybody", "anybody"),
            ],
        )
    ]


def test_words_of_somebody_else_are_not_of_the_source() -> None:
    assert beside("“We will never open the books of any harbour to you or to anybody else,”") == []
    assert beside("“We will pay,”") == []
