"""The nouns: every record that the pipeline stores, as frozen structs. Imports nothing of ours.

Field names are the export contract's. A record whose class has `exported = True` is written out by
`onrecord export`, field by field as it stands here; the others are what one stage leaves for the next.
Descriptions in `Meta` are the documentation: JSON Schemas and docs/exports.md are generated from them.

Conventions, everywhere:
  offsets   code points, half-open; `start`/`end` index `Version.text`, `capture_*` the decoded capture.
  times     an instant keeps its offset as written (`2014-03-14T14:57:00+04:00`), a day is `2014-03-14`;
            `earliest`/`latest` are inclusive; unknown is None, never a guess.
  basis     a few words that tell a reader why.
"""

from __future__ import annotations

from typing import Annotated, ClassVar

import msgspec
from msgspec import Meta, Struct

SCHEMA_VERSION = 1

Instant = Annotated[
    str, Meta(description="ISO 8601: an instant with its offset as written, or a bare day")
]
Basis = Annotated[str, Meta(description="Why, in a few words a reader understands")]


# Records are trees: nothing in one points back to what holds it. Without `gc=False` Python's collector
# keeps track of each to find cycles, which made reading them from a record a fifth dearer.
class Part(Struct, frozen=True, kw_only=True, gc=False):
    """Something inside a record; has no table of its own."""


class Record(Struct, frozen=True, kw_only=True, gc=False):
    """A row of its own in the record, found by `id`."""

    exported: ClassVar[bool] = False

    id: str


# --------------------------------------------------------------------------- citations and times


class Citation(Part, frozen=True, kw_only=True):
    """The exact characters a line rests on. `address` is permanent; everything else can be rebuilt."""

    version_id: str | None
    start: int | None
    end: int | None
    capture_id: str
    capture_start: int
    capture_end: int
    quote: str
    address: Annotated[str, Meta(description="sha256:HEX/DECODER:CAPTURE_START-CAPTURE_END")]


class Bounds(Part, frozen=True, kw_only=True):
    """When something was, as far as the captures say."""

    earliest: Instant | None = None
    latest: Instant | None = None
    text: Annotated[str | None, Meta(description="The words it was read from")] = None
    basis: Basis | None = None


class ActorRef(Part, frozen=True, kw_only=True):
    """Who: `actor_id` is None where no actor could be resolved; `name` is then the words as written."""

    actor_id: str | None
    name: str
    citation: Citation | None


class PlaceRef(Part, frozen=True, kw_only=True):
    name: str
    citation: Citation


# --------------------------------------------------------------------------- capture


class Given(Part, frozen=True, kw_only=True):
    """What a manifest, a feed or the fetch says of a capture, beside what its page says. None = not said."""

    outlet: str | None = None
    published: str | None = None
    language: str | None = None
    credit: str | None = None


class Hop(Part, frozen=True, kw_only=True):
    """An address that sent the fetch on to another one."""

    url: str
    status: Annotated[int, Meta(description="HTTP status of the redirect")]


class Memento(Part, frozen=True, kw_only=True):
    """What a web archive says of a capture that was taken from it."""

    address: Annotated[str, Meta(description="Where in the archive the capture stands")]
    form: Annotated[
        str,
        Meta(
            description="raw: the bytes as they were archived; replayed: as the archive shows them, its "
            "banner and its own links included; by_digest: not fetched, the archive lists the digest "
            "of bytes that were fetched raw from another of its captures"
        ),
    ]
    digest: Annotated[
        str | None, Meta(description="Digest of the archived bytes, as the archive lists it")
    ] = None


class Capture(Record, frozen=True, kw_only=True):
    """Bytes as they were received. `id` = hash of bytes' SHA-256 + URL (else path) + captured_at."""

    exported: ClassVar[bool] = True

    path: Annotated[str, Meta(description="As added, relative to the folder or manifest given")]
    url: str | None = None
    final_url: Annotated[
        str | None, Meta(description="Address of the page itself, behind all redirects")
    ] = None
    captured_at: Instant | None = None
    media_type: str
    decoder: Annotated[
        str,
        Meta(
            description="How the bytes become text: a codec (utf-8), or a reader and its version (pdf-1-pdfium-8149)"
        ),
    ]
    sha256: str
    bytes: int
    status: Annotated[int | None, Meta(description="HTTP status, or None for a file")] = None
    article_id: Annotated[str, Meta(description="URL by the frozen rule, else the capture")]
    given: Given = Given()
    redirects: Annotated[
        tuple[Hop, ...], Meta(description="From the address asked for to the final one, in order")
    ] = ()
    headers: Annotated[
        dict[str, str],
        Meta(
            description="Response headers that date, identify or link the page: name in lower case, "
            "value as written"
        ),
    ] = {}
    memento: Annotated[
        Memento | None, Meta(description="Where a web archive holds it; null if none was asked")
    ] = None
    cut: Annotated[
        bool, Meta(description="The body was larger than the limit; what is here is its beginning")
    ] = False


# --------------------------------------------------------------------------- watching


class Watch(Record, frozen=True, kw_only=True):
    """A page or feed that is looked at again and again: how it stands. `id` = kind + URL.

    Its times are in UTC with whole seconds, so that they order as text.
    """

    exported: ClassVar[bool] = True

    url: str
    kind: Annotated[str, Meta(description="page, feed")]
    article_id: Annotated[str | None, Meta(description="The page's article; null for a feed")] = (
        None
    )
    source: Annotated[
        str | None,
        Meta(description="The watched feed that named it; null if a user named it"),
    ] = None
    title: Annotated[str | None, Meta(description="What the feed or page calls itself")] = None
    added_at: Instant
    last_checked: Instant | None = None
    last_changed: Annotated[
        Instant | None,
        Meta(description="When a check last found another text; of a feed, other items"),
    ] = None
    next_check: Annotated[Instant | None, Meta(description="Null if it is not checked any more")]
    stopped: Annotated[str | None, Meta(description="Why it is not checked any more")] = None
    checks: Annotated[int, Meta(description="Checks so far")] = 0
    missing: Annotated[int, Meta(description="Checks in a row that were answered 404")] = 0
    failures: Annotated[int, Meta(description="Checks in a row that failed")] = 0
    failing_since: Annotated[
        Instant | None, Meta(description="First of the checks in a row that got no usable answer")
    ] = None
    etag: Annotated[str | None, Meta(description="Validator, as the server wrote it")] = None
    last_modified: Annotated[str | None, Meta(description="Validator, as the server wrote it")] = (
        None
    )
    capture_id: Annotated[
        str | None, Meta(description="The newest capture whose text counts; null before the first")
    ] = None
    digest: Annotated[
        str | None,
        Meta(
            description="Of what counts: a page's text, what a feed lists; SHA-256, 16 hex digits"
        ),
    ] = None
    announced: Annotated[
        str | None, Meta(description="What its feed or sitemap last said of when it was changed")
    ] = None


class Check(Record, frozen=True, kw_only=True):
    """One look at a watched page or feed, whatever came of it. `id` = watch + time."""

    exported: ClassVar[bool] = True

    watch_id: str
    article_id: str | None
    url: str
    at: Instant
    outcome: Annotated[
        str,
        Meta(
            description="first: the first capture; changed: another text; same_folded: a text that "
            "differs in white space, Unicode form or quote marks alone; same_text: other bytes, the "
            "same text; same_bytes; not_modified: the server says so (304); wall: a login, paywall, "
            "consent, challenge or error page in its place; missing: 404, not yet believed; removed: "
            "410, or 404 for the third time; returned: there again after it was removed; refused: by "
            "robots.txt or the rule about private addresses; put_off: the server asks to wait; failed"
        ),
    ]
    status: Annotated[int | None, Meta(description="HTTP status; null if there was no answer")]
    final_url: str | None = None
    redirects: tuple[Hop, ...] = ()
    headers: Annotated[
        dict[str, str],
        Meta(description="As of a capture; of every answer, not only of captured ones"),
    ] = {}
    sha256: Annotated[str | None, Meta(description="Of the answer's body, decoded")] = None
    bytes: Annotated[int | None, Meta(description="Of the answer's body, decoded")] = None
    capture_id: Annotated[str | None, Meta(description="The capture it made, if it made one")] = (
        None
    )
    basis: Basis


class Screenshot(Record, frozen=True, kw_only=True):
    """What a browser showed of a page right after it was captured. `id` = capture + picture + time.

    The browser asks for the page by itself and runs its scripts, so that it may show something else
    than the capture's bytes. The picture lies at `screenshots/ab/SHA256.png`.
    """

    exported: ClassVar[bool] = True

    capture_id: str
    article_id: str
    url: Annotated[str, Meta(description="Address that the browser showed in the end")]
    sha256: Annotated[str, Meta(description="Of the PNG file")]
    bytes: Annotated[int, Meta(description="Of the PNG file")]
    width: Annotated[int, Meta(description="Pixels")]
    height: Annotated[int, Meta(description="Pixels")]
    cut: Annotated[
        bool, Meta(description="The page was taller than the limit; this is its beginning")
    ] = False
    taken_at: Instant
    agent: Annotated[str, Meta(description="Name and version of the browser")]


# --------------------------------------------------------------------------- judging


class About(Part, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a judgement is about: a line of the record, told by the evidence it rests on, never by ids.

    relation: the citations of its two members; statement: its citation, then its contents; actor:
    mentions; reuse: source and target, or all that share the words; story: a passage of each report.
    """

    kind: Annotated[
        str,
        Meta(
            description="relation, statement, actor, reuse, story; of a note also article, version, "
            "change, date, event, timeline, claim, commitment, figure, source, capture"
        ),
    ]
    addresses: Annotated[
        tuple[str, ...], Meta(description="Permanent addresses of the evidence it rests on")
    ]


class JudgementValue(
    Part,
    frozen=True,
    kw_only=True,
    omit_defaults=True,
    forbid_unknown_fields=True,
    rename={"in_": "in"},
):
    """What a judgement says beside its verdict; what does not apply is left out of the export."""

    relation: Annotated[
        str | None, Meta(description="The relation it confirms, rejects, gives")
    ] = None
    in_: Annotated[str | None, Meta(description="What the relation is in")] = None
    was: Annotated[str | None, Meta(description="The relation that was relabelled")] = None
    act: str | None = None
    polarity: str | None = None
    modality: str | None = None
    speaker: Annotated[str | None, Meta(description="Name of who said it")] = None
    name: Annotated[str | None, Meta(description="New name of an actor or title of a story")] = None
    kind: Annotated[str | None, Meta(description="Kind of an actor, or of a reuse")] = None
    country: str | None = None
    to: Annotated[
        str | None,
        Meta(
            description="Of a split story: address in a report whose episode takes the reports in"
        ),
    ] = None
    text: Annotated[str | None, Meta(description="A note, or why")] = None


class Undone(Part, frozen=True, kw_only=True, forbid_unknown_fields=True):
    by: str
    at: Annotated[str, Meta(description="UTC, whole seconds")]


class Judgement(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What somebody decided about a line of the record. `id` = author + time + verdict + about + value.

    It comes from people and is of no stage: no build withdraws it. Of several about one line the
    latest counts, at the same second the one with the greater id.
    """

    exported: ClassVar[bool] = True

    author: str
    at: Annotated[str, Meta(description="UTC, whole seconds")]
    verdict: Annotated[
        str, Meta(description="confirm, reject, relabel, merge, split, rename, note")
    ]
    about: About
    value: JudgementValue | None = None
    undone: Annotated[
        Undone | None, Meta(description="Who took it back, and when; null if it stands")
    ] = None

    @property
    def captures(self) -> tuple[str, ...]:
        """SHA-256 of the captures that its addresses lie in, without repetition."""
        named = (*self.about.addresses, *((self.value.to,) if self.value and self.value.to else ()))
        return tuple(dict.fromkeys(a.removeprefix("sha256:").partition("/")[0] for a in named))


class Advice(Record, frozen=True, kw_only=True, rename={"in_": "in"}):
    """What a model answered when a user asked it about two lines: no judgement, and nothing rests on
    it. `id` = addresses + host + model + prompt, so that nothing is asked twice.

    It comes from a user's own endpoint and is of no stage: no build withdraws or makes it.
    """

    exported: ClassVar[bool] = True

    a: Annotated[str, Meta(description="Permanent address of the one line, the smaller of the two")]
    b: Annotated[str, Meta(description="Permanent address of the other")]
    host: Annotated[str, Meta(description="Host, and port where one is named, that was asked")]
    model: str
    prompt: Annotated[str, Meta(description="Digest of the instructions it was given")]
    at: Annotated[str, Meta(description="When it answered: UTC, whole seconds")]
    relation: Annotated[
        str,
        Meta(
            description="A relation as claims have them; unrelated; unsure: the model cannot tell"
        ),
    ]
    in_: Annotated[
        str | None, Meta(description="What the relation is in, as in relations of claims")
    ]
    why: Annotated[str, Meta(description="The model's own words")]


class Judged(Record, frozen=True, kw_only=True):
    """A judgement that stands and has evidence in this article."""

    article_id: str
    judgement: Judgement


class Ruling(Record, frozen=True, kw_only=True):
    """A judgement as far as it concerns one article: where its evidence stands in that article now."""

    article_id: str
    kind: Annotated[str, Meta(description="What it is about")]
    judgement: Judgement
    places: Annotated[
        tuple[tuple[str, ...], ...],
        Meta(
            description="For each of its addresses, then for `to`: the address and those of the same "
            "words in the article's other versions; none if it lies in another article"
        ),
    ]


class Attached(Record, frozen=True, kw_only=True):
    """A capture that somebody attached as the primary source that an article names."""

    article_id: str
    judgement_id: str
    capture_id: str
    source_article: Annotated[str, Meta(description="The capture's own article")]


# --------------------------------------------------------------------------- extract


class Block(Part, frozen=True, kw_only=True, omit_defaults=True):
    """A piece of a version's text; blocks are joined by a blank line and make up the text.

    `begins` and `ends` stand in blocks of a transcript only.
    """

    kind: Annotated[
        str,
        Meta(
            description="title, deck, byline, dateline, paragraph, heading, caption, list, quote, embed"
        ),
    ]
    start: int
    end: int
    capture_start: int
    capture_end: int
    begins: Annotated[
        str | None,
        Meta(description="When it is first heard: HH:MM:SS.mmm from the recording's start"),
    ] = None
    ends: Annotated[str | None, Meta(description="When it is last heard: HH:MM:SS.mmm")] = None


class LeftOut(Part, frozen=True, kw_only=True):
    """A piece of the capture that is not part of the text, and why."""

    capture_start: int
    capture_end: int
    reason: str


class Dateline(Part, frozen=True, kw_only=True):
    place: str | None = None
    date: str | None = None


class CaptureSpan(Part, frozen=True, kw_only=True):
    """Evidence inside one capture, before versions exist: code points of the decoded capture."""

    start: int
    end: int


class Reading(Record, frozen=True, kw_only=True):
    """What one capture says: the article's text in blocks and what the page tells of itself.

    `segments` is the exact offset map: rows (start, end, capture_start, capture_end). Where both
    lengths are equal the characters correspond one to one; otherwise the row as a whole corresponds
    (an entity, a run of white space folded to one space).
    """

    capture_id: str
    article_id: str
    text: str
    blocks: tuple[Block, ...]
    segments: tuple[tuple[int, int, int, int], ...]
    left_out: tuple[LeftOut, ...]
    url: str | None
    outlet: str | None
    title: str | None
    bylines: tuple[str, ...]
    dateline: Dateline
    credits: tuple[str, ...]
    published: Bounds
    modified: Bounds
    language: str | None
    tags: tuple[str, ...]
    announced_versions: int | None
    missing: Annotated[
        tuple[str, ...],
        Meta(description="What the page itself says exists but this capture does not hold"),
    ] = ()
    evidence: dict[str, tuple[CaptureSpan, ...]] = {}
    capture_path: str
    captured_at: Instant | None = None
    decoder: str
    sha256: str
    given: Given = Given()
    extractor: Annotated[str, Meta(description="Name and version of the reader that made this")]
    kind: Annotated[
        str,
        Meta(
            description="article, feed, or why it is not one: consent, login, paywall, challenge, error, textless, empty, unreadable"
        ),
    ] = "article"
    site: Annotated[
        str, Meta(description="Host of its address, else its outlet's name; empty if unknown")
    ] = ""


class RepeatedLines(Record, frozen=True, kw_only=True):
    """Lines, folded, that stand in several reports of one site, with the least number of those reports."""

    site: str
    lines: dict[str, int]


class Article(Record, frozen=True, kw_only=True):
    """One address's report over all its captures. What a manifest gives wins; `evidence` keeps both."""

    exported: ClassVar[bool] = True

    path: Annotated[str, Meta(description="Path of its first capture")]
    url: str | None
    outlet: str | None
    title: str | None
    bylines: tuple[str, ...]
    dateline: Dateline
    credits: Annotated[tuple[str, ...], Meta(description="Agencies the report names as its source")]
    published: Bounds
    modified: Bounds = Bounds()
    language: str | None
    tags: tuple[str, ...]
    announced_versions: Annotated[
        int | None, Meta(description="How many versions the page itself says there were")
    ]
    missing: tuple[str, ...] = ()
    versions: Annotated[tuple[str, ...], Meta(description="Version ids, oldest first")]
    captures: Annotated[tuple[str, ...], Meta(description="Capture ids, oldest first")] = ()
    evidence: dict[str, tuple[Citation, ...]]
    given: Annotated[Given, Meta(description="What the manifest or feed said")] = Given()
    last_checked: Instant | None = None
    next_check: Instant | None = None
    stopped: str | None = None


class Version(Record, frozen=True, kw_only=True):
    """One state of an article's text. `id` = article + text + which run of that text it is."""

    exported: ClassVar[bool] = True

    article_id: str
    capture_id: Annotated[str, Meta(description="The first capture of this version")]
    captures: Annotated[
        tuple[str, ...], Meta(description="All captures that hold it, oldest first")
    ] = ()
    number: Annotated[int, Meta(description="From 1, oldest first", ge=1)]
    seen_at: Instant | None
    text: str
    blocks: tuple[Block, ...]
    left_out: tuple[LeftOut, ...]
    segments: Annotated[
        tuple[tuple[int, int, int, int], ...],
        Meta(description="Offset map rows: start, end, capture_start, capture_end"),
    ]
    language: str | None
    decoder: str
    sha256: str


# --------------------------------------------------------------------------- annotate


class Sentence(Record, frozen=True, kw_only=True):
    """A sentence of a version with its stored parse, one entry a token in every tuple.

    `starts`/`ends` index the version's text; `heads` index tokens of this sentence (the root points
    at itself); `ents` are BIO tags of the entity recogniser ("B-PERSON", "I-PERSON", "O").
    """

    version_id: str
    article_id: str
    number: Annotated[int, Meta(description="Place in the version, from 0")]
    block: Annotated[int, Meta(description="Index of the block it stands in")]
    start: int
    end: int
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    lemmas: tuple[str, ...]
    pos: tuple[str, ...]
    tags: tuple[str, ...]
    deps: tuple[str, ...]
    heads: tuple[int, ...]
    ents: tuple[str, ...]


class Mention(Record, frozen=True, kw_only=True):
    """A place in one version where somebody or something is named.

    `chain` is the id of the first mention of the same referent in this version: surname after full
    name, an office after its holder, a pronoun after its antecedent. `name` is the chain's fullest
    form. `role` tells how it is used: name, office, pronoun, metonym (a capital that speaks), place.
    """

    version_id: str
    article_id: str
    start: int
    end: int
    chain: str
    name: str
    kind: Annotated[str, Meta(description="person, organisation, government, office, place, group")]
    role: Annotated[str, Meta(description="name, office, pronoun, metonym, place")]
    office: Annotated[str | None, Meta(description="Title beside the name: foreign minister")] = (
        None
    )
    country: str | None = None
    sentence: Annotated[int, Meta(description="Number of the sentence")]
    citation: Citation


class DateCandidate(Record, frozen=True, kw_only=True):
    """A time expression and every day it could mean, before other reports are looked at.

    `value` is the TIMEX3 value by this version alone, `direction` what its own sentence says of
    past (`before`), future (`after`) or neither (None); `anchored` False where the value hangs on a
    publication date that is unknown.
    """

    version_id: str
    article_id: str
    sentence: int
    type: Annotated[str, Meta(description="DATE, TIME, DURATION, SET")]
    value: str | None
    direction: str | None
    anchored: bool
    weekday: Annotated[int | None, Meta(description="0 = Monday, for a bare weekday")] = None
    about: Annotated[
        tuple[str, ...], Meta(description="Lemmas of the event nouns it is the time of")
    ] = ()
    basis: Basis
    citation: Citation


class Holder(Part, frozen=True, kw_only=True):
    """A role filler as one version words it: `mention_id` leads to its actor, if it is one."""

    name: str
    mention_id: str | None
    citation: Citation | None


class StatementCandidate(Record, frozen=True, kw_only=True):
    """A statement as one version prints it; relate gives it its actors, dates and other versions."""

    version_id: str
    article_id: str
    sentence: int
    citation: Citation
    speaker: Holder | None
    cue: Citation | None
    content: tuple[Citation, ...]
    addressee: Holder | None
    manner: str
    act: str
    polarity: str
    modality: str
    condition: Citation | None
    said_date: Annotated[
        str | None, Meta(description="Id of the DateCandidate that dates the saying")
    ] = None
    said_basis: Basis | None = None
    place: PlaceRef | None = None
    within: str | None = None
    via: tuple[str, ...] = ()


class EventCandidate(Record, frozen=True, kw_only=True):
    """Something done, planned, threatened or denied, as one sentence of one version tells it."""

    version_id: str
    article_id: str
    sentence: int
    kind: Annotated[
        str | None,
        Meta(
            description="PLOVER root, upper case: COERCE, CONSULT, ...; null where the act has none"
        ),
    ]
    mode: str | None
    predicate: Annotated[
        str, Meta(description="Lemma of the trigger, with its particle if kind is null")
    ]
    about: Annotated[
        tuple[str, ...], Meta(description="Lemmas of the nouns it is done to, or that undergo it")
    ] = ()
    actors: tuple[Holder, ...]
    recipients: tuple[Holder, ...]
    dates: Annotated[tuple[str, ...], Meta(description="Ids of the DateCandidates it hangs on")]
    place: PlaceRef | None
    status: str
    status_basis: Basis
    condition: Citation | None
    statement: Annotated[str | None, Meta(description="Candidate of the statement it stands in")]
    trigger: Citation
    citation: Annotated[Citation, Meta(description="The clause it was read from")]


# --------------------------------------------------------------------------- relate


class Side(Part, frozen=True, kw_only=True):
    """A passage on one side of a hunk, in that version's text."""

    start: int
    end: int


Significance = Annotated[
    int,
    Meta(
        description="How much the change matters to a reader, 0 to 1000: removed 1000, correction from "
        "900, headline 800, negation or condition 750, number, name, quote or date 650, deletion 550, "
        "addition 500, hedging 450, wording 250, capitals, punctuation or spelling alone 200 (in the "
        "headline 300), move 150, cosmetic 50, template 0; within a kind the longer one and the one "
        "nearer the top. An order to read in, no judgement"
    ),
]


class Hunk(Part, frozen=True, kw_only=True, rename={"from_": "from", "to": "to"}):
    """One passage that differs. With the white space beside it, what stands at `from` gave way to what
    stands at `to`; all hunks applied to the older text give the newer one."""

    op: Annotated[str, Meta(description="add, delete, replace, move")]
    from_: Side | None
    to: Side | None
    labels: tuple[str, ...]
    significance: Significance = 0
    basis: Basis = ""
    put_at: Annotated[
        int | None,
        Meta(description="Of a move: the point of the older text at which it was put in"),
    ] = None
    left_at: Annotated[
        int | None, Meta(description="Of a move: the point of the newer text that it left")
    ] = None


class Change(Record, frozen=True, kw_only=True):
    """What differs between one version and the next; `hunks` in order of the newer text."""

    exported: ClassVar[bool] = True

    article_id: str
    from_version: str
    to_version: str
    labels: Annotated[
        tuple[str, ...],
        Meta(
            description="headline, number, name, quote, date, correction, addition, deletion, move, "
            "wording, cosmetic, template, revert, removed"
        ),
    ]
    hunks: tuple[Hunk, ...]
    significance: Significance = 0
    basis: Basis = ""


class ReuseSource(Part, frozen=True, kw_only=True, omit_defaults=True):
    """Where words came from: a citation (make it with `of`), or an agency's text that reports credit
    but nobody captured (make it with `uncaptured`); what does not apply is left out of the export."""

    version_id: str | None = None
    start: int | None = None
    end: int | None = None
    capture_id: str | None = None
    capture_start: int | None = None
    capture_end: int | None = None
    quote: str | None = None
    address: str | None = None
    agency: str | None = None
    captured: bool = True

    @classmethod
    def of(cls, citation: Citation) -> ReuseSource:
        """A captured source."""
        return cls(**{name: getattr(citation, name) for name in Citation.__struct_fields__})

    @classmethod
    def uncaptured(cls, agency: str) -> ReuseSource:
        """The text of an agency that is credited but not captured."""
        return cls(agency=agency, captured=False)

    def citation(self) -> Citation | None:
        """The citation of a captured source; None for an uncaptured one."""
        if not self.captured:
            return None
        return Citation(**{name: getattr(self, name) for name in Citation.__struct_fields__})


class Reuse(Record, frozen=True, kw_only=True):
    exported: ClassVar[bool] = True

    kind: Annotated[str, Meta(description="copy, shared_quote, shared_source")]
    source: ReuseSource
    target: Citation
    others: Annotated[
        tuple[Citation, ...], Meta(description="shared_source: the same words in other reports")
    ] = ()
    articles: Annotated[tuple[str, ...], Meta(description="Article ids, source first")]
    words: int
    direction: Annotated[str, Meta(description="known, unknown")]
    basis: Basis


class Office(Part, frozen=True, kw_only=True):
    title: str
    earliest: Instant | None = None
    latest: Instant | None = None


class Actor(Record, frozen=True, kw_only=True):
    exported: ClassVar[bool] = True

    name: str
    kind: Annotated[str, Meta(description="person, organisation, government, office, place, group")]
    country: str | None
    aliases: tuple[str, ...]
    offices: tuple[Office, ...]
    mentions: tuple[Citation, ...]
    basis: Annotated[Basis, Meta(description="Why these mentions are one actor")]


class ActorLink(Part, frozen=True, kw_only=True):
    mention_id: str
    actor_id: str
    name: str
    kind: str
    country: str | None


class ActorLinks(Record, frozen=True, kw_only=True):
    """Which actor each mention of one article is: the way from candidates to actors."""

    article_id: str
    links: tuple[ActorLink, ...]


class Episode(Part, frozen=True, kw_only=True):
    id: str
    title: str
    earliest: Instant | None
    latest: Instant | None
    articles: tuple[str, ...]


class Story(Record, frozen=True, kw_only=True):
    """Every article belongs to exactly one story, and there to exactly one episode."""

    exported: ClassVar[bool] = True

    title: str
    articles: tuple[str, ...]
    episodes: tuple[Episode, ...]
    basis: Basis


class DateExpression(Record, frozen=True, kw_only=True):
    """An exported row of `dates`: a time expression with the day it means."""

    exported: ClassVar[bool] = True

    article_id: str
    story_id: str | None = None
    candidate_id: str
    citation: Citation
    type: Annotated[str, Meta(description="TIMEX3: DATE, TIME, DURATION, SET")]
    value: Annotated[str | None, Meta(description="TIMEX3 value")]
    earliest: Instant | None
    latest: Instant | None
    basis: Basis


class Statement(Record, frozen=True, kw_only=True):
    exported: ClassVar[bool] = True

    article_id: str
    versions: Annotated[tuple[str, ...], Meta(description="Versions in which it stands")]
    citation: Citation
    speaker: ActorRef | None
    cue: Citation | None
    content: tuple[Citation, ...]
    addressee: ActorRef | None
    manner: Annotated[str, Meta(description="direct, indirect, mixed")]
    act: Annotated[
        str,
        Meta(
            description="assert, deny, demand, threaten, warn, promise, offer, refuse, propose, agree, "
            "ask, praise, condemn"
        ),
    ]
    polarity: Annotated[str, Meta(description="positive, negative")]
    modality: Annotated[
        str, Meta(description="asserted, planned, possible, required, hypothetical")
    ]
    condition: Citation | None
    said: Bounds
    place: PlaceRef | None
    within: Annotated[str | None, Meta(description="The statement it is nested in")]
    via: Annotated[tuple[str, ...], Meta(description="Outlets or agencies it came through")]


class Account(Part, frozen=True, kw_only=True):
    """One report's telling of an event."""

    article_id: str
    citation: Citation
    status: str
    earliest: Instant | None
    latest: Instant | None
    attributed_to: str | None


class Event(Record, frozen=True, kw_only=True):
    exported: ClassVar[bool] = True

    story_id: str | None = None
    kind: Annotated[str | None, Meta(description="PLOVER root, or null where the act has none")]
    mode: str | None
    predicate: str
    actors: Annotated[tuple[str, ...], Meta(description="Actor ids")]
    recipients: Annotated[tuple[str, ...], Meta(description="Actor ids")]
    earliest: Instant | None
    latest: Instant | None
    place: str | None
    status: Annotated[
        str, Meta(description="happened, ongoing, planned, conditional, threatened, denied")
    ]
    condition: Citation | None
    attributed_to: Annotated[str | None, Meta(description="Statement id")]
    articles: tuple[str, ...]
    citations: tuple[Citation, ...]
    accounts: tuple[Account, ...]
    basis: Basis


class TimelineEntry(Record, frozen=True, kw_only=True):
    exported: ClassVar[bool] = True

    story_id: str
    earliest: Instant | None
    latest: Instant | None
    text: str
    events: tuple[str, ...]
    outlets: tuple[str, ...]
    independent_sources: Annotated[
        int, Meta(description="Reports that tell it, printed copies of one text counted once")
    ]
    citations: tuple[Citation, ...]
    basis: Basis


class ClaimHolder(Part, frozen=True, kw_only=True):
    actor_id: str | None
    name: str


class Figure(Part, frozen=True, kw_only=True):
    """A number that counts something, as written, with the folded lemma of what it counts. `bound`:
    "least" (more than, at least), "most" (up to, less than), "about" (some, nearly), "" for exact. `state`:
    what became of the people it counts ("killed", "injured" ...), else "". `role`: "part" of what another
    number counts, its "whole", one end of a "range", a "rate", what it was "before", a distance that
    tells "where", a time "after" which something was; else ""."""

    value: str
    unit: str
    noun: str
    bound: str
    state: str = ""
    role: str = ""
    start: int
    end: int


class Clause(Part, frozen=True, kw_only=True):
    """One predicate of a line with who does it and the rest; words as keys (relate/keys.py).

    `told`: done, present, ahead, would, may, must, if, bare. `main`: of what is said, not of a clause
    inside it. `start` and `end` index the version's text.
    """

    predicate: str
    word: str
    doers: tuple[str, ...]
    doer_ids: tuple[str, ...]
    others: tuple[str, ...]
    other_ids: tuple[str, ...]
    main: bool
    negative: bool
    told: str
    figures: tuple[Figure, ...]
    days: tuple[tuple[str, str], ...]
    places: tuple[str, ...]
    start: int
    end: int


class Line(Record, frozen=True, kw_only=True):
    """What one report says in one place: a statement, or a sentence it tells itself, in parts that two
    lines can be compared by. `keys` are (key, the word as written); `hinge` those of its condition;
    `figures` are numbers that stand in none of its clauses. `by_cue`: what is said tells no act ("proposed
    a budget"), its one clause is that of the cue."""

    article_id: str
    version_id: str
    statement_id: str | None
    told: tuple[str, ...]
    part: str
    holder: ClaimHolder | None
    person: bool
    nested: bool
    side: str | None
    citation: Citation
    text: str
    keys: tuple[tuple[str, str], ...]
    hinge: tuple[str, ...]
    actors: tuple[str, ...]
    sides: tuple[tuple[str, str], ...]
    quotes: tuple[str, ...]
    act: str
    negative: bool
    modality: str
    condition: str | None
    said: tuple[str | None, str | None]
    status: str
    clauses: tuple[Clause, ...]
    figures: tuple[Figure, ...] = ()
    saying: tuple[str, ...] = ()
    cue: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    by_cue: bool = False


class EventAt(Part, frozen=True, kw_only=True):
    """Where an event of the record is told."""

    address: str
    event_id: str
    status: str


class EpisodeReports(Record, frozen=True, kw_only=True):
    """The reports that are compared with one another, which of them are printed copies, and where they
    tell events: an episode's, or in a story of few reports those of all its episodes. Claims are made
    from it. `id` = the (earliest) episode's; `episodes`: article ids by episode, in the story's order."""

    story_id: str
    articles: tuple[str, ...]
    episodes: tuple[tuple[str, ...], ...]
    copies: tuple[tuple[str, str], ...]
    events: tuple[EventAt, ...]


class ClaimMember(Part, frozen=True, kw_only=True):
    id: str
    statement_id: str | None
    event_id: str | None
    article_id: str
    outlet: str | None
    holder: ClaimHolder | None
    stance: Annotated[str, Meta(description="asserts, denies, doubts")]
    citation: Citation


class Relation(Part, frozen=True, kw_only=True, rename={"in_": "in"}):
    a: str
    b: str
    relation: Annotated[
        str,
        Meta(
            description="same_quote, paraphrase, corroborates, adds, differs, contradicts, "
            "incompatible_accounts"
        ),
    ]
    in_: Annotated[
        str | None,
        Meta(
            description="polarity, number, date, place, actor, condition, modality, attribution, "
            "occasion, characterisation, wording"
        ),
    ]
    basis: Basis
    review: Annotated[str, Meta(description="unreviewed, confirmed, rejected")] = "unreviewed"


class Claim(Record, frozen=True, kw_only=True):
    exported: ClassVar[bool] = True

    story_id: str
    text: str
    members: tuple[ClaimMember, ...]
    relations: tuple[Relation, ...]
    silent: Annotated[
        tuple[str, ...], Meta(description="Articles of the same episode that do not carry it")
    ]


class Outcome(Part, frozen=True, kw_only=True):
    act: Annotated[str, Meta(description="done, not_done, unknown")]
    condition: Annotated[str, Meta(description="met, unmet, unknown")]
    deadline: Annotated[str, Meta(description="kept, missed, unknown")]


class OutcomeEvidence(Part, frozen=True, kw_only=True, rename={"for_": "for"}):
    for_: Annotated[str, Meta(description="act, condition, deadline")]
    citation: Citation
    basis: Basis


class Commitment(Record, frozen=True, kw_only=True):
    exported: ClassVar[bool] = True

    story_id: str
    statement_id: Annotated[
        str | None, Meta(description="The statement that commits; null where an outlet tells it")
    ]
    who: ClaimHolder | None
    act: Annotated[str, Meta(description="threat, promise, offer, demand, deadline")]
    what: Citation
    condition: Citation | None
    deadline: Bounds
    outcome: Outcome
    evidence: tuple[OutcomeEvidence, ...]


class ToldFigure(Record, frozen=True, kw_only=True):
    """A number that a report tells, where others tell the same thing's number too, or the same report
    does for another day. Rows of one story with the same `what` and `unit` are one series."""

    exported: ClassVar[bool] = True

    story_id: str
    what: Annotated[str, Meta(description="What is counted, in the words the reports share")]
    low: Annotated[
        int | str | None,
        Meta(
            description="Inclusive lower bound: a whole number, or a decimal as a string; null if only "
            "an upper bound is told (“up to 300”). “More than 300” is 300 and null; “about 40” is 5 per "
            "cent to either side"
        ),
    ]
    high: Annotated[int | str | None, Meta(description="Inclusive upper bound, as `low`")]
    unit: Annotated[
        str,
        Meta(description="What one of it is: people, household, $, EUR, GBP, % ..."),
    ]
    holder: Annotated[
        ClaimHolder | None, Meta(description="Who says it; null for the outlet's own narration")
    ]
    article_id: str
    statement_id: Annotated[
        str | None, Meta(description="The statement it stands in; null for narration")
    ]
    as_of: Annotated[
        Instant | None,
        Meta(description="The day it is told for: named beside it, else the day it was told"),
    ]
    citation: Annotated[Citation, Meta(description="The clause; `written` says the number's words")]
    written: Annotated[str, Meta(description="The number as written, with what bounds it")]
    basis: Basis


class NamedSource(Record, frozen=True, kw_only=True):
    """A primary source as one report names it, before it is known whether it is held."""

    article_id: str
    kind: str
    name: str
    author: ActorRef | None
    to: ActorRef | None
    released_by: ActorRef | None
    text: Citation
    mentions: tuple[Citation, ...]
    basis: Basis


class WordDifference(Part, frozen=True, kw_only=True):
    """Where a report's quotation reads otherwise than the primary source it was taken from."""

    op: Annotated[
        str,
        Meta(description="changed: other words; cut: left out by the report; put_in: added by it"),
    ]
    original: Annotated[str, Meta(description="Words of the primary source; empty if put in")]
    quoted: Annotated[str, Meta(description="Words of the report; empty if cut")]


class QuotedFrom(Part, frozen=True, kw_only=True):
    """A quotation of a report beside the words of the primary source that is held."""

    article_id: Annotated[str, Meta(description="The report that quotes")]
    citation: Annotated[Citation, Meta(description="The quotation in the report")]
    original: Annotated[Citation, Meta(description="The same passage of the primary source")]
    words: Annotated[int, Meta(description="Words that both have, in order")]
    differences: tuple[WordDifference, ...]


class PrimarySource(Record, frozen=True, kw_only=True):
    """A primary source that a report names: one row a source and report, however often it is named.
    If it is held, its wording is compared with every quotation of it in the story."""

    exported: ClassVar[bool] = True

    article_id: str
    story_id: str
    kind: Annotated[
        str,
        Meta(description="letter, call, speech, post, transcript, video, document, agency text"),
    ]
    text: Annotated[Citation, Meta(description="Where the report names it first")]
    name: Annotated[
        str, Meta(description="What the report calls it: letter, Orrin report, Reuters")
    ]
    author: Annotated[ActorRef | None, Meta(description="Whose it is; of a call, who called")]
    to: Annotated[ActorRef | None, Meta(description="To whom; of a call, with whom")]
    released_by: Annotated[
        ActorRef | None,
        Meta(description="Who made it known: published it, gave the readout of a call"),
    ]
    mentions: Annotated[
        tuple[Citation, ...], Meta(description="Where else the same report names it")
    ]
    held: Annotated[
        str | None, Meta(description="Id of the capture that is this source; null if none is held")
    ]
    held_basis: Annotated[Basis | None, Meta(description="Why that capture is this source")]
    quotes: Annotated[
        tuple[QuotedFrom, ...],
        Meta(description="Quotations of the held source in the story's reports, word for word"),
    ]
    basis: Basis


KINDS: dict[str, type[Record]] = {
    "captures": Capture,
    "articles": Article,
    "versions": Version,
    "changes": Change,
    "actors": Actor,
    "dates": DateExpression,
    "statements": Statement,
    "events": Event,
    "reuse": Reuse,
    "stories": Story,
    "timeline": TimelineEntry,
    "claims": Claim,
    "commitments": Commitment,
    "figures": ToldFigure,
    "sources": PrimarySource,
    "watches": Watch,
    "checks": Check,
    "screenshots": Screenshot,
    "judgements": Judgement,
    "advice": Advice,
}
"""Export kinds of the contract, in the order data walks through the rooms."""

INTERNAL: dict[str, type[Record]] = {
    "readings": Reading,
    "repeated_lines": RepeatedLines,
    "judged": Judged,
    "rulings": Ruling,
    "sentences": Sentence,
    "mentions": Mention,
    "date_candidates": DateCandidate,
    "statement_candidates": StatementCandidate,
    "event_candidates": EventCandidate,
    "actor_links": ActorLinks,
    "lines": Line,
    "episode_reports": EpisodeReports,
    "named_sources": NamedSource,
    "attached": Attached,
}
"""What stages leave for one another; stored, not exported."""

TABLES: dict[str, type[Record]] = {**KINDS, **INTERNAL}

for _kind in TABLES.values():
    # msgspec (0.22) works a type out when it is first decoded, and crashes the process where two
    # threads do so at once; all of them take 8 ms
    msgspec.json.Decoder(_kind)


def encode(record: Record) -> str:
    """Canonical JSON of a record: fields in the order above, the same bytes everywhere."""
    return msgspec.json.encode(record, order="deterministic").decode()
