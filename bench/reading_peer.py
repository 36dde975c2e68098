"""One reader over one part's pages: bodies, metadata, time. Called by reading_peers.py.

    python reading_peer.py READER PAGES.jsonl OUT_DIR

PAGES.jsonl holds one page a line (path, url, media_type, source: the decoded page). Written are the
exports that the benchmark's score.py reads, and speed.json. Runs in the peers' environment as well
as in the product's, so it imports nothing but the standard library before it knows the reader.
"""

from __future__ import annotations

import importlib.metadata
import itertools
import json
import resource
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

Found = dict[str, Any]
"""`blocks` [(kind, text)] and, where the reader gives them, title, bylines, credits, published."""
Reader = Callable[[dict[str, str]], Found]
WARM_UP = 3
"""Pages read before the clock starts: imports, tables and compiled patterns are not the pages' time."""


def lines(text: str | None) -> list[tuple[str, str]]:
    """Every line of a reader's plain text as a paragraph."""
    return [("paragraph", line.strip()) for line in (text or "").split("\n") if line.strip()]


def trafilatura(**mode: bool) -> tuple[Reader, Reader]:
    """Default, `favor_precision` or `fast`; comments are left out, as in every published comparison."""
    from trafilatura import bare_extraction, extract

    def body(page: dict[str, str]) -> Found:
        return {"blocks": lines(extract(page["source"], include_comments=False, **mode))}

    def about(page: dict[str, str]) -> Found:
        found = bare_extraction(page["source"], url=page["url"], with_metadata=True)
        if found is None:
            return {}
        day = found.date and {"earliest": found.date, "latest": found.date}
        names = [name.strip() for name in (found.author or "").split(";") if name.strip()]
        return {"title": found.title, "bylines": names, "published": day or None}

    return body, about


def readability() -> tuple[Reader, Reader]:
    """readability-lxml, its summary made text by html-text, as the data set's authors do."""
    import html_text
    from readability import Document

    def body(page: dict[str, str]) -> Found:
        return {"blocks": lines(html_text.extract_text(Document(page["source"]).summary()))}

    def about(page: dict[str, str]) -> Found:
        return {"title": Document(page["source"]).short_title()}

    return body, about


def newspaper() -> tuple[Reader, Reader]:
    """newspaper4k, which reads body and metadata in one; no image and no other page is fetched."""
    from newspaper import Article

    def body(page: dict[str, str]) -> Found:
        article = Article(page["url"] or "https://page.example/", fetch_images=False)
        article.download(input_html=page["source"])
        article.parse()
        when = article.publish_date
        stamp = when.isoformat() if hasattr(when, "isoformat") else when or None
        return {
            "blocks": lines(article.text),
            "title": article.title,
            "bylines": list(article.authors),
            "published": stamp and {"earliest": stamp, "latest": stamp},
        }

    return body, lambda page: {}


def resiliparse() -> tuple[Reader, Reader]:
    """Resiliparse's main-content mode."""
    from resiliparse.extract.html2text import extract_plain_text

    def body(page: dict[str, str]) -> Found:
        text = extract_plain_text(
            page["source"], main_content=True, alt_texts=False, list_bullets=False
        )
        return {"blocks": lines(text)}

    return body, lambda page: {}


def justext() -> tuple[Reader, Reader]:
    """jusText with its English stop words. Text captures are given to it as one paragraph a line."""
    import html

    import justext as jt

    words = jt.get_stoplist("English")

    def body(page: dict[str, str]) -> Found:
        source = page["source"]
        if page["media_type"] == "text/plain":
            source = "".join(f"<p>{html.escape(line)}</p>" for line in source.split("\n"))
        found = jt.justext(source.encode(), words, encoding="utf-8")
        return {"blocks": [("paragraph", p.text) for p in found if not p.is_boilerplate]}

    return body, lambda page: {}


def keep_all() -> tuple[Reader, Reader]:
    """Every line of a text capture."""
    return lambda page: {"blocks": lines(page["source"])}, lambda page: {}


def c4_rules() -> tuple[Reader, Reader]:
    """The line rules of the C4 corpus (Raffel et al., JMLR 2020, section 2.2): a line ends in terminal
    punctuation, has at least five words, and does not speak of Javascript."""

    def keeps(line: str) -> bool:
        ends = line.endswith((".", "!", "?", '"', "”"))
        return ends and len(line.split()) >= 5 and "javascript" not in line.lower()

    def body(page: dict[str, str]) -> Found:
        return {"blocks": [row for row in lines(page["source"]) if keeps(row[1])]}

    return body, lambda page: {}


def lxml_parse() -> tuple[Reader, Reader]:
    """No reader: lxml's bare parse of the page, the unit in which runs and machines can be compared."""
    from peers_env import lxml_html

    lxml = lxml_html()
    parser = lxml.HTMLParser(encoding="utf-8")

    def body(page: dict[str, str]) -> Found:
        lxml.fromstring(page["source"].encode(), parser=parser)
        return {"blocks": []}

    return body, lambda page: {}


def onrecord() -> tuple[Reader, Reader]:
    """Our extract stage's work on the decoded capture: text, offset map, metadata and evidence in one."""
    from onrecord.extract import readings
    from onrecord.gazetteer import load_outlets
    from onrecord.records import Capture
    from onrecord.run.memory import capture_of
    from onrecord.stage import Group

    outlets = load_outlets()

    class Decoded:
        def __init__(self, source: str) -> None:
            self.source = source

        def text(self, sha256: str, decoder: str) -> str:
            return self.source

    def body(page: dict[str, str]) -> Found:
        capture = capture_of(
            page["path"], b"", url=page["url"] or None, media_type=page["media_type"]
        )
        group = Group({Capture: (capture,)})
        resources = {"captures": Decoded(page["source"]), "outlets": outlets}
        (found,) = readings.work(group, readings.Options(), resources)
        bounds = {"earliest": found.published.earliest, "latest": found.published.latest}
        place = {"place": found.dateline.place, "date": found.dateline.date}
        return {
            "blocks": [(b.kind, found.text[b.start : b.end]) for b in found.blocks],
            "title": found.title,
            "bylines": found.bylines,
            "credits": found.credits,
            "dateline": place,
            "published": bounds,
        }

    return body, lambda page: {}


READERS: dict[str, tuple[str, Callable[[], tuple[Reader, Reader]]]] = {
    "onrecord": ("onrecord", onrecord),
    "trafilatura": ("trafilatura", trafilatura),
    "trafilatura precision": ("trafilatura", lambda: trafilatura(favor_precision=True)),
    "trafilatura fast": ("trafilatura", lambda: trafilatura(fast=True)),
    "readability-lxml": ("readability-lxml", readability),
    "newspaper4k": ("newspaper4k", newspaper),
    "resiliparse": ("resiliparse", resiliparse),
    "jusText": ("justext", justext),
    "keeping all": ("", keep_all),
    "C4 line rules": ("", c4_rules),
}


def export(path: str, found: Found) -> tuple[Found, Found, Found]:
    """(article, version, capture) as score.py reads them."""
    text, blocks = "", []
    for kind, piece in found.get("blocks", []):
        start = len(text) + 2 if text else 0
        text = f"{text}\n\n{piece}" if text else piece
        blocks.append({"kind": kind, "start": start, "end": len(text)})
    facts = {k: found.get(k) for k in ("title", "bylines", "credits", "dateline", "published")}
    article = {"id": path, "path": path, **facts}
    version = {"id": path, "article_id": path, "capture_id": path, "text": text, "blocks": blocks}
    return article, version, {"id": path, "path": path}


def pages_of(source: Path) -> Iterator[dict[str, str]]:
    """The pages of a JSON Lines file, one in memory at a time."""
    with source.open(encoding="utf-8") as rows:
        for row in rows:
            yield json.loads(row)


def seconds_of(call: Reader, page: dict[str, str]) -> tuple[float, Found]:
    """CPU seconds of one call, and what it gave."""
    begun = time.process_time()
    found = call(page)
    return time.process_time() - begun, found


def main() -> None:
    name, source, target = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    warnings.simplefilter("ignore")
    package, make = READERS[name]
    body, about = make()
    parse, _ = lxml_parse()
    for page in itertools.islice(pages_of(source), WARM_UP):
        body(page)
        parse(page)
    spent, unit, failed, rows = 0.0, 0.0, 0, []
    for page in pages_of(source):
        # lxml's parse of the same page at the same moment: what else the machine does slows both.
        unit += seconds_of(parse, page)[0]
        try:
            seconds, found = seconds_of(body, page)
        except Exception as error:
            # A peer's fault on a page is a page without text, and is counted; ours must not occur.
            if name == "onrecord":
                raise
            why = f"{type(error).__name__}: {str(error).strip().strip('*').strip()}".splitlines()[0]
            print(f"{name}: {page['path']}: {why}", file=sys.stderr)
            seconds, found, failed = 0.0, {}, failed + 1
        spent += seconds
        rows.append(export(page["path"], {**(about(page) if found else {}), **found}))
    target.mkdir(parents=True, exist_ok=True)
    exports = zip(("articles", "versions", "captures"), zip(*rows, strict=True), strict=True)
    for kind, values in exports:
        text = "".join(json.dumps(value) + "\n" for value in values)
        (target / f"{kind}.jsonl").write_text(text, encoding="utf-8")
    speed = {
        "reader": f"{name} {importlib.metadata.version(package)}" if package else name,
        "pages_a_cpu_second": round(len(rows) / max(spent, 1e-9), 1),
        "times_lxml_parse": round(spent / max(unit, 1e-9), 1),
        "failed": failed,
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }
    (target / "speed.json").write_text(json.dumps(speed), encoding="utf-8")


if __name__ == "__main__":
    main()
