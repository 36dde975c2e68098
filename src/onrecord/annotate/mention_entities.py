"""The entity recogniser's labels, cleaned, and judged by what the whole version tells of the same words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from onrecord.annotate.mention_spans import Span, head_of, text_of
from onrecord.annotate.mention_titles import (
    ORGANISATION_ENDS,
    PREFIXES,
    gazetteer_gender,
    is_name_token,
    only_qualifies,
    run_of_name,
)
from onrecord.annotate.mention_words import words
from onrecord.gazetteer import Gazetteer
from onrecord.text.tree import Tree

NOT_NAMES = frozenset(
    "Islam Christianity Judaism Catholicism Hinduism Buddhism GMT UTC EST EDT PST PDT CET BST RSS URL FAQ PDF".split()
)
KINDS = {
    "PERSON": "person",
    "ORG": "organisation",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "NORP": "group",
}


@dataclass
class Evidence:
    """What the whole version tells about words: surnames in use, labels by vote, places by context."""

    surnames: dict[str, str] = field(default_factory=dict)
    votes: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    places: Counter[str] = field(default_factory=Counter)
    firsts: set[str] = field(default_factory=set)
    common: frozenset[str] = frozenset()
    """Words whose capital letter only begins a sentence or stands in a headline: no names."""


def common_nouns(trees: Sequence[Tree]) -> frozenset[str]:
    """Words with a capital letter only at a beginning or in a headline that are common nouns: they
    stand elsewhere in small letters, are the plural subject of their verb, or only begin headlines
    and no label of the recogniser is on them anywhere.

    A capital letter inside prose speaks for a name, unless it is one of a longer name's.
    """
    small: set[str] = set()
    begins: set[str] = set()
    inside: set[str] = set()
    headed: set[str] = set()
    told: set[str] = set()
    for tree in trees:
        whole = bool(tree.words) and tree.words[-1][-1:].isalnum()
        headline = tree.is_title_case
        first = next((i for i, w in enumerate(tree.words) if w[:1].isalnum()), 0)
        for i, word in enumerate(tree.words):
            if word.islower() and tree.pos[i] == "NOUN":
                small.update((word, tree.lemmas[i].lower()))
            elif word[:1].isupper() and not word.isupper():
                if headline or i == first:
                    begins.add(word)
                    labelled = tree.ents[i] != "O"
                    (headed if whole and not labelled else told).add(word)
                    if _is_plural_subject(tree, i):
                        small.add(word.lower())
                elif not any(w[:1].isupper() for w in tree.words[max(i - 1, 0) : i + 2 : 2]):
                    inside.add(word)
    return frozenset(w for w in begins - inside if w.lower() in small or w in headed - told)


def _is_plural_subject(tree: Tree, i: int) -> bool:
    """A first word in -s whose verb is a plural's ("Harvests fail"): a noun that only begins a sentence."""
    verb = tree.heads[i]
    plural = tree.tags[verb] == "VBP" or any(
        tree.words[c].lower() in ("are", "were", "have") for c in tree.children[verb] if c > i
    )
    return tree.deps[i] in ("nsubj", "nsubjpass") and tree.words[i].endswith("s") and plural


def is_shouted(tree: Tree) -> bool:
    """Three or more longer words in capitals throughout: there they tell no acronym."""
    return sum(w.isupper() and len(w) > 3 for w in tree.words) >= 3


def entity_spans(text: str, number: int, tree: Tree, gazetteer: Gazetteer) -> Iterator[Span]:
    """The recogniser's entities, without articles, titles, nationalities and possessive endings."""
    i = 0
    while i < len(tree):
        if not tree.ents[i].startswith("B-"):
            i += 1
            continue
        label = tree.ents[i][2:]
        last = i + 1
        while last < len(tree) and tree.ents[last] == f"I-{label}":
            last += 1
        kind = KINDS.get(label, "")
        if kind and (trimmed := trim(tree, i, last, kind, gazetteer)):
            first, end = trimmed
            name = text_of(tree, text, first, end)
            head = head_of(tree, first, end)
            if label == "FAC" and tree.deps[head] != "pobj":
                i = last
                continue
            if kind == "group" and not _names_people(tree, head, first):
                i = last
                continue
            yield Span(
                sentence=number, first=first, last=end, head=head,
                kind=kind, role="place" if kind == "place" else "name", name=name,
                rank=3 if end - first > 1 else 5, key=label,
                country=gazetteer.country_within(name) if kind in ("organisation", "group") else None,
                gender=gazetteer_gender(name, gazetteer) if kind == "person" else None,
                plural=kind == "group",
            )  # fmt: skip
        i = last


def _names_people(tree: Tree, i: int, first: int) -> bool:
    """Whether a people's name is a noun here: not "Russian troops", not the language "in Russian"."""
    article = first > 0 and tree.tags[first - 1] in ("DT", "CD", "JJ")
    plural = tree.words[i].endswith(("s", "men")) or tree.tags[i] in ("NNS", "NNPS")
    return (article or plural) and tree.deps[i] not in (
        "amod",
        "compound",
        "nmod",
        "npadvmod",
        "advmod",
        "acomp",
        "attr",
    )


def trim(
    tree: Tree, first: int, last: int, kind: str, gazetteer: Gazetteer
) -> tuple[int, int] | None:
    """An entity without what is not its name; None if nothing that looks like a name is left."""
    lists = words()
    while first < last and (
        tree.pos[first] in ("DET", "PUNCT", "SYM", "SPACE", "PART", "PRON", "CCONJ")
        or tree.words[first].lower() in ("the", "a", "an")
    ):
        first += 1
    while last > first and (
        tree.pos[last - 1] in ("PUNCT", "PART", "SYM", "CCONJ")
        or tree.words[last - 1] in ("'s", "’s", "'", "’")
    ):
        last -= 1
    if kind == "person":
        moved = True
        while moved and last - first > 1:
            word = tree.words[first].lower().strip(".")
            moved = (
                word in lists.honorifics
                or gazetteer.is_demonym(tree.words[first])
                or gazetteer.office(tree.words[first]) is not None
                or (word in lists.people and not gazetteer.gender(word))
                or not is_name_token(tree, first)
            )
            first += moved
        end = run_of_name(tree, first, gazetteer)
        hyphen = last < len(tree) and tree.words[last] in ("-", "–")
        last = (end if hyphen else min(last, end)) if end > first else first
    if first >= last or not any(w[:1].isupper() for w in tree.words[first:last]):
        return None
    if kind == "person" and (
        gazetteer.office(tree.words[last - 1]) or not is_name_token(tree, first)
    ):
        return None
    if tree.words[first].lower() in PREFIXES or (first > 1 and only_qualifies(tree, first)):
        return None
    if all(len(w) == 1 for w in tree.words[first:last]) or tree.words[first] in NOT_NAMES:
        return None
    if (
        kind != "person"
        and all(gazetteer.is_demonym(w) for w in tree.words[first:last])
        and kind != "group"
    ):
        return None
    return first, last


def gather(
    trees: Sequence[Tree],
    titled: Sequence[Sequence[Span]],
    entities: Sequence[Sequence[Span]],
    tables: Sequence[Sequence[Span]],
    gazetteer: Gazetteer,
) -> Evidence:
    """What the whole version tells about the words of names."""
    found = Evidence(common=common_nouns(trees))
    for spans in titled:
        for span in (s for s in spans if s.kind):
            tokens = span.name.split()
            found.surnames.setdefault(tokens[-1], span.name)
            if len(tokens) > 1:
                found.firsts.add(tokens[0])
    for n, spans in enumerate(entities):
        headline = trees[n].is_title_case
        for span in spans:
            tokens = span.name.split()
            found.votes[span.name][span.kind] += 1 if headline else 3
            person = span.kind == "person" and len(tokens) > 1
            if person and not gazetteer.longest_name(tokens, len(tokens) - 1):
                known = gazetteer.gender(tokens[0]) is not None
                if known or not headline:
                    found.surnames.setdefault(tokens[-1], span.name)
                    found.firsts.add(tokens[0])
    for tree in trees:
        for i, word in enumerate(tree.words):
            if not word[:1].isupper() or tree.pos[i] not in ("PROPN", "NOUN", "ADJ"):
                continue
            behind = tree.words[i + 1] if i + 1 < len(tree) else ""
            if (
                (
                    tree.deps[i] == "pobj"
                    and tree.heads[i] == i - 1
                    and tree.lemmas[i - 1] in ("in", "into", "across", "inside", "near")
                )
                or (behind in ("'s", "’s") and _possessor_of_state(tree, i, gazetteer))
                or (
                    behind in ("President", "Premier", "Chancellor")
                    and tree.deps[i] in ("compound", "nmod")
                )
            ):
                found.places[word] += 1
    return found


def _possessor_of_state(tree: Tree, i: int, gazetteer: Gazetteer) -> bool:
    lemma = tree.lemmas[tree.heads[i]]
    return tree.deps[i] == "poss" and lemma in (
        "government", "parliament", "army", "capital", "border", "president", "premier", "military", "constitution", "coast", "territory",
    )  # fmt: skip


def judged(
    tree: Tree, spans: Sequence[Span], evidence: Evidence, gazetteer: Gazetteer
) -> Iterator[Span]:
    """The recogniser's spans under the whole version's evidence: kinds by vote, lone guesses dropped."""
    headline = tree.is_title_case
    shouted = is_shouted(tree)
    for span in spans:
        tokens = span.name.split()
        parts = span.name.replace("–", "-").split("-")
        if len(tokens) == 1 and len(parts) > 1 and all(p in evidence.surnames for p in parts):
            continue
        votes = evidence.votes[span.name]
        best = min(votes, key=lambda kind: (-votes[kind], kind))
        kind = span.kind
        if span.kind == "group":
            yield span
            continue
        if len(tokens) == 1:
            if tokens[0] in evidence.common and kind in ("organisation", "person"):
                continue
            if tokens[0] in evidence.surnames or (shouted and tokens[0].isupper()):
                continue
            kind = best
            if evidence.places[tokens[0]] and not votes["person"]:
                kind = "place"
            if tokens[0] in evidence.firsts and gazetteer.gender(tokens[0]):
                kind = "person"
            if headline and votes[best] < 3:
                continue
        elif span.kind == "organisation" and _like_a_person(tokens, gazetteer):
            kind = "person"
        if kind == "person" and tokens[-1].lower() in ORGANISATION_ENDS:
            kind = "organisation"
        if (
            kind == "person"
            and headline
            and len(tokens) > 1
            and gazetteer.gender(tokens[0]) is None
            and tokens[-1] not in evidence.surnames
        ):
            continue
        if kind == "person" and len(tokens) == 1 and tokens[0].isupper() and len(tokens[0]) > 1:
            kind = "organisation"
        if kind == "organisation" and len(tokens) == 1 and tokens[0].islower():
            continue
        yield replace(
            span,
            kind=kind,
            role="place" if kind == "place" else "name",
            rank=span.rank if kind == span.kind else span.rank + 1,
            gender=gazetteer_gender(span.name, gazetteer) if kind == "person" else None,
        )


def _like_a_person(tokens: Sequence[str], gazetteer: Gazetteer) -> bool:
    """Two or three words, the first a known given name, the last no body's noun."""
    known = len(tokens) in (2, 3) and gazetteer.gender(tokens[0]) is not None
    return known and tokens[-1].lower() not in ORGANISATION_ENDS and tokens[-1][:1].isupper()
