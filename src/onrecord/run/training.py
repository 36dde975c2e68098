"""Trains the tagger on labelled texts: reading them as a build would, and the file of weights."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord.annotate.drafts import Text
from onrecord.annotate.tagger import digest
from onrecord.annotate.train_tagger import Figures, Labelled, labelled, train
from onrecord.errors import InputError, OnrecordError, UsageError
from onrecord.pipeline import STAGES
from onrecord.records import Given, Sentence, Version
from onrecord.run.labelled_texts import LabelledText, corpus_files, read_file
from onrecord.run.memory import build_in_memory, capture_of

_AT_ONCE = 40
"""Documents that are parsed before their examples are taken and the parses let go."""
FEWEST = 5
"""Documents below which nothing can be held out."""


@dataclass(frozen=True)
class Trained:
    """The content of a file of weights, what could not be used, and the figures on held-out documents."""

    values: dict[str, Any]
    problems: list[OnrecordError]
    alone: Figures
    tagged: Figures


def train_statements(
    paths: Sequence[Path],
    *,
    split: str | None = None,
    keep_rules: bool = False,
    licence: str = "",
    command: str = "",
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Trained:
    """Weights from a corpus (see labelled_texts). Raises InputError for a path without any, UsageError
    if too few documents can be used."""
    problems: list[OnrecordError] = []
    texts: list[LabelledText] = []
    for path in corpus_files(tuple(paths)):
        texts.extend(read_file(path, split, problems))
    documents: list[Labelled] = []
    for first in range(0, len(texts), _AT_ONCE):
        documents.extend(_parsed(texts[first : first + _AT_ONCE], problems))
        progress(min(first + _AT_ONCE, len(texts)), len(texts))
    if len(documents) < FEWEST:
        raise UsageError(
            f"{len(documents)} labelled documents are too few",
            where=", ".join(map(str, paths)),
            why="; ".join(p.line() for p in problems[:3]),
            do=f"give {FEWEST} or more",
        )
    weights, alone, tagged = train(documents, keep_rules=keep_rules)
    values = {
        "what": "weights of onrecord's tagger of statements, thousandths of a logit by feature",
        "licence": licence or "that of the corpus",
        "command": command,
        "corpus": _digest(texts),
        "documents": len(documents),
        "statements": sum(d.labels for d in documents),
        "examples": sum(len(d.examples) for d in documents),
        "held_out": {
            "documents": sum(d.whole for d in documents) or len(documents),
            "unit": "tenths of a per cent, F1 of speaker, cue and content together",
            "rules_alone": alone.f1,
            "with_tagger": tagged.f1,
        },
        "sha256": digest(weights),
        "weights": weights,
    }
    return Trained(values, problems, alone, tagged)


def _digest(texts: Sequence[LabelledText]) -> str:
    """The SHA-256 over the corpus, in order of the documents' names."""
    whole = hashlib.sha256()
    for one in sorted(texts, key=lambda t: t.name):
        spans = [[label.source, label.cue, label.content] for label in one.labels]
        whole.update(json.dumps([one.name, one.text, one.nested, spans]).encode())
    return whole.hexdigest()


def _parsed(texts: Sequence[LabelledText], problems: list[OnrecordError]) -> list[Labelled]:
    """The examples of some documents, each read as `onrecord add` and `build` would read it."""
    captures = []
    by_article: dict[str, LabelledText] = {}
    for number, one in enumerate(texts):
        data = one.text.encode()
        capture = capture_of(f"{number:04}.txt", data, given=Given(language="en"))
        captures.append((capture, data))
        by_article[capture.article_id] = one
    shelf, reports = build_in_memory(captures, STAGES, until="sentences")
    for report in reports:
        problems.extend(
            InputError(f"stage {report.stage} failed", why=str(f)) for f in report.failed
        )
    sentences: dict[str, list[Sentence]] = {}
    for sentence in shelf.all(Sentence):
        sentences.setdefault(sentence.version_id, []).append(sentence)
    found: dict[str, Labelled] = {}
    for version in shelf.all(Version):
        one = by_article[version.article_id]
        parsed = Text(version, sentences.get(version.id, []))
        if not parsed.trees:
            problems.append(InputError("no English sentence was found", where=one.name))
            continue
        found[version.article_id] = labelled(
            one.name, parsed, one.text, one.labels, nested=one.nested, whole=one.whole
        )
    return [found[c.article_id] for c, _ in captures if c.article_id in found]


def written(trained: Trained) -> str:
    """The file's text: a weight a line, in order of the features."""
    weights = trained.values["weights"]
    rows = ",\n".join(
        f"{json.dumps(name, ensure_ascii=True)}: {weights[name]}" for name in sorted(weights)
    )
    head = json.dumps({**trained.values, "weights": {}}, indent=1, sort_keys=True)
    return head.replace('"weights": {}', '"weights": {\n' + rows + "\n}") + "\n"
