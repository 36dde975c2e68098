"""What is said: the stretches of a version's text that are a cue's content.

Two readings are joined. The parse gives clauses and objects; the quotation marks, which do not depend
on a parser, give direct speech whole: over sentence ends, and over paragraphs.
"""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.annotate.clauses import clause_form, has_that
from onrecord.annotate.cues import Cue, lexicon
from onrecord.annotate.objects import phrase_content
from onrecord.annotate.quotation import Quoted, Range
from onrecord.annotate.ranges import tidy
from onrecord.annotate.speakers import Phrase, is_passive
from onrecord.text.tree import Tree

_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_BESIDE = frozenset(
    "prep npadvmod advmod dobj dative prt agent advcl nsubj acomp pobj oprd".split(" ")
)
_BETWEEN = frozenset(
    "advmod appos aux prep pobj det compound npadvmod cc poss case amod neg advcl".split(" ")
)
"""What may stand between a subject and its verb: "Dorva, in a rare aside on Monday, said"."""
_NO_REST = frozenset(
    "and but or who which according citing as after when while in on at during".split(" ")
)
_SUBORDINATE = frozenset(["if", "unless", "until", "because", "when"])
"""Words that go on with what is said in "they would leave, she said, when it was over"."""
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
        return _sentence(tree, cue, stop)
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
            if who.whole[-1] < first and all(
                tree.words[t] in (",", "(", ")", "—", "–", "-", "—") or tree.deps[t] in _BETWEEN
                for t in range(who.whole[-1] + 1, first)
            ):
                first = who.whole[0]
            elif first < who.whole[0] <= last + 3:
                last = who.whole[-1]
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
            elif cue.takes("aside") and not self._is_condition(0):
                left = self._left()
                if left:
                    parts, take, head = [*left, *parts], kind, child
        if not parts and cue.takes("aside") and self._is_aside():
            parts, take = self._left(), "clause" if cue.takes("clause") else "aside"
        if parts and take in ("quote", "quote_aside", "clause", "aside"):
            parts.extend(self._rest(parts))
        if not parts:
            found = phrase_content(self.tree, cue, self.who, self.stop, self.quoted)
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
            kind = clause_form(tree, child)
            if cue.kind in ("noun", "adjective"):
                if tree.deps[child] == "relcl" and not has_that(tree, child):
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
        if (not found or found[0][0] < cue.head) and cue.kind == "verb" and cue.takes("clause"):
            stray = self._stray_clause()
            if stray is not None:
                return stray, "clause"
        return found[0] if found else None

    def _stray_clause(self) -> int | None:
        """A that-clause the parser hung on the noun of a phrase beside the verb: "insisted during a
        session that ..."."""
        tree, cue = self.tree, self.cue
        for child in tree.children[cue.head]:
            if child < cue.head or tree.deps[child] not in ("prep", "npadvmod", "dobj", "dative"):
                continue
            for t in tree.subtree(child):
                if (
                    tree.deps[t] in ("acl", "relcl", "ccomp")
                    and t < self.stop
                    and has_that(tree, t)
                    and tree.child(t, "nsubj", "nsubjpass", "expl") is not None
                    and tree.lemmas[tree.heads[t]] not in lexicon().nouns
                ):
                    return t
        return None

    def _right(self, child: int) -> list[Range]:
        tree = self.tree
        inside = tree.subtree(child)
        low = (
            min(t for t in inside if t > max(self.cue.tokens))
            if max(inside) > max(self.cue.tokens)
            else child
        )
        low = self._behind_date(low, child)
        # the object of "urged Russia to ..." belongs to what is urged
        if self.cue.person and clause_form(tree, child) == "infinitive":
            whom = tree.child(self.cue.head, "dobj")
            if whom is not None and self.cue.head < whom < child:
                low = min(tree.subtree(whom))
        high = max(inside)
        for other in tree.children[self.cue.head]:
            below = tree.subtree(other)
            if other <= child or min(below) != high + 1:
                continue
            if (
                tree.deps[other] in ("prep", "npadvmod", "advmod", "dobj", "conj", "cc")
                or (tree.deps[other] == "advcl" and tree.tags[other] != "VBG")
                or (tree.deps[other] == "advcl" and tree.child(other, "mark") is not None)
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
        high = min(self._misread_noun(high), self.stop - 1)
        if high < low:
            return []
        return [(self.starts[low], self.ends[high])]

    def _misread_noun(self, high: int) -> int:
        """The end of a content whose last noun was read as a verb: "tax cuts and price freezes"."""
        tree = self.tree
        verb = high + 1
        if (
            verb < len(tree)
            and tree.tags[verb] == "VBZ"
            and tree.tags[high] == "NN"
            and tree.deps[high] in ("conj", "compound", "nmod")
            and high > 0
            and (tree.deps[high - 1] == "cc" or tree.words[high - 1] == ",")
            and tree.child(verb, "nsubj", "nsubjpass", "expl", "dobj", "ccomp", "xcomp") is None
        ):
            last = verb
            for t in tree.subtree(verb):
                if t == last + 1:
                    last = t
            while last > verb and tree.pos[last] == "PUNCT":
                last -= 1
            return last
        return high

    def _behind_date(self, low: int, child: int) -> int:
        """Where the clause begins if a date stands first in it: "said on Monday it would" dates the saying."""
        tree = self.tree
        subject = tree.child(child, "nsubj", "nsubjpass", "expl")
        if subject is None or low != max(self.cue.tokens) + 1:
            return low
        opening = min(tree.subtree(subject))
        before = range(low, opening)
        dated = [t for t in before if tree.ents[t].endswith(("DATE", "TIME"))]
        if dated and all(t in dated or tree.deps[t] == "prep" for t in before):
            return opening
        return low

    # ------------------------------------------------------------------ before the cue

    def _left(self) -> list[Range]:
        """Everything before the cue's own clause, if that is set off from it."""
        start, end = self.tree.sentence.start, self.clause_start
        if end <= start:
            return []
        return [(start, end)]

    def _is_condition(self, start: int) -> bool:
        """Whether what stands before "would reply" is what that hangs on: "Should they come, ..."."""
        tree = self.tree
        first = tree.words[start].lower()
        return first in ("if", "should", "had", "were", "unless") and any(
            tree.tags[c] == "MD" for c in tree.all(self.cue.head, "aux")
        )

    def _is_aside(self) -> bool:
        """Whether the cue's clause stands behind what is said, set off by a comma or a closing mark."""
        tree = self.tree
        if self.first == 0 or self.who is None or self.cue.kind != "verb":
            return False
        if tree.words[self.first - 1] not in (",", "”", '"', "’", "—", "–", "--", "!", "?", "'"):
            return False
        verb = self.cue.head
        if tree.deps[verb] in ("relcl", "acl", "pcomp", "xcomp") or tree.tags[verb] not in (
            *_FINITE,
            "VBN",
            "VB",
        ):
            return False
        if tree.deps[verb] == "conj" and (
            tree.tags[verb] not in _FINITE
            or tree.child(verb, "nsubj") is None
            or any(tree.deps[t] == "cc" for t in range(tree.heads[verb], self.first))
        ):
            return False
        mark = tree.child(verb, "mark")
        if mark is not None and tree.words[mark].lower() != "as":
            return False
        if any(c > verb for c in tree.all(verb, "ccomp", "xcomp")):
            return False
        if not self.cue.person and tree.child(verb, "dobj") is not None:
            return False
        if self._leads_in() or self._is_condition(0):
            return False
        return tree.deps[verb] == "parataxis" or any(
            tree.pos[t] in ("VERB", "AUX") for t in range(self.first)
        )

    def _leads_in(self) -> bool:
        """Whether the sentence ends in a colon: what is said follows."""
        return self.tree.words[-1] == ":"

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
        allowed = set(self.who.whole) if self.who is not None else set()
        if any(tree.tags[t] in _FINITE and t not in allowed for t in between):
            return False
        if not self.cue.takes("quote"):
            return (bool(between) and tree.words[between[-1]] in (":", ",")) or not between
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
        if at < len(tree) and tree.words[at] == ",":
            rest = self._goes_on(at + 1) or self._quoted_on(at + 1)
            if rest:
                return rest
        if at >= min(len(tree), self.stop) or tree.words[at] not in (",", ":", ";", "—", "–", "-"):
            return []
        at += 1
        if at >= min(len(tree), self.stop):
            return []
        clause_follows = (
            tree.words[at].lower() in _SUBORDINATE
            and quoted.at(parts[0][0] + 1) is None
            and any(tree.tags[t] in _FINITE for t in range(at, min(len(tree), self.stop)))
        )
        if not clause_follows and (
            tree.words[at] in _NO_REST or tree.tags[at] in ("VBG", "IN", "WRB")
        ):
            return []
        if at + 1 < len(tree) and tree.tags[at] == "RB" and tree.tags[at + 1] == "VBG":
            return []
        start = self.starts[at]
        piece = quoted.piece_at(start)
        if piece is not None:
            return [r for r in quoted.ranges(piece[2]) if r[1] > start]
        tail = range(at, min(len(tree), self.stop))
        below = set(tree.subtree(self.cue.head))
        if not any(tree.tags[t] in _FINITE for t in tail) and (
            tree.deps[self.cue.head] != "parataxis" or any(t in below for t in tail)
        ):
            return []
        return [(start, self.ends[tail[-1]])]

    def _quoted_on(self, at: int) -> list[Range]:
        """The second quotation of `"A," X said, and "B."`."""
        tree, quoted = self.tree, self.quoted
        if at + 1 >= len(tree) or tree.words[at].lower() not in ("and", "but"):
            return []
        start = self.starts[at + 1]
        piece = quoted.piece_at(start)
        if piece is None or piece[0] < self.ends[at]:
            return []
        return [r for r in quoted.ranges(piece[2]) if r[1] > start]

    def _goes_on(self, at: int) -> list[Range]:
        """The rest of "She refused to play, friends say, but agreed to watch": a past tense beside a
        saying in the present, a cue of its own or not."""
        tree, verb = self.tree, self.cue.head
        if at >= len(tree) or tree.words[at].lower() not in ("and", "but"):
            return []
        told = tree.heads[verb]
        joined = next((t for t in range(at, len(tree)) if tree.tags[t] == "VBD"), None)
        if (
            joined is None
            or tree.deps[verb] != "parataxis"
            or told > verb
            or tree.tags[told] != "VBD"
            or tree.tags[verb] not in ("VBZ", "VBP")
            or tree.deps[joined] != "conj"
            or tree.heads[joined] not in (told, verb)
            or tree.child(joined, "nsubj") is not None
        ):
            return []
        return [(self.starts[at], self.ends[max(tree.subtree(joined))])]


def _sentence(tree: Tree, cue: Cue, stop: int) -> Content | None:
    """The clause that "according to X" qualifies: the sentence, or the clause it stands inside."""
    if not cue.own:
        return None
    starts, ends = tree.sentence.starts, tree.sentence.ends
    low, high = min(cue.own), max(cue.own)
    parts: list[Range] = []
    if low > 0:
        parts.append((starts[0], ends[low - 1]))
    if high + 1 < len(tree):
        parts.append((starts[high + 1], ends[max(high + 1, min(stop, len(tree)) - 1)]))
    parts = [
        p
        for p in parts
        if tree.tokens_in(*p)
        and any(tree.pos[t] not in ("PUNCT", "CCONJ", "ADV", "SPACE") for t in tree.tokens_in(*p))
    ]
    return Content(tuple(parts), "sentence", None) if parts else None


def _is_inner(tree: Tree, token: int, verb: int) -> bool:
    """Whether a token stands in a noun phrase that its verb has as object."""
    for above in (token, *tree.ancestors(token)):
        if above == verb:
            return False
        if tree.deps[above] in ("dobj", "ccomp", "xcomp") and tree.heads[above] == verb:
            return tree.deps[above] != "dobj" or tree.pos[token] in ("DET", "ADJ", "ADP", "NOUN")
    return False
