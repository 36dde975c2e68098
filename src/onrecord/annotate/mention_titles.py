"""Titles before names, and what a title tells: office, country, gender. "Foreign Minister Ivan Petrov", "Mr Lind"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.annotate.mention_spans import Span, head_of, text_of
from onrecord.annotate.mention_words import words
from onrecord.gazetteer import Gazetteer
from onrecord.gazetteer.rows import fold_key
from onrecord.text.tree import Tree

_LOWER_PARTICLES = frozenset(
    "al el de del della di da dos do du la le van von der den ter ten bin bint ibn abu el- al- y".split()
)
_NAME_POS = frozenset({"PROPN", "NOUN", "ADJ", "X", "VERB", "INTJ", "ADV", "NUM", "ADP"})
ORGANISATION_ENDS = frozenset(
    """ministry party council court bank university committee agency group army police union department commission
    association federation institute corporation corp inc ltd company foundation front brigade battalion forces force front
    congress parliament senate assembly embassy office bureau alliance league organisation organization society coalition
    authority service services centre center network news times post fund movement administration academy board
    brotherhood guard guards navy trust club church hospital college school airlines airways motors tribunal cartel
    power energy oil gas steel water electric radio television tv media telecom holdings industries systems partners
    secretariat mission campaign inquiry chamber observatory democrats""".split()
)
PREFIXES = frozenset("pro anti ex non trans post pre un".split())


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
    # In a headline's capitals "Brandt Warns" is no name; elsewhere the tagger takes names for verbs.
    if tree.pos[i] in ("VERB", "AUX") and tree.is_title_case:
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
                word.lower() in ORGANISATION_ENDS
                or (
                    tree.deps[i] in ("nsubj",)
                    and tree.deps[end - 1] not in ("compound", "nmod", "flat")
                )
            ):
                break
            i += 1
            end = i
        elif i > start and word in "-–" and i + 1 < len(tree) and _joined(tree, i):
            i += 2
            end = i
        elif (
            i > start and (word.lower() in _LOWER_PARTICLES or word in "-'’") and i + 1 < len(tree)
        ):
            i += 1
        else:
            break
    return end


def _joined(tree: Tree, hyphen: int) -> bool:
    """Whether a hyphen joins two parts of one name: "Ki-moon", no space around it."""
    row = tree.sentence
    close = (
        row.ends[hyphen - 1] == row.starts[hyphen] and row.ends[hyphen] == row.starts[hyphen + 1]
    )
    return close and tree.words[hyphen + 1].isalpha() and tree.pos[hyphen + 1] in _NAME_POS


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
            office = office_words(tree, low, i + 1, gazetteer)
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
    if i and tree.words[i - 1][:1].isdigit():
        return False
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
    return fold_key(phrase) in {fold_key(t) for t in (title, *aliases)}


def office_words(tree: Tree, first: int, last: int, gazetteer: Gazetteer) -> str | None:
    """An office as the record writes it: the gazetteer's title, a plain minister with the words that
    tell of what ("water minister"); None if the words `first:last` end in no office."""
    entry = gazetteer.office(" ".join(tree.words[first:last]))
    if entry is None or entry.title not in ("minister", "secretary"):
        return entry.title if entry else None
    low = last - 1
    while low > 0 and last - low < 4 and _tells_of_what(tree, low - 1, gazetteer):
        low -= 1
    return " ".join([*(w.lower() for w in tree.words[low : last - 1]), entry.title])


def _tells_of_what(tree: Tree, i: int, gazetteer: Gazetteer) -> bool:
    word = tree.words[i]
    noun = tree.pos[i] in ("PROPN", "NOUN") and word.isalpha() and not word.isupper()
    free = gazetteer.country_of(word) is None and gazetteer.office(word) is None
    return (
        noun and free and word.lower() not in ("cabinet", "government", "the", "junior", "senior")
    )


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
            if country and not only_qualifies(tree, i):
                found.append((i, country))
                i = end - 1
                break
        i += 1
    if len({c for _, c in found}) > 1 and any(tree.deps[i] == "conj" for i, _ in found):
        return None
    return found[-1][1] if found else None


def only_qualifies(tree: Tree, i: int) -> bool:
    """A name inside a compound adjective: "pro-Kremlin", "U.S.-backed"."""
    if i > 1 and tree.words[i - 1] in ("-", "–") and tree.words[i - 2].lower() in PREFIXES:
        return True
    return i + 2 < len(tree) and tree.words[i + 1] in ("-", "–") and tree.words[i + 2][:1].islower()
