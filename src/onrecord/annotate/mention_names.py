"""Names in a version: people, bodies, places, peoples. The entity recogniser is one noisy witness among several.

Witnesses, the surest first: the gazetteer; a title before a name; a given name that is known; the
same surname elsewhere in the version; the recogniser's label, by vote over the version.
"""

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
    titled_people,
)
from onrecord.annotate.mention_words import words
from onrecord.gazetteer import Gazetteer
from onrecord.text.tree import Tree

_NOT_NAMES = frozenset(
    "Islam Christianity Judaism Catholicism Hinduism Buddhism GMT UTC EST EDT PST PDT CET BST RSS URL FAQ PDF".split()
)
_GIVEN_KINDS = {
    "PERSON": "person",
    "ORG": "organisation",
    "GPE": "place",
    "LOC": "place",
    "FAC": "",
    "NORP": "group",
}


@dataclass
class Evidence:
    """What the whole version tells about words: surnames in use, labels by vote, places by context."""

    surnames: dict[str, str] = field(default_factory=dict)
    votes: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    places: Counter[str] = field(default_factory=Counter)
    firsts: set[str] = field(default_factory=set)


def is_title_case(tree: Tree) -> bool:
    """A headline in capitals or title case, where a capital letter tells nothing."""
    letters = [w for w in tree.words if w[:1].isalpha() and len(w) > 3]
    plain = any(tree.pos[i] == "VERB" and w.islower() for i, w in enumerate(tree.words))
    if len(letters) < 4 or plain:
        return False
    return sum(w[:1].isupper() for w in letters) * 10 >= len(letters) * 8


def is_shouted(tree: Tree) -> bool:
    """Three or more longer words in capitals throughout: there they tell no acronym."""
    return sum(w.isupper() and len(w) > 3 for w in tree.words) >= 3


def name_spans(text: str, trees: Sequence[Tree], gazetteer: Gazetteer) -> list[Span]:
    """All spans of names, by every witness; they may overlap (see `mention_spans.settle`)."""
    titled: list[list[Span]] = [
        list(titled_people(text, n, t, gazetteer)) for n, t in enumerate(trees)
    ]
    tables: list[list[Span]] = [
        list(table_names(text, n, t, gazetteer)) for n, t in enumerate(trees)
    ]
    entities: list[list[Span]] = [
        list(entity_spans(text, n, t, gazetteer)) for n, t in enumerate(trees)
    ]
    evidence = gather(trees, titled, entities, tables, gazetteer)
    found: list[Span] = []
    for n, tree in enumerate(trees):
        found += titled[n]
        found += tables[n]
        found += acting_peoples(text, n, tree, gazetteer)
        found += judged(tree, entities[n], evidence, gazetteer)
        found += list(repeated_people(text, n, tree, evidence, gazetteer))
        found += list(known_given(text, n, tree, gazetteer))
        found += list(bodies(text, n, tree, gazetteer))
        found += list(unlabelled(text, n, tree, evidence, gazetteer))
    return found


# ------------------------------------------------------------------ the gazetteer


def table_names(text: str, number: int, tree: Tree, gazetteer: Gazetteer) -> Iterator[Span]:
    """Countries, capitals, seats, cities, regions and organisations of the tables."""
    i = 0
    while i < len(tree):
        found = gazetteer.longest_name(tree.words, i)
        if found is None or (
            tree.words[i][:1].isupper() and tree.pos[i] in ("PRON", "VERB", "AUX", "ADP")
        ):
            i += 1
            continue
        end, sort, name = found
        if i > 1 and tree.words[i - 1] in ("-", "–") and tree.words[i - 2].lower() in PREFIXES:
            i = end
            continue
        if sort == "bloc" and i and tree.words[i - 1] == "-":
            i = end
            continue
        if sort == "organisation":
            entry = gazetteer.organisation(name)
            yield Span(
                sentence=number, first=i, last=end, head=head_of(tree, i, end),
                kind="organisation", role="name", name=name, rank=2,
                country=entry.country if entry else None, key=name,
            )  # fmt: skip
        else:
            yield Span(
                sentence=number, first=i, last=end, head=head_of(tree, i, end),
                kind="place", role="place", name=name, rank=2 if sort != "city" else 4,
                country=gazetteer.country_of(name) if sort != "bloc" else None, key=sort,
            )  # fmt: skip
        i = end


def acting_peoples(text: str, number: int, tree: Tree, gazetteer: Gazetteer) -> Iterator[Span]:
    """A nationality before the noun of an act: "the Israeli proposal" is Israel's."""
    for i, word in enumerate(tree.words):
        if (
            tree.deps[i] in ("amod", "compound", "nmod")
            and tree.lemmas[tree.heads[i]] in words().acts
            and word[:1].isupper()
            and gazetteer.is_demonym(word)
            and not gazetteer.longest_name(tree.words, i)
            and not only_qualifies(tree, i)
            and (country := gazetteer.country_of(word))
        ):
            yield Span(
                sentence=number, first=i, last=i + 1, head=i, kind="government", role="name", name=country, rank=4,
                country=country,
            )  # fmt: skip


# ------------------------------------------------------------------ the recogniser


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
        kind = _GIVEN_KINDS.get(label, "")
        if kind and (trimmed := trim(tree, i, last, kind, gazetteer)):
            first, end = trimmed
            name = text_of(tree, text, first, end)
            head = head_of(tree, first, end)
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
    if all(len(w) == 1 for w in tree.words[first:last]) or tree.words[first] in _NOT_NAMES:
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
    found = Evidence()
    for spans in titled:
        for span in (s for s in spans if s.kind):
            tokens = span.name.split()
            found.surnames.setdefault(tokens[-1], span.name)
            if len(tokens) > 1:
                found.firsts.add(tokens[0])
    for n, spans in enumerate(entities):
        headline = is_title_case(trees[n])
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
    headline = is_title_case(tree)
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


def repeated_people(
    text: str, number: int, tree: Tree, evidence: Evidence, gazetteer: Gazetteer
) -> Iterator[Span]:
    """A surname that the version gives somewhere with its bearer's full name or title."""
    for i, word in enumerate(tree.words):
        bare = word.title() if word.isupper() and len(word) > 3 else word
        if bare in evidence.surnames and tree.pos[i] in (
            "PROPN",
            "NOUN",
            "ADJ",
            "VERB",
            "X",
            "INTJ",
            "ADV",
        ):
            if gazetteer.longest_name(tree.words, i) and not _only_person(bare, evidence):
                continue
            if not _stands_free(tree, i, evidence):
                continue
            if (
                i + 1 < len(tree)
                and tree.words[i + 1].lower() in ORGANISATION_ENDS
                and tree.words[i + 1][:1].isupper()
            ):
                continue
            first = i
            while first and tree.words[first - 1] in evidence.firsts:
                first -= 1
            yield Span(
                sentence=number, first=first, last=i + 1, head=head_of(tree, first, i + 1), kind="person",
                role="name", name=text_of(tree, text, first, i + 1), rank=1 if first == i else 0,
            )  # fmt: skip


def _stands_free(tree: Tree, i: int, evidence: Evidence) -> bool:
    """Whether a word is no part of a hyphenated one, unless that joins two surnames: "Perov-Lind call"."""
    if i and tree.words[i - 1] == "@":
        return False
    for hyphen, beyond in ((i - 1, i - 2), (i + 1, i + 2)):
        if (
            0 <= beyond < len(tree)
            and tree.words[hyphen] in ("-", "–")
            and tree.sentence.starts[max(hyphen, i)] == tree.sentence.ends[min(hyphen, i)]
            and tree.words[beyond] not in evidence.surnames
        ):
            return False
    return True


def _only_person(word: str, evidence: Evidence) -> bool:
    return (
        evidence.votes[word]["person"]
        > evidence.votes[word]["place"] + evidence.votes[word]["organisation"]
    )


def known_given(text: str, number: int, tree: Tree, gazetteer: Gazetteer) -> Iterator[Span]:
    """A known given name and the capitalised words behind it, whatever the recogniser says."""
    i = 0
    while i + 1 < len(tree):
        plain = tree.pos[i] == "PROPN" and tree.pos[i + 1] == "PROPN"
        if (
            plain
            and gazetteer.gender(tree.words[i]) is not None
            and len(tree.words[i]) > 2
            and not gazetteer.longest_name(tree.words, i)
            and not gazetteer.longest_name(tree.words, i + 1)
            and (tree.ents[i] == "O" or tree.ents[i][2:] in ("PERSON", "ORG", "GPE"))
            and gazetteer.office(tree.words[i + 1]) is None
            and not is_title_case(tree)
        ):
            end = run_of_name(tree, i, gazetteer)
            if end - i in (2, 3) and tree.words[end - 1].lower() not in ORGANISATION_ENDS:
                name = text_of(tree, text, i, end)
                yield Span(
                    sentence=number, first=i, last=end, head=head_of(tree, i, end), kind="person", role="name",
                    name=name, rank=4, gender=gazetteer_gender(name, gazetteer),
                )  # fmt: skip
                i = end
                continue
        i += 1


def _in_table(tree: Tree, first: int, last: int, gazetteer: Gazetteer) -> bool:
    """Whether a table's name covers these words, or a table's body is among them."""
    for start in range(max(0, first - 4), last):
        found = gazetteer.longest_name(tree.words, start)
        if found and (
            (start <= first and found[0] >= last) or (start >= first and found[1] == "organisation")
        ):
            return True
    return False


def bodies(text: str, number: int, tree: Tree, gazetteer: Gazetteer) -> Iterator[Span]:
    """Capitalised words that end in a body's noun: "Foreign Ministry", "Delhi Police"."""
    if is_title_case(tree):
        return
    for i, word in enumerate(tree.words):
        if (
            word.lower() not in ORGANISATION_ENDS
            or not word[:1].isupper()
            or tree.pos[i] not in ("PROPN", "NOUN")
        ):
            continue
        first = i
        while first and (
            (tree.words[first - 1][:1].isupper()
            and tree.pos[first - 1] in ("PROPN", "NOUN", "ADJ"))
            or (tree.words[first - 1] in ("of", "and", "for", "-", "&") and first > 1 and tree.words[first - 2][:1].isupper()
                and tree.pos[first - 2] in ("PROPN", "NOUN", "ADJ") and tree.words[first - 1] != "and")
        ):  # fmt: skip
            first -= 1
        if first == i or _in_table(tree, first, i + 1, gazetteer):
            continue
        name = text_of(tree, text, first, i + 1)
        yield Span(
            sentence=number, first=first, last=i + 1, head=head_of(tree, first, i + 1), kind="organisation",
            role="name", name=name, rank=1, country=gazetteer.country_within(name),
        )  # fmt: skip


def unlabelled(
    text: str, number: int, tree: Tree, evidence: Evidence, gazetteer: Gazetteer
) -> Iterator[Span]:
    """Capitalised names that no other witness knows, where a party of the clause stands."""
    if is_title_case(tree) or is_shouted(tree):
        return
    for i, word in enumerate(tree.words):
        bracketed = 0 < i < len(tree) - 1 and tree.words[i - 1] == "(" and tree.words[i + 1] == ")"
        if (
            bracketed
            and word.isalpha()
            and word.isupper()
            and 2 <= len(word) <= 6
            and word not in _NOT_NAMES
        ):
            yield Span(
                sentence=number, first=i, last=i + 1, head=i, kind="organisation", role="name", name=word, rank=7,
            )  # fmt: skip
            continue
        if (
            tree.pos[i] != "PROPN"
            or not word[:1].isupper()
            or len(word) < 2
            or tree.deps[i]
            not in ("nsubj", "nsubjpass", "dobj", "pobj", "poss", "conj", "dative", "appos")
            or (tree.ents[i] != "O" and tree.ents[i][2:] not in _GIVEN_KINDS)
            or tree.ents[i][2:] == "FAC"
            or word in _NOT_NAMES
            or word in evidence.surnames
            or gazetteer.is_demonym(word)
        ):
            continue
        first = i
        while (
            first
            and tree.pos[first - 1] == "PROPN"
            and tree.words[first - 1][:1].isupper()
            and tree.heads[first - 1] >= first - 1
        ):
            first -= 1
        name = text_of(tree, text, first, i + 1)
        votes = evidence.votes.get(name)
        kind = "place" if evidence.places[word] and first == i else "organisation"
        if votes and kind != "place":
            kind = min(votes, key=lambda k: (-votes[k], k))
        yield Span(
            sentence=number, first=first, last=i + 1, head=i, kind=kind, role="place" if kind == "place" else "name",
            name=name, rank=7, key="unlabelled",
        )  # fmt: skip
