"""Pronouns: he, she, they, it outside quotations, each joined to the one chain that fits, or left alone.

Candidates are looked for level by level: the subjects above the pronoun in its own sentence, then
other subjects before it there, then the sentences before, nearest first (subject salience, as in
Hobbs 1978 and Lappin and Leass 1994, kept to what can be explained). The first level with any
candidate decides, and only if it has exactly one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.annotate.mention_chains import Chain
from onrecord.annotate.mention_spans import Span
from onrecord.annotate.mention_words import words
from onrecord.text.tree import Tree

_PRONOUNS = {
    "he": ("m", False), "him": ("m", False), "she": ("f", False), "her": ("f", False),
    "they": (None, True), "them": (None, True), "it": ("n", False),
}  # fmt: skip
_SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_UNNAMED = -1
_IMPERSONAL = frozenset(
    "be seem appear happen take turn rain snow matter remain become mean follow emerge".split()
)


@dataclass(frozen=True)
class Reach:
    """How far back a pronoun may look, in sentences that tell something outside quotations."""

    person: int = 3
    thing: int = 1


class Resolver:
    """Resolves the pronouns of one version from first to last, each taking part in the next."""

    def __init__(
        self,
        trees: Sequence[Tree],
        chains: Sequence[Chain],
        quoted: Sequence[tuple[int, int]],
        reach: Reach,
    ) -> None:
        self._trees = trees
        self._chains = chains
        self._quoted = quoted
        self._reach = reach
        self._at: dict[tuple[int, int], int] = {}
        for number, chain in enumerate(chains):
            for span in chain.spans:
                for token in range(span.first, span.last):
                    self._at[span.sentence, token] = number
        self._heads: dict[int, list[tuple[int, int]]] = {}
        for number, chain in enumerate(chains):
            for span in chain.spans:
                self._heads.setdefault(span.sentence, []).append((span.head, number))

    def in_quotation(self, sentence: int, token: int) -> bool:
        """Whether a token stands inside a quotation."""
        start = self._trees[sentence].sentence.starts[token]
        return any(a <= start < b for a, b in self._quoted)

    def run(self) -> list[tuple[Span, int]]:
        """(span, number of its chain) of every pronoun that could be resolved."""
        found = []
        for n, tree in enumerate(self._trees):
            for i, word in enumerate(tree.words):
                sort = _PRONOUNS.get(word.lower())
                if (
                    sort is None
                    or tree.tags[i] != "PRP"
                    or (n, i) in self._at
                    or self.in_quotation(n, i)
                ):
                    continue
                number = self._resolve(n, i, *sort)
                if number is None:
                    continue
                chain = self._chains[number]
                if sort[0] in ("m", "f") and chain.gender is None:
                    chain.gender = sort[0]
                self._at[n, i] = number
                self._heads.setdefault(n, []).append((i, number))
                span = Span(
                    sentence=n, first=i, last=i + 1, head=i, kind=chain.kind, role="pronoun", name=chain.name, rank=9
                )  # fmt: skip
                found.append((span, number))
        return found

    # ------------------------------------------------------------------ one pronoun

    def _resolve(self, n: int, i: int, gender: str | None, plural: bool) -> int | None:
        tree = self._trees[n]
        if gender == "n" and not self._may_act(tree, i):
            return None
        barred = self._co_arguments(n, i)
        for level in self._levels(n, i, thing=gender == "n" or plural):
            fitting = sorted(
                {c for c in level if c not in barred and self._fits(c, gender, plural)}
            )
            if len(fitting) == 1:
                return fitting[0]
            if fitting:
                told = [
                    c for c in fitting if gender in ("m", "f") and self._chains[c].gender == gender
                ]
                return told[0] if len(told) == 1 and len(fitting) == 2 else None
            if (gender == "n" or plural) and level:
                return None
        return None

    def _unnamed_subject(self, n: int, verb: int, i: int) -> bool:
        """Whether a noun that is no mention is this verb's subject: it could be meant as well."""
        tree = self._trees[n]
        return any(
            tree.deps[c] in _SUBJECTS
            and c != i
            and (n, c) not in self._at
            and tree.pos[c] != "PRON"
            for c in tree.children[verb]
        )

    def _fits(self, number: int, gender: str | None, plural: bool) -> bool:
        if number == _UNNAMED:
            return False
        chain = self._chains[number]
        if plural:
            return chain.kind == "group" or (chain.plural and chain.kind != "person")
        if gender == "n":
            return chain.kind in ("organisation", "government") and not chain.plural
        return (
            chain.kind in ("person", "office")
            and not chain.plural
            and chain.gender in (None, gender)
        )

    def _may_act(self, tree: Tree, i: int) -> bool:
        """Whether an "it" is the subject of a verb that a body may do; not "it is clear that"."""
        if tree.deps[i] != "nsubj":
            return False
        verb = tree.heads[i]
        if tree.lemmas[verb] not in _IMPERSONAL:
            return tree.pos[verb] == "VERB"
        return any(
            tree.lemmas[c] in words().stance for c in tree.children[verb] if tree.deps[c] == "acomp"
        )

    def _co_arguments(self, n: int, i: int) -> set[int]:
        """Chains that stand beside the pronoun under its own verb: "he met him" are two people."""
        tree = self._trees[n]
        at = i
        while tree.deps[at] in ("pobj", "prep", "dative", "conj", "poss") and tree.heads[at] != at:
            at = tree.heads[at]
        verb = tree.heads[at] if tree.pos[at] not in ("VERB", "AUX") else at
        subject = tree.deps[i] in _SUBJECTS
        barred = set()
        for head, number in self._heads.get(n, []):
            beside = tree.deps[head] in (*_SUBJECTS, "dobj", "dative")
            if (
                head != i
                and tree.heads[head] == verb
                and beside
                and (not subject or tree.deps[head] in _SUBJECTS)
            ):
                barred.add(number)
        if not subject:
            barred |= self._doers(n, verb)
        return barred

    def _doers(self, n: int, verb: int) -> set[int]:
        """Chains that do what a verb without a subject of its own says: the object of the verb above
        ("urged him to leave"), else its subject ("hoped to leave")."""
        tree = self._trees[n]
        doer = next((v for v in (verb, *tree.ancestors(verb)) if tree.all(v, *_SUBJECTS)), None)
        if doer is None or doer == verb or not self._reaches(tree, verb, doer):
            return set()
        controlled = tree.all(doer, "dobj", "dative")
        wanted = controlled or tree.all(doer, *_SUBJECTS)
        return {self._at[n, i] for i in wanted if (n, i) in self._at}

    def _reaches(self, tree: Tree, verb: int, doer: int) -> bool:
        """Whether a verb without a subject is done by another verb's subject: "hoped to meet him"."""
        at = verb
        while at != doer:
            if tree.deps[at] in ("relcl", "acl", "ccomp") or tree.heads[at] == at:
                return False
            at = tree.heads[at]
        return True

    def _levels(self, n: int, i: int, *, thing: bool) -> list[list[int]]:
        """Chains to look at, best level first."""
        tree = self._trees[n]
        mine = [(h, c) for h, c in self._heads.get(n, []) if not self.in_quotation(n, h)]
        levels = [
            [c for h, c in mine if _subject_of(tree, h) == verb and h != i]
            or ([_UNNAMED] if thing and self._unnamed_subject(n, verb, i) else [])
            for verb in self._verbs_above(tree, i)
        ]
        before = [(h, c) for h, c in mine if h < i]
        levels.append([c for h, c in before if _subject_like(tree, h)])
        if not thing:
            levels.append([c for _, c in before])
        elif tree.deps[i] not in _SUBJECTS:
            return levels
        far = self._reach.thing if thing else self._reach.person
        block = tree.sentence.block
        for m in range(n - 1, -1, -1):
            if far <= 0:
                break
            other = self._trees[m]
            told = [(h, c) for h, c in self._heads.get(m, []) if not self.in_quotation(m, h)]
            if all(self.in_quotation(m, t) or other.pos[t] == "PUNCT" for t in range(len(other))):
                continue
            if thing and block - other.sentence.block > 1:
                break
            roots = other.roots
            main = [c for h, c in told if _subject_of(other, h) in roots]
            if thing and not main:
                break
            levels.append(main)
            if not thing:
                levels.append([c for h, c in told if _subject_like(other, h)])
                levels.append([c for _, c in told])
            far -= 1
        return levels

    def _verbs_above(self, tree: Tree, i: int) -> list[int]:
        """Verbs above the pronoun's own, nearest first, and those its own verb is coordinated with."""
        own = tree.heads[i]
        for above in (i, *tree.ancestors(i)):
            if tree.pos[above] in ("VERB", "AUX"):
                own = above
                break
        found = []
        for above in tree.ancestors(own):
            if tree.pos[above] in ("VERB", "AUX"):
                found.append(above)
        return found


def _subject_of(tree: Tree, i: int) -> int | None:
    """The verb a token, or the noun it is coordinated with, is the subject of; None if it is none."""
    at = i
    while tree.deps[at] in ("conj", "appos") and tree.heads[at] != at:
        at = tree.heads[at]
    return tree.heads[at] if tree.deps[at] in _SUBJECTS else None


def _subject_like(tree: Tree, i: int) -> bool:
    return _subject_of(tree, i) is not None
