"""Conditions of a sentence: what something said to come, or to be possible, hangs on.

Read are, wherever they stand:
  - clauses: if, unless, until, "as long as", "only when", an inverted "should talks fail"; "before" and
    "without" only where what they hang on is denied or comes first ("cannot start before ...",
    "without a truce there will be ...");
  - nominal: a subject that is itself an event not known to be ("failure to pay would ...", "crossing
    the river would ...", "any attack will ..."): the condition is that subject;
  - alternatives: "leave the bay or we will ...": the condition is what is asked for before "or".
"Otherwise" and "if not" point to the sentence before them; see `points_back`.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files

from onrecord.annotate.modality import negated
from onrecord.text.tree import Tree

_VERBS = ("VERB", "AUX")
_SUBJECTS = ("nsubj", "nsubjpass", "expl")
_TENSED = ("VBZ", "VBP", "VBD", "MD")
_AHEAD = frozenset(
    ("will", "would", "'ll", "’ll", "'d", "’d", "wo", "can", "could", "may", "might")
)


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition: its tokens, the token that it hangs on, and its kind: clause, nominal or
    alternative."""

    tokens: tuple[int, ...]
    governed: int
    kind: str = "clause"


@functools.cache
def _table() -> Mapping[str, tuple[str, ...]]:
    table = tomllib.loads(files("onrecord.annotate").joinpath("conditions.toml").read_text("utf-8"))
    return {name: tuple(words) for name, words in table.items()}


@functools.cache
def _phrases() -> Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]]:
    """First word -> the phrases that begin with it, each with its words; the longest first."""
    made: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for phrase in sorted(_table()["phrases"], key=lambda p: (-len(p.split()), p)):
        words = tuple(phrase.split())
        made.setdefault(words[0], []).append((phrase, words))
    return {word: tuple(phrases) for word, phrases in made.items()}


def conditions(tree: Tree) -> tuple[Condition, ...]:
    """All conditions of a sentence, in order of the text; none inside another."""
    table = _table()
    low = tuple(w.lower() for w in tree.words)
    found: list[Condition] = []
    covered = -1
    for i, word in enumerate(low):
        if i <= covered:
            continue
        condition = _phrase(tree, low, i)
        if condition is not None:
            pass
        elif word in table["marks"] and not (i and low[i - 1] in table["not_behind"]):
            if tree.deps[i] in ("mark", "advmod") and not _is_asked(tree, i, word):
                condition = _from(tree, i, i, exact=True)
                if condition is not None and word in ("until", "till") and _lasts(tree, condition):
                    condition = None
        elif word in ("once", "as") and (condition := _once(tree, low, i)) is not None:
            pass
        elif word == "before" and tree.deps[i] in ("mark", "prep"):
            condition = _before(tree, i)
        elif word == "without" and tree.deps[i] == "prep":
            condition = _without(tree, i)
        elif word in ("should", "were", "had") and _inverted(tree, i):
            condition = _from(tree, i, i, exact=True)
        elif word == "or":
            # A headline's bare verbs are no orders: "Dockers Strike or Lose Pay, Study Says".
            condition = None if tree.is_title_case else _alternative(tree, i)
        else:
            condition = _nominal(tree, i)
        if condition is not None:
            condition = _without_main(tree, condition)
            found.append(condition)
            covered = condition.tokens[-1]
    return tuple(sorted(found, key=lambda c: c.tokens))


def _without_main(tree: Tree, condition: Condition) -> Condition:
    """Without the main clause that a parse without a comma takes into it: "Unless there is a deal by
    midnight she will dissolve parliament"."""
    tokens = condition.tokens
    if tree.words[tokens[0]].lower() not in ("if", "unless"):
        return condition
    finite = [t for t in tokens if tree.tags[t] in ("VBZ", "VBP", "VBD", "MD")]
    if len(finite) < 2:
        return condition
    for t in finite[1:]:
        before = t - 1
        if "," in tree.words[tokens[0] : before]:
            return condition
        is_main = tree.tags[t] == "MD" and tree.words[t].lower() in ("will", "would", "shall")
        if is_main and before > finite[0] + 1 and tree.tags[before] == "PRP":
            return replace(condition, tokens=tuple(x for x in tokens if x < before))
    return condition


def _is_asked(tree: Tree, i: int, word: str) -> bool:
    """Whether an "if" means whether: "asked if it was safe", "to see if it holds"."""
    clause = tree.heads[i]
    above = tree.lemmas[tree.heads[clause]]
    if word == "if" and above in ("ask", "wonder") and clause > tree.heads[clause]:
        # "Ask no questions if …": what is asked stands before it.
        asked = tree.child(tree.heads[clause], "dobj")
        return asked is None or tree.lemmas[asked] != "question"
    if tree.deps[clause] != "ccomp" or word == "unless":
        return False
    return word != "if" or above in _table()["asking"] or tree.deps[tree.heads[clause]] == "acomp"


def points_back(tree: Tree) -> bool:
    """Whether a sentence hangs on the one before it: "Otherwise we will ...", "If not, ..."."""
    low = [w.lower() for w in tree.words if any(c.isalpha() for c in w)][:3]
    return any(low[: len(p.split())] == p.split() for p in _table()["back"])


def stands_alone(tree: Tree, condition: Condition, tokens: Sequence[int]) -> bool:
    """Whether some tokens are nothing but a condition: "Unless the ships leave." """
    rest = set(tokens) - set(condition.tokens)
    return all(tree.pos[t] in ("PUNCT", "CCONJ", "ADV", "SPACE") for t in rest)


def is_present(tree: Tree, condition: Condition) -> bool:
    """Whether a condition is told in the present tense, so that "would" beside it is a reported "will"."""
    finite = next((t for t in condition.tokens if tree.tags[t] in _TENSED), None)
    return finite is not None and tree.tags[finite] in ("VBZ", "VBP")


_PARTICIPLES = ("VBN", "VBG", "VBD", "IN")


def _has_clause(tree: Tree, i: int) -> bool:
    """Whether "provided" is a conjunction: a finite clause follows, and nobody is said to provide."""
    if tree.child(i, "nsubj", "nsubjpass", "aux", "auxpass") is not None:
        return False
    verb = next((t for t in range(i + 1, len(tree)) if tree.tags[t] in _TENSED), None)
    if verb is None or any(tree.pos[t] == "PUNCT" for t in range(i, verb)):
        return False
    clause = tree.heads[verb] if tree.deps[verb] in ("aux", "auxpass") else verb
    subject = tree.child(clause, *_SUBJECTS)
    return subject is not None and i < subject < clause


def _phrase(tree: Tree, low: tuple[str, ...], i: int) -> Condition | None:
    table = _table()
    begun = _phrases().get(low[i], ())
    phrase = next((p for p, words in begun if low[i : i + len(words)] == words), None)
    if phrase == "subject to" and i and tree.lemmas[i - 1] in ("be", "become", "remain"):
        # "is subject to delays" tells what befalls it
        return None
    if (
        phrase is None
        and low[i] in ("provided", "providing")
        and i
        and tree.tags[i] in _PARTICIPLES
    ):
        # "provided the board agrees": its "that" is left out
        phrase = low[i] if _has_clause(tree, i) else None
    if phrase is None:
        return None
    first = i + len(phrase.split())
    if first >= len(low) or low[first] in table["not_before"]:
        return None
    found = _from(tree, i, first, exact=False)
    if found is not None and phrase in table["temporal"]:
        # "came only after the draft was finished" tells what was, not what it hangs on
        above = found.governed
        if tree.tags[above] == "VBD" and not _is_ahead(tree, above):
            return None
    return found


def _from(tree: Tree, opening: int, first: int, *, exact: bool) -> Condition | None:
    """The clause that a condition's opening words head, from them to its own end."""
    if exact:
        head = tree.heads[first]
    else:
        inside = next(
            (
                t
                for t in range(first, len(tree))
                if tree.pos[t] in (*_VERBS, "NOUN", "PROPN", "PRON")
            ),
            None,
        )
        if inside is None:
            return None
        head = inside
        while tree.heads[head] >= first and tree.heads[head] != head:
            head = tree.heads[head]
    if head < opening:
        return None
    below = [t for t in tree.subtree(head) if t >= opening]
    end = opening
    while end + 1 in below or (end + 1 < head):
        end += 1
    while end > opening and tree.pos[end] == "PUNCT":
        end -= 1
    if end <= first and exact:
        return None
    governed = tree.heads[head]
    while opening <= governed <= end and tree.heads[governed] != governed:
        governed = tree.heads[governed]
    if "conj" in (tree.deps[head], tree.deps[opening]):
        # "made clear that …, but agreed to meet, provided that …" is joined to the first of them
        nearer = [c for c in tree.all(governed, "conj") if governed < c < opening]
        governed = nearer[-1] if nearer else governed
    return Condition(tuple(range(opening, end + 1)), governed)


def _lasts(tree: Tree, condition: Condition) -> bool:
    """Whether "until" only tells how long something was done ("waited until the water came"): what is
    told as past and neither denied nor kept up ("would not pay until", "kept it shut until")."""
    verb = condition.governed
    table = _table()["held"]
    for _ in range(len(tree)):
        if negated(tree, verb) or tree.lemmas[verb] in table:
            return False
        if any(tree.lemmas[c] in table for c in tree.all(verb, "acomp", "oprd", "xcomp", "advmod")):
            return False
        if tree.pos[verb] in _VERBS and tree.tags[verb] != "VBD":
            had = any(
                tree.words[c].lower() in ("had", "'d", "was", "were") for c in tree.children[verb]
            )
            return tree.tags[verb] in ("VBN", "VBG") and had
        above = tree.heads[verb]
        if tree.deps[verb] not in ("xcomp", "acomp", "conj", "pcomp") or above == verb:
            return tree.pos[verb] in _VERBS
        verb = above
    return True


_BINDING = frozenset("promise offer pledge vow threaten guarantee".split())
"""Verbs whose object is still to come: "promised a new bridge once the funds arrive"."""


def _once(tree: Tree, low: tuple[str, ...], i: int) -> Condition | None:
    """ "Will open it once the ships leave", "as soon as they pay": a clause behind something ahead."""
    first = i + 3 if low[i : i + 3] == ("as", "soon", "as") else i + 1
    if low[i] == "as" and first == i + 1:
        return None
    verb = next((t for t in range(first, len(tree)) if tree.tags[t] in _TENSED), None)
    if verb is None or any(tree.pos[t] == "PUNCT" for t in range(first, verb)):
        return None
    clause = verb
    if tree.deps[verb] in ("aux", "auxpass"):
        clause = tree.heads[verb]
    subject = tree.child(clause, *_SUBJECTS)
    governed = next(
        (a for a in tree.ancestors(clause) if tree.pos[a] in _VERBS and not first <= a <= clause),
        None,
    )
    if (
        subject is None
        or governed is None
        or not (
            _is_ahead(tree, governed)
            or tree.tags[governed] == "VB"
            or tree.lemmas[governed] in _BINDING
        )
    ):
        return None
    if min(tree.subtree(subject)) != first:
        return None
    return _whole(tree, i, (*range(i, clause + 1), *tree.subtree(clause)), governed)


def _before(tree: Tree, i: int) -> Condition | None:
    """ "Talks cannot start before the ships leave": only a clause, behind something denied and ahead."""
    if tree.deps[i] == "mark":
        clause = tree.heads[i]
        governed = tree.heads[clause]
    else:
        clause = tree.child(i, "pcomp") or i
        governed = tree.heads[i]
    if (
        clause == i
        or tree.child(clause, *_SUBJECTS) is None
        or governed >= i
        or not _is_ahead(tree, governed)
        or not negated(tree, governed)
    ):
        return None
    tokens = tuple(t for t in tree.subtree(clause) if t >= i) if clause != i else ()
    return _whole(tree, i, tokens, governed)


def _without(tree: Tree, i: int) -> Condition | None:
    """ "Without a truce there will be no aid", "will not sign without a guarantee"."""
    verb = tree.heads[i]
    of = tree.child(i, "pobj", "pcomp")
    if of is None or tree.pos[verb] not in _VERBS or not _is_ahead(tree, verb):
        return None
    if i > verb and (not negated(tree, verb) or tree.lemmas[verb] in ("leave", "be", "go")):
        # "cannot be left without an answer" names what it is not left with
        return None
    return _whole(tree, i, tree.subtree(i), verb)


def _is_ahead(tree: Tree, verb: int) -> bool:
    return any(tree.words[c].lower() in _AHEAD for c in tree.all(verb, "aux"))


def _whole(tree: Tree, opening: int, tokens: tuple[int, ...], governed: int) -> Condition | None:
    inside = set(tokens)
    end = opening
    while end + 1 in inside:
        end += 1
    while end > opening and tree.pos[end] == "PUNCT":
        end -= 1
    if end == opening:
        return None
    return Condition(tuple(range(opening, end + 1)), governed)


def _inverted(tree: Tree, i: int) -> bool:
    """ "Should the vote go ahead, ...": the auxiliary before its subject, no question."""
    verb = tree.heads[i]
    subject = tree.child(verb, *_SUBJECTS)
    return (
        tree.deps[i] in ("aux", "auxpass")
        and (
            tree.deps[verb] == "advcl"
            or (tree.deps[verb] == "ccomp" and tree.words[i].lower() == "should")
        )
        and subject is not None
        and i < subject < verb
        and "?" not in tree.words
    )


def _nominal(tree: Tree, i: int) -> Condition | None:
    """The subject that starts at `i`, if it names an event that is not known to be and "would" follows."""
    table = _table()
    head = i
    while tree.deps[head] in ("det", "amod", "compound", "poss", "nummod", "advmod", "case"):
        head = tree.heads[head]
    if tree.deps[head] not in ("nsubj", "nsubjpass", "csubj") or min(tree.subtree(head)) != i:
        return None
    verb = tree.heads[head]
    if verb < head or tree.pos[verb] not in _VERBS:
        return None
    auxes = {tree.words[c].lower() for c in tree.all(verb, "aux")}
    first = tree.words[i].lower()
    any_ = first in ("any", "another", "further")
    would = bool(auxes & {"would", "'d", "’d"})
    if not (would or (any_ and auxes & {"will", "'ll", "’ll"})):
        return None
    gerund = tree.tags[head] == "VBG" and tree.deps[head] == "csubj"
    if not gerund:
        event = tree.lemmas[head] in table["events"] and tree.pos[head] in ("NOUN", "PROPN")
        if not event or first in ("the", "this", "that", "these", "those"):
            return None
    passive = tree.child(verb, "auxpass") is not None
    if tree.lemmas[verb] not in table["results"] or (passive and tree.lemmas[verb] != "meet"):
        return None
    return Condition(_span(tree, i, head), verb, "nominal")


def _span(tree: Tree, opening: int, head: int) -> tuple[int, ...]:
    end = max(t for t in tree.subtree(head))
    while end > opening and tree.pos[end] == "PUNCT":
        end -= 1
    return tuple(range(opening, end + 1))


def _alternative(tree: Tree, i: int) -> Condition | None:
    """ "Leave the bay or we will close it": what is asked for before "or" is what the rest hangs on."""
    asked = tree.heads[i]
    if tree.deps[i] != "cc" or not _is_order(tree, asked):
        return None
    if tree.child(asked, *_SUBJECTS, "aux") is not None:
        return None
    other = next((c for c in tree.all(asked, "conj") if c > i), None)
    if other is None or not _is_threatened(tree, other):
        return None
    low = min(t for t in tree.subtree(asked) if tree.pos[t] != "PUNCT")
    if any(tree.pos[t] == "PUNCT" and tree.words[t] in (",", ":") for t in range(low, asked)):
        low = asked
    high = i - 1
    while high > low and tree.pos[high] == "PUNCT":
        high -= 1
    return Condition(tuple(range(low, high + 1)), other, "alternative")


def _is_threatened(tree: Tree, verb: int) -> bool:
    """What follows "or": "we will close it", "I resign", "face the courts"."""
    subject = tree.child(verb, *_SUBJECTS)
    if subject is None:
        return tree.tags[verb] in ("VB", "VBP") and tree.lemmas[verb] in _table()["losses"]
    auxiliaries = {tree.words[c].lower() for c in tree.all(verb, "aux")}
    if auxiliaries & {"will", "'ll", "’ll", "shall"}:
        return True
    return tree.words[subject].lower() in ("i", "we") and tree.tags[verb] == "VBP"


def _is_order(tree: Tree, verb: int) -> bool:
    """Whether a verb is an imperative; at a sentence's start parsers take some for nouns ("Hand over")."""
    if tree.tags[verb] in ("VB", "VBP") and tree.pos[verb] in _VERBS:
        return True
    first = next((t for t in range(len(tree)) if tree.pos[t] != "PUNCT"), verb)
    return verb == first and tree.tags[verb] == "NN" and tree.child(verb, "det", "compound") is None


def reaches(tree: Tree, condition: Condition, main: int) -> bool:
    """Whether a condition is that of the clause whose verb is `main`, and not of a relative clause in
    it or of another clause beside it."""
    at = condition.governed
    if at == main or at in tree.ancestors(main):
        return True
    for _ in range(len(tree)):
        dep = tree.deps[at]
        if dep == "relcl" or (
            dep == "conj"
            and tree.pos[at] in _VERBS
            and tree.child(at, *_SUBJECTS) is not None
            and condition.tokens[0] > tree.heads[at]
        ):
            return False
        above = tree.heads[at]
        if above in (at, main):
            return True
        at = above
    return True
