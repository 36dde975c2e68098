"""Event candidates of a sentence made by hand, read with the real parser: what several test modules share."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

from onrecord.annotate import events, sentences
from onrecord.records import (
    Block,
    DateCandidate,
    EventCandidate,
    Mention,
    Sentence,
    Version,
)
from onrecord.run.resources import load_nlp
from onrecord.stage import Group
from onrecord.text.citing import cite
from onrecord.text.ids import make_id

NAMES = (
    "Norland",
    "Sudria",
    "Dell",
    "President Quill",
    "General Orr",
    "Lake Union",
    "Sudrian",
    "students",
    "prisoners",
    "police",
)


def version_of(text: str, kind: str = "paragraph") -> Version:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Version(
        id=make_id("ver", text, kind),
        article_id=make_id("art", text),
        capture_id="cap-1",
        number=1,
        seen_at=None,
        text=text,
        blocks=(Block(kind=kind, start=0, end=len(text), capture_start=0, capture_end=len(text)),),
        left_out=(),
        segments=((0, len(text), 0, len(text)),),
        language="en",
        decoder="utf-8",
        sha256=digest,
    )


def parsed(version: Version) -> tuple[Sentence, ...]:
    return tuple(
        sentences.work(Group({Version: (version,)}), sentences.Options(), {"nlp": load_nlp()})
    )


def named(version: Version, found: Sequence[Sentence]) -> tuple[Mention, ...]:
    """A mention wherever one of NAMES stands; all of one name are one chain."""
    mentions = []
    for name in NAMES:
        for match in re.finditer(rf"\b{name}\b", version.text):
            low, high = match.span()
            sentence = next(s for s in found if s.start <= low < s.end)
            mentions.append(
                Mention(
                    id=make_id("men", version.id, low, high),
                    version_id=version.id,
                    article_id=version.article_id,
                    start=low,
                    end=high,
                    chain=f"chain-{name}",
                    name=name,
                    kind="place" if name == "Dell" else "group",
                    role="place" if name == "Dell" else "name",
                    sentence=sentence.number,
                    citation=cite(version, low, high),
                )
            )
    return tuple(sorted(mentions, key=lambda m: m.id))


def read(text: str, kind: str = "paragraph", **more: object) -> list[EventCandidate]:
    version = version_of(text, kind)
    found = parsed(version)
    group = Group({Version: (version,), Sentence: found, Mention: named(version, found)})
    for record in more.values():
        group[type(record)] = (record,)  # type: ignore[index,assignment]
    return list(events.work(group, events.Options(), {}))


def told(text: str, kind: str, block: str = "paragraph") -> EventCandidate:
    found = [e for e in read(text, block) if e.kind == kind]
    assert len(found) == 1, [(e.kind, e.predicate, e.status) for e in found]
    return found[0]


def date_in(text: str, words: str) -> DateCandidate:
    version = version_of(text)
    low = text.index(words)
    return DateCandidate(
        id=make_id("dtc", version.id, low),
        version_id=version.id,
        article_id=version.article_id,
        sentence=0,
        type="DATE",
        value="2031-05-05",
        direction=None,
        anchored=True,
        basis="written out",
        citation=cite(version, low, low + len(words)),
    )
