"""A clause: one predicate with who does it, what to whom, whether it is told as done, denied or ahead.

Read off the stored parse. Active and passive give the same clause: the agent of a passive stands
among the doers. Nothing here compares.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import structs

from onrecord.records import Clause, DateExpression, Figure
from onrecord.relate.keys import CONTENT, Names, key_at, key_of, topic
from onrecord.relate.quantities import CURRENCIES, quantity
from onrecord.text.folding import fold_loose
from onrecord.text.tree import Tree

_HEADS = frozenset(
    "ROOT conj ccomp advcl relcl acl xcomp pcomp csubj csubjpass parataxis dep appos".split()
)
_OWN = frozenset("ccomp advcl relcl acl csubj csubjpass parataxis conj dep".split())
"""Dependents that are clauses of their own where a verb heads them."""

_AHEAD = frozenset(
    "plan intend expect hope aim seek want prepare vow promise pledge threaten propose schedule set "
    "going due try agree offer".split()
)
"""Verbs and adjectives whose infinitive is still to come."""

_TRYING = frozenset({"try", "seek"})
"""Verbs whose infinitive may be done once they are told in the past: "sought to push back"."""

_EITHER = frozenset(
    "decision move right power authority ability chance way reason order first last step choice freedom "
    "failure refusal permission time need effort attempt".split()
)
"""Nouns whose infinitive may be done or still to come: "the decision to leave", "the first to leave"."""

_NOT_DOING = (_EITHER - {"first", "last"}) | frozenset(
    "plan promise pledge vow offer threat commitment intention agreement deal proposal bid desire push drive "
    "campaign request call demand vote motion goal aim target hope opportunity willingness".split()
)
"""Nouns that do not do what their infinitive tells: of "its plan to buy the port" it buys, if anybody."""

_MODALS = {
    "will": "ahead", "wo": "ahead", "'ll": "ahead", "’ll": "ahead", "shall": "ahead",
    "would": "would", "'d": "would", "’d": "would",
    "may": "may", "might": "may", "can": "may", "could": "may",
    "should": "must", "must": "must", "ought": "must",
}  # fmt: skip


def clauses_in(
    tree: Tree,
    tokens: Sequence[int],
    names: Names,
    dates: Sequence[DateExpression],
) -> tuple[Clause, ...]:
    """The clauses whose predicate lies among `tokens`, in order of the text."""
    inside = set(tokens)
    return tuple(_clause(tree, i, inside, names, dates) for i in _heads(tree, tokens))


def clause_at(
    tree: Tree, head: int, names: Names, dates: Sequence[DateExpression]
) -> tuple[list[int], Clause]:
    """The clause of one verb as what a passage says, and its tokens but for who does it."""
    whole = set(range(len(tree)))
    clause = _clause(tree, head, whole, names, dates)
    subject, suffers = _subject(tree, head)
    named = _phrase(tree, subject) if subject is not None else []
    tokens = set(_owned(tree, head, whole))
    tokens = tokens | {*named} if suffers else tokens - {*named}
    return sorted(tokens), structs.replace(clause, main=True)


def _heads(tree: Tree, tokens: Sequence[int]) -> Iterator[int]:
    for i in tokens:
        clause = tree.deps[i] in _HEADS or tree.heads[i] == i
        if tree.pos[i] in ("VERB", "AUX") and clause and _to_come(tree, tree.heads[i]) != i:
            yield i


def _owned(tree: Tree, head: int, inside: set[int]) -> list[int]:
    """Tokens of a clause without those of clauses inside it, in order."""
    found, todo = [], [head]
    while todo:
        i = todo.pop()
        found.append(i)
        for c in tree.children[i]:
            if c not in inside:
                continue
            if tree.pos[c] in ("VERB", "AUX") and tree.deps[c] in _OWN:
                continue
            todo.append(c)
    return sorted(found)


def _subject(tree: Tree, head: int) -> tuple[int | None, bool]:
    """The token of the subject and whether it suffers the act; taken from the clause above where the
    parse leaves it out ("said and left", "vowed to leave", "the man who left")."""
    i = head
    for _ in range(6):
        if (found := tree.child(i, "nsubj", "csubj")) is not None:
            break
        if (found := tree.child(i, "nsubjpass", "csubjpass")) is not None:
            return _meant(tree, found), True
        dep, above = tree.deps[i], tree.heads[i]
        if dep in ("relcl", "acl") and above != i and _is_plan(tree, i, above):
            return _planner(tree, above), False
        if (dep in ("relcl", "acl") and above != i) or _is_headed(tree, i):
            return above, tree.tags[i] == "VBN"
        if dep == "xcomp" and (object_ := tree.child(above, "dobj")) is not None:
            return object_, False
        if dep not in ("conj", "xcomp", "advcl") or above == i:
            return None, False
        i = above
    else:
        return None, False
    return _meant(tree, found), False


def _shared_object(tree: Tree, head: int) -> list[int]:
    """The object of the verb joined to one that has none: "buy and give away the port" buys the port."""
    joined = tree.child(head, "conj")
    if joined is None or tree.pos[joined] != "VERB":
        return []
    if tree.child(head, "dobj", "prep", "ccomp", "xcomp", "prt", "agent", "dative") is not None:
        return []
    if any(tree.deps[i] not in ("cc", "punct", "advmod") for i in range(head + 1, joined)):
        return []
    object_ = tree.child(joined, "dobj")
    return _phrase(tree, object_) if object_ is not None else []


def _is_plan(tree: Tree, head: int, noun: int) -> bool:
    """Whether an infinitive of the active voice tells what a plan, promise or order is about."""
    return tree.tags[head] == "VB" and fold_loose(tree.lemmas[noun]) in _NOT_DOING


def _planner(tree: Tree, noun: int) -> int | None:
    """Whose plan it is: "its plan to buy", "the board announced a plan to buy"; None if nobody is named."""
    owner = tree.child(noun, "poss")
    if owner is not None or tree.deps[noun] != "dobj":
        return owner
    above = tree.heads[noun]
    return tree.child(above, "nsubj") if tree.lemmas[above] in _HOLDING_PLANS else None


_HOLDING_PLANS = frozenset(
    "have announce unveil propose present reveal outline make draw adopt offer".split()
)
"""Verbs whose subject has the plan; who rejects one has it not."""


def _is_headed(tree: Tree, head: int) -> bool:
    """Whether an infinitive or a participle is the news of a headline that has no other verb: "New ferry to link
    Velmora and Ostrand", "Pier closed after storm"."""
    noun = tree.heads[head]
    if tree.deps[noun] == "appos":
        noun = tree.heads[noun]
    if not (
        noun < head
        and tree.deps[head] in ("acl", "relcl", "xcomp")
        and tree.pos[noun] in ("NOUN", "PROPN", "NUM")
        and tree.heads[noun] == noun
        and (_is_infinitive(tree, head) or tree.tags[head] == "VBN")
    ):
        return False
    if tree.child(noun, "det") is not None or any(
        tree.tags[c] == "JJS" or tree.lemmas[c] in ("first", "last", "only", "next")
        for c in tree.all(noun, "amod", "advmod")
    ):
        # "First woman to lead the council": she does, or did.
        return False
    below = set(tree.subtree(head))
    return all(i in below for i, tag in enumerate(tree.tags) if tag in _FINITE)


def _is_told_of(tree: Tree, head: int) -> bool:
    """Whether a clause stands behind the name of its matter and a colon: "Harbour fire: mayor steps down"."""
    noun = tree.heads[head]
    return (
        noun < head
        and tree.pos[noun] in ("NOUN", "PROPN")
        and tree.heads[noun] == noun
        and tree.child(head, "nsubj", "nsubjpass") is not None
        and any(tree.words[i] == ":" and noun < i < head for i in tree.children[noun])
    )


_FINITE = frozenset({"VBZ", "VBP", "VBD", "MD"})


def _meant(tree: Tree, subject: int) -> int:
    """Of "who" or "which" the noun that the clause hangs on."""
    if tree.tags[subject] in ("WP", "WDT") and tree.deps[tree.heads[subject]] == "relcl":
        return tree.heads[tree.heads[subject]]
    return subject


def _phrase(tree: Tree, head: int) -> list[int]:
    """A noun with the words that name it: compounds, adjectives, possessors, "of" phrases, and what is
    joined to it."""
    found, todo = [], [head]
    while todo:
        i = todo.pop()
        found.append(i)
        todo += tree.all(i, "compound", "amod", "poss", "nmod", "conj", "nummod")
        for of in tree.all(i, "prep"):
            if tree.lemmas[of] == "of":
                todo += tree.all(of, "pobj")
    return sorted(found)


def _clause(
    tree: Tree, head: int, inside: set[int], names: Names, dates: Sequence[DateExpression]
) -> Clause:
    owned = _owned(tree, head, inside)
    subject, suffers = _subject(tree, head)
    agent = [p for a in tree.all(head, "agent") for p in tree.all(a, "pobj")]
    doers = [t for a in agent for t in _phrase(tree, a)]
    if subject is not None and not suffers:
        doers += _phrase(tree, subject)
    named = {*doers}
    complement = next((c for c in tree.all(head, "attr", "acomp", "oprd") if c in inside), None)
    predicate = head
    if tree.lemmas[head] == "be" and complement is not None:
        predicate = complement
    elif (ahead := _to_come(tree, head)) is not None:
        predicate = ahead
    elif _is_light(tree, head) and (done := _noun_of(tree, head)) is not None:
        predicate = done
    rest = [i for i in owned if i not in named and i != predicate and i != head]
    if subject is not None and suffers:
        rest += [t for t in _phrase(tree, subject) if t not in rest]
    rest += [t for t in _shared_object(tree, head) if t in inside and t not in rest]
    low, high = tree.span(tuple(owned))
    return Clause(
        predicate=key_at(tree, predicate) or fold_loose(tree.lemmas[predicate]),
        word=tree.words[predicate],
        doers=_keys(tree, doers, names),
        doer_ids=_actors(tree, doers, names),
        others=_keys(tree, rest, names),
        other_ids=_actors(tree, rest, names),
        main=_is_main(tree, head, inside),
        negative=is_negated(tree, head),
        told="ahead" if _to_come(tree, head) is not None else _told(tree, head),
        figures=tuple(figures_in(tree, owned)),
        days=tuple(sorted(_days(dates, tree, owned))),
        places=_places(tree, owned, names),
        start=low,
        end=high,
    )


_LIGHT_VERBS = frozenset("make take give have hold".split())
"""Verbs that leave what is done to their object: "made an announcement", "took effect", "gave approval"."""


def _is_light(tree: Tree, head: int) -> bool:
    """Whether a verb leaves what is done to its object; "takes up the issue" does not."""
    return tree.lemmas[head] in _LIGHT_VERBS and tree.child(head, "prt") is None


def _to_come(tree: Tree, head: int) -> int | None:
    """What somebody is to do, of a form of "be" in the present: "is to report", "are to walk out"."""
    if tree.lemmas[head] != "be" or tree.tags[head] not in ("VBZ", "VBP"):
        return None
    if tree.child(head, "attr", "acomp", "oprd") is not None:
        return None
    for i in tree.all(head, "xcomp"):
        if i > head and _is_infinitive(tree, i):
            return i
    return None


def _noun_of(tree: Tree, head: int) -> int | None:
    """The object that names what is done under a light verb."""
    object_ = tree.child(head, "dobj")
    if object_ is None or tree.pos[object_] != "NOUN" or tree.child(object_, "nummod") is not None:
        return None
    return object_ if key_of(fold_loose(tree.lemmas[object_])) else None


def _is_main(tree: Tree, head: int, inside: set[int]) -> bool:
    """Whether a clause is what the passage says: its head hangs on nothing inside, or is joined to one
    that does not, or to what only brings it ("it was revealed on Monday")."""
    if _brought(tree, head) is not None:
        return False
    while tree.heads[head] in inside and tree.heads[head] != head:
        if tree.deps[head] != "conj" and _brought(tree, tree.heads[head]) != head:
            break
        head = tree.heads[head]
    return (
        tree.heads[head] == head
        or tree.heads[head] not in inside
        or _is_headed(tree, head)
        or _is_told_of(tree, head)
    )


_BRINGING = frozenset("reveal emerge announce report disclose confirm transpire turn".split())


def _brought(tree: Tree, head: int) -> int | None:
    """What "it emerged that ..." and "..., it was revealed" bring."""
    if tree.lemmas[head] not in _BRINGING or is_negated(tree, head):
        return None
    subject = tree.child(head, "nsubj", "nsubjpass")
    if subject is None or tree.lemmas[subject] != "it":
        return None
    if any(tree.tags[c] == "MD" for c in tree.all(head, "aux")):
        return None
    brought = tree.child(head, "ccomp")
    if brought is None or any(
        tree.lemmas[c] in ("whether", "if") for c in tree.all(brought, "mark")
    ):
        return None
    return brought


def _keys(tree: Tree, tokens: Sequence[int], names: Names) -> tuple[str, ...]:
    keys = names.keys_of(tree)
    return tuple(sorted({key for i in tokens for key, _ in keys[i]}))


def _actors(tree: Tree, tokens: Sequence[int], names: Names) -> tuple[str, ...]:
    named = names.named_in(tree)
    found = {n[1] for t in tokens if (n := named[t])}
    return tuple(sorted(found))


def _places(tree: Tree, tokens: Sequence[int], names: Names) -> tuple[str, ...]:
    """Names of the places where it happens: "in", "at", "near" and a place."""
    found = []
    for i in tokens:
        if tree.deps[i] != "pobj" or tree.lemmas[tree.heads[i]] not in (
            "in",
            "at",
            "near",
            "outside",
        ):
            continue
        named = names.named_in(tree)[i]
        if named is not None and named[0].role == "place":
            found.append(fold_loose(named[0].name))
    return tuple(sorted(set(found)))


def _days(
    dates: Sequence[DateExpression], tree: Tree, owned: Sequence[int]
) -> set[tuple[str, str]]:
    """The days that a clause names itself, not a clause inside it."""
    return {
        (d.earliest, d.latest)
        for d in dates
        if d.citation.start is not None
        and d.type in ("DATE", "TIME")
        and d.earliest
        and d.latest
        and tree.token_at(d.citation.start) in owned
    }


def _told(tree: Tree, head: int) -> str:
    """How a clause is told: done, present, ahead, would, may, must, if, or bare (no finite verb)."""
    i = head
    for _ in range(4):
        if any(tree.lemmas[c] in ("if", "unless") for c in tree.all(i, "mark")):
            return "if"
        for c in tree.all(i, "aux"):
            if (told := _MODALS.get(fold_loose(tree.words[c]))) is not None:
                return told
        above = tree.heads[i]
        if tree.deps[i] == "xcomp" and above != i and tree.all(i, "aux"):
            if tree.lemmas[above] in _TRYING and tree.tags[above] in ("VBD", "VBN"):
                return "bare"
            if fold_loose(tree.lemmas[above]) in _AHEAD or fold_loose(tree.words[above]) in _AHEAD:
                return "ahead"
            i = above
            continue
        if tree.deps[i] == "conj" and above != i and _goes_on(tree, i):
            i = above
            continue
        if tree.deps[i] == "acl" and (tree.tags[i] == "VB" or _is_infinitive(tree, i)):
            either = fold_loose(tree.lemmas[above]) in _EITHER or _is_one_of(tree, above)
            return "bare" if either else "ahead"
        break
    if _is_infinitive(tree, head) or (i != head and _is_infinitive(tree, i)):
        # Of a headline, "X to resign"; under a verb an infinitive tells nothing by itself.
        return "ahead" if tree.deps[i] == "ROOT" or _is_headed(tree, i) else "bare"
    if _is_about_to(tree, head):
        return "ahead"
    if tree.tags[head] in ("VBD", "VBN") or any(
        tree.tags[c] == "VBD" or tree.lemmas[c] == "have" for c in tree.all(head, "aux", "auxpass")
    ):
        return "done"
    finite = any(
        tree.tags[c] in ("VBZ", "VBP", "VBD") for c in (head, *tree.all(head, "aux", "auxpass"))
    )
    return "present" if finite else "bare"


def _is_one_of(tree: Tree, noun: int) -> bool:
    """Whether a noun stands behind "one of": "one of several to announce that they leave" has announced it."""
    of = tree.heads[noun]
    return (
        tree.deps[noun] == "pobj"
        and tree.lemmas[of] == "of"
        and tree.lemmas[tree.heads[of]] == "one"
    )


def _goes_on(tree: Tree, i: int) -> bool:
    """Whether a verb joined to another is told as that one is: "will sign the pact and visit the port"."""
    own = tree.all(i, "aux", "auxpass", "nsubj", "nsubjpass")
    return not own and tree.tags[i] in ("VB", "VBP") and tree.tags[tree.heads[i]] == "VB"


def _is_about_to(tree: Tree, head: int) -> bool:
    """Whether a passive only says that something is or was to come: "are set to pledge", "was expected to run"."""
    known = fold_loose(tree.lemmas[head]) in _AHEAD or fold_loose(tree.words[head]) in _AHEAD
    return (
        known
        and tree.tags[head] == "VBN"
        and any(tree.tags[c] in ("VBZ", "VBP", "VBD") for c in tree.all(head, "auxpass", "aux"))
        and not any(tree.lemmas[c] == "have" for c in tree.all(head, "aux"))
        and any(_is_infinitive(tree, c) for c in tree.all(head, "xcomp"))
    )


def _is_infinitive(tree: Tree, i: int) -> bool:
    """Whether a verb is an infinitive of the present: "to resign", "to be dismissed"; "to have resigned" is
    none."""
    if not any(tree.words[c].lower() == "to" for c in tree.all(i, "aux")):
        return False
    if tree.tags[i] == "VBN":
        return any(tree.tags[c] == "VB" for c in tree.all(i, "auxpass"))
    perfect = any(tree.lemmas[c] == "have" for c in tree.all(i, "aux"))
    return tree.tags[i] == "VB" and not perfect


def is_negated(tree: Tree, head: int) -> bool:
    """Whether the clause of `head` is negated: a `neg`, "no" before its object, "neither", "never"."""
    if "neg" not in tree.deps and _NEGATIVE.isdisjoint(tree.lemmas):
        # Four of five sentences; looking beside every verb took twenty times as long.
        return False
    near = [
        head,
        *tree.all(
            head, "aux", "auxpass", "dobj", "attr", "nsubj", "nsubjpass", "advmod", "preconj", "cc"
        ),
    ]
    if any(tree.deps[c] == "neg" for i in near for c in tree.children[i]):
        return True
    owners = [p for i in near if i != head for p in tree.all(i, "poss")]
    under = [p for c in tree.all(head, "prep") for p in tree.all(c, "pobj")]
    if any(tree.lemmas[c] == "no" for i in (*owners, *under) for c in tree.all(i, "det")):
        return True
    if any(tree.lemmas[i] in ("nothing", "nobody", "none") for i in under):
        return True
    return any(
        tree.lemmas[c] in _NEGATIVE
        for i in near
        for c in (i, *tree.children[i])
        if tree.deps[c]
        in ("det", "preconj", "advmod", "nsubj", "nsubjpass", "dobj", "neg", "attr", "cc")
        and (c != head)
    )


_NEGATIVE = frozenset({"no", "neither", "nor", "never", "none", "nobody", "nothing"})


def figures_in(tree: Tree, tokens: Sequence[int]) -> list[Figure]:
    """Numbers that count something: "six hours", "$4.7 million" (unit: the currency and scale),
    "12 per cent". Not days, ordinals, ages after a name, or numbers that name ("Article 5"). What bounds
    them and what they are to one another, counted.py reads."""
    found = []
    tags, deps = tree.tags, tree.deps
    for i in [i for i in tokens if tags[i] == "CD" or deps[i] == "nummod"]:
        if (
            not _is_number(tree, i)
            or (
                tree.ents[i].endswith(("DATE", "ORDINAL", "TIME"))
                and tree.lemmas[tree.heads[i]] not in _SPANS
            )
            or tree.deps[i] == "compound"
        ):
            continue
        if i and fold_loose(tree.words[i - 1]) in (
            "no",
            "no.",
            "nos.",
            "number",
            "#",
            "article",
            "page",
            "route",
        ):
            continue
        if i > 1 and tree.words[i - 1] == "." and fold_loose(tree.words[i - 2]) in ("no", "nos"):
            continue
        head = tree.heads[i]
        scale = tree.words[head] if tree.tags[head] == "CD" and head != i else ""
        low = tree.all(i, "compound")
        parts = sorted({i, *low})
        value = _printed(tree, parts)
        counted = head if not scale else tree.heads[head]
        money = next((tree.words[c] for c in tree.children[i] if _is_currency(tree, c)), "")
        if not money and tree.pos[counted] not in ("NOUN", "PROPN", "SYM"):
            # "Two of the dam's four sluices" counts sluices.
            whole = _of(tree, i) if _of(tree, i) is not None else _measured(tree, i)
            if whole is None:
                continue
            counted = whole
        if not money and _apart(tree, i, counted):
            continue
        if not money and (counted < i and tree.deps[i] != "appos" and tree.pos[counted] == "PROPN"):
            continue
        unit = money or fold_loose(tree.lemmas[counted])
        start, end = tree.span(tuple(parts))
        after = tuple(fold_loose(w) for w in tree.words[parts[-1] + 1 : parts[-1] + 4])
        if after == ("and", "a", "half"):
            value += " and a half"
        found.append(
            Figure(
                value=value,
                unit=topic(unit),
                noun=money or tree.words[counted],
                bound="",
                start=start,
                end=end,
            )
        )
    return found


def _is_currency(tree: Tree, i: int) -> bool:
    """Whether a token is a sign of money; the tagger knows no rupee."""
    return tree.tags[i] == "$" or tree.words[i] in CURRENCIES


def _printed(tree: Tree, parts: Sequence[int]) -> str:
    """Tokens as the page sets them: "60m" is two of them without a space."""
    value = ""
    for i in parts:
        glued = i - 1 in parts and tree.sentence.ends[i - 1] == tree.sentence.starts[i]
        value += (
            fold_loose(tree.words[i]) if glued or not value else f" {fold_loose(tree.words[i])}"
        )
    return value


def _is_number(tree: Tree, i: int) -> bool:
    """A number; at the head of a sentence the tagger takes "Eleven" for an adjective."""
    if tree.tags[i] == "CD":
        return True
    return tree.deps[i] == "nummod" and quantity(fold_loose(tree.words[i])) is not None


def _apart(tree: Tree, i: int, counted: int) -> bool:
    """Whether a number does not count the noun behind it: "at two the board meets", "in 2029 Aske"."""
    if tree.pos[counted] == "PRON" and not tree.all(i, "prep"):
        return True
    if counted <= i:
        return False
    if any(tree.pos[j] in ("DET", "PUNCT") for j in range(i + 1, counted)):
        return True
    return tree.pos[counted] == "PROPN" and bool(_YEAR.fullmatch(tree.words[i]))


_YEAR = re.compile(r"1[5-9]\d\d|20\d\d")

_MEASURING = frozenset(
    "rise fall climb drop grow increase decrease reach stand number total jump be".split()
)
"""Verbs whose subject is what their bare number counts: "the number of dead has risen to five"."""


def _of(tree: Tree, i: int) -> int | None:
    of = next((c for c in tree.all(i, "prep") if tree.lemmas[c] == "of"), None)
    return tree.child(of, "pobj") if of is not None else None


def _measured(tree: Tree, i: int) -> int | None:
    """What a bare number tells of: the subject of its verb, or what the subject is a number of."""
    verb = tree.heads[i]
    if tree.deps[i] == "pobj" and verb != i:
        verb = tree.heads[verb]
    if tree.pos[verb] not in ("VERB", "AUX") or tree.lemmas[verb] not in _MEASURING:
        return None
    subject = tree.child(verb, "nsubj")
    if subject is None:
        return None
    counted = _of(tree, subject)
    return subject if counted is None else counted


_SPANS = frozenset("second minute hour day week month year".split())
"""Units of time: a number of them is a figure, though the entity recogniser calls it a date."""

__all__ = ["CONTENT", "clauses_in", "figures_in", "is_negated"]
