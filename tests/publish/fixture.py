"""An invented story as finished records, with citations that really resolve.

People, countries and outlets are made up. One capture is hostile (markup in its words, a script
address as its URL), one is long and full of characters outside the Basic Multilingual Plane.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import msgspec

from onrecord.publish.library import MemoryLibrary, Notice
from onrecord.records import (
    Account,
    Actor,
    ActorRef,
    Article,
    Block,
    Bounds,
    Capture,
    Change,
    Citation,
    Claim,
    ClaimHolder,
    ClaimMember,
    Commitment,
    Dateline,
    Episode,
    Event,
    Given,
    Hunk,
    LeftOut,
    Outcome,
    OutcomeEvidence,
    PlaceRef,
    Record,
    Relation,
    Reuse,
    ReuseSource,
    Side,
    Statement,
    Story,
    TimelineEntry,
    Version,
)
from onrecord.run.memory import capture_of
from onrecord.text.citing import cite, cite_capture
from onrecord.text.ids import make_id

STORY = "sto-strait"

COURIER = """HARBOUR COURIER | Home | Weather | Tides

Voss warns of closing the Halden Strait

10 May 2031 09:20 (UTC +02:00)

PORT VARLEN - Marovian foreign minister Irena Voss said on Saturday that her country
would close the Halden Strait if the toll on grain ships is not lifted by 12 May.

"If the toll stands on Monday, no ship will pass," Voss told reporters in Port Varlen. "We do not want this, but we are ready."

Eastmere's trade minister Tomas Berg said the toll “will stay”, Meridian Wire reported.

Subscribe to our letter
"""

POST_1 = """<!doctype html><html><head><title>Eastmere Post</title><script>track("page")</script></head>
<body><nav><a href="/">Eastmere Post</a></nav><article><h1>Berg: toll on grain ships stays</h1>
<p class="dek">Minister plays down talk of a closure</p>
<p>Trade minister <b>Tomas Berg</b> said the toll &ldquo;will stay&rdquo; &amp; that Marovia&#8217;s foreign minister
had <em>not</em> threatened to close the strait.</p>
<p>At least 12 ships were waiting off Port Varlen on Saturday evening.</p>
</article><footer>Version history: 3 versions</footer></body></html>
"""
POST_2 = POST_1.replace("toll on grain ships stays", "grain toll stays for now").replace(
    "At least 12 ships", "At least 14 ships"
)

TODAY = """Lowmark Today

Marovia denies it threatened closure

11 May 2031

A spokesman for Irena Voss said on Sunday that the minister “did not threaten anyone with a closure”.
The words on closing the strait were “a description of the law”, the spokesman said.

At least 12 ships were waiting off Port Varlen, the port authority said.
"""

HOSTILE = """Strait closed to grain ships

<script>document.title = "owned"</script><img src=x onerror="document.title='owned'">

Marovia closed the Halden Strait to grain ships on Tuesday, Meridian Wire said. "No ship passed," one pilot said & waved </mark></p>.

At least 12 ships were waiting off Port Varlen on Saturday evening.
"""

RADIO = (
    "STRAIT RADIO 🌊🌊🌊\n\nTalks on the strait open in Lund Harbour\n\n26 May 2031\n\n"
    + "Traffic 🚢 and weather 🌦 by the hour. " * 900
    + "\n\nEnvoys of Marovia and Eastmere began talks in Lund Harbour on Monday. "
    "Voss promised to open the strait “as soon as the grain moves”.\n\n"
    + "More 🌊 from the coast. "
    * 1200
)


@dataclass
class Builder:
    """Collects records and bytes."""

    records: list[Record] = field(default_factory=list)
    data: dict[str, bytes] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)

    def capture(self, path: str, text: str, **rest: object) -> Capture:
        raw = text.encode()
        made = capture_of(path, raw, **rest)  # type: ignore[arg-type]
        self.records.append(made)
        self.data[made.sha256] = raw
        self.sources[made.id] = text
        return made

    def version(
        self,
        capture: Capture,
        number: int,
        blocks: Sequence[tuple[str, Sequence[str | tuple[str, str]]]],
        left_out: Sequence[tuple[str, str]] = (),
        seen_at: str | None = None,
    ) -> Version:
        """A version by hand: each block is a row of pieces of the source, in order; a pair gives
        the source and the text it becomes. What stands between two pieces is left out of the text."""
        source = self.sources[capture.id]
        text, cursor = "", 0
        made: list[Block] = []
        segments: list[tuple[int, int, int, int]] = []
        for kind, pieces in blocks:
            if text:
                text += "\n\n"
            begin, first = len(text), None
            for piece in pieces:
                raw, words = piece if isinstance(piece, tuple) else (piece, piece)
                at = source.index(raw, cursor)
                first = at if first is None else first
                segments.append((len(text), len(text) + len(words), at, at + len(raw)))
                text += words
                cursor = at + len(raw)
            made.append(
                Block(
                    kind=kind,
                    start=begin,
                    end=len(text),
                    capture_start=first or 0,
                    capture_end=cursor,
                )
            )
        version = Version(
            id=make_id("ver", capture.article_id, text, number),
            article_id=capture.article_id,
            capture_id=capture.id,
            captures=(capture.id,),
            number=number,
            seen_at=seen_at,
            text=text,
            blocks=tuple(made),
            left_out=tuple(
                LeftOut(
                    capture_start=source.index(words),
                    capture_end=source.index(words) + len(words),
                    reason=reason,
                )
                for words, reason in left_out
            ),
            segments=tuple(segments),
            language="en",
            decoder=capture.decoder,
            sha256=capture.sha256,
        )
        self.records.append(version)
        return version

    def at_source(self, capture: Capture, words: str) -> Citation:
        source = self.sources[capture.id]
        at = source.index(words)
        return cite_capture(
            capture.id, capture.sha256, capture.decoder, source, at, at + len(words)
        )

    def article(
        self,
        capture: Capture,
        versions: Sequence[Version],
        *,
        outlet: str | None,
        title: str | None,
        published: Bounds,
        captures: Sequence[Capture] = (),
        credits: tuple[str, ...] = (),
        announced: int | None = None,
        missing: tuple[str, ...] = (),
        evidence: dict[str, tuple[Citation, ...]] | None = None,
    ) -> Article:
        made = Article(
            id=capture.article_id,
            path=capture.path,
            url=capture.url,
            outlet=outlet,
            title=title,
            bylines=(),
            dateline=Dateline(),
            credits=credits,
            published=published,
            language="en",
            tags=(),
            announced_versions=announced,
            missing=missing,
            versions=tuple(v.id for v in versions),
            captures=tuple(c.id for c in (captures or (capture,))),
            evidence=evidence or {},
            given=Given(),
        )
        self.records.append(made)
        return made


def words_of(version: Version, words: str) -> Citation:
    """The citation of the first place where the version's text has these words."""
    at = version.text.index(words)
    return cite(version, at, at + len(words))


def fold(source: str) -> tuple[str, str]:
    """A stretch of source whose line ends become spaces in the text."""
    return source, " ".join(source.split())


def lined(source: str) -> list[str | tuple[str, str]]:
    """A paragraph's pieces: its lines one to one, each line end as a space."""
    pieces: list[str | tuple[str, str]] = []
    for n, line in enumerate(source.split("\n")):
        if n:
            pieces.append(("\n", " "))
        pieces.append(line)
    return pieces


def build() -> tuple[Builder, dict[str, Version]]:
    """All records of the story, and its versions by a short name."""
    b = Builder()
    courier = b.capture(
        "courier.txt",
        COURIER,
        url="https://courier.example/strait",
        captured_at="2031-05-10T10:00:00+02:00",
    )
    post_url = "https://post.example/toll?id=7"
    post1 = b.capture(
        "post-1.html",
        POST_1,
        url=post_url,
        media_type="text/html",
        captured_at="2031-05-10T18:00:00+00:00",
    )
    post2 = b.capture(
        "post-2.html",
        POST_2,
        url=post_url,
        media_type="text/html",
        captured_at="2031-05-11T07:30:00+00:00",
    )
    today = b.capture("today.txt", TODAY, url="https://today.example/denial")
    hostile = b.capture("unknown<b>.txt", HOSTILE, url="javascript:alert(1)")
    radio = b.capture("radio.txt", RADIO, url="https://radio.example/talks")

    para = COURIER.split("\n\n")
    v_courier = b.version(
        courier,
        1,
        [("title", [para[1]]), *(("paragraph", lined(p)) for p in para[3:6])],
        [(para[0], "navigation"), (para[2], "masthead date"), (para[6], "subscription box")],
        "2031-05-10T10:00:00+02:00",
    )

    def post(capture: Capture, number: int, title: str, count: str, seen: str) -> Version:
        return b.version(
            capture,
            number,
            [
                ("title", [title]),
                ("deck", ["Minister plays down talk of a closure"]),
                (
                    "paragraph",
                    [
                        "Trade minister ",
                        "Tomas Berg",
                        " said the toll ",
                        ("&ldquo;", "“"),
                        "will stay",
                        ("&rdquo;", "”"),
                        " ",
                        ("&amp;", "&"),
                        " that Marovia",
                        ("&#8217;", "’"),
                        "s foreign minister",
                        ("\n", " "),
                        "had ",
                        "not",
                        " threatened to close the strait.",
                    ],
                ),
                (
                    "paragraph",
                    [f"At least {count} ships were waiting off Port Varlen on Saturday evening."],
                ),
            ],
            [
                ('<script>track("page")</script>', "script"),
                ('<nav><a href="/">Eastmere Post</a></nav>', "navigation"),
                ("<footer>Version history: 3 versions</footer>", "footer"),
            ],
            seen,
        )

    v_post1 = post(post1, 1, "Berg: toll on grain ships stays", "12", "2031-05-10T18:00:00+00:00")
    v_post2 = post(post2, 2, "Berg: grain toll stays for now", "14", "2031-05-11T07:30:00+00:00")
    para = TODAY.split("\n\n")
    v_today = b.version(
        today, 1, [("title", [para[1]]), *(("paragraph", lined(p.strip("\n"))) for p in para[3:5])]
    )
    para = HOSTILE.split("\n\n")
    v_hostile = b.version(
        hostile, 1, [("title", [para[0]]), *(("paragraph", [p.strip("\n")]) for p in para[1:4])]
    )
    para = RADIO.split("\n\n")
    v_radio = b.version(
        radio,
        1,
        [("title", [para[1]]), ("paragraph", [para[4]])],
        [(para[0], "masthead"), (para[3], "programme"), (para[5].strip(), "programme")],
    )

    a_courier = b.article(
        courier,
        [v_courier],
        outlet="Harbour Courier",
        title="Voss warns of closing the Halden Strait",
        published=Bounds(
            earliest="2031-05-10T09:20:00+02:00",
            latest="2031-05-10T09:20:00+02:00",
            text="10 May 2031 09:20 (UTC +02:00)",
            basis="printed above the text",
        ),
        credits=("Meridian Wire",),
        evidence={
            "title": (words_of(v_courier, "Voss warns of closing the Halden Strait"),),
            "published": (b.at_source(courier, "10 May 2031 09:20 (UTC +02:00)"),),
            "outlet": (b.at_source(courier, "HARBOUR COURIER"),),
            "credits": (words_of(v_courier, "Meridian Wire"),),
        },
    )
    a_post = b.article(
        post1,
        [v_post1, v_post2],
        outlet="Eastmere Post",
        title="Berg: grain toll stays for now",
        published=Bounds(
            earliest="2031-05-10", latest="2031-05-10", basis="the day the page itself gives"
        ),
        captures=(post1, post2),
        announced=3,
        evidence={
            "title": (words_of(v_post2, "Berg: grain toll stays for now"),),
            "announced_versions": (b.at_source(post2, "3 versions"),),
        },
    )
    a_today = b.article(
        today,
        [v_today],
        outlet="Lowmark Today",
        title="Marovia denies it threatened closure",
        published=Bounds(
            earliest="2031-05-11", latest="2031-05-11", basis="printed above the text"
        ),
    )
    a_hostile = b.article(
        hostile,
        [v_hostile],
        outlet=None,
        title='Strait closed <img src=x onerror="document.title=1">',
        published=Bounds(basis="the capture holds no date"),
        credits=("Meridian Wire",),
        missing=("an earlier version that the page links to",),
    )
    a_radio = b.article(
        radio,
        [v_radio],
        outlet="Strait Radio",
        title="Talks on the strait open in Lund Harbour",
        published=Bounds(
            earliest="2031-05-26", latest="2031-05-26", basis="printed above the text"
        ),
    )
    articles = (a_courier, a_post, a_today, a_hostile, a_radio)

    voss = Actor(
        id="act-voss",
        name="Irena Voss",
        kind="person",
        country="Marovia",
        aliases=("Voss",),
        offices=(),
        mentions=(
            words_of(v_courier, "Irena Voss"),
            words_of(v_today, "Irena Voss"),
            words_of(v_radio, "Voss"),
        ),
        basis="the same name and office",
    )
    berg = Actor(
        id="act-berg",
        name="Tomas Berg",
        kind="person",
        country="Eastmere",
        aliases=(),
        offices=(),
        mentions=(words_of(v_post1, "Tomas Berg"), words_of(v_courier, "Tomas Berg")),
        basis="the same name",
    )

    def who(actor: Actor, citation: Citation | None) -> ActorRef:
        return ActorRef(actor_id=actor.id, name=actor.name, citation=citation)

    saturday = Bounds(
        earliest="2031-05-10", latest="2031-05-10", basis="“on Saturday”, by the report’s own day"
    )
    s_threat = Statement(
        id="stm-threat",
        article_id=a_courier.id,
        versions=(v_courier.id,),
        citation=words_of(
            v_courier, v_courier.text[v_courier.text.index('"If') :].split("\n\n")[0]
        ),
        speaker=who(voss, words_of(v_courier, "Voss told")),
        cue=words_of(v_courier, "told"),
        content=(words_of(v_courier, "no ship will pass,"),),
        addressee=ActorRef(
            actor_id=None, name="reporters", citation=words_of(v_courier, "reporters")
        ),
        manner="direct",
        act="threaten",
        polarity="positive",
        modality="hypothetical",
        condition=words_of(v_courier, "If the toll stands on Monday"),
        said=saturday,
        place=PlaceRef(name="Port Varlen", citation=words_of(v_courier, "Port Varlen. ")),
        within=None,
        via=(),
    )
    s_stay = Statement(
        id="stm-stay",
        article_id=a_courier.id,
        versions=(v_courier.id,),
        citation=words_of(
            v_courier, "Eastmere's trade minister Tomas Berg said the toll “will stay”"
        ),
        speaker=who(berg, words_of(v_courier, "Eastmere's trade minister Tomas Berg")),
        cue=words_of(v_courier, "said the toll"),
        content=(words_of(v_courier, "will stay"),),
        addressee=None,
        manner="mixed",
        act="refuse",
        polarity="positive",
        modality="asserted",
        condition=None,
        said=Bounds(),
        place=None,
        within=None,
        via=("Meridian Wire",),
    )
    s_not = Statement(
        id="stm-not",
        article_id=a_post.id,
        versions=(v_post1.id, v_post2.id),
        citation=words_of(
            v_post1, "that Marovia’s foreign minister had not threatened to close the strait."
        ),
        speaker=who(berg, words_of(v_post1, "Trade minister Tomas Berg")),
        cue=words_of(v_post1, "said"),
        content=(
            words_of(v_post1, "Marovia’s foreign minister had not threatened to close the strait"),
        ),
        addressee=None,
        manner="indirect",
        act="deny",
        polarity="negative",
        modality="asserted",
        condition=None,
        said=saturday,
        place=None,
        within=None,
        via=(),
    )
    s_deny = Statement(
        id="stm-deny",
        article_id=a_today.id,
        versions=(v_today.id,),
        citation=words_of(v_today, "did not threaten anyone with a closure"),
        speaker=ActorRef(
            actor_id=None,
            name="a spokesman for Irena Voss",
            citation=words_of(v_today, "A spokesman for Irena Voss"),
        ),
        cue=words_of(v_today, "said"),
        content=(words_of(v_today, "did not threaten anyone with a closure"),),
        addressee=None,
        manner="direct",
        act="deny",
        polarity="negative",
        modality="asserted",
        condition=None,
        said=Bounds(earliest="2031-05-11", latest="2031-05-11", basis="“on Sunday”"),
        place=None,
        within=None,
        via=(),
    )
    s_law = msgspec.structs.replace(
        s_deny,
        id="stm-law",
        citation=words_of(
            v_today, "The words on closing the strait were “a description of the law”"
        ),
        cue=None,
        content=(words_of(v_today, "a description of the law"),),
        addressee=who(voss, None),
        act="assert",
        polarity="positive",
        within=s_deny.id,
    )
    s_pilot = Statement(
        id="stm-pilot",
        article_id=a_hostile.id,
        versions=(v_hostile.id,),
        citation=words_of(v_hostile, '"No ship passed," one pilot said & waved </mark></p>.'),
        speaker=None,
        cue=words_of(v_hostile, "said & waved </mark></p>"),
        content=(words_of(v_hostile, "No ship passed,"),),
        addressee=None,
        manner="direct",
        act="assert",
        polarity="negative",
        modality="asserted",
        condition=None,
        said=Bounds(),
        place=None,
        within=None,
        via=("Meridian Wire",),
    )
    s_promise = Statement(
        id="stm-promise",
        article_id=a_radio.id,
        versions=(v_radio.id,),
        citation=words_of(v_radio, "Voss promised to open the strait “as soon as the grain moves”"),
        speaker=who(voss, words_of(v_radio, "Voss")),
        cue=words_of(v_radio, "promised"),
        content=(words_of(v_radio, "to open the strait"),),
        addressee=None,
        manner="indirect",
        act="promise",
        polarity="positive",
        modality="planned",
        condition=words_of(v_radio, "as soon as the grain moves"),
        said=Bounds(),
        place=None,
        within=None,
        via=(),
    )

    def event(
        key: str, article: Article, citation: Citation, day: str, status: str, **rest: object
    ) -> Event:
        values: dict[str, object] = {
            "condition": None,
            "attributed_to": None,
            **rest,
        }
        return Event(
            id=f"evt-{key}",
            story_id=STORY,
            kind="COERCE",
            mode=None,
            predicate="close",
            actors=(voss.id,),
            recipients=(),
            earliest=day,
            latest=day,
            place=None,
            status=status,
            articles=(article.id,),
            citations=(citation,),
            accounts=(
                Account(
                    article_id=article.id,
                    citation=citation,
                    status=status,
                    earliest=day,
                    latest=day,
                    attributed_to=None,
                ),
            ),
            basis="one report tells it",
            **values,  # type: ignore[arg-type]
        )

    e_plan = event(
        "plan",
        a_courier,
        words_of(v_courier, "no ship will pass"),
        "2031-05-12",
        "conditional",
        condition=s_threat.condition,
        attributed_to=s_threat.id,
    )
    closed = words_of(
        v_hostile, "Marovia closed the Halden Strait to grain ships on Tuesday, Meridian Wire said."
    )
    e_closed = event("closed", a_hostile, closed, "2031-05-13", "happened")
    talks = words_of(
        v_radio, "Envoys of Marovia and Eastmere began talks in Lund Harbour on Monday."
    )
    e_talks = event("talks", a_radio, talks, "2031-05-26", "happened")
    ships1 = words_of(
        v_post1, "At least 12 ships were waiting off Port Varlen on Saturday evening."
    )
    e_ships = event("ships", a_post, ships1, "2031-05-10", "ongoing")

    def entry(
        key: str, event_: Event, text: str, *citations: Citation, outlets: tuple[str, ...]
    ) -> TimelineEntry:
        return TimelineEntry(
            id=f"tml-{key}",
            story_id=STORY,
            earliest=event_.earliest,
            latest=event_.latest,
            text=text,
            events=(event_.id,),
            outlets=outlets,
            independent_sources=len(outlets),
            citations=citations,
            basis="day settled by the report’s own date",
        )

    ships3 = words_of(v_today, "At least 12 ships were waiting off Port Varlen")
    entries = (
        entry(
            "ships",
            e_ships,
            "At least 12 ships were waiting off Port Varlen on Saturday evening.",
            ships1,
            ships3,
            outlets=("Eastmere Post", "Lowmark Today"),
        ),
        entry(
            "plan",
            e_plan,
            "“If the toll stands on Monday, no ship will pass,” Voss told reporters.",
            words_of(v_courier, "no ship will pass"),
            outlets=("Harbour Courier",),
        ),
        entry("closed", e_closed, closed.quote, closed, outlets=("unknown",)),
        entry("talks", e_talks, talks.quote, talks, outlets=("Strait Radio",)),
    )

    def member(
        key: str,
        article: Article,
        citation: Citation,
        stance: str,
        statement: Statement | None = None,
        event_: Event | None = None,
    ) -> ClaimMember:
        speaker = statement.speaker if statement else None
        return ClaimMember(
            id=f"mem-{key}",
            statement_id=statement.id if statement else None,
            event_id=event_.id if event_ else None,
            article_id=article.id,
            outlet=article.outlet,
            holder=ClaimHolder(actor_id=speaker.actor_id, name=speaker.name) if speaker else None,
            stance=stance,
            citation=citation,
        )

    warned = words_of(
        v_courier,
        "Marovian foreign minister Irena Voss said on Saturday that her country would close the Halden Strait"
        " if the toll on grain ships is not lifted by 12 May.",
    )
    claims = (
        Claim(
            id="clm-threat",
            story_id=STORY,
            text="Voss threatened to close the strait",
            members=(
                member("t1", a_courier, warned, "asserts", s_threat),
                member("t2", a_post, s_not.citation, "denies", s_not),
                member("t3", a_today, s_deny.citation, "denies", s_deny),
            ),
            relations=(
                Relation(
                    a="mem-t1",
                    b="mem-t2",
                    relation="contradicts",
                    in_="polarity",
                    basis="one says she would close the strait, the other that she had not threatened to",
                ),
                Relation(
                    a="mem-t1",
                    b="mem-t3",
                    relation="differs",
                    in_="characterisation",
                    basis="“would close” beside “a description of the law”",
                ),
                Relation(
                    a="mem-t2",
                    b="mem-t3",
                    relation="paraphrase",
                    in_=None,
                    basis="the same denial in other words",
                ),
            ),
            silent=(a_hostile.id,),
        ),
        Claim(
            id="clm-when",
            story_id=STORY,
            text="The strait closes, on a condition",
            members=(
                member(
                    "w1", a_courier, words_of(v_courier, "no ship will pass,"), "asserts", s_threat
                ),
                member("w2", a_radio, s_promise.citation, "asserts", s_promise),
            ),
            relations=(
                Relation(
                    a="mem-w1",
                    b="mem-w2",
                    relation="differs",
                    in_="condition",
                    basis="“If the toll stands” in one, “as soon as the grain moves” in the other",
                ),
            ),
            silent=(),
        ),
        Claim(
            id="clm-ships",
            story_id=STORY,
            text="12 ships were waiting off Port Varlen",
            members=(
                member("s1", a_post, ships1, "asserts", None, e_ships),
                member("s2", a_today, ships3, "asserts", None, e_ships),
            ),
            relations=(
                Relation(
                    a="mem-s1",
                    b="mem-s2",
                    relation="corroborates",
                    in_=None,
                    basis="the same number",
                ),
            ),
            silent=(a_courier.id,),
        ),
    )
    t1, t2 = v_post1.text, v_post2.text
    end1, end2 = t1.index("\n\n"), t2.index("\n\n")
    n1, n2 = t1.index("12 ships"), t2.index("14 ships")
    change = Change(
        id="chg-1",
        article_id=a_post.id,
        from_version=v_post1.id,
        to_version=v_post2.id,
        labels=("headline", "number"),
        hunks=(
            Hunk(
                op="replace",
                from_=Side(start=0, end=end1),
                to=Side(start=0, end=end2),
                labels=("headline",),
            ),
            Hunk(
                op="replace",
                from_=Side(start=n1, end=n1 + 2),
                to=Side(start=n2, end=n2 + 2),
                labels=("number",),
            ),
        ),
    )
    waiting = words_of(
        v_hostile, "At least 12 ships were waiting off Port Varlen on Saturday evening."
    )
    reuse = (
        Reuse(
            id="reu-copy",
            kind="copy",
            source=ReuseSource.of(ships1),
            target=waiting,
            articles=(a_post.id, a_hostile.id),
            words=12,
            direction="known",
            basis="twelve words in the same order; the first report is dated earlier",
        ),
        Reuse(
            id="reu-wire",
            kind="shared_source",
            source=ReuseSource.uncaptured("Meridian Wire"),
            target=words_of(v_courier, "“will stay”, Meridian Wire reported."),
            others=(words_of(v_hostile, "Meridian Wire said."),),
            articles=(a_courier.id, a_hostile.id),
            words=5,
            direction="unknown",
            basis="both name Meridian Wire beside these words",
        ),
        Reuse(
            id="reu-quote",
            kind="shared_quote",
            source=ReuseSource.of(words_of(v_courier, "will stay")),
            target=words_of(v_post1, "will stay"),
            articles=(a_courier.id, a_post.id),
            words=2,
            direction="unknown",
            basis="the same words between quotation marks",
        ),
    )
    commitments = (
        Commitment(
            id="com-threat",
            story_id=STORY,
            statement_id=s_threat.id,
            who=ClaimHolder(actor_id=voss.id, name=voss.name),
            act="threat",
            what=words_of(v_courier, "no ship will pass,"),
            condition=s_threat.condition,
            deadline=Bounds(
                earliest="2031-05-12", latest="2031-05-12", basis="“on Monday” after 10 May"
            ),
            outcome=Outcome(act="done", condition="unknown", deadline="unknown"),
            evidence=(
                OutcomeEvidence(
                    for_="act", citation=closed, basis="a later report tells it as done"
                ),
            ),
        ),
        Commitment(
            id="com-promise",
            story_id=STORY,
            statement_id=s_promise.id,
            who=ClaimHolder(actor_id=voss.id, name=voss.name),
            act="promise",
            what=words_of(v_radio, "to open the strait"),
            condition=s_promise.condition,
            deadline=Bounds(),
            outcome=Outcome(act="unknown", condition="unknown", deadline="unknown"),
            evidence=(),
        ),
    )
    story = Story(
        id=STORY,
        title="Marovia and Eastmere at odds over the Halden Strait",
        articles=tuple(a.id for a in articles),
        episodes=(
            Episode(
                id="epi-1",
                title="The closure",
                earliest="2031-05-10",
                latest="2031-05-13",
                articles=tuple(a.id for a in articles[:4]),
            ),
            Episode(
                id="epi-2",
                title="Talks in Lund Harbour",
                earliest="2031-05-26",
                latest="2031-05-26",
                articles=(a_radio.id,),
            ),
        ),
        basis="they share people, place and the named strait",
    )
    b.records += [
        voss,
        berg,
        s_threat,
        s_stay,
        s_not,
        s_deny,
        s_law,
        s_pilot,
        s_promise,
        e_plan,
        e_closed,
        e_talks,
        e_ships,
        *entries,
        *claims,
        change,
        *reuse,
        *commitments,
        story,
    ]
    versions = {
        "courier": v_courier,
        "post1": v_post1,
        "post2": v_post2,
        "today": v_today,
        "hostile": v_hostile,
        "radio": v_radio,
    }
    return b, versions


def library(extra: Sequence[Record] = ()) -> MemoryLibrary:
    """The story's library, with two notices."""
    b, versions = build()
    return MemoryLibrary(
        [*b.records, *extra],
        b.data,
        [
            Notice("add", "notes/scan.bin", "unusable", "the file is not text: it holds NUL bytes"),
            Notice(
                "sentences",
                versions["radio"].id,
                "skipped",
                "language unknown, not read as English",
            ),
        ],
    )
