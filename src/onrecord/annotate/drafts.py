"""Statements of one version before they are records: cue, speaker and content as ranges of the text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from onrecord.annotate import acts
from onrecord.annotate.contents import close_quotations, contents, tidy
from onrecord.annotate.cues import Cue, find
from onrecord.annotate.quotation import Quoted, Range
from onrecord.annotate.speakers import Phrase, is_passive, phrase, speaker
from onrecord.records import Sentence, Version
from onrecord.text.tree import Tree

_FIRST_PERSON = frozenset(("i", "we", "you", "us", "me"))
_FINITE = frozenset(("VBD", "VBZ", "VBP"))
_COLON = re.compile(r"(?P<who>[^:“”\"‘’\n]{2,60}?):\s+(?=\S)")


@dataclass
class Draft:
    """One statement; `tree` is the sentence of its cue."""

    tree: Tree
    cue: Cue | None
    who: Phrase | None
    who_tree: Tree
    content: tuple[Range, ...]
    take: str
    content_head: int | None = None
    cue_range: Range | None = None
    via: list[str] = field(default_factory=list)
    outer: Draft | None = None

    @property
    def at(self) -> int:
        return self.cue_range[0] if self.cue_range else self.content[0][0]

    @property
    def span(self) -> Range:
        ends = [self.cue_range] if self.cue_range else []
        if self.who is not None and self.who_tree is self.tree:
            ends.append(self.tree.span(self.who.tokens))
        ends.extend(self.content)
        return min(a for a, _ in ends), max(b for _, b in ends)


class Text:
    """A version with its trees and quotations, asked by offset."""

    def __init__(self, version: Version, sentences: Sequence[Sentence]) -> None:
        self.version = version
        ordered = sorted(sentences, key=lambda s: s.start)
        self.trees = tuple(Tree(version.text, s) for s in ordered)
        self.quoted = Quoted(version)
        self._starts = [s.start for s in ordered]

    def tree_at(self, offset: int) -> Tree | None:
        i = bisect_right(self._starts, offset) - 1
        return self.trees[i] if i >= 0 else None

    def trees_in(self, start: int, end: int) -> list[Tree]:
        i = max(0, bisect_right(self._starts, start) - 1)
        found = []
        while i < len(self.trees) and self.trees[i].sentence.start < end:
            if self.trees[i].sentence.end > start:
                found.append(self.trees[i])
            i += 1
        return found


def drafts(text: Text) -> list[Draft]:
    """All statements of a version, in order of their cues; nested ones know their outer one."""
    found: list[Draft] = []
    for tree in text.trees:
        found.extend(_sentence(text, tree))
    _lead_ins(text, found)
    found.extend(_colons(text, found))
    _nest(found)
    _floating(text, found)
    found.sort(key=lambda d: (d.at, d.span))
    return found


# ------------------------------------------------------------------ one sentence


def _sentence(text: Text, tree: Tree) -> list[Draft]:
    quoted = text.quoted
    cues = find(tree, text.version.text[tree.sentence.start : tree.sentence.end])
    if not cues:
        return []
    whos: list[Phrase | None] = []
    stops = {c.head: len(tree) for c in cues}
    heads = {c.head: i for i, c in enumerate(cues)}
    for i, cue in enumerate(cues):
        lift = _lifted(tree, cue, cues)
        if lift is not None:
            outer, cut = lift
            whos.append(
                whos[heads[outer]] if heads[outer] < i else speaker(tree, cues[heads[outer]])
            )
            stops[outer] = min(stops[outer], cut)
        else:
            whos.append(speaker(tree, cue))
    for cue in cues:
        for child in tree.all(cue.head, "conj"):
            if child > cue.head and tree.pos[child] in ("VERB", "AUX"):
                stops[cue.head] = min(stops[cue.head], _opening(tree, child, cue.head))
    found = []
    for cue, who in zip(cues, whos, strict=True):
        draft = _draft(text, tree, cue, who, stops[cue.head])
        if draft is not None:
            found.append(draft)
    return _without_doubles(found)


def _opening(tree: Tree, verb: int, after: int) -> int:
    """The first token of a coordinated or participial clause, its "and" or "but" included."""
    low = min((t for t in tree.subtree(verb) if t > after), default=verb)
    while low - 1 > after and (tree.deps[low - 1] == "cc" or tree.words[low - 1] == ","):
        low -= 1
    return low


def _lifted(tree: Tree, cue: Cue, cues: list[Cue]) -> tuple[int, int] | None:
    """(head of the outer cue, first token) of a cue that a parser hung inside another cue's content.

    "X said A left but made clear B" and "X said A left, adding B": both verbs are X's own, in the way
    newspapers write, where the second has no subject.
    """
    if cue.kind != "verb" or tree.child(cue.head, "nsubj", "nsubjpass") is not None:
        return None
    verb = cue.head
    tag, dep = tree.tags[verb], tree.deps[verb]
    before = min(cue.tokens) - 1
    if dep == "conj" and tag in _FINITE:
        if before < 0 or tree.words[before].lower() not in ("but", "and", ","):
            return None
    elif tag == "VBG" and dep in (
        "advcl",
        "acl",
        "conj",
        "xcomp",
        "ccomp",
        "relcl",
        "dep",
        "parataxis",
    ):
        if before < 0 or (
            tree.words[before] != "," and not (tree.words[before].lower() in ("and", "but"))
        ):
            return None
    else:
        return None
    by_head = {c.head: c for c in cues if c.kind == "verb"}
    inner = verb
    for above in tree.ancestors(verb):
        if above in by_head and above < verb and tree.deps[inner] == "ccomp" and inner > above:
            if tag in _FINITE and tree.tags[above] not in (tag, "VBN"):
                return None
            return above, _opening(tree, verb, above)
        inner = above
    return None


def _draft(text: Text, tree: Tree, cue: Cue, who: Phrase | None, stop: int) -> Draft | None:
    quoted = text.quoted
    starts, ends = tree.sentence.starts, tree.sentence.ends
    if cue.kind == "verb" and who is None and not is_passive(tree, cue.head):
        who = _inverted(tree, cue)
    if cue.kind in ("according", "view", "noun", "adjective") and who is None:
        return None
    if cue.kind == "verb" and who is None and not _speakerless(tree, cue):
        return None
    inside = quoted.at(starts[cue.head])
    if (
        inside is not None
        and who is not None
        and tree.words[who.head].lower() in _FIRST_PERSON
        and cue.attitude
    ):
        return None
    found = contents(tree, cue, who, stop, quoted)
    if found is None:
        return None
    if acts.negated_cue(tree, cue) and not acts.emits_when_negated(cue, found.take):
        return None
    cue_range = (starts[min(cue.tokens)], ends[max(cue.tokens)])
    own = [cue_range]
    if (
        who is not None
        and cue.kind == "verb"
        and found.take in ("quote", "quote_aside", "clause", "aside")
    ):
        span = tree.span(who.tokens)
        if quoted.is_gap(min(span[1], cue_range[1]), max(span[0], cue_range[0])):
            own = [(min(span[0], cue_range[0]), max(span[1], cue_range[1]))]
    if inside is not None:
        ranges = tuple(
            (max(a, x), min(b, y))
            for a, b in found.ranges
            for x, y in inside.pieces
            if a < y and b > x
        )
        ranges = tuple(tidy(quoted.text, list(ranges)))
    else:
        ranges = close_quotations(quoted, found.ranges, tuple(own))
    if not ranges:
        return None
    return Draft(tree, cue, who, tree, ranges, found.take, found.head, cue_range)


def _inverted(tree: Tree, cue: Cue) -> Phrase | None:
    """The noun right behind a verb that follows a comma or a quotation: "..., said the minister"."""
    first, last = min(cue.tokens), max(cue.tokens)
    if not cue.takes("aside", "quote_aside") or tree.tags[cue.head] not in ("VBD", "VBZ", "VBP"):
        return None
    if first and tree.words[first - 1] not in (",", "”", '"', "’", "—", "–", "-"):
        return None
    for child in tree.children[cue.head]:
        if (
            child > last
            and tree.pos[child] in ("NOUN", "PROPN", "PRON")
            and tree.deps[child] in ("dobj", "attr", "npadvmod", "oprd", "dep", "appos")
        ):
            made = phrase(tree, child)
            return made if made.tokens[0] == last + 1 else None
    return None


def _speakerless(tree: Tree, cue: Cue) -> bool:
    """Whether a cue without a speaker still tells of a statement: "was accused of", "were told that"."""
    return is_passive(tree, cue.head) and (
        cue.takes("of_with_object") or (cue.person and cue.takes("clause"))
    )


def _without_doubles(found: list[Draft]) -> list[Draft]:
    """One draft for each content: of two cues that share one, the verb's is kept, else the first."""
    kept: list[Draft] = []
    for draft in found:
        twin = next((k for k in kept if k.content == draft.content and k.tree is draft.tree), None)
        if twin is None:
            kept.append(draft)
        elif (
            twin.cue is not None
            and draft.cue is not None
            and twin.cue.kind == "noun"
            and draft.cue.kind == "verb"
        ):
            kept[kept.index(twin)] = draft
    return kept


# ------------------------------------------------------------------ over sentences


def _lead_ins(text: Text, found: list[Draft]) -> None:
    """Placeholder of the order of work: contents that a cue before a colon at a block's end opens."""
    return None


def _colons(text: Text, found: list[Draft]) -> list[Draft]:
    """ "Name: ..." in headlines and transcripts: the name is a person's or body's, the rest its words."""
    made = []
    for block in text.version.blocks:
        whole = text.version.text[block.start : block.end]
        match = _COLON.match(whole)
        if match is None:
            continue
        low, high = block.start, block.start + match.end("who")
        tree = text.tree_at(low)
        if tree is None:
            continue
        tokens = tree.tokens_in(low, high)
        if (
            not tokens
            or tree.sentence.start > low
            or any(tree.pos[t] in ("VERB", "AUX") for t in tokens)
        ):
            continue
        rest = (block.start + match.end(), block.end)
        named = sum(1 for t in tokens if tree.ents[t].endswith(("PERSON", "ORG", "GPE", "NORP")))
        upper = match["who"].isupper() and len(tokens) <= 4
        piece = text.quoted.piece_at(rest[0])
        whole_quote = piece is not None and text.quoted.is_gap(piece[1], block.end)
        person = all(tree.ents[t].endswith("PERSON") or tree.pos[t] == "PUNCT" for t in tokens)
        if (
            not (whole_quote and named)
            and not (upper and block.kind != "title")
            and not (person and block.kind == "title" and len(tokens) <= 3)
        ):
            continue
        if any(d.content[0][0] <= rest[0] + 1 < d.content[-1][1] for d in found):
            continue
        head = tokens[-1]
        colon = (high, high + 1)
        who = Phrase(head, tokens, tokens)
        made.append(
            Draft(
                tree, None, who, tree, tuple(tidy(text.version.text, [rest])), "quote", None, colon
            )
        )
    return made


def _nest(found: list[Draft]) -> None:
    for draft in found:
        best: Draft | None = None
        for other in found:
            if other is draft or not any(a <= draft.at < b for a, b in other.content):
                continue
            if any(a <= other.at < b for a, b in draft.content):
                continue
            if best is None or _size(other) < _size(best):
                best = other
        draft.outer = best


def _size(draft: Draft) -> int:
    return sum(b - a for a, b in draft.content)


def _floating(text: Text, found: list[Draft]) -> None:
    """Quotations without a cue of their own go on with what the same speaker said just before."""
    top = sorted((d for d in found if d.outer is None), key=lambda d: d.at)
    quoted = text.quoted
    covered = sorted(r for d in top for r in d.content)
    last: Draft | None = None
    for number, block in enumerate(text.version.blocks):
        here = [d for d in top if block.start <= d.at < block.end]
        pieces = quoted.in_range(block.start, block.end)
        for start, end, _ in pieces:
            if any(a < end and b > start for a, b in covered):
                continue
            before = text.version.text[block.start : start].rstrip()
            if before and before[-1] not in ".?!:”\"’'":
                continue
            behind = text.version.text[end : end + 1]
            inner = text.version.text[max(start, end - 3) : end]
            if not any(c in ".?!…" for c in inner + behind):
                continue
            if end - start < 12:
                continue
            speaker_before = [d for d in here if d.at < start]
            if speaker_before:
                _append(speaker_before[-1], (start, end), covered)
            elif not before and last is not None and quoted.is_gap(end, block.end):
                _append(last, (start, end), covered)
        if here:
            quoting = here[-1]
            last = quoting if _ends_quoted(text, quoting, block.end) else None
        elif not (
            last is not None
            and pieces
            and any(a <= block.start and b >= block.end - 1 for a, b, _ in pieces)
        ):
            last = None
        del number


def _ends_quoted(text: Text, draft: Draft, end: int) -> bool:
    """Whether a draft's content is in quotation marks at its end."""
    a, b = draft.content[-1]
    return text.quoted.at(b - 1) is not None or text.version.text[end - 1] == ":"


def _append(draft: Draft, piece: Range, covered: list[Range]) -> None:
    draft.content = tuple(sorted((*draft.content, piece)))
    covered.append(piece)
