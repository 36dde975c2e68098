"""What is said: the stretches of a version's text that are a cue's content.

Two readings are joined. The parse gives clauses and objects; the quotation marks, which do not depend
on a parser, give direct speech whole: over sentence ends, and over paragraphs.
"""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.annotate.cues import Cue
from onrecord.annotate.quotation import Quoted, Range
from onrecord.annotate.speakers import Phrase, agent, is_passive
from onrecord.text.tree import Tree

_QUOTE_MARKS = frozenset("\"“”‘’'«»")
_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_BESIDE = (
    "prep",
    "npadvmod",
    "advmod",
    "dobj",
    "dative",
    "prt",
    "agent",
    "advcl",
    "nsubj",
    "acomp",
    "pobj",
    "oprd",
)
_LONGEST_GAP = 14
"""Tokens between a verb of saying and the quotation it opens: "told a crowd outside the court on
Monday:" has ten; behind more the quotation is somebody else's."""


@dataclass(frozen=True, slots=True)
class Content:
    """Ranges of the version's text, in order, and which use of the cue gave them (see cues.toml)."""

    ranges: tuple[Range, ...]
    take: str
    head: int | None
    """The token that governs the content, where the parse tells."""


def contents(tree: Tree, cue: Cue, who: Phrase | None, stop: int, quoted: Quoted) -> Content | None:
    """The content of a cue, or None. Tokens from `stop` on belong to another cue."""
    if cue.kind in ("according", "view"):
        return _sentence(tree, cue)
    reader = _Reader(tree, cue, who, stop, quoted)
    found = reader.read()
    if found is None or not found.ranges:
        return None
    return found


class _Reader:
    def __init__(self, tree: Tree, cue: Cue, who: Phrase | None, stop: int, quoted: Quoted) -> None:
        self.tree, self.cue, self.who, self.stop, self.quoted = tree, cue, who, stop, quoted
        self.starts, self.ends = tree.sentence.starts, tree.sentence.ends
        first, last = min(cue.tokens), max(cue.tokens)
        if who is not None:
            if who.tokens[-1] < first and all(
                tree.words[t] in (",", "(", ")", "—", "–", "-", "—")
                or tree.deps[t]
                in (
                    "advmod",
                    "appos",
                    "aux",
                    "prep",
                    "pobj",
                    "det",
                    "compound",
                    "npadvmod",
                    "cc",
                    "poss",
                    "case",
                    "amod",
                    "neg",
                    "advcl",
                )
                for t in range(who.tokens[-1] + 1, first)
            ):
                first = who.tokens[0]
            elif first < who.tokens[0] <= last + 3:
                last = who.tokens[-1]
        self.first, self.last = first, last
        self.clause_start = self.starts[first]

    def read(self) -> Content | None:
        cue = self.cue
        parts: list[Range] = []
        take = ""
        head: int | None = None
        clause = self._clause()
        right = clause is not None and clause[0] > cue.head
        if cue.takes("quote", "quote_aside"):
            direct = self._beside(has_right=right)
            if direct:
                parts, take = list(direct), "quote" if cue.takes("quote") else "quote_aside"
        if clause is not None and (right or not parts):
            child, kind = clause
            if right:
                parts.extend(self._right(child))
                take, head = take or kind, child
            elif cue.takes("aside"):
                left = self._left()
                if left:
                    parts, take, head = [*left, *parts], kind, child
        if not parts and cue.takes("aside") and self._is_aside():
            parts, take = self._left(), "clause" if cue.takes("clause") else "aside"
        if parts and take in ("quote", "quote_aside", "clause", "aside"):
            parts.extend(self._rest(parts))
        if not parts:
            found = self._phrase()
            if found is None:
                return None
            parts, take, head = found
        ranges = tidy(self.quoted.text, parts)
        return Content(tuple(ranges), take, head)

    # ------------------------------------------------------------------ clauses

    def _clause(self) -> tuple[int, str] | None:
        """The complement clause the cue's uses allow, and by which use; one on the right first."""
        tree, cue = self.tree, self.cue
        deps = (
            ("ccomp", "xcomp")
            if cue.kind == "verb"
            else ("ccomp", "xcomp", "acl", "relcl", "advcl", "prep")
        )
        found: list[tuple[int, str]] = []
        for child in tree.children[cue.head]:
            if tree.deps[child] not in deps or child >= self.stop or child in cue.tokens:
                continue
            kind = _form(tree, child)
            if cue.kind in ("noun", "adjective"):
                if tree.deps[child] == "relcl" and not _has_that(tree, child):
                    continue
                if tree.deps[child] in ("advcl", "prep"):
                    continue
                if child < cue.head:
                    continue
            if kind == "object_clause" and (
                cue.takes("object_clause") or (cue.person and cue.takes("infinitive"))
            ):
                found.append(
                    (child, "object_clause" if cue.takes("object_clause") else "infinitive")
                )
            elif (
                kind == "infinitive"
                and cue.kind == "noun"
                and cue.takes("infinitive_owned")
                and self.who is not None
            ):
                found.append((child, "infinitive_owned"))
            elif cue.takes(kind):
                if (
                    kind == "clause"
                    and is_passive(tree, cue.head)
                    and not cue.person
                    and self.who is None
                    and child < cue.head
                ):
                    continue
                found.append((child, kind))
        found.sort(key=lambda item: (item[0] < cue.head, item[0]))
        return found[0] if found else None

    def _right(self, child: int) -> list[Range]:
        tree = self.tree
        inside = tree.subtree(child)
        low = (
            min(t for t in inside if t > max(self.cue.tokens))
            if max(inside) > max(self.cue.tokens)
            else child
        )
        # the object of "urged Russia to ..." belongs to what is urged
        if self.cue.person and _form(tree, child) == "infinitive":
            whom = tree.child(self.cue.head, "dobj")
            if whom is not None and self.cue.head < whom < child:
                low = min(tree.subtree(whom))
        high = max(inside)
        for other in tree.children[self.cue.head]:
            below = tree.subtree(other)
            if other <= child or min(below) != high + 1:
                continue
            if (
                tree.deps[other] in ("prep", "npadvmod", "advmod", "dobj")
                or (tree.deps[other] == "advcl" and tree.tags[other] != "VBG")
                or tree.deps[other] == "advcl"
                and tree.child(other, "mark") is not None
            ):
                high = max(below)
            elif tree.deps[other] == "punct" and tree.words[other] == ",":
                following = next((o for o in tree.children[self.cue.head] if o > other), None)
                if (
                    following is not None
                    and tree.deps[following] == "advcl"
                    and tree.child(following, "mark") is not None
                ):
                    high = other
        high = min(high, self.stop - 1)
        if high < low:
            return []
        return [(self.starts[low], self.ends[high])]

    # ------------------------------------------------------------------ before the cue

    def _left(self) -> list[Range]:
        """Everything before the cue's own clause, if that is set off from it."""
        start, end = self.tree.sentence.start, self.clause_start
        if end <= start:
            return []
        return [(start, end)]

    def _is_aside(self) -> bool:
        """Whether the cue's clause stands behind what is said, set off by a comma or a closing mark."""
        tree = self.tree
        if self.first == 0 or self.who is None or self.cue.kind != "verb":
            return False
        if tree.words[self.first - 1] not in (",", "”", '"', "’", "—", "–", "--", "!", "?", "'"):
            return False
        verb = self.cue.head
        if tree.deps[verb] in ("relcl", "acl", "conj", "pcomp", "xcomp") or tree.tags[verb] not in (
            *_FINITE,
            "VBN",
            "VB",
        ):
            return False
        if tree.child(verb, "mark") is not None and tree.words[
            tree.child(verb, "mark") or 0
        ].lower() not in ("as",):
            return False
        if any(
            tree.deps[c] in ("dobj", "ccomp", "xcomp") and c > verb and tree.deps[c] != "dobj"
            for c in tree.children[verb]
        ):
            return False
        if not self.cue.person and tree.child(verb, "dobj") is not None:
            return False
        return any(tree.pos[t] in ("VERB", "AUX") for t in range(self.first))

    # ------------------------------------------------------------------ quotations beside the cue

    def _beside(self, *, has_right: bool) -> list[Range]:
        quoted, tree = self.quoted, self.tree
        if quoted.at(self.starts[self.cue.head]) is not None:
            return []
        found: list[Range] = []
        before = quoted.ending_before(self.clause_start)
        block_start = tree.sentence.start
        if before is not None and tree.deps[self.cue.head] not in ("relcl",):
            last = quoted.text[before[1] - 2 : before[1]] + quoted.text[before[1] : before[1] + 1]
            comma = any(c in ",?!—–-…" for c in last)
            if comma and (not has_right or "," in last):
                ranges = list(quoted.ranges(before[2]))
                ranges = [r for r in ranges if r[1] <= self.clause_start]
                # a quotation that ends a longer sentence takes that sentence with it
                start = ranges[-1][0]
                if block_start < start and before[0] >= block_start:
                    ranges[-1] = (block_start, ranges[-1][1])
                found.extend(ranges)
        after = quoted.starting_after(self.ends[self.cue.head])
        if after is not None and not has_right and self._opens(after[0]):
            ranges = [r for r in quoted.ranges(after[2]) if r[0] >= after[0]]
            found.extend(ranges)
        return found

    def _opens(self, start: int) -> bool:
        """Whether a quotation that begins at `start` is what the cue leads up to."""
        tree = self.tree
        if start > tree.sentence.end + 2:
            return False
        between = [t for t in range(self.cue.head + 1, len(tree)) if self.starts[t] < start]
        if (
            start > tree.sentence.end
            and (not between or tree.words[between[-1]] not in (":", ","))
            and between
        ):
            return False
        if len(between) > _LONGEST_GAP or any(t >= self.stop for t in between):
            return False
        allowed = set(self.who.tokens) if self.who is not None else set()
        if any(tree.tags[t] in _FINITE and t not in allowed for t in between):
            return False
        if not self.cue.takes("quote"):
            return bool(between) and tree.words[between[-1]] in (":", ",") or not between
        # words of the narrator right before the marks make it a part of an object, not a speech
        return (
            not between
            or tree.words[between[-1]] in (":", ",", "that", "—", "–")
            or not _is_inner(tree, between[-1], self.cue.head)
        )

    def _rest(self, parts: list[Range]) -> list[Range]:
        """The second half of "X, she said, Y"."""
        tree, quoted = self.tree, self.quoted
        if max(end for _, end in parts) > self.starts[self.cue.head]:
            return []
        own = {
            t
            for c in tree.children[self.cue.head]
            if tree.deps[c] in _BESIDE
            for t in tree.subtree(c)
        }
        last = self.last
        while last + 1 < len(tree) and (
            last + 1 in own
            or (
                tree.words[last + 1] not in (",", ":", ".", ";")
                and tree.pos[last + 1] != "PUNCT"
                and tree.deps[last + 1] in ("prep", "npadvmod", "advmod", "pobj", "det", "compound")
            )
        ):
            last += 1
        at = last + 1
        if at >= min(len(tree), self.stop) or tree.words[at] not in (",", ":", ";", "—", "–", "-"):
            return []
        at += 1
        if at >= min(len(tree), self.stop):
            return []
        if tree.words[at] in (
            "and",
            "but",
            "or",
            "who",
            "which",
            "according",
            "citing",
            "as",
            "after",
            "when",
            "while",
            "in",
            "on",
            "at",
            "during",
        ) or tree.tags[at] in ("VBG", "IN"):
            return []
        if at + 1 < len(tree) and tree.tags[at] == "RB" and tree.tags[at + 1] == "VBG":
            return []
        start = self.starts[at]
        piece = quoted.piece_at(start)
        if piece is not None:
            return [r for r in quoted.ranges(piece[2]) if r[1] > start]
        tail = range(at, min(len(tree), self.stop))
        if not any(tree.tags[t] in _FINITE for t in tail):
            return []
        return [(start, self.ends[tail[-1]])]

    # ------------------------------------------------------------------ objects and prepositions

    def _phrase(self) -> tuple[list[Range], str, int | None] | None:
        tree, cue = self.tree, self.cue
        verb = cue.head
        kids = [c for c in tree.children[verb] if c < self.stop]
        passive = cue.kind == "verb" and is_passive(tree, verb)
        if cue.takes("naming"):
            found = self._naming(kids, passive)
            if found:
                return found, "naming", None
        objects = [c for c in kids if tree.deps[c] == ("nsubjpass" if passive else "dobj")]
        named = next(
            (c for c in kids if tree.deps[c] == "prep" and tree.words[c].lower() == "as"), None
        )
        if cue.takes("as") and objects and named is not None:
            return [self._span(objects[0]), self._span(named)], "as", objects[0]
        if cue.takes("of_with_object") and objects:
            of = next(
                (c for c in kids if tree.deps[c] == "prep" and tree.words[c].lower() == "of"), None
            )
            if of is not None:
                return [self._span(objects[0]), self._span(of)], "of_with_object", of
        for prep in kids:
            if tree.deps[prep] not in ("prep", "dative", "prt", "agent", "mark"):
                continue
            word = tree.words[prep].lower()
            owned = f"{word}_owned"
            if not cue.takes(word) and not (self.who is not None and cue.takes(owned)):
                continue
            inner = tree.child(prep, "pobj", "pcomp")
            if inner is None:
                continue
            if cue.takes("upon") and word in ("on", "upon"):
                wish = tree.child(verb, "xcomp", "advcl") or tree.child(inner, "relcl", "acl")
                if wish is None or _form(tree, wish) not in ("infinitive", "object_clause"):
                    continue
                return (
                    [(self._span(inner)[0], max(self._span(wish)[1], self._span(inner)[1]))],
                    "infinitive",
                    wish,
                )
            start, end = self._span(inner)
            if cue.person and tree.child(verb, "dobj") is not None and word == "for":
                start = self._span(tree.child(verb, "dobj") or inner)[0]
            return [(start, end)], word if cue.takes(word) else owned, inner
        if cue.takes("object") and objects:
            if cue.person and not passive:
                return None
            return [self._span(objects[0])], "object", objects[0]
        return None

    def _naming(self, kids: list[int], passive: bool) -> list[Range] | None:
        """ "called the vote a farce": from the object to what it is called."""
        tree = self.tree
        right = [
            c
            for c in kids
            if c > self.cue.head
            and tree.deps[c] in ("dobj", "oprd", "ccomp", "xcomp", "attr", "acomp")
        ]
        left = [
            c
            for c in kids
            if c < self.cue.head and tree.deps[c] in (("nsubjpass",) if passive else ("dobj",))
        ]
        if not right:
            return None
        names = [c for c in right if tree.deps[c] != "dobj"] or (
            [right[-1]] if len(right) > 1 or left or passive else []
        )
        if any(_form(tree, c) in ("infinitive", "object_clause") for c in names):
            return None
        low = min(min(tree.subtree(c)) for c in right)
        high = min(max(max(tree.subtree(c)) for c in right), self.stop - 1)
        span = (self.starts[max(low, self.cue.head + 1)], self.ends[max(high, self.cue.head + 1)])
        marks = self.quoted.in_range(*span)
        if not names and not marks:
            return None
        return [*(self._span(c) for c in left), span]

    def _span(self, head: int) -> Range:
        tokens = [
            t
            for t in self.tree.subtree(head)
            if t not in self.cue.tokens and (t < self.stop or head >= self.stop)
        ]
        if head < self.cue.head:
            tokens = [t for t in tokens if t < self.cue.head]
        else:
            tokens = [t for t in tokens if t > self.cue.head] or [head]
        return self.starts[min(tokens)], self.ends[max(tokens)]


def _is_inner(tree: Tree, token: int, verb: int) -> bool:
    """Whether a token stands in a noun phrase that its verb has as object."""
    for above in (token, *tree.ancestors(token)):
        if above == verb:
            return False
        if tree.deps[above] in ("dobj", "ccomp", "xcomp") and tree.heads[above] == verb:
            return tree.deps[above] != "dobj" or tree.pos[token] in ("DET", "ADJ", "ADP", "NOUN")
    return False


def _form(tree: Tree, clause: int) -> str:
    to = any(tree.tags[c] == "TO" for c in tree.all(clause, "aux"))
    own = tree.child(clause, "nsubj", "nsubjpass") is not None
    if to:
        return "object_clause" if own and tree.child(clause, "mark") is None else "infinitive"
    if tree.tags[clause] == "VBG" and not own and tree.child(clause, "aux") is None:
        return "gerund"
    if tree.deps[clause] in ("xcomp",) and tree.tags[clause] in ("VBN", "JJ", "NN", "VB"):
        return "bare"
    if (
        tree.pos[clause] not in ("VERB", "AUX")
        and tree.child(clause, "cop", "mark") is None
        and not own
    ):
        return "bare"
    if tree.pos[clause] in ("NOUN", "ADJ", "PROPN") and tree.child(clause, "mark") is None and own:
        return "bare"
    if tree.deps[clause] == "acl" and not _has_that(tree, clause):
        return "gerund" if tree.tags[clause] == "VBG" else "bare"
    return "clause"


def _has_that(tree: Tree, clause: int) -> bool:
    return any(
        tree.words[c].lower() == "that" and tree.deps[c] == "mark" for c in tree.children[clause]
    )


def _sentence(tree: Tree, cue: Cue) -> Content | None:
    """The clause that "according to X" qualifies: the sentence, or the clause it stands inside."""
    if not cue.own:
        return None
    starts, ends = tree.sentence.starts, tree.sentence.ends
    low, high = min(cue.own), max(cue.own)
    parts: list[Range] = []
    if low > 0:
        parts.append((starts[0], ends[low - 1]))
    if high + 1 < len(tree):
        parts.append((starts[high + 1], ends[-1]))
    parts = [
        p
        for p in parts
        if tree.tokens_in(*p)
        and any(tree.pos[t] not in ("PUNCT", "CCONJ", "ADV", "SPACE") for t in tree.tokens_in(*p))
    ]
    return Content(tuple(parts), "sentence", None) if parts else None


def tidy(text: str, parts: list[Range]) -> list[Range]:
    """Ranges in order, overlaps joined, without blanks and commas at their ends."""
    merged: list[Range] = []
    for start, end in sorted(parts):
        while start < end and (text[start].isspace() or text[start] in ",;:—–-"):
            start += 1
        while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:—–-"):
            end -= 1
        if (
            end > start
            and text[end - 1] == "."
            and text[start:end].count(" ")
            and not (end > 2 and text[end - 3] == ".")
        ):
            end -= 1
        if start >= end or not any(c.isalnum() for c in text[start:end]):
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def close_quotations(
    quoted: Quoted, parts: tuple[Range, ...], keep_out: tuple[Range, ...]
) -> tuple[Range, ...]:
    """Ranges that cut a quotation in two take in the whole of it, but nothing of `keep_out`."""
    grown: list[Range] = []
    for start, end in parts:
        grown.append((start, end))
        for a, b, number in quoted.in_range(start, end):
            if a >= start and b <= end:
                if len(quoted.ranges(number)) > 1:
                    grown.extend(quoted.ranges(number))
                continue
            if min(b, end) - max(a, start) < 2:
                continue
            grown.extend(quoted.ranges(number))
    cut: list[Range] = []
    for start, end in grown:
        pieces = [(start, end)]
        for low, high in keep_out:
            pieces = [
                p for a, b in pieces for p in ((a, min(b, low)), (max(a, high), b)) if p[0] < p[1]
            ]
        cut.extend(pieces)
    return tuple(tidy(quoted.text, cut))


__all__ = ["Content", "agent", "close_quotations", "contents", "tidy"]
