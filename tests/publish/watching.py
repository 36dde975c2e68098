"""An invented, watched report that changes: real readings, versions and changes of its captures, and the
checks that a watcher would have kept. Beside it a report written from right to left, and one without
spaces between words."""

from __future__ import annotations

from functools import cache

from onrecord.pipeline import STAGES
from onrecord.publish.library import MemoryLibrary
from onrecord.records import Article, Capture, Change, Check, Reading, Record, Version, Watch
from onrecord.run.memory import build_in_memory, capture_of

FERRY = "https://ledger.example/fen-ferry"
ARABIC = "https://sahil.example/jisr"
JAPANESE = "https://minato.example/hashi"

LEAD = (
    "The night ferry between Fen Harbour and Alder Point ran aground on Tuesday with {count} people on board, "
    "the coastguard of the two towns said."
)
CREW = (
    "All of the crew stayed with the ship, said harbour master {master}, who had talked to the captain by radio "
    "for most of the night."
)
TIDE = (
    "“We wait for the {tide} tide and then we pull,” the captain, Ruben Askel, told reporters on the quay. "
    "Two tugs are on their way from Lindmark."
)
COST = (
    "The ferry was built thirty years ago and was to be replaced next spring. Towns on both banks pay for it; "
    "last year it carried 210,000 passengers."
)
BIRDS = (
    "The sandbank lies in a reserve for wading birds, and keepers watched the beaches for oil through the morning "
    "but found none."
)
BUS = "A bus now goes round the bay by the northern bridge, which takes two hours and a quarter."
NOTE = "Correction: an earlier version of this report misstated the name of the harbour master."
ALWAYS = (
    "Fen Harbour has no other way across the bay in winter, when the road over the dyke is closed for weeks.",
    "School on the far bank begins at eight, and some forty pupils take the first boat of the day.",
    "The council of Alder Point meets on Thursday to talk about the timetable for the rest of the month.",
    "Fishing boats were allowed to leave the harbour again at noon, after the channel had been sounded.",
    "The lighthouse at the Point was built in 1871 and is one of four along this stretch of the coast.",
)


def page(title: str, *paragraphs: str, lang: str = "en", outlet: str = "Fenland Ledger") -> str:
    """A report's page, with what stands around a report."""
    body = "".join(f"<p>{text}</p>\n" for text in paragraphs)
    return (
        f'<!doctype html><html lang="{lang}"><head><title>{title} | {outlet}</title>'
        f'<meta property="og:site_name" content="{outlet}"></head><body><nav><a href="/">Home</a> '
        f'<a href="/coast">Coast</a></nav><article><h1>{title}</h1>\n{body}</article>'
        f"<footer>Imprint of {outlet}</footer></body></html>"
    )


FIRST = page(
    "Ferry runs aground off Alder Point",
    LEAD.format(count=47),
    CREW.format(master="Ida Brandt"),
    COST,
    *ALWAYS,
    TIDE.format(tide="morning"),
    BIRDS,
)
SECOND = page(
    "Ferry with 49 on board runs aground off Alder Point",
    LEAD.format(count=49),
    CREW.format(master="Ida Brandt"),
    COST,
    *ALWAYS,
    TIDE.format(tide="morning"),
    BIRDS,
    BUS,
)
THIRD = page(
    "Ferry with 49 on board runs aground off Alder Point",
    LEAD.format(count=49),
    TIDE.format(tide="evening"),
    CREW.format(master="Ida Brandtner"),
    *ALWAYS,
    BIRDS,
    BUS,
    NOTE,
)
WALL = """<!doctype html><html><head><title>Before you continue</title></head><body><h1>Before you continue</h1>
<p>We and our partners value your privacy. We use cookies to store information on your device.</p>
<button>Accept all cookies</button></body></html>"""

_ARABIC = (
    "أُغلق الجسر القديم في مدينة النهر يوم الاثنين بعد أن وجد المهندسون شقا في أحد أعمدته، وقالت البلدية إن "
    "الإصلاح يحتاج إلى {weeks} أسابيع على الأقل.",
    "ويعبر الجسر كل يوم نحو 9000 سيارة، ويربط بين السوق والميناء منذ أكثر من خمسين عاما بحسب سجلات المدينة.",
)
_JAPANESE = (
    "港町の古い橋は月曜日に閉鎖された。市の技術者が橋脚に亀裂を見つけたためで、修理には少なくとも{weeks}週間かかる"
    "という。市役所が記者会見で明らかにした。",
    "橋は毎日約九千台の車が通り、市場と港を五十年以上にわたって結んできた。住民は遠回りを強いられている。",
)

CAPTURES: tuple[tuple[str, str, str, str], ...] = (
    ("ferry-1.html", FERRY, "2031-02-03T06:00:00+00:00", FIRST),
    ("ferry-1b.html", FERRY, "2031-02-03T06:30:00+00:00", FIRST.replace("Imprint", "Legal notice")),
    ("ferry-2.html", FERRY, "2031-02-03T08:00:00+00:00", SECOND),
    ("ferry-wall.html", FERRY, "2031-02-03T12:00:00+00:00", WALL),
    ("ferry-3.html", FERRY, "2031-02-05T09:00:00+00:00", THIRD),
    ("ferry-4.html", FERRY, "2031-03-01T09:00:00+00:00", SECOND),
    (
        "jisr-1.html",
        ARABIC,
        "2031-02-03T10:00:00+00:00",
        page(
            "إغلاق الجسر القديم", *(t.format(weeks=3) for t in _ARABIC), lang="ar", outlet="Sahil"
        ),
    ),
    (
        "jisr-2.html",
        ARABIC,
        "2031-02-04T10:00:00+00:00",
        page(
            "إغلاق الجسر القديم", *(t.format(weeks=6) for t in _ARABIC), lang="ar", outlet="Sahil"
        ),
    ),
    (
        "hashi-1.html",
        JAPANESE,
        "2031-02-03T11:00:00+09:00",
        page(
            "古い橋が閉鎖", *(t.format(weeks="三") for t in _JAPANESE), lang="ja", outlet="Minato"
        ),
    ),
    (
        "hashi-2.html",
        JAPANESE,
        "2031-02-04T11:00:00+09:00",
        page(
            "古い橋が閉鎖", *(t.format(weeks="六") for t in _JAPANESE), lang="ja", outlet="Minato"
        ),
    ),
)

LOOKS: tuple[tuple[str, str, int | None, str], ...] = (
    ("2031-02-03T06:00:00+00:00", "first", 200, "the first capture"),
    ("2031-02-03T06:30:00+00:00", "same_text", 200, "other bytes, the same text"),
    ("2031-02-03T07:15:00+00:00", "not_modified", 304, "the server says so"),
    ("2031-02-03T08:00:00+00:00", "changed", 200, "another text"),
    ("2031-02-03T09:00:00+00:00", "failed", None, "no answer within 30 s"),
    ("2031-02-03T10:00:00+00:00", "failed", 503, "the server cannot answer now"),
    ("2031-02-03T12:00:00+00:00", "wall", 200, "a request for consent"),
    ("2031-02-04T12:00:00+00:00", "not_modified", 304, "the server says so"),
    ("2031-02-05T09:00:00+00:00", "changed", 200, "another text"),
    ("2031-02-07T09:00:00+00:00", "missing", 404, "once or twice is not enough to believe it"),
    ("2031-02-08T09:00:00+00:00", "missing", 404, "once or twice is not enough to believe it"),
    ("2031-02-09T09:00:00+00:00", "removed", 404, "404 for the third time"),
    ("2031-03-01T09:00:00+00:00", "returned", 200, "there again after it was removed"),
)


def _records(article_id: str) -> list[Record]:
    """What a watcher kept of the ferry's page."""
    feed = Watch(
        id="wat-feed",
        url="https://ledger.example/feed.xml",
        kind="feed",
        title="Fenland Ledger, coast",
        added_at="2031-02-01T00:00:00+00:00",
        next_check="2031-03-01T09:15:00+00:00",
    )
    watch = Watch(
        id="wat-ferry",
        url=FERRY,
        kind="page",
        article_id=article_id,
        source=feed.id,
        added_at="2031-02-03T05:59:00+00:00",
        last_checked="2031-03-01T09:00:00+00:00",
        last_changed="2031-03-01T09:00:00+00:00",
        next_check="2031-03-01T09:16:30+00:00",
        checks=len(LOOKS),
    )
    checks = [
        Check(
            id=f"chk-{n:02}",
            watch_id=watch.id,
            article_id=article_id,
            url=FERRY,
            at=at,
            outcome=outcome,
            status=status,
            basis=basis,
        )
        for n, (at, outcome, status, basis) in enumerate(LOOKS)
    ]
    return [feed, watch, *checks]


@cache
def build() -> tuple[tuple[Record, ...], dict[str, bytes], dict[str, str]]:
    """All records, the captures' bytes, and the article's id of each address."""
    captures = [
        (
            capture_of(name, text.encode(), url=url, captured_at=at, media_type="text/html"),
            text.encode(),
        )
        for name, url, at, text in CAPTURES
    ]
    stages = [s for s in STAGES if s.name in ("readings", "repeated_lines", "articles", "changes")]
    shelf, _ = build_in_memory(captures, stages)
    kinds = (Capture, Reading, Article, Version, Change)
    ids = {c.url or "": c.article_id for c, _ in captures}
    records = [r for kind in kinds for r in shelf.all(kind)]
    return (
        (*records, *_records(ids[FERRY])),
        {c.sha256: data for c, data in captures},
        ids,
    )


def library(*more: Record) -> MemoryLibrary:
    """The records, with these beside or in place of them."""
    records, data, _ = build()
    new = {r.id for r in more}
    return MemoryLibrary([*(r for r in records if r.id not in new), *more], data)


def ferry() -> str:
    """The id of the report that changes most."""
    return build()[2][FERRY]
