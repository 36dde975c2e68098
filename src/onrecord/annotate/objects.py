"""Contents that are no clause: a cue's object, what it calls something, what follows its preposition."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.annotate.clauses import clause_form
from onrecord.annotate.cues import Cue
from onrecord.annotate.quotation import Quoted, Range
from onrecord.annotate.speakers import Phrase, is_passive, speaks
from onrecord.text.tree import Tree

Found = tuple[list[Range], str, int | None]
"""Ranges, the use of the cue that gave them (see cues.toml), and the token that governs them."""


_COMPLETED = (
    ("as", ("as",)),
    ("object_for", ("for", "over")),
    ("of_with_object", ("of",)),
)
"""Uses whose object counts only with a phrase behind it: "described it as", "accused her of"."""


_DATED = ("demand", "ask", "promise", "offer", "propose", "agree")
"""Acts whose object has its deadline with it: "demanded an answer by Monday"."""


def phrase_content(
    tree: Tree, cue: Cue, who: Phrase | None, stop: int, quoted: Quoted
) -> Found | None:
    """The content of a cue among its objects and prepositions, or None. Tokens from `stop` on belong
    to another cue."""
    return _Reader(tree, cue, who, stop, quoted).read()


@dataclass(frozen=True, slots=True)
class _Reader:
    tree: Tree
    cue: Cue
    who: Phrase | None
    stop: int
    quoted: Quoted

    @property
    def starts(self) -> tuple[int, ...]:
        return self.tree.sentence.starts

    @property
    def ends(self) -> tuple[int, ...]:
        return self.tree.sentence.ends

    def read(self) -> Found | None:
        """Naming first, then objects with what belongs to them, then prepositions."""
        tree, cue = self.tree, self.cue
        verb = cue.head
        kids = [c for c in tree.children[verb] if c < self.stop]
        passive = cue.kind == "verb" and is_passive(tree, verb)
        if cue.takes("naming"):
            found = self._naming(kids, passive)
            if found:
                return found, "naming", None
        objects = [
            c
            for c in kids
            if tree.deps[c] == ("nsubjpass" if passive else "dobj")
            and not tree.ents[c].endswith(("DATE", "TIME"))
        ]
        first = objects[0] if objects else None
        found_object = self._object(first, passive) if first is not None else None
        if found_object is not None:
            return found_object
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
                if wish is None or clause_form(tree, wish) not in ("infinitive", "object_clause"):
                    continue
                return (
                    [(self._span(inner)[0], max(self._span(wish)[1], self._span(inner)[1]))],
                    "infinitive",
                    wish,
                )
            start, end = self._span(inner)[0], max(self._span(inner)[1], self._span(prep)[1])
            if cue.person and tree.child(verb, "dobj") is not None and word == "for":
                start = self._span(tree.child(verb, "dobj") or inner)[0]
            return [(start, end)], word if cue.takes(word) else owned, inner
        return None

    def _prep(self, *words: str) -> int | None:
        """The cue's first preposition among `words`, this side of the next cue."""
        tree, verb = self.tree, self.cue.head
        return next(
            (
                c
                for c in tree.all(verb, "prep")
                if verb < c < self.stop and tree.words[c].lower() in words
            ),
            None,
        )

    def _prep_of(self, noun: int, *words: str) -> int | None:
        """A noun's own preposition among `words` with a verb behind it."""
        tree = self.tree
        return next(
            (
                c
                for c in tree.all(noun, "prep")
                if noun < c < self.stop
                and tree.words[c].lower() in words
                and tree.child(c, "pcomp") is not None
            ),
            None,
        )

    def _object(self, first: int, passive: bool) -> Found | None:
        """The direct object (a passive's subject) and the phrase that completes it, if any."""
        tree, cue = self.tree, self.cue
        span = self._span(first)
        for take, words in _COMPLETED:
            other = self._prep(*words) if cue.takes(take) else None
            if other is None and cue.takes(take) and take == "of_with_object" and not passive:
                other = self._prep_of(first, *words)
                if other is not None:
                    # "accused the council of hiding it": a parser may take it for the council's
                    low = self.starts[min(tree.subtree(first))]
                    return [(low, self._span(other)[1])], take, other
            if other is not None:
                return [span, self._span(other)], take, other if take[0] == "o" else first
        if (
            cue.takes("object_harm")
            and not passive
            and tree.pos[first] == "NOUN"
            and not speaks(tree, first)
        ):
            return [span], "object_harm", first
        if cue.takes("object") and not (cue.person and not passive):
            why = self._prep("for") if cue.takes("for") else None
            by = self._prep("by", "until", "before", "within")
            dated = by is not None and cue.act_of("object") in _DATED
            if by is not None and dated and 0 <= self.starts[by] - span[1] <= 1:
                span = (span[0], self._span(by)[1])
            return [span] if why is None else [span, self._span(why)], "object", first
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
        if any(clause_form(tree, c) in ("infinitive", "object_clause") for c in names):
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
            tokens = [t for t in tokens if t < self.cue.head] or [head]
        else:
            tokens = [t for t in tokens if t > self.cue.head] or [head]
        return self.starts[min(tokens)], self.ends[max(tokens)]
