"""Parties that are no names: "the minister", "his Russian counterpart", "police", "the government"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.annotate.mention_spans import Span, text_of
from onrecord.annotate.mention_titles import country_before, gender_of_title, office_words
from onrecord.annotate.mention_words import words
from onrecord.gazetteer import Gazetteer
from onrecord.gazetteer.rows import fold_key
from onrecord.text.tree import Tree

_NOT_HEADS = frozenset(
    {"compound", "amod", "nmod", "npadvmod", "advmod", "attr", "quantmod", "acomp"}
)
_PLURAL = ("NNS", "NNPS")
_DEFINITE = frozenset("the that this these those his her its their both".split())


def noun_spans(text: str, number: int, tree: Tree, gazetteer: Gazetteer) -> Iterator[Span]:
    """Noun phrases of one sentence whose head is a word for people or a body, in a party's place.

    A noun beside a name ("the minister, Ivan Petrov,") carries where that name begins in `holder`.
    """
    lists = words()
    for i in range(len(tree)):
        if tree.pos[i] not in ("NOUN", "PROPN", "ADJ") and tree.tags[i] not in ("NN", "NNS"):
            continue
        kind, plural = noun_kind(tree, i, gazetteer)
        if not kind:
            continue
        if tree.deps[i] in _NOT_HEADS or (tree.lemmas[i] in _VAGUE and not _modified(tree, i)):
            continue
        if tree.lemmas[i] in lists.quantities and _of_what(tree, i) is not None:
            continue
        first = phrase_start(tree, i)
        top = first
        quantity = _quantity_above(tree, i)
        if quantity is not None:
            first = phrase_start(tree, quantity)
        if kind in ("office", "person") and _role_only(tree, i, first):
            continue
        holder = _beside_name(tree, i)
        determiner = tree.words[first].lower()
        possessor = _possessor(tree, i)
        start = first if possessor is None else possessor + 1
        if start > i:
            continue
        country = country_before(text, tree, top, i + 1, gazetteer) or _country_behind(
            tree, i, kind, gazetteer
        )
        words_first = start + 1 if tree.pos[start] in ("DET", "PRON") and start < i else start
        last = i + 1
        if kind in ("office", "person") and (end := _title_end(tree, i, gazetteer)):
            last = end
        begin = words_first if possessor is None else phrase_start(tree, i)
        end, tail = _tail(tree, last, ("of", "for") if kind in ("office", "person") else ("of",))
        name = text_of(tree, text, begin, end)
        if begin == 0 and _common(tree, begin, gazetteer):
            name = name[:1].lower() + name[1:]
        yield Span(
            sentence=number,
            first=start,
            last=last,
            head=i,
            kind=kind,
            role="office" if kind in ("office", "person") else "name",
            name=name,
            rank=1,
            noun=True,
            tail=tail,
            office=office_words(tree, words_first, last, gazetteer)
            if kind in ("office", "person")
            else None,
            country=country,
            definite=determiner in _DEFINITE
            or possessor is not None
            or _bare_title(tree, i, start),
            plural=plural,
            gender=gender_of_title(tree.lemmas[i]) if kind in ("office", "person") else None,
            key=tree.lemmas[i],
            holder=(number, holder) if holder is not None else None,
        )


_VAGUE = frozenset("head chief member user power subject party".split())


def _modified(tree: Tree, i: int) -> bool:
    """Whether a vague noun has what makes it a party: an adjective, or "of" and what it belongs to."""
    if tree.lemmas[i] in ("power", "party"):
        return (
            not any(tree.deps[c] == "compound" for c in tree.children[i]) and tree.tags[i] == "NNS"
        )
    if tree.lemmas[i] in ("member", "user", "subject"):
        return tree.tags[i] == "NNS"
    return any(
        tree.deps[c] in ("compound", "amod", "poss", "nmod")
        or (tree.deps[c] == "prep" and tree.words[c].lower() == "of")
        for c in tree.children[i]
    )


def _common(tree: Tree, i: int, gazetteer: Gazetteer) -> bool:
    """Whether a word's capital letter only tells that a sentence begins."""
    word = tree.words[i]
    proper = tree.tags[i] in ("NNP", "NNPS") or tree.ents[i] != "O" or gazetteer.is_demonym(word)
    return not proper and not word[:2].isupper()


def _role_only(tree: Tree, i: int, first: int) -> bool:
    """A role, nobody in it: "run for president", "serve as the chair"."""
    if tree.deps[i] != "pobj":
        return False
    bare = first == i and not tree.words[i][:1].isupper()
    return bare or tree.words[tree.heads[i]].lower() == "as"


def _title_end(tree: Tree, i: int, gazetteer: Gazetteer) -> int | None:
    """End of an office whose title goes on behind its noun: "Secretary of State", "head of state"."""
    for end in (i + 3, i + 4, i + 5):
        if end <= len(tree) and tree.words[i + 1].lower() in ("of", "for", "-"):
            phrase = " ".join(tree.words[i:end])
            entry = gazetteer.office(phrase)
            if entry and fold_key(phrase) in {fold_key(t) for t in (entry.title, *entry.aliases)}:
                return end
    return None


def _tail(tree: Tree, end: int, links: Sequence[str]) -> tuple[int, bool]:
    """End of a short "of" phrase behind a noun, and whether there is one: "chairman of the council"."""
    if end >= len(tree) or tree.words[end].lower() not in links:
        return end, False
    at = end + 1
    while (
        at < len(tree)
        and at - end < 7
        and (
            tree.pos[at] in ("DET", "ADJ", "PROPN", "NOUN", "NUM")
            or tree.words[at].lower() in ("of", "the", "'s", "’s")
        )
    ):
        at += 1
    while at > end and (
        tree.pos[at - 1] not in ("PROPN", "NOUN") or not tree.words[at - 1].isalnum()
    ):
        at -= 1
    return (at, True) if at > end + 1 else (end, True)


def noun_kind(tree: Tree, i: int, gazetteer: Gazetteer) -> tuple[str, bool]:
    """(mention kind, whether plural) of a noun; ("", False) if it names no party."""
    lists = words()
    lemma, tag = tree.lemmas[i], tree.tags[i]
    word = tree.words[i].lower()
    if word.replace(".", "") in ("pm", "am") and not tree.words[i].isupper():
        return "", False
    if tag in ("NNP", "NNPS") and tree.words[i][:1].isupper() and not _titleish(tree, i, gazetteer):
        return "", False
    if word in lists.groups:
        return "group", True
    if lemma in lists.governments:
        if tag in _PLURAL:
            return "group", True
        return ("government", False) if lemma in ("government", "regime") else ("", False)
    if lemma in lists.organisations:
        return ("group", True) if tag in _PLURAL else ("organisation", False)
    if lemma in lists.people or lemma.split("-")[-1] in lists.people or word in lists.people:
        if tag in _PLURAL:
            return "group", True
        return ("office" if _is_office(word, lemma, gazetteer) else "person"), False
    if gazetteer.office(word) and tag not in ("JJ", "RB"):
        return ("group", True) if tag in _PLURAL else ("office", False)
    if lemma in lists.groups and tag not in ("JJ", "VB"):
        return "group", tag in _PLURAL
    return "", False


def _titleish(tree: Tree, i: int, gazetteer: Gazetteer) -> bool:
    """A capitalised noun that is still a word of the lists: "the President", "Police said"."""
    lists = words()
    word = tree.words[i].lower()
    office = gazetteer.office(word) is not None
    named = any(
        tree.deps[c] in ("compound", "nmod") and tree.tags[c] == "NNP" for c in tree.children[i]
    )
    known = office or ((word in lists.people or word in lists.groups) and not named)
    body = tree.lemmas[i] in lists.governments
    plural = tree.tags[i] == "NNPS" and word.removesuffix("s") in lists.people
    return known or body or plural


def _is_office(word: str, lemma: str, gazetteer: Gazetteer) -> bool:
    return (
        gazetteer.office(word) is not None
        or gazetteer.office(lemma) is not None
        or lemma.startswith("spokes")
    )


def _of_what(tree: Tree, i: int) -> int | None:
    for c in tree.children[i]:
        if tree.deps[c] == "prep" and tree.words[c].lower() == "of":
            return tree.child(c, "pobj")
    return None


def _quantity_above(tree: Tree, i: int) -> int | None:
    """The quantity whose "of" this noun stands behind: "thousands" of "thousands of protesters"."""
    if tree.deps[i] != "pobj":
        return None
    preposition = tree.heads[i]
    above = tree.heads[preposition]
    if (
        tree.words[preposition].lower() == "of"
        and above < preposition
        and tree.lemmas[above] in words().quantities
    ):
        return above
    return None


def phrase_start(tree: Tree, i: int) -> int:
    """First token of the run of modifiers directly before a noun that hang on it."""
    first = i
    low = min((t for t in _before(tree, i)), default=i)
    while (
        low < i
        and tree.heads[low] == i
        and (
            tree.pos[low] in ("ADV", "ADP", "SCONJ")
            or tree.words[low].lower() in ("outside", "inside", "only", "even")
        )
    ):
        low += 1
    while first > low:
        if tree.words[first - 1] in (",", "(", ")", ";", ":", "—", "–", '"', "“", "”", "[", "]"):
            break
        first -= 1
    return first


def _before(tree: Tree, i: int) -> list[int]:
    found = []
    todo = [c for c in tree.children[i] if c < i and tree.deps[c] in _MODIFIERS]
    while todo:
        c = todo.pop()
        found.append(c)
        todo.extend(k for k in tree.children[c] if k < i)
    return found


_MODIFIERS = frozenset(
    "det amod compound nmod poss nummod quantmod predet advmod npadvmod punct neg".split()
)


def _possessor(tree: Tree, i: int) -> int | None:
    """The last token of a possessor before a noun: its "'s", or None. A pronoun is part of the phrase."""
    owner = tree.child(i, "poss")
    if owner is None or tree.pos[owner] == "PRON":
        return None
    ending = tree.child(owner, "case")
    return ending if ending is not None and ending < i else None


def _country_behind(tree: Tree, i: int, kind: str, gazetteer: Gazetteer) -> str | None:
    """The country behind a noun: "government in Kiev", "president of Chad", or before it with 's."""
    owner = tree.child(i, "poss")
    if owner is not None and (found := gazetteer.longest_name(tree.words, owner)):
        return gazetteer.country_of(found[2])
    seated = kind in ("government", "organisation") or tree.words[i].lower() in (
        "police",
        "authorities",
    )
    links = ("of", "in") if seated else ("of",)
    for c in tree.children[i]:
        if (
            tree.deps[c] == "prep"
            and tree.words[c].lower() in links
            and (noun := tree.child(c, "pobj"))
        ):
            if tree.child(noun, "conj") is not None:
                continue
            first = phrase_start(tree, noun)
            for at in range(first, noun + 1):
                if found := gazetteer.longest_name(tree.words, at):
                    return gazetteer.country_of(found[2])
    if (
        i + 2 < len(tree)
        and tree.words[i + 1] in links
        and (found := gazetteer.longest_name(tree.words, i + 2))
    ):
        return gazetteer.country_of(found[2])
    return None


def _beside_name(tree: Tree, i: int) -> int | None:
    """A token of the personal name an office stands beside: "X, the minister," or "the minister, X,"."""
    start = phrase_start(tree, i)
    if tree.deps[i] == "appos":
        if start > 1 and tree.words[start - 1] == "," and tree.pos[start - 2] == "PROPN":
            return start - 2
        above = tree.heads[i]
        if tree.pos[above] == "PROPN":
            return above
    beside = tree.child(i, "appos")
    if beside is not None and tree.pos[beside] == "PROPN" and beside > i:
        return beside
    if i + 2 < len(tree) and tree.words[i + 1] == "(" and tree.pos[i + 2] == "PROPN":
        return i + 2
    return None


def _bare_title(tree: Tree, i: int, start: int) -> bool:
    return start == i and tree.words[i][:1].isupper() and i > 0
