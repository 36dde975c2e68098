"""Statements of texts made by hand, with their mentions, read with the real parser."""

from __future__ import annotations

import functools

from tests.annotate.reading import version

from onrecord.annotate import mentions, sentences, statements
from onrecord.annotate.tagger import load_tagger
from onrecord.gazetteer import load_gazetteer, load_outlets
from onrecord.records import DateCandidate, Mention, Sentence, StatementCandidate, Version
from onrecord.run.resources import load_nlp
from onrecord.stage import Group


@functools.cache
def told(text: str, kinds: str = "") -> tuple[StatementCandidate, ...]:
    """All statements of a text; `kinds` as in reading.version."""
    made = version(text, kinds=kinds)
    parse = tuple(
        sentences.work(Group({Version: (made,)}), sentences.Options(), {"nlp": load_nlp()})
    )
    resources = {"outlets": load_outlets(), "gazetteer": load_gazetteer(), "tagger": load_tagger()}
    named = tuple(
        mentions.work(
            Group({Version: (made,), Sentence: parse}), mentions.Options(), dict(resources)
        )
    )
    group = Group({Version: (made,), Sentence: parse, Mention: named, DateCandidate: ()})
    return tuple(statements.work(group, statements.Options(), resources))


def holding(text: str, words: str, kinds: str = "") -> StatementCandidate:
    """The statement with the shortest content that these words stand in."""
    found = [s for s in told(text, kinds) if words in " ".join(c.quote for c in s.content)]
    assert found, [[c.quote for c in s.content] for s in told(text, kinds)]
    return min(found, key=lambda s: sum(len(c.quote) for c in s.content))


def speaker(statement: StatementCandidate) -> str | None:
    """The speaker's name, or None."""
    return statement.speaker.name if statement.speaker else None


def condition(statement: StatementCandidate) -> str | None:
    """The condition's words, or None."""
    return statement.condition.quote if statement.condition else None
