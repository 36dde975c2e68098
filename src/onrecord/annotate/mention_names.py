"""Names in a version: people, bodies, places, peoples. The entity recogniser is one noisy witness among several.

Witnesses, the surest first: the gazetteer; a title before a name; a given name that is known; the
same surname elsewhere in the version; the recogniser's label, by vote over the version.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from onrecord.annotate.mention_spans import Span, head_of, text_of
from onrecord.annotate.mention_words import words
from onrecord.gazetteer import Gazetteer
from onrecord.text.tree import Tree

_LOWER_PARTICLES = frozenset(
    "al el de del della di da dos do du la le van von der den ter ten bin bint ibn abu el- al- y".split()
)
_NAME_POS = frozenset({"PROPN", "NOUN", "ADJ", "X", "VERB", "INTJ", "ADV", "NUM", "ADP"})
_ORGANISATION_ENDS = frozenset(
    """ministry party council court bank university committee agency group army police union department commission
    association federation institute corporation corp inc ltd company foundation front brigade battalion forces force front
    congress parliament senate assembly embassy office bureau alliance league organisation organization society coalition
    authority service services centre center network news times post fund movement administration academy board
    brotherhood guard guards navy trust club church hospital college school airlines airways motors tribunal cartel
    secretariat mission campaign inquiry chamber observatory democrats""".split()
)
_PREFIXES = frozenset("pro anti ex non trans post pre un".split())
_NOT_NAMES = frozenset("GMT UTC EST EDT PST PDT CET BST RSS URL FAQ PDF".split())
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
    if len(letters) < 4:
        return False
    return sum(w[:1].isupper() for w in letters) * 10 >= len(letters) * 8


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


# ------------------------------------------------------------------ titles before names


def is_name_token(tree: Tree, i: int) -> bool:
    """A capitalised word that may be part of a personal name."""
    word = tree.words[i]
    if not word[:1].isupper() or tree.tags[i] in (
        "PRP",
        "PRP$",
        "DT",
        "IN",
        "CC",
        "WP",
        "WRB",
        "MD",
        "CD",
    ):
        return False
    return tree.pos[i] in _NAME_POS and not (
        len(word) == 1 and word not in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    )


def run_of_name(tree: Tree, start: int, gazetteer: Gazetteer) -> int:
    """End of the personal name that begins at a token: capitalised words, particles and hyphens."""
    i = start
    end = start
    while i < len(tree) and i - start < 7:
        word = tree.words[i]
        if is_name_token(tree, i):
            if i > start and (
                word.lower() in _ORGANISATION_ENDS
                or (
                    tree.deps[i] in ("nsubj",)
                    and tree.deps[end - 1] not in ("compound", "nmod", "flat")
                )
            ):
                break
            i += 1
            end = i
        elif (
            i > start and (word.lower() in _LOWER_PARTICLES or word in "-'’") and i + 1 < len(tree)
        ):
            i += 1
        else:
            break
    return end


def titled_people(text: str, number: int, tree: Tree, gazetteer: Gazetteer) -> Iterator[Span]:
    """A name right behind an office or a word of address: "Foreign Minister Sergei Lavrov", "Mr Hague"."""
    lists = words()
    i = 0
    while i < len(tree):
        word = tree.words[i].lower().strip(".")
        starts_name = i + 1 < len(tree) and is_name_token(tree, i + 1)
        honorific = word in lists.honorifics and tree.words[i][:1].isupper()
        if not starts_name or not (honorific or _is_office_end(tree, i, gazetteer)):
            i += 1
            continue
        low = _office_start(tree, i, gazetteer) if not honorific or gazetteer.office(word) else i
        first = i + 1
        while first < len(tree) and tree.words[first].lower().strip(".") in lists.honorifics:
            first += 1
        if first >= len(tree) or not is_name_token(tree, first):
            i += 1
            continue
        end = run_of_name(tree, first, gazetteer)
        last = end
        known = gazetteer.longest_name(tree.words, first)
        if last <= first or (
            known and known[0] >= last and not gazetteer.gender(tree.words[first])
        ):
            i += 1
            continue
        if (gazetteer.is_demonym(tree.words[first]) and last == first + 1) or gazetteer.office(
            tree.words[first]
        ):
            i += 1
            continue
        office = None
        country = None
        title = text_of(tree, text, low, i + 1)
        if not honorific or gazetteer.office(title):
            entry = gazetteer.office(title)
            office = _office_words(title, gazetteer) if entry else None
            country = country_before(text, tree, low, i + 1, gazetteer)
        if honorific and office is None and word in lists.honorifics_u | lists.honorifics_m:
            office = None
        gender = gender_of_title(word)
        name = text_of(tree, text, first, last)
        if low < i:
            yield Span(number, low, i + 1, i, "", "", "", 0)
        yield Span(
            sentence=number,
            first=first,
            last=last,
            head=head_of(tree, first, last),
            kind="person",
            role="name",
            name=name,
            rank=0,
            office=office,
            country=country,
            gender=gender or gazetteer_gender(name, gazetteer),
        )
        i = last


def gender_of_title(word: str) -> str | None:
    """m or f where a word of address tells it."""
    lists = words()
    folded = word.lower().strip(".")
    if folded in lists.honorifics_m:
        return "m"
    if folded in lists.honorifics_f:
        return "f"
    if folded.endswith(("woman", "women")):
        return "f"
    if folded.endswith(("man", "men")) and folded not in ("human", "german", "woman", "chairman"):
        return "m"
    return None


def gazetteer_gender(name: str, gazetteer: Gazetteer) -> str | None:
    """m or f where the first given name tells it."""
    tokens = name.split()
    if len(tokens) < 2:
        return None
    sort = gazetteer.gender(tokens[0].split("-")[0])
    return sort if sort in ("m", "f") else None


def _is_office_end(tree: Tree, i: int, gazetteer: Gazetteer) -> bool:
    """Whether a title ends at this token, and stands before a name as a part of it."""
    if tree.pos[i] not in ("NOUN", "PROPN", "ADJ") or tree.tags[i] in ("NNS", "NNPS"):
        return False
    word = tree.words[i]
    following = i + 1
    if title_behind(tree, i, gazetteer) is not None:
        return True
    if tree.heads[i] == i or not (
        tree.deps[i] in ("compound", "nmod", "amod", "npadvmod", "poss")
        or word[:1].isupper()
        or tree.deps[following] == "appos"
    ):
        return False
    if tree.lemmas[i] == "counterpart":
        return True
    return gazetteer.office(word) is not None or (
        tree.lemmas[i] in words().people and tree.deps[i] in ("compound", "nmod")
    )


def title_behind(tree: Tree, i: int, gazetteer: Gazetteer) -> int | None:
    """First token of an office with "of" that ends at a token ("Secretary of State"), or None."""
    for start in range(max(0, i - 4), i - 1):
        if "of" not in tree.words[start + 1 : i]:
            continue
        phrase = " ".join(tree.words[start : i + 1])
        entry = gazetteer.office(phrase)
        if entry and _folded_len(entry.title, entry.aliases, phrase):
            return start
    return None


def _office_start(tree: Tree, i: int, gazetteer: Gazetteer) -> int:
    """First token of the longest title that ends at a token."""
    best = i
    for start in range(max(0, i - 4), i):
        phrase = " ".join(tree.words[start : i + 1])
        entry = gazetteer.office(phrase)
        whole = gazetteer.office(" ".join(tree.words[start + 1 : i + 1]))
        if entry and entry != whole:
            best = start
            break
        if entry and _folded_len(entry.title, entry.aliases, phrase):
            best = start
            break
    return best


def _folded_len(title: str, aliases: Sequence[str], phrase: str) -> bool:
    from onrecord.gazetteer.places import fold_key

    return fold_key(phrase) in {fold_key(t) for t in (title, *aliases)}


def _office_words(title: str, gazetteer: Gazetteer) -> str:
    """An office as the record writes it: the gazetteer's title where the words are one of its aliases."""
    entry = gazetteer.office(title)
    return entry.title if entry else title.lower()


def country_before(
    text: str, tree: Tree, first: int, last: int, gazetteer: Gazetteer
) -> str | None:
    """The country that qualifies a title or a noun: "Russian", "U.S.", "Ukraine's interim"."""
    low = first
    while low > 0 and first - low < 5:
        i = low - 1
        if (
            tree.pos[i] in ("ADJ", "PROPN", "NOUN", "PART", "NUM") or tree.words[i] in ("-", "–")
        ) and tree.words[i] not in (",", ";", ":"):
            low = i
        else:
            break
    found: list[tuple[int, str]] = []
    i = low
    while i < last:
        for end in range(last, i, -1):
            country = (
                gazetteer.country_of(" ".join(tree.words[i:end]))
                if tree.words[i][:1].isupper()
                else None
            )
            if country and not _only_qualifies(tree, i):
                found.append((i, country))
                i = end - 1
                break
        i += 1
    if len({c for _, c in found}) > 1 and any(tree.deps[i] == "conj" for i, _ in found):
        return None
    return found[-1][1] if found else None


def _only_qualifies(tree: Tree, i: int) -> bool:
    """A name inside a compound adjective: "pro-Kremlin", "U.S.-backed"."""
    if i > 1 and tree.words[i - 1] in ("-", "–") and tree.words[i - 2].lower() in _PREFIXES:
        return True
    return i + 2 < len(tree) and tree.words[i + 1] in ("-", "–") and tree.words[i + 2][:1].islower()


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
        if i > 1 and tree.words[i - 1] in ("-", "–") and tree.words[i - 2].lower() in _PREFIXES:
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
            and not _only_qualifies(tree, i)
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
        last = min(last, end) if end > first else first
    if first >= last or not any(w[:1].isupper() for w in tree.words[first:last]):
        return None
    if kind == "person" and (
        gazetteer.office(tree.words[last - 1]) or not is_name_token(tree, first)
    ):
        return None
    if tree.words[first].lower() in _PREFIXES or (first > 1 and _only_qualifies(tree, first)):
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
                    and tree.lemmas[i - 1] in ("in", "into", "across", "inside", "near", "from")
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
    from dataclasses import replace

    headline = is_title_case(tree)
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
            if tokens[0] in evidence.surnames:
                continue
            kind = best
            if evidence.places[tokens[0]] and not gazetteer.gender(tokens[0]):
                kind = "place"
            if headline and votes[best] < 3:
                continue
        elif span.kind == "organisation" and _like_a_person(tokens, gazetteer):
            kind = "person"
        if kind == "person" and tokens[-1].lower() in _ORGANISATION_ENDS:
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
    return known and tokens[-1].lower() not in _ORGANISATION_ENDS and tokens[-1][:1].isupper()


def repeated_people(
    text: str, number: int, tree: Tree, evidence: Evidence, gazetteer: Gazetteer
) -> Iterator[Span]:
    """A surname that the version gives somewhere with its bearer's full name or title."""
    for i, word in enumerate(tree.words):
        bare = word
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
                and tree.words[i + 1].lower() in _ORGANISATION_ENDS
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
            if end - i in (2, 3) and tree.words[end - 1].lower() not in _ORGANISATION_ENDS:
                name = text_of(tree, text, i, end)
                yield Span(
                    sentence=number, first=i, last=end, head=head_of(tree, i, end), kind="person", role="name",
                    name=name, rank=4, gender=gazetteer_gender(name, gazetteer),
                )  # fmt: skip
                i = end
                continue
        i += 1


def bodies(text: str, number: int, tree: Tree, gazetteer: Gazetteer) -> Iterator[Span]:
    """Capitalised words that end in a body's noun: "Foreign Ministry", "Delhi Police"."""
    if is_title_case(tree):
        return
    for i, word in enumerate(tree.words):
        if (
            word.lower() not in _ORGANISATION_ENDS
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
        if first == i:
            continue
        name = text_of(tree, text, first, i + 1)
        yield Span(
            sentence=number, first=first, last=i + 1, head=head_of(tree, first, i + 1), kind="organisation",
            role="name", name=name, rank=1 if i - first > 1 else 3, country=gazetteer.country_within(name),
        )  # fmt: skip


def unlabelled(
    text: str, number: int, tree: Tree, evidence: Evidence, gazetteer: Gazetteer
) -> Iterator[Span]:
    """Capitalised names that no other witness knows, where a party of the clause stands."""
    if is_title_case(tree):
        return
    for i, word in enumerate(tree.words):
        if (
            tree.pos[i] != "PROPN"
            or not word[:1].isupper()
            or len(word) < 2
            or tree.deps[i]
            not in ("nsubj", "nsubjpass", "dobj", "pobj", "poss", "conj", "dative", "appos")
            or (tree.ents[i] != "O" and tree.ents[i][2:] not in _GIVEN_KINDS)
            or tree.ents[i][2:] == "FAC"
            or word in _NOT_NAMES
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
