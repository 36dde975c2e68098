"""Names in a version: people, bodies, places, peoples. The entity recogniser is one noisy witness among several.

Witnesses, the surest first: the gazetteer; a title before a name; a given name that is known; the
same surname elsewhere in the version; the recogniser's label, by vote over the version.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.annotate.datelines import town
from onrecord.annotate.mention_entities import (
    KINDS,
    NOT_NAMES,
    Evidence,
    entity_spans,
    gather,
    is_shouted,
    judged,
)
from onrecord.annotate.mention_spans import Span, head_of, text_of
from onrecord.annotate.mention_titles import (
    ORGANISATION_ENDS,
    PREFIXES,
    gazetteer_gender,
    only_qualifies,
    run_of_name,
    titled_people,
)
from onrecord.annotate.mention_words import words
from onrecord.gazetteer import Gazetteer
from onrecord.text.tree import Tree


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
    given: list[list[Span]] = [
        list(known_given(text, n, t, gazetteer)) for n, t in enumerate(trees)
    ]
    sure = [[*titled[n], *given[n]] for n in range(len(trees))]
    evidence = gather(trees, sure, entities, tables, gazetteer)
    found: list[Span] = []
    for n, tree in enumerate(trees):
        found += titled[n]
        found += tables[n]
        found += dateline(text, n, tree, gazetteer)
        found += acting_peoples(text, n, tree, gazetteer)
        found += judged(tree, entities[n], evidence, gazetteer)
        found += list(repeated_people(text, n, tree, evidence, gazetteer))
        found += given[n]
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


def dateline(text: str, number: int, tree: Tree, gazetteer: Gazetteer) -> Iterator[Span]:
    """The town in capitals that a report's paragraph begins with: "PORT SELN, March 3 (CWN) -"."""
    last = town(tree)
    if not last:
        return
    written = text_of(tree, text, 0, last)
    name = gazetteer.place_name(written) or written.title()
    yield Span(
        sentence=number, first=0, last=last, head=last - 1, kind="place", role="place", name=name, rank=0,
        country=gazetteer.country_of(name), key="dateline",
    )  # fmt: skip


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
                gender=gazetteer_gender(text_of(tree, text, first, i + 1), gazetteer),
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
            and not tree.is_title_case
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
    if tree.is_title_case:
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
        title = (
            i + 1 < len(tree)
            and tree.words[i + 1][:1].isupper()
            and gazetteer.office(tree.words[i + 1])
        )
        if first == i or title or _in_table(tree, first, i + 1, gazetteer):
            continue
        name = text_of(tree, text, first, i + 1)
        yield Span(
            sentence=number, first=first, last=i + 1, head=head_of(tree, first, i + 1), kind="organisation",
            role="name", name=name, rank=1, country=gazetteer.country_within(name),
        )  # fmt: skip


def _in_longer_name(tree: Tree, i: int) -> bool:
    return i > 0 and tree.pos[i - 1] == "PROPN" and tree.words[i - 1][:1].isupper()


def unlabelled(
    text: str, number: int, tree: Tree, evidence: Evidence, gazetteer: Gazetteer
) -> Iterator[Span]:
    """Capitalised names that no other witness knows, where a party of the clause stands."""
    if tree.is_title_case or is_shouted(tree):
        return
    for i, word in enumerate(tree.words):
        bracketed = 0 < i < len(tree) - 1 and tree.words[i - 1] == "(" and tree.words[i + 1] == ")"
        if (
            bracketed
            and word.isalpha()
            and word.isupper()
            and 2 <= len(word) <= 6
            and word not in NOT_NAMES
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
            or (tree.ents[i] != "O" and tree.ents[i][2:] not in KINDS)
            or word in NOT_NAMES
            or word in evidence.surnames
            or gazetteer.is_demonym(word)
            or (word in evidence.common and not _in_longer_name(tree, i))
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
        located = tree.deps[i] == "pobj" and tree.lemmas[tree.heads[i]] in (
            "in",
            "at",
            "near",
            "outside",
        )
        kind = "place" if located or (evidence.places[word] and first == i) else "organisation"
        if votes and kind != "place":
            kind = min(votes, key=lambda k: (-votes[k], k))
        yield Span(
            sentence=number, first=first, last=i + 1, head=i, kind=kind, role="place" if kind == "place" else "name",
            name=name, rank=7, key="unlabelled",
        )  # fmt: skip
