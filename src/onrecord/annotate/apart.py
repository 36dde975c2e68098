"""What a quotation or a long content holds beside its main clause, and what it only says again.

A quotation over several sentences is one statement: its act, polarity, modality and condition are those
of its first main clause, or, if that only says something, those of the later sentence that threatens,
promises or hangs on a condition. Any other such sentence, or a clause of its own joined by "and" or
"but", has a statement of its own within the whole, so that neither the condition is lost nor it is
read into the wrong clause.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from onrecord.annotate.acts import Reading
from onrecord.annotate.conditions import Condition, points_back, reaches, stands_alone
from onrecord.annotate.drafts import SPEECH, Draft, Text
from onrecord.annotate.quotation import Range
from onrecord.annotate.ranges import tidy
from onrecord.records import Citation
from onrecord.text.tree import Tree

_COMMITS = ("threaten", "promise", "offer", "demand", "refuse")
"""Acts of a speaker's own words inside a quotation that have a line of their own."""
_BINDS = ("threaten", "promise")
"""Acts that a sentence without a verb of saying of its own shows by what is to be done."""
_PLAIN = ("assert", "ask")
"""Acts that part no quotation from the one before it: questions stand amid what is said."""

_QUOTES = '"“”„«»'
_MARKS = (('"', '"'), ("“", "”"), ("„", "“”"), ("«", "»"))


class Maker(Protocol):
    """What reads a draft, see statements.py."""

    def reading(self, draft: Draft) -> Reading: ...

    def main(self, draft: Draft) -> tuple[Tree, tuple[int, ...], int | None]: ...

    def conditions(self, tree: Tree) -> tuple[Condition, ...]: ...

    def condition(self, draft: Draft) -> Citation | None: ...


def sort_out(text: Text, found: list[Draft], maker: Maker) -> list[Draft]:
    """The drafts without echoes, with the parts that stand apart, in order of the text."""
    kept = _without_echoes(found, maker)
    for draft in tuple(kept):
        rest = _behind_stop(text, draft, maker)
        if rest is None:
            continue
        kept.append(rest)
        for other in [d for d in draft.inner if _covers(rest, d.at)]:
            draft.inner.remove(other)
            rest.inner.append(other)
        for other in kept:
            if other.outer is draft and _covers(rest, other.at):
                other.outer = rest
    made: list[Draft] = []
    for draft in kept:
        if draft.cue is None or draft.take not in SPEECH or draft.voice is not None:
            continue
        if draft.cue.attitude or draft.cue.act_of(draft.take) not in ("assert", "warn"):
            continue
        inner = [d for d in kept if d.outer is draft]
        parts = _apart(text, draft, inner, maker)
        if parts and _tells_best(draft, parts[0], maker):
            draft.binds = parts.pop(0).content[0][0]
        made.extend(parts)
    return sorted([*kept, *made], key=lambda d: (d.at, d.span))


def _tells_best(draft: Draft, part: Draft, maker: Maker) -> bool:
    """Whether a later sentence of a quotation tells what the whole does: the first one is a plain
    saying without a condition. Readers take such a quotation for one statement, with the condition
    and the threat or promise that stand in it (measured on our own labelled reports); a small part of
    one run keeps a line of its own."""
    whole = sum(b - a for a, b in draft.content)
    own = sum(b - a for a, b in part.content)
    return (
        (len(draft.content) > 1 or own * 5 >= whole * 2)
        and part.hangs_on is None
        and maker.main(part)[0] is not maker.main(draft)[0]
        and maker.reading(draft).act in _PLAIN
        and maker.condition(draft) is None
    )


def _covers(draft: Draft, offset: int) -> bool:
    return any(a <= offset < b for a, b in draft.content)


def _behind_stop(text: Text, draft: Draft, maker: Maker) -> Draft | None:
    """The second quotation of `"A," X said. "B."`, cut off the draft, where it does something else than
    the first and than a plain saying. Readers take two that do the same for one statement (measured on
    news)."""
    cue_range, quoted = draft.cue_range, text.quoted
    if cue_range is None or draft.cue is None or draft.take != "quote":
        return None
    behind = tuple(r for r in draft.content if r[0] >= cue_range[1])
    before = tuple(r for r in draft.content if r[1] <= cue_range[0])
    if not behind or not before or len(behind) + len(before) != len(draft.content):
        return None
    sentence = draft.tree.sentence
    if behind[0][0] < sentence.end or any(quoted.at(a + 1) is None for a, _ in behind):
        return None
    one = replace(draft, content=before, inner=[])
    rest = replace(draft, content=behind, inner=[], cue_range=None)
    first, second = maker.reading(one), maker.reading(rest)
    if second.act not in (*_PLAIN, first.act):
        draft.content = before
        return rest
    return None


def _without_echoes(found: list[Draft], maker: Maker) -> list[Draft]:
    """Without what a quotation's own speaker only says again inside it ("we are sure that ..."), but
    with what commits: "we promise to pay"."""
    echoes = {id(d) for d in found if d.voice is not None and _is_echo(d, maker)}
    for draft in found:
        while draft.outer is not None and id(draft.outer) in echoes:
            draft.outer = draft.outer.outer
    return [d for d in found if id(d) not in echoes]


def _is_echo(draft: Draft, maker: Maker) -> bool:
    """Whether a quoted "I" or "we" only says what it is quoted as saying. What it once said to
    others ("I told them to leave") is another saying."""
    if _is_told(draft):
        return False
    act = maker.reading(draft).act
    if act not in _COMMITS or draft.voice is None:
        return True
    whole = sum(b - a for a, b in draft.voice.content)
    own = sum(b - a for a, b in draft.content)
    return own * 2 >= whole and maker.reading(draft.voice).act == act


def _is_told(draft: Draft) -> bool:
    """Whether a cue tells of another occasion: in the past, or to a hearer of its own."""
    tree, cue = draft.tree, draft.cue
    if cue is None or cue.kind != "verb" or cue.attitude or tree.lemmas[cue.head] not in _TELLING:
        return False
    hearer = (
        draft.to is not None
        and draft.to[0] is tree
        and tree.words[draft.to[1].head].lower() != "you"
    )
    return hearer or tree.tags[cue.head] == "VBD"


_TELLING = frozenset(
    "say tell ask reply answer warn write offer inform order advise suggest".split()
)
"""Verbs of saying something to somebody, on some day."""


def _apart(text: Text, draft: Draft, inner: list[Draft], maker: Maker) -> list[Draft]:
    """The parts of one draft's content that have a statement of their own."""
    main_tree, _, verb = maker.main(draft)
    trees: list[Tree] = []
    for a, b in draft.content:
        trees.extend(t for t in text.trees_in(a, b) if t not in trees)
    made: list[Draft] = []
    previous: Tree | None = None
    for tree in trees:
        if tree is main_tree:
            if verb is not None:
                made.extend(_clauses(text, draft, tree, verb, maker))
        else:
            conditions = maker.conditions(tree)
            own = [t for a, b in draft.content for t in tree.tokens_in(a, b)]
            if len(conditions) == 1 and stands_alone(tree, conditions[0], own):
                target = (
                    made[-1] if made and made[-1].content[-1][1] <= tree.sentence.start else draft
                )
                if target.hangs_on is None:
                    target.hangs_on = tree.span(conditions[0].tokens)
            else:
                part = _part(text, draft, _behind_and(tree), tree.sentence.end)
                if part is not None:
                    if previous is not None and points_back(tree):
                        part.hangs_on = _words(text, draft, previous)
                    made.append(part)
        previous = tree
    return [d for d in made if _counts(d, inner, maker)]


def _clauses(text: Text, draft: Draft, tree: Tree, verb: int, maker: Maker) -> list[Draft]:
    """Clauses joined to the main one that have a subject of their own."""
    made = []
    chain = [verb]
    for at in chain:
        for joined in tree.all(at, "conj"):
            if tree.pos[joined] not in ("VERB", "AUX") or joined in chain:
                continue
            chain.append(joined)
            if tree.child(joined, "nsubj", "nsubjpass", "expl") is None:
                continue
            below = [t for t in tree.subtree(joined) if t > at]
            part = _part(
                text, draft, tree.sentence.starts[min(below)], tree.sentence.ends[max(below)]
            )
            if part is not None and not any(
                c.kind == "alternative" and c.governed == joined for c in maker.conditions(tree)
            ):
                made.append(part)
    return made


def _behind_and(tree: Tree) -> int:
    """Where a sentence begins behind its "and" or "but"."""
    first = next((t for t in range(len(tree)) if tree.pos[t] not in ("PUNCT", "CCONJ", "SPACE")), 0)
    if any(tree.pos[t] == "CCONJ" for t in range(first)):
        return tree.sentence.starts[first]
    return tree.sentence.start


def _part(text: Text, draft: Draft, low: int, high: int) -> Draft | None:
    """A statement of a part of a draft's content, by the same speaker, without a cue of its own."""
    ranges = _cut(text, draft, low, high)
    if not ranges:
        return None
    return Draft(
        draft.tree,
        draft.cue,
        draft.who,
        draft.who_tree,
        ranges,
        draft.take,
        via=list(draft.via),
        to=draft.to,
        outer=draft,
        voice=draft,
    )


def _cut(text: Text, draft: Draft, low: int, high: int) -> tuple[Range, ...]:
    pieces = [(max(a, low), min(b, high)) for a, b in draft.content if a < high and b > low]
    return tuple(_unmarked(text.version.text, a, b) for a, b in tidy(text.version.text, pieces))


def _unmarked(whole: str, low: int, high: int) -> Range:
    """A range without a quotation mark that only opens or only closes in it."""
    if any(whole[low] == a and whole[high - 1] in b for a, b in _MARKS):
        return low, high
    while low < high and whole[low] in _QUOTES and not whole[low].isspace():
        low += 1
    while high > low and whole[high - 1] in _QUOTES + ".,;":
        high -= 1
    return low, high


def _words(text: Text, draft: Draft, tree: Tree) -> Range | None:
    """The words of one sentence that stand in a draft's content."""
    ranges = _cut(text, draft, tree.sentence.start, tree.sentence.end)
    if not ranges:
        return None
    low, high = ranges[0][0], ranges[-1][1]
    whole = text.version.text
    while low < high and whole[low] in _QUOTES:
        low += 1
    while high > low and whole[high - 1] in _QUOTES + ".,;":
        high -= 1
    return (low, high) if low < high else None


def _counts(part: Draft, inner: list[Draft], maker: Maker) -> bool:
    """Whether a part commits or hangs on a condition, and no statement inside it already tells it."""
    tree, tokens, verb = maker.main(part)
    if verb is None:
        return False
    low, high = part.content[0][0], part.content[-1][1]
    size = sum(b - a for a, b in part.content)
    for other in inner:
        if other.tree is tree and other.at < low and other.take == "infinitive":
            # "wanted to see progress and, if not, there would be ...": no infinitive tells the rest
            continue
        shared = sum(min(b, high) - max(a, low) for a, b in other.content if a < high and b > low)
        if shared * 2 >= size:
            return False
    if part.hangs_on is not None:
        return True
    if any(
        all(t in tokens for t in c.tokens) and reaches(tree, c, verb)
        for c in maker.conditions(tree)
    ):
        return True
    return maker.reading(part).act in _BINDS
