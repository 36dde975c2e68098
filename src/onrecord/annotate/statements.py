"""Sentences -> StatementCandidate: who said what to whom, under which condition, as one version prints it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.annotate import acts, hinges, speakers
from onrecord.annotate.addressees import mark_addressees
from onrecord.annotate.apart import sort_out
from onrecord.annotate.channels import mark_channels
from onrecord.annotate.conditions import Condition, conditions, reaches
from onrecord.annotate.cues import Cue, Entry
from onrecord.annotate.drafts import SPEECH, Draft, Text
from onrecord.annotate.modality import predicate
from onrecord.annotate.passages import drafts
from onrecord.annotate.sides import Sides
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

_PRONOUNS = frozenset(("He", "She", "They", "I", "We", "It"))
_SETTING = ("speak", "talk", "address", "testify", "write", "appear")
"""Participles that only set the scene of a statement: "Speaking in Kelm on Friday, she said"."""
_LISTENERS = ("reporter", "journalist", "crowd", "audience")
_OCCASIONS = ("conference", "briefing", "speech", "rally", "interview", "hearing")
"""Nouns whose place is the saying's own: "told reporters in Kelm", "said at a rally in Kelm"."""


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
    """All statements of one version. Uses the resources `outlets`, to tell agencies from
    speakers, and `tagger`."""
    version = group.one(Version)
    text = Text(version, group.all(Sentence))
    maker = _Maker(version, text, group.all(Mention), group.all(DateCandidate), options)
    persons = {m.citation.quote for m in group.all(Mention) if m.kind == "person"}
    found = drafts(text, resources["tagger"], persons - _PRONOUNS)
    mark_addressees(text, found, maker.mention_of)
    mark_channels(found, resources["outlets"], maker.mention_of)
    found = sort_out(text, found, maker)
    made: dict[int, StatementCandidate] = {}
    ids = {id(d): maker.identity(d) for d in found}
    seen: set[str] = set()
    for draft in found:
        if ids[id(draft)] in seen:
            continue
        seen.add(ids[id(draft)])
        outer = draft.outer
        while outer is not None and id(outer) not in ids:
            # what it stood in turned out to be none
            outer = outer.outer
        within = ids[id(outer)] if outer is not None else None
        made[id(draft)] = maker.record(draft, ids[id(draft)], within)
    yield from made.values()


_BINDING = ("promise", "threaten", "offer", "demand", "propose", "agree", "ask")
"""Acts whose content is dated by what stands behind it: "promised it on May 20" may mean either day."""
_LIMITS = ("for", "by", "until", "till", "before", "within", "since", "from", "after")


def _is_limit(tree: Tree, tokens: Sequence[int]) -> bool:
    """Whether a date is a bound ("by May 20", "until Friday"), which never dates a saying."""
    first = min(tokens)
    return tree.words[first].lower() in _LIMITS or any(
        tree.words[t].lower() in _LIMITS for t in range(max(0, first - 2), first)
    )


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
        trees = {t.sentence.number: t for t in text.trees}
        self.sides = Sides(trees, mentions, self.mention_of)

    def identity(self, draft: Draft) -> str:
        spans: list[int] = [*draft.span]
        for a, b in (draft.cue_range or (0, 0), *draft.content):
            spans.extend((a, b))
        return make_id("stc", self.version.id, "statement", *spans)

    def record(self, draft: Draft, identity: str, within: str | None) -> StatementCandidate:
        version, tree = self.version, draft.tree
        read = self.reading(draft)
        said, basis = self._said(draft)
        start, end = draft.span
        return StatementCandidate(
            id=identity,
            version_id=version.id,
            article_id=version.article_id,
            sentence=tree.sentence.number,
            citation=cite(version, start, end),
            speaker=self._speaker(draft),
            cue=cite(version, *draft.cue_range) if draft.cue_range else None,
            content=tuple(cite(version, a, b) for a, b in draft.content),
            addressee=None if draft.to is None else self._holder(*draft.to),
            manner=self.text.quoted.manner(
                list(draft.content), self.options.direct_above, self.options.mixed_above
            ),
            act=read.act,
            polarity=read.polarity,
            modality=read.modality,
            condition=self.condition(draft),
            said_date=said,
            said_basis=basis,
            place=self._place(draft),
            within=within,
            via=tuple(sorted(set(draft.via))),
        )

    # ------------------------------------------------------------------ who

    def _speaker(self, draft: Draft) -> Holder | None:
        """Whoever speaks; a quoted "we" is the one who is quoted."""
        draft = draft.voice or draft
        return None if draft.who is None else self._holder(draft.who_tree, draft.who)

    def _holder(self, tree: Tree, phrase: speakers.Phrase) -> Holder:
        """The words of a noun phrase; for "who" the name and mention of what it stands for, for a role
        with an apposition those of the name."""
        start, end = tree.span(phrase.tokens)
        named = phrase
        mention = self.mention_of(tree, phrase.head)
        antecedent = speakers.antecedent(tree, phrase.head)
        if antecedent is not None:
            named = speakers.phrase(tree, antecedent)
            mention = mention or self.mention_of(tree, antecedent)
        elif (apposed := speakers.apposition(tree, phrase)) is not None:
            named = apposed
            mention = self.mention_of(tree, apposed.head) or mention
        if speakers.is_joint(tree, named.head):
            # "Norland and Vesk said": no one of them alone
            mention = None
        low, high = tree.span(named.core)
        return Holder(
            name=self.version.text[low:high],
            mention_id=None if mention is None else mention.id,
            citation=cite(self.version, start, end),
        )

    def mention_of(self, tree: Tree, head: int) -> Mention | None:
        """The mention that a phrase's head stands in; the shortest of several."""
        a, b = tree.sentence.starts[head], tree.sentence.ends[head]
        return self._mention(tree.sentence.number, a, b)

    def _mention(self, sentence: int, start: int, end: int) -> Mention | None:
        found = [m for m in self.mentions.get(sentence, ()) if m.start < end and m.end > start]
        return min(found, key=lambda m: (m.end - m.start, m.id)) if found else None

    # ------------------------------------------------------------------ how

    def main(self, draft: Draft) -> tuple[Tree, tuple[int, ...], int | None]:
        """The sentence a draft's content begins in, the content's tokens there, its main verb: the
        first main clause's, and of "leave or we will close it" the verb behind "or"."""
        start = draft.content[0][0] if draft.binds is None else draft.binds
        tree = draft.tree
        if not tree.sentence.start <= start < tree.sentence.end:
            tree = next(iter(self.text.trees_in(start, start + 1)), tree)
        tokens = tuple(sorted({t for a, b in draft.content for t in tree.tokens_in(a, b)}))
        if draft.cue is not None and tree is draft.tree:
            tokens = tuple(t for t in tokens if t not in draft.cue.tokens)
        verb = predicate(tree, tokens)
        for condition in self.conditions(tree):
            if condition.kind == "alternative" and verb in condition.tokens:
                verb = condition.governed
        return tree, tokens, verb

    def conditions(self, tree: Tree) -> tuple[Condition, ...]:
        """The conditions of a sentence."""
        number = tree.sentence.number
        if number not in self._conditions:
            self._conditions[number] = conditions(tree)
        return self._conditions[number]

    def reading(self, draft: Draft) -> acts.Reading:
        """Act, polarity and modality: those of the content's first main clause."""
        cue = draft.cue
        if cue is None:
            # "Name: ...": a plain saying
            head = 0 if draft.who is None else draft.who.head
            cue = Cue("colon", head, None, (), (Entry("assert", frozenset((draft.take,))),))
        tree, tokens, verb = self.main(draft)
        who, who_tree = draft.who, draft.who_tree

        def own(tree: Tree, subject: int) -> bool:
            if who is None or self._is_reporters(draft, tree, subject):
                return False
            return self.sides.own(tree, subject, who_tree, who)

        found = self._main_condition(draft)
        at = hinges.NONE if draft.hangs_on is None else hinges.ELSEWHERE
        if found is not None and found[0] is tree:
            at = hinges.hinge(*found, own, verb)
        # a transcript's lines are direct speech without marks; what somebody quoted tells of others
        # ("I told them it would ...") is not
        marks = self.text.quoted.at(draft.content[0][0] + 1)
        within = draft.cue_range is not None and marks == self.text.quoted.at(draft.cue_range[0])
        direct = draft.cue is None or (marks is not None and not within)
        return acts.reading(
            draft.tree,
            cue,
            draft.take,
            tree,
            tokens,
            verb,
            direct=direct,
            own=own,
            hinge=at,
        )

    def _is_reporters(self, draft: Draft, tree: Tree, subject: int) -> bool:
        """Whether a pronoun cannot be the speaker's for where it stands: an "I" or "we" that no
        quotation of the speaker's holds is of whoever reports the saying ("she told me I would lose
        it"), a "he" or "they" that one holds is somebody else."""
        word = tree.words[subject].lower()
        if draft.cue_range is None or draft.voice is not None:
            return False
        mark = self.text.quoted.at(tree.sentence.starts[subject])
        outside = mark == self.text.quoted.at(draft.cue_range[0])
        return outside if word in ("i", "we") else not outside and word in ("he", "she", "they")

    def condition(self, draft: Draft) -> Citation | None:
        """What the content's main clause hangs on, as the text has it; None where nothing is said."""
        if draft.hangs_on is not None:
            return cite(self.version, *draft.hangs_on)
        found = self._main_condition(draft)
        if found is not None:
            return cite(self.version, *found[0].span(found[1].tokens))
        return self._outer_condition(draft)

    def _main_condition(self, draft: Draft) -> tuple[Tree, Condition] | None:
        """The condition that governs the main clause or the cue, the content's sentence first."""
        tree, _, verb = self.main(draft)
        for condition in self.conditions(tree):
            low, high = tree.span(condition.tokens)
            inside = any(a < high and b > low for a, b in draft.content)
            if any(a <= low and high <= b for d in draft.inner for a, b in d.content):
                continue
            if tree is draft.tree and draft.cue is not None and draft.cue.head in condition.tokens:
                continue
            if verb is not None and any(
                d.tree is tree
                and d.cue is not None
                and d.cue.verb == verb
                and d.content[0][0] < low
                for d in draft.inner
                if d.take != "naming"
            ):
                # "said they had agreed to it on condition that": what was agreed hangs on it
                continue
            if inside and (verb is None or reaches(tree, condition, verb)):
                return tree, condition
        if draft.cue is not None and draft.cue.verb is not None:
            for condition in self.conditions(draft.tree):
                if condition.governed == draft.cue.verb and condition.kind == "clause":
                    return draft.tree, condition
        return None

    def _outer_condition(self, draft: Draft) -> Citation | None:
        """A condition behind an inner statement's content, where nothing else it could hang on stands
        between: parsers cut "will be ready to act on the dam and the locks, if ..." short."""
        outer, tree = draft.outer, draft.tree
        if outer is None or outer.tree is not tree:
            return None
        end = draft.content[-1][1]
        for condition in self.conditions(tree):
            low, high = tree.span(condition.tokens)
            between = tree.tokens_in(end, low) if end < low else ()
            if (
                low >= end
                and condition.kind == "clause"
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
        binds = draft.cue.act_of(draft.take) in _BINDING and draft.take not in SPEECH
        behind = draft.content[-1][1]
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
                or _is_limit(tree, tokens)
                or (binds and tree.sentence.starts[tokens[0]] >= behind)
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

    def _is_adjunct(self, draft: Draft, prep: int) -> bool:
        """Whether a preposition belongs to the saying itself ("said in Kelm", "told reporters in Kelm",
        "said at a rally in Kelm"), not to a noun beside it ("before talks in Kelm")."""
        tree, cue = draft.tree, draft.cue
        if cue is None or not self._hangs_on_cue(draft, (prep,)):
            return False
        above = tree.heads[prep]
        if tree.pos[above] in ("VERB", "AUX"):
            return above == cue.verb or tree.lemmas[above] in _SETTING
        if tree.deps[above] in ("dobj", "dative"):
            return tree.lemmas[above] in _LISTENERS
        return tree.deps[above] == "pobj" and (
            tree.lemmas[above] in _OCCASIONS or tree.lemmas[above] in _LISTENERS
        )

    def _is_place(self, tree: Tree, token: int) -> bool:
        mention = self.mention_of(tree, token)
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
            if not self._is_place(tree, t) or not self._is_adjunct(draft, tree.heads[t]):
                continue
            span = speakers.phrase(tree, t)
            a, b = tree.span(span.core)
            return PlaceRef(name=self.version.text[a:b], citation=cite(self.version, a, b))
        return None
