"""Who said a quotation, read from the words beside it.

Long quotations, names with brackets and paragraphs that are cut in the wrong place break the parse of
the very sentence that names the speaker. Newspapers write few patterns there, and the words show them
without a tree: `"…," said Ana Dorva, the mayor`, `"…," Dorva, who leads the council, said`,
`Dorva said: "…"`, `"…" ― Ana Dorva`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.annotate.cues import Cue, Entry, lexicon, verb_group
from onrecord.annotate.drafts import SPEECH, Draft, Text
from onrecord.annotate.quotation import Range
from onrecord.annotate.ranges import tidy
from onrecord.annotate.speakers import Phrase
from onrecord.text.tree import Tree

Token = tuple[Tree, int]

_REACH = 26
"""Tokens beside a quotation that are looked at: a name with its office and a clause has twenty."""
_FINITE = frozenset(("VBD", "VBZ", "VBP"))
_NAMES = frozenset(("NOUN", "PROPN", "PRON"))
_PHRASE = frozenset(("NOUN", "PROPN", "ADJ", "DET", "NUM", "PRON", "PART", "CCONJ"))
_WITHIN = frozenset(("of", "for", "from"))
"""Prepositions that go on with a name rather than tell where or when it was said."""
_RELATIVE = frozenset(("who", "whose", "which", "that"))
_ENDS = frozenset((".", "?", "!", ";"))
_ATTRIBUTES = (",", "?", "!", "—", "–", "-", ".", "…")
"""What a quotation ends with before the words that tell whose it is."""
_SAID = frozenset(("said", "says"))
_OBJECTS = frozenset(("me", "him", "her", "us", "them", "it", "that", "this"))
_SIGNED = re.compile(r"\s*(?:―|—|–|--|-)\s*(?P<who>[^\W\d_][^\n“”\"]{1,90}?)\s*\.?\s*")


@dataclass(frozen=True)
class Found:
    """Words that tell whose a quotation is: the verb, and the name as a range of tokens of one tree."""

    tree: Tree
    verb: int
    who_tree: Tree
    who: Phrase


def beside(text: Text, found: list[Draft]) -> list[Draft]:
    """Drafts for quotations that no other tells of, by the words beside them. Where a draft's speaker
    stands inside the quotation itself, what stands beside it takes its place."""
    by_cue = {(d.tree.sentence.number, d.cue.head): d for d in found if d.cue is not None}
    told = [
        r for d in found if text.quoted.at(d.at) is None and d.take in SPEECH for r in d.content
    ]
    made = []
    for block in text.version.blocks:
        if block.kind in ("title", "deck", "heading", "caption", "byline", "dateline"):
            continue
        pieces = text.quoted.in_range(block.start, block.end)
        for n, (start, end, _) in enumerate(pieces):
            stop = pieces[n + 1][0] if n + 1 < len(pieces) else block.end
            begin = pieces[n - 1][1] if n else block.start
            one = _behind(text, start, end, stop) or _before(text, begin, start)
            if one is None:
                continue
            known = by_cue.get((one.tree.sentence.number, one.verb))
            if known is not None:
                if _is_wrong(text, known, one):
                    known.who, known.who_tree = one.who, one.who_tree
                    apart = [r for r in known.content if r[1] <= start or r[0] >= end]
                    known.content = tuple(tidy(text.version.text, [*apart, (start, end)]))
                if not any(a < end and b > start for a, b in known.content) and not _covered(
                    told, start, end
                ):
                    known.content = tuple(tidy(text.version.text, [*known.content, (start, end)]))
                continue
            if _covered(told, start, end):
                continue
            draft = _draft(text, one, (start, end))
            by_cue[one.tree.sentence.number, one.verb] = draft
            made.append(draft)
    return made


def to_the_nearest(text: Text, found: Sequence[Draft]) -> None:
    """A quotation right behind a cue is that cue's alone: of `"…," she said, adding later, "…"` the
    second is no part of what was said first."""
    cues = sorted(
        ((d.cue_range[1], d) for d in found if d.cue_range and d.cue), key=lambda row: row[0]
    )
    for end, near in cues:
        piece = text.quoted.starting_after(end)
        if piece is None or piece[0] - end > _NEAR or text.quoted.at(near.at) is not None:
            continue
        between = text.version.text[end : piece[0]]
        if not between.rstrip().endswith((",", ":")) or any(c in ".;?!\n" for c in between):
            continue
        if not any(a < piece[1] and b > piece[0] for a, b in near.content):
            continue
        for other in found:
            if other is near or other.cue is None or other.at >= near.at:
                continue
            rest = tuple(r for r in other.content if r[1] <= near.at)
            if (
                rest
                and rest != other.content
                and text.quoted.at(other.at) is None
                and (not any(a <= near.at < b for a, b in other.content))
            ):
                other.content = rest


_NEAR = 24
"""Code points between a cue and the quotation it introduces: "adding later,"."""


def _covered(told: Sequence[Range], start: int, end: int) -> bool:
    return any(a < end and b > start for a, b in told)


def _is_wrong(text: Text, draft: Draft, one: Found) -> bool:
    """Whether a draft's speaker cannot be who said the quotation: there is none, it stands in quotation
    marks itself, or another name stands right before the verb."""
    if draft.who is None:
        return True
    low, _ = draft.who_tree.span(draft.who.core)
    if text.quoted.at(low) is not None and text.quoted.at(draft.at) is None:
        return True
    beside = one.who_tree is one.tree and max(one.who.core) + 1 == min(
        draft.cue.tokens if draft.cue else (one.verb,)
    )
    return beside and _is_own(one) and not set(one.who.whole) & set(draft.who.whole)


def _is_own(one: Found) -> bool:
    """Whether a name is one, or a pronoun that only a subject can be."""
    tree, head = one.who_tree, one.who.head
    return tree.pos[head] == "PROPN" or tree.words[head].lower() in ("he", "she", "they", "we", "i")


def _draft(text: Text, one: Found, piece: Range) -> Draft:
    tree, verb = one.tree, one.verb
    tokens = verb_group(tree, verb)
    cue = Cue("verb", verb, verb, tokens, _entries(tree, verb))
    content = tuple(tidy(text.version.text, [piece]))
    span = tree.sentence.starts[min(tokens)], tree.sentence.ends[max(tokens)]
    return Draft(tree, cue, one.who, one.who_tree, content, "quote", None, span)


# --------------------------------------------------------------------------- behind a quotation


def _behind(text: Text, start: int, end: int, stop: int) -> Found | None:
    whole = text.version.text
    inner = whole[start:end].rstrip("”\"’'»")
    if not (inner.endswith(_ATTRIBUTES) or whole[end : end + 1] in (",", " ")):
        return None
    tokens = _tokens(text, end, stop)
    while tokens and tokens[0][0].words[tokens[0][1]] in (",", "—", "–", "--"):
        tokens = tokens[1:]
    if len(tokens) < 2:
        return None
    if _says(tokens[0]):
        return _inverted(tokens)
    return _straight(tokens)


def _tokens(text: Text, start: int, end: int) -> list[Token]:
    """Tokens from an offset to the end of what a reader takes for the sentence, whatever the parser
    took for one: a full stop ends it if a capital letter or nothing follows."""
    found: list[Token] = []
    for tree in text.trees_in(start, end):
        for i in tree.tokens_in(start, end):
            if tree.sentence.starts[i] < start:
                continue
            word = tree.words[i]
            if word.isspace():
                continue
            short = len(found) < 3 and all(t.pos[k] == "PROPN" for t, k in found)
            if word == "." and found and short:
                # "Coun. Dorva said": no sentence ends behind a title's full stop
                found.clear()
                continue
            if word in _ENDS:
                behind = text.version.text[tree.sentence.ends[i] : end].lstrip()[:1]
                if not behind or behind.isupper() or not behind.isalnum():
                    return found
            found.append((tree, i))
            if len(found) == _REACH:
                return found
    return found


def _says(token: Token) -> bool:
    """Whether a token is a finite verb that can introduce a quotation."""
    tree, i = token
    if not any(e.takes & {"quote", "aside"} for e in _entries(tree, i)):
        return False
    return (
        tree.tags[i] in _FINITE
        or tree.words[i].lower() in _SAID
        or (tree.tags[i] == "VBN" and tree.child(i, "aux", "auxpass") is None)
    )


def _entries(tree: Tree, i: int) -> tuple[Entry, ...]:
    """The uses of a verb; "Said Dorva:" is taken for a name by taggers."""
    lemma = "say" if tree.words[i].lower() in _SAID else tree.lemmas[i]
    return lexicon().verbs.get(lemma, ())


def _inverted(tokens: list[Token]) -> Found | None:
    """`said Ana Dorva, who leads the council`."""
    tree, verb = tokens[0]
    name = [t for t in tokens[1:] if t[0] is tokens[1][0]]
    if not _begins_name(name[0]) or name[0][0].words[name[0][1]].lower() in _OBJECTS:
        return None
    core = _run(name)
    if not core or _verb_follows(name, len(core)):
        return None
    rest = name[len(core) :]
    apposed: list[Token] = []
    if len(rest) > 1 and rest[0][0].words[rest[0][1]] in (",", "("):
        follower = rest[1][0].pos[rest[1][1]]
        low = rest[1][0].words[rest[1][1]].lower()
        if (
            rest[0][0].words[rest[0][1]] == "("
            or follower in ("DET", "NOUN", "PROPN", "ADJ")
            or (low in _RELATIVE)
        ):
            apposed = rest
    who_tree = name[0][0]
    return _found(tree, verb, who_tree, core, apposed)


def _straight(tokens: list[Token]) -> Found | None:
    """`Dorva, who leads the council, told reporters`."""
    if not _begins_name(tokens[0]):
        return None
    core = _run(tokens)
    if not core:
        return None
    inside = False
    for n, (tree, i) in enumerate(tokens[len(core) :], len(core)):
        if _says((tree, i)) and (
            not inside or tokens[n - 1][0].words[tokens[n - 1][1]] in (",", ")")
        ):
            break
        word = tree.words[i].lower()
        if word in (",", "("):
            inside = n == len(core) or inside
        elif tree.pos[i] in ("VERB", "AUX") and tree.tags[i] in (*_FINITE, "MD") and not inside:
            return None
    else:
        return None
    same = [t for t in tokens[:n] if t[0] is tree]
    core = _run(same) if same and _begins_name(same[0]) else []
    if not core:
        return None
    while len(same) > len(core) and (
        same[-1][0].pos[same[-1][1]] == "ADV" or same[-1][0].words[same[-1][1]] == ","
    ):
        same.pop()
    return _found(tree, i, core[0][0], core, same[len(core) :])


def _before(text: Text, begin: int, start: int) -> Found | None:
    """`Dorva boasted, "…"`, `Said Dorva: "…"`: the words of the same sentence before a quotation."""
    trees = text.trees_in(begin, start)
    if not trees:
        return None
    tree = text.tree_at(start - 1) or trees[-1]
    tokens = [
        i
        for i in tree.tokens_in(begin, start)
        if tree.sentence.ends[i] <= start and not tree.words[i].isspace()
    ]
    if not tokens or text.version.text[begin:start].rstrip()[-1:] not in (",", ":"):
        return None
    while tokens and tree.words[tokens[-1]] in (",", ":"):
        tokens.pop()
    says = [i for i in tokens[-8:] if _says((tree, i))]
    if not says:
        return None
    verb = says[-1]
    if any(tree.tags[i] in (*_FINITE, "MD") for i in tokens if i > verb):
        return None
    if verb == tokens[0] and tree.words[verb][:1].isupper():
        name = [(tree, i) for i in tokens if i > verb]
        core = _run(name) if name else []
        return _found(tree, verb, tree, core, name[len(core) :]) if core else None
    left = [i for i in tokens if i < verb]
    while left and (tree.pos[left[-1]] == "ADV" or tree.deps[left[-1]] in ("aux", "neg")):
        left.pop()
    core_tokens: list[int] = []
    while left and tree.pos[left[-1]] in ("PROPN", "NOUN", "DET", "ADJ", "PRON", "NUM", "PART"):
        core_tokens.insert(0, left.pop())
    named = [(tree, i) for i in core_tokens]
    if not named or not _begins_name(named[0]):
        return None
    return _found(tree, verb, tree, named, [])


def _found(
    tree: Tree, verb: int, who_tree: Tree, core: Sequence[Token], apposed: Sequence[Token]
) -> Found | None:
    nouns = [i for _, i in core if who_tree.pos[i] in _NAMES]
    if not nouns:
        return None
    low, high = core[0][1], core[-1][1]
    whole = tuple(range(low, (apposed[-1][1] if apposed else high) + 1))
    own = tuple(range(low, high + 1))
    head = next((i for i in nouns if who_tree.heads[i] not in own), nouns[-1])
    return Found(tree, verb, who_tree, Phrase(head, whole, own, whole))


def _begins_name(token: Token) -> bool:
    tree, i = token
    return tree.pos[i] in ("PROPN", "NOUN", "DET", "ADJ", "NUM") or (
        tree.pos[i] == "PRON" and tree.words[i].lower() not in _RELATIVE
    )


def _run(tokens: Sequence[Token]) -> list[Token]:
    """The noun phrase at the beginning: names, nouns and what belongs to them, up to a comma, a verb
    or a preposition that tells where or when."""
    run: list[Token] = []
    for n, (tree, i) in enumerate(tokens):
        low = tree.words[i].lower()
        if tree is not tokens[0][0]:
            break
        if tree.pos[i] in _PHRASE and low not in _RELATIVE:
            run.append((tree, i))
            if tree.pos[i] == "PRON" and n == 0 and tree.tags[i] == "PRP":
                break
        elif low in _WITHIN and run:
            run.append((tree, i))
        else:
            break
    while run and (run[-1][0].pos[run[-1][1]] in ("CCONJ", "ADP", "DET", "PART")) and len(run) > 1:
        run.pop()
    return run


def _verb_follows(tokens: Sequence[Token], at: int) -> bool:
    """Whether a finite verb stands right behind a phrase: then it is that verb's, "said the plan is"."""
    return at < len(tokens) and tokens[at][0].tags[tokens[at][1]] in (*_FINITE, "MD")


# --------------------------------------------------------------------------- signatures


def signed(text: Text, found: Sequence[Draft]) -> list[Draft]:
    """Quotations that a name behind a dash signs: `"…" ― Ana Dorva`. They make up their paragraph."""
    made = []
    for block in text.version.blocks:
        pieces = text.quoted.in_range(block.start, block.end)
        if len(pieces) != 1 or block.kind in ("title", "heading", "caption", "byline"):
            continue
        start, end, _ = pieces[0]
        if text.version.text[block.start : start].strip():
            continue
        match = _SIGNED.fullmatch(text.version.text, end, block.end)
        tree = text.tree_at(match.start("who")) if match else None
        if match is None or tree is None:
            continue
        tokens = tree.tokens_in(*match.span("who"))
        if not tokens or not _is_signature(tree, tokens):
            continue
        who = Phrase(tokens[-1], tokens, tokens, tokens)
        nouns = [t for t in tokens if tree.pos[t] == "PROPN"]
        if nouns:
            who = Phrase(nouns[-1], tokens, tokens, tokens)
        content = tuple(tidy(text.version.text, [(start, end)]))
        dash = match.start("who") - 1
        made.append(Draft(tree, None, who, tree, content, "quote", None, (end, dash + 1)))
    return made


def _is_signature(tree: Tree, tokens: tuple[int, ...]) -> bool:
    """A name, perhaps with an office or an age behind it, and nothing told of it."""
    return (
        len(tokens) <= 14
        and tree.words[tokens[0]][:1].isupper()
        and not any(tree.tags[t] in (*_FINITE, "MD") and tree.words[t].islower() for t in tokens)
    )
