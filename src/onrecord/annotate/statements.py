"""Sentences -> StatementCandidate: who said what to whom, under which condition, as one version prints it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.annotate import acts, speakers
from onrecord.annotate.conditions import Condition, conditions
from onrecord.annotate.drafts import Draft, Text
from onrecord.annotate.passages import drafts
from onrecord.gazetteer import Outlets
from onrecord.options import option
from onrecord.records import (
    Citation,
    DateCandidate,
    Holder,
    Mention,
    PlaceRef,
    Sentence,
    StatementCandidate,
    Version,
)
from onrecord.stage import Group, Resources
from onrecord.text.citing import cite
from onrecord.text.ids import make_id
from onrecord.text.tree import Tree

_SETTING = ("speak", "talk", "address", "testify", "write", "appear")
"""Participles that only set the scene of a statement: "Speaking in Kelm on Friday, she said"."""


@dataclass(frozen=True, slots=True)
class Options:
    """Options of the statement_candidates stage."""

    direct_above: int = option(
        90,
        "A statement is direct if more of its content stands in quotation marks",
        unit="per cent",
    )
    mixed_above: int = option(
        5, "A statement is mixed if more of its content stands in quotation marks", unit="per cent"
    )


def work(group: Group, options: Options, resources: Resources) -> Iterator[StatementCandidate]:
    """All statements of one version. Uses the resource `outlets` to tell agencies from speakers."""
    version = group.one(Version)
    text = Text(version, group.all(Sentence))
    found = drafts(text)
    _via(found, resources["outlets"])
    maker = _Maker(version, text, group.all(Mention), group.all(DateCandidate), options)
    made: dict[int, StatementCandidate] = {}
    ids = {id(d): maker.identity(d) for d in found}
    seen: set[str] = set()
    for draft in found:
        if ids[id(draft)] in seen:
            continue
        seen.add(ids[id(draft)])
        within = ids[id(draft.outer)] if draft.outer is not None else None
        made[id(draft)] = maker.record(draft, ids[id(draft)], within)
    yield from made.values()


def _via(found: list[Draft], outlets: Outlets) -> None:
    """An outlet or agency that only reports another's statement is what that came through."""
    for draft in list(found):
        if (through := _quoted_by(draft, outlets)) is not None:
            draft.via.append(through)
        name = _outlet(draft, outlets)
        if name is None or draft.outer is not None:
            continue
        inner = [d for d in found if d.outer is draft and _same_extent(draft, d)]
        if not inner:
            continue
        for one in inner:
            one.outer = None
            one.via.append(name)
        for other in found:
            if other.outer is draft:
                other.outer = None
        found.remove(draft)


def _quoted_by(draft: Draft, outlets: Outlets) -> str | None:
    """The outlet of "was quoted by the agency as saying", if it is a known one."""
    tree, cue = draft.tree, draft.cue
    if cue is None or cue.verb is None or tree.deps[cue.verb] != "pcomp":
        return None
    as_ = tree.heads[cue.verb]
    verb = tree.heads[as_]
    if tree.words[as_].lower() != "as" or tree.lemmas[verb] not in ("quote", "cite", "report"):
        return None
    by = speakers.agent(tree, verb)
    if by is None:
        return None
    core = speakers.phrase(tree, by).core
    outlet = outlets.by_name(" ".join(tree.words[t] for t in core))
    return None if outlet is None else outlet.name


def _outlet(draft: Draft, outlets: Outlets) -> str | None:
    if draft.who is None:
        return None
    words = " ".join(draft.who_tree.words[t] for t in draft.who.core)
    outlet = outlets.by_name(words)
    return None if outlet is None else outlet.name


def _same_extent(outer: Draft, inner: Draft) -> bool:
    """Whether an inner statement is all that the outer one reports."""
    low, high = inner.span
    total = sum(b - a for a, b in outer.content)
    shared = sum(max(0, min(b, high) - max(a, low)) for a, b in outer.content)
    return shared * 10 >= total * 8


class _Maker:
    def __init__(
        self,
        version: Version,
        text: Text,
        mentions: Sequence[Mention],
        dates: Sequence[DateCandidate],
        options: Options,
    ) -> None:
        self.version, self.text, self.options = version, text, options
        self.mentions: dict[int, list[Mention]] = {}
        for mention in sorted(mentions, key=lambda m: (m.start, -m.end, m.id)):
            self.mentions.setdefault(mention.sentence, []).append(mention)
        self.dates: dict[int, list[DateCandidate]] = {}
        for date in sorted(dates, key=lambda d: (d.citation.start or 0, d.id)):
            self.dates.setdefault(date.sentence, []).append(date)
        self._conditions: dict[int, tuple[Condition, ...]] = {}

    def identity(self, draft: Draft) -> str:
        spans: list[int] = [*draft.span]
        for a, b in (draft.cue_range or (0, 0), *draft.content):
            spans.extend((a, b))
        return make_id("stc", self.version.id, "statement", *spans)

    def record(self, draft: Draft, identity: str, within: str | None) -> StatementCandidate:
        version, tree = self.version, draft.tree
        read = self._reading(draft)
        said, basis = self._said(draft)
        start, end = draft.span
        return StatementCandidate(
            id=identity,
            version_id=version.id,
            article_id=version.article_id,
            sentence=tree.sentence.number,
            citation=cite(version, start, end),
            speaker=None if draft.who is None else self._holder(draft.who_tree, draft.who),
            cue=cite(version, *draft.cue_range) if draft.cue_range else None,
            content=tuple(cite(version, a, b) for a, b in draft.content),
            addressee=self._addressee(draft),
            manner=self.text.quoted.manner(
                list(draft.content), self.options.direct_above, self.options.mixed_above
            ),
            act=read.act,
            polarity=read.polarity,
            modality=read.modality,
            condition=self._condition(draft),
            said_date=said,
            said_basis=basis,
            place=self._place(draft),
            within=within,
            via=tuple(sorted(set(draft.via))),
        )

    # ------------------------------------------------------------------ who

    def _holder(self, tree: Tree, phrase: speakers.Phrase) -> Holder:
        """The words of a noun phrase; for "who" the name and mention of what it stands for."""
        start, end = tree.span(phrase.tokens)
        named = phrase
        mention = self._mention_of(tree, phrase.head)
        antecedent = speakers.antecedent(tree, phrase.head)
        if antecedent is not None:
            named = speakers.phrase(tree, antecedent)
            mention = mention or self._mention_of(tree, antecedent)
        if speakers.is_joint(tree, named.head):
            # "Norland and Vesk said": no one of them alone
            mention = None
        low, high = tree.span(named.core)
        return Holder(
            name=self.version.text[low:high],
            mention_id=None if mention is None else mention.id,
            citation=cite(self.version, start, end),
        )

    def _mention_of(self, tree: Tree, head: int) -> Mention | None:
        """The mention that a phrase's head stands in; the shortest of several."""
        a, b = tree.sentence.starts[head], tree.sentence.ends[head]
        return self._mention(tree.sentence.number, a, b)

    def _mention(self, sentence: int, start: int, end: int) -> Mention | None:
        found = [m for m in self.mentions.get(sentence, ()) if m.start < end and m.end > start]
        return min(found, key=lambda m: (m.end - m.start, m.id)) if found else None

    def _addressee(self, draft: Draft) -> Holder | None:
        if draft.cue is None:
            return None
        head = speakers.addressee(draft.tree, draft.cue)
        if head is None or (draft.who is not None and head == draft.who.head):
            return None
        return self._holder(
            draft.tree, speakers.phrase(draft.tree, head, without=frozenset(draft.cue.tokens))
        )

    # ------------------------------------------------------------------ how

    def _reading(self, draft: Draft) -> acts.Reading:
        start, end = draft.content[0]
        tree = draft.tree
        if not tree.sentence.start <= start < tree.sentence.end:
            tree = next(iter(self.text.trees_in(start, end)), tree)
        tokens = tuple(sorted({t for a, b in draft.content for t in tree.tokens_in(a, b)}))
        if draft.cue is None:
            return acts.Reading("assert", "positive", "asserted")
        if tree is draft.tree:
            tokens = tuple(t for t in tokens if t not in draft.cue.tokens)
        direct = self.text.quoted.at(start + 1) is not None
        return acts.reading(
            draft.tree, draft.cue, draft.take, draft.who, tree, tokens, direct=direct
        )

    def _condition(self, draft: Draft) -> Citation | None:
        """The first condition that stands in the content or governs it, the cue's sentence first."""
        trees = [draft.tree, *(t for a, b in draft.content for t in self.text.trees_in(a, b))]
        for tree in trees:
            number = tree.sentence.number
            if number not in self._conditions:
                self._conditions[number] = conditions(tree)
            for condition in self._conditions[number]:
                low, high = tree.span(condition.tokens)
                inside = any(a < high and b > low for a, b in draft.content)
                governs = (
                    draft.cue is not None
                    and tree is draft.tree
                    and condition.governed == draft.cue.verb
                )
                if inside or governs:
                    return cite(self.version, low, high)
        return self._outer_condition(draft)

    def _outer_condition(self, draft: Draft) -> Citation | None:
        """A condition behind an inner statement's content, where nothing else it could hang on stands
        between: parsers cut "will be ready to act on the dam and the locks, if ..." short."""
        outer, tree = draft.outer, draft.tree
        if outer is None or outer.tree is not tree:
            return None
        end = draft.content[-1][1]
        for condition in self._conditions[tree.sentence.number]:
            low, high = tree.span(condition.tokens)
            between = tree.tokens_in(end, low) if end < low else ()
            if (
                low >= end
                and any(a <= low and high <= b for a, b in outer.content)
                and not any(tree.deps[t] in ("nsubj", "nsubjpass", "expl") for t in between)
            ):
                return cite(self.version, low, high)
        return None

    # ------------------------------------------------------------------ when and where

    def _own_tokens(self, draft: Draft) -> set[int]:
        """Tokens of the cue's clause that are no content, speaker or condition."""
        tree, cue = draft.tree, draft.cue
        if cue is None or cue.verb is None:
            return set()
        own = set(tree.subtree(cue.verb))
        for a, b in draft.content:
            own -= set(tree.tokens_in(a, b))
        if draft.who is not None:
            own -= set(draft.who.tokens)
        return own

    def _said(self, draft: Draft) -> tuple[str | None, str | None]:
        tree = draft.tree
        candidates = self.dates.get(tree.sentence.number, ())
        if not candidates or draft.cue is None:
            return None, None
        own = self._own_tokens(draft)
        best: tuple[int, DateCandidate] | None = None
        for date in candidates:
            if (
                date.type not in ("DATE", "TIME")
                or date.citation.start is None
                or date.citation.end is None
            ):
                continue
            tokens = tree.tokens_in(date.citation.start, date.citation.end)
            if (
                not tokens
                or not all(t in own for t in tokens)
                or not self._hangs_on_cue(draft, tokens)
            ):
                continue
            distance = min(abs(t - draft.cue.head) for t in tokens)
            if best is None or distance < best[0]:
                best = (distance, date)
        if best is None:
            return None, None
        return best[
            1
        ].id, f"“{best[1].citation.quote}” stands beside “{tree.words[draft.cue.head]}”"

    def _hangs_on_cue(self, draft: Draft, tokens: Sequence[int]) -> bool:
        """Whether a phrase belongs to the cue itself, not to another verb below it."""
        tree, cue = draft.tree, draft.cue
        if cue is None:
            return False
        behind = max(cue.tokens)
        before = [t for a, _ in draft.content if (t := tree.token_at(a)) is not None and t > behind]
        if (
            before
            and all(behind < t < before[0] for t in tokens)
            and before[0] - behind <= len(tokens) + 2
        ):
            return True
        for above in tree.ancestors(tokens[0]):
            if above == cue.verb:
                return True
            setting = tree.tags[above] == "VBG" and tree.lemmas[above] in _SETTING
            if above not in tokens and tree.pos[above] in ("VERB", "AUX") and not setting:
                return False
        return False

    def _is_place(self, tree: Tree, token: int) -> bool:
        mention = self._mention_of(tree, token)
        if mention is not None:
            return mention.kind == "place" or mention.role == "place"
        return tree.ents[token].endswith(("GPE", "LOC", "FAC"))

    def _place(self, draft: Draft) -> PlaceRef | None:
        tree = draft.tree
        if draft.cue is None or draft.cue.verb is None:
            return None
        own = self._own_tokens(draft)
        for t in sorted(own):
            if tree.deps[t] != "pobj" or tree.words[tree.heads[t]].lower() not in ("in", "at"):
                continue
            if not self._is_place(tree, t) or not self._hangs_on_cue(draft, (t,)):
                continue
            span = speakers.phrase(tree, t)
            a, b = tree.span(span.core)
            return PlaceRef(name=self.version.text[a:b], citation=cite(self.version, a, b))
        return None
