"""Statements over sentences and paragraphs: nesting, floating quotations, "Name: ..." lines."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from onrecord.annotate.beside import beside, signed, to_the_nearest
from onrecord.annotate.drafts import SPEECH, Draft, Text
from onrecord.annotate.headline_voices import headline_voices
from onrecord.annotate.quotation import Range
from onrecord.annotate.ranges import tidy
from onrecord.annotate.sentence_drafts import held, sentence_drafts
from onrecord.annotate.speakers import Phrase, phrase
from onrecord.annotate.tagger import Tagger
from onrecord.text.tree import Tree

_COLON = re.compile(r"(?P<mark>[“\"]?)(?P<who>[^:“”\"‘’\n]{2,60}?):\s+(?=\S)")
_SHORTEST_FLOAT = 12
"""Code points; a quotation shorter than this that stands alone is a slogan or a title."""
_FINITE = ("VBD", "VBZ", "VBP", "MD")
_NO_PASSAGE = ("title", "deck", "heading", "caption", "byline", "dateline")


def drafts(text: Text, tagger: Tagger, persons: Container[str] = ()) -> list[Draft]:
    """All statements of a version, in order of their cues; nested ones know their outer one.
    `tagger` decides on those of each sentence; `persons` are the names, as written, of the persons it
    mentions."""
    found: list[Draft] = []
    for tree in text.trees:
        decided = tagger.decide(text, tree, sentence_drafts(text, tree))
        found.extend(decided)
        found.extend(held(text, tree, {d.cue.head for d in decided if d.cue is not None}))
    _share_out(text, found)
    found.extend(beside(text, found))
    to_the_nearest(text, found)
    found.extend(signed(text, found))
    found.extend(_colons(text, found, persons))
    found.extend(headline_voices(text, found, persons))
    _floating(text, found)
    found.extend(_bare(text, found))
    _nest(text, found)
    found = [d for d in found if not _is_denied(d) and not _is_supposed(d)]
    for draft in found:
        draft.voice = _voice(text, draft)
        outer, cue = draft.outer, draft.cue
        reports = cue is not None and cue.kind == "verb" and not cue.attitude
        if outer is not None and draft.voice is None and reports:
            outer.inner.append(draft)
    found.sort(key=lambda d: (d.at, d.span))
    return found


def _share_out(text: Text, found: list[Draft]) -> None:
    """A quotation over several paragraphs with a cue at each end: each keeps the paragraphs nearest to it."""
    by_content: dict[tuple[Range, ...], Draft] = {}
    for draft in sorted(found, key=lambda d: d.at):
        if len(draft.content) < 2:
            continue
        first = by_content.setdefault(draft.content, draft)
        if first is draft or first.tree is draft.tree:
            continue
        end = text.version.blocks[first.tree.sentence.block].end
        own = tuple(r for r in draft.content if r[0] < end)
        rest = tuple(r for r in draft.content if r[0] >= end)
        if own and rest and first.at < end <= draft.at:
            first.content, draft.content = own, rest


def _colons(text: Text, found: list[Draft], persons: Container[str]) -> list[Draft]:
    """ "Name: ..." in headlines and transcripts: the name is a person's or body's, the rest its words.
    In a headline the rest must tell something: "Ana Dorva: a life" is a topic."""
    made = []
    # one paragraph alone with capitals before a colon has a dateline or a label: "KELM: The mayor ..."
    turns = sum(
        match is not None and match["who"].isupper()
        for match in (
            _COLON.match(text.version.text, block.start, block.end)
            for block in text.version.blocks
            if block.kind != "title"
        )
    )
    for block in text.version.blocks:
        whole = text.version.text[block.start : block.end]
        match = _COLON.match(whole)
        if match is None:
            continue
        # a transcript may stand in quotation marks as a whole, one of them before each speaker
        if match["mark"] and not match["who"].isupper():
            continue
        low, high = block.start + match.start("who"), block.start + match.end("who")
        tree = text.tree_at(low)
        if tree is None:
            continue
        tokens = tree.tokens_in(low, high)
        if (
            not tokens
            or tree.sentence.start > low
            or match["who"].startswith("(")
            or any(tree.pos[t] in ("VERB", "AUX") for t in tokens)
        ):
            continue
        rest = (block.start + match.end(), block.end)
        named = sum(1 for t in tokens if tree.ents[t].endswith(("PERSON", "ORG", "GPE", "NORP")))
        upper = match["who"].isupper() and len(tokens) <= 4 and turns > 1
        piece = text.quoted.piece_at(rest[0])
        whole_quote = piece is not None and text.quoted.is_gap(piece[1], block.end)
        person = match["who"] in persons or all(
            tree.ents[t].endswith("PERSON") or tree.pos[t] == "PUNCT" for t in tokens
        )
        if (
            not (whole_quote and named)
            and not (upper and block.kind != "title")
            and not (
                person
                and block.kind == "title"
                and len(tokens) <= 3
                and (whole_quote or _tells(text, *rest))
            )
        ):
            continue
        if not match["mark"] and any(
            d.content[0][0] <= rest[0] + 1 < d.content[-1][1] for d in found
        ):
            continue
        head = tokens[-1]
        colon = (high, high + 1)
        who = Phrase(head, tokens, tokens, tokens)
        made.append(
            Draft(
                tree, None, who, tree, tuple(tidy(text.version.text, [rest])), "quote", None, colon
            )
        )
    return made


def _tells(text: Text, start: int, end: int) -> bool:
    """Whether a headline's words tell something: a finite verb, or "no" first."""
    tokens = [(t, i) for t in text.trees_in(start, end) for i in t.tokens_in(start, end)]
    return len(tokens) > 2 and (
        tokens[0][0].words[tokens[0][1]].lower() in ("no", "not", "never")
        or any(t.tags[i] in _FINITE for t, i in tokens)
    )


def _nest(text: Text, found: list[Draft]) -> None:
    """A statement whose cue stands in another's content is within it; of several, the shortest."""
    by_sentence: dict[int, list[Draft]] = {}
    for draft in found:
        numbers = {t.sentence.number for a, b in draft.content for t in text.trees_in(a, b)}
        for number in sorted(numbers):
            by_sentence.setdefault(number, []).append(draft)
    for draft in found:
        best: Draft | None = None
        for other in by_sentence.get(draft.tree.sentence.number, ()):
            if other is draft or not any(a <= draft.at < b for a, b in other.content):
                continue
            if any(a <= other.at < b for a, b in draft.content):
                continue
            if best is None or _size(other) < _size(best):
                best = other
        draft.outer = best


def _is_denied(draft: Draft) -> bool:
    """Whether somebody denies that this was said: "denied threatening them", "denied that he had
    promised it". The denial alone is a statement."""
    outer = draft.outer
    while outer is not None:
        if outer.cue is not None and outer.cue.act_of(outer.take) == "deny":
            return True
        outer = outer.outer
    return False


def _is_supposed(draft: Draft) -> bool:
    """Whether this is only supposed in what another says: "if they agree, we will sign"."""
    tree, cue = draft.tree, draft.cue
    if draft.outer is None or cue is None or cue.kind != "verb" or draft.outer.tree is not tree:
        return False
    for verb in (cue.head, *tree.ancestors(cue.head)):
        if tree.sentence.starts[verb] < draft.outer.content[0][0]:
            return False
        if tree.deps[verb] == "advcl" and any(
            tree.words[m].lower() in ("if", "unless") for m in tree.all(verb, "mark")
        ):
            return True
    return False


_SELF = ("i", "we")


def _voice(text: Text, draft: Draft) -> Draft | None:
    """Who a quoted "I" or "we" is: the nearest statement around it whose own cue stands outside the
    quotation, if its speaker is named."""
    who, inside = draft.who, text.quoted.at(draft.at)
    if who is None or inside is None or draft.who_tree.words[who.head].lower() not in _SELF:
        return None
    outer = draft.outer
    while outer is not None and text.quoted.at(outer.at) is inside:
        outer = outer.outer
    return outer if outer is not None and outer.who is not None else None


def _size(draft: Draft) -> int:
    return sum(b - a for a, b in draft.content)


def _floating(text: Text, found: list[Draft]) -> None:
    """Quotations without a cue of their own go on with what the same speaker said just before."""
    quoted = text.quoted
    top = sorted((d for d in found if quoted.at(d.at) is None), key=lambda d: d.at)
    covered = sorted(r for d in top for r in d.content)
    last: Draft | None = None
    for block in text.version.blocks:
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
            if end - start < _SHORTEST_FLOAT:
                continue
            speaker_before = [d for d in here if d.at < start]
            if speaker_before:
                spoken = [d for d in speaker_before if d.take in SPEECH]
                _append((spoken or speaker_before)[-1], (start, end), covered)
            elif not before and last is not None and quoted.is_gap(end, block.end):
                _append(last, (start, end), covered)
            elif (behind_it := _told_behind(here, end)) is not None:
                _append(behind_it, (start, end), covered)
        if block.kind in _NO_PASSAGE:
            last = None
        elif here:
            quoting = next((d for d in reversed(here) if d.take in SPEECH), here[-1])
            last = quoting if _ends_quoted(text, quoting, block.end) else None
        elif not (
            last is not None
            and pieces
            and any(a <= block.start and b >= block.end - 1 for a, b, _ in pieces)
        ):
            last = None


def _told_behind(here: Sequence[Draft], end: int) -> Draft | None:
    """Whose a quotation without a cue is, if only one quoted speaker is named further on in its
    paragraph: `"It is over." He left the room. "They know that," Lavrin said.`"""
    after = [d for d in here if d.at >= end]
    if not after or after[0].take != "quote" or after[0].content[0][0] < end:
        return None
    first = after[0]
    return first if all(d.outer is first or d is first for d in after) else None


def _bare(text: Text, found: list[Draft]) -> list[Draft]:
    """Quotations that nobody is said to have spoken, beside what one person does: `Dorva shook her head.
    "Nobody asked us."` They have no cue."""
    covered = [r for d in found for r in d.content]
    made: list[Draft] = []
    for block in text.version.blocks:
        if block.kind in _NO_PASSAGE or any(block.start <= d.at < block.end for d in found):
            continue
        for start, end, _ in text.quoted.in_range(block.start, block.end):
            if start < block.start or any(a < end and b > start for a, b in covered):
                continue
            if not _is_spoken(text, block.start, start, end):
                continue
            doer = _doer(text, block.start, start, end, block.end)
            if doer is None:
                continue
            tree, who = doer
            content = tuple(tidy(text.version.text, [(start, end)]))
            if made and made[-1].who_tree.sentence.block == tree.sentence.block:
                before = made[-1]
                if before.who_tree is tree or tree.words[who.head].lower() in ("he", "she"):
                    before.content = tuple(sorted((*before.content, *content)))
                    continue
            made.append(Draft(tree, None, who, tree, content, "quote"))
    return made


def _is_spoken(text: Text, block: int, start: int, end: int) -> bool:
    """Whether a quotation is a sentence of its own, neither a title nor a word called so."""
    whole = text.version.text
    before = whole[block:start].rstrip()
    if before and before[-1] not in ".?!…":
        return False
    if whole[end - 2 : end - 1] not in (".", "?", "!", "…"):
        return False
    tokens = [(t, i) for t in text.trees_in(start, end) for i in t.tokens_in(start, end)]
    return len(tokens) > 4 and any(t.tags[i] in _FINITE for t, i in tokens)


def _doer(text: Text, low: int, start: int, end: int, high: int) -> tuple[Tree, Phrase] | None:
    """The person that is the subject of the sentence before a quotation, else behind it, in one
    paragraph."""
    for a, b in ((low, start), (end, high)):
        trees = [t for t in text.trees_in(a, b) if t.sentence.start >= a and t.sentence.end <= b]
        if not trees:
            continue
        tree = trees[-1] if b == start else trees[0]
        if text.quoted.in_range(tree.sentence.start, tree.sentence.end):
            continue
        for root in tree.roots:
            subject = tree.child(root, "nsubj")
            if subject is None or tree.tags[root] not in _FINITE:
                continue
            if tree.words[subject].lower() in ("he", "she") or tree.ents[subject].endswith(
                "PERSON"
            ):
                return tree, phrase(tree, subject)
    return None


def _ends_quoted(text: Text, draft: Draft, end: int) -> bool:
    """Whether a draft's content is in quotation marks at its end."""
    last = draft.content[-1][1] - 1
    return text.quoted.at(last) is not None or text.version.text[end - 1] == ":"


def _append(draft: Draft, piece: Range, covered: list[Range]) -> None:
    draft.content = tuple(sorted((*draft.content, piece)))
    covered.append(piece)
