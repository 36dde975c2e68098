"""Who stands where around a verb of a stored parse: its subject, objects and prepositions.

Inherited places are followed: the subject of an infinitive, of a conjoined verb, of a participle, the
antecedent of a relative clause. Token positions throughout.
"""

from __future__ import annotations

from onrecord.text.tree import Tree

_DEPTH = 8
"""Steps an inherited subject is followed: parses of real sentences need four at most."""

OBJECT_CONTROL = frozenset(
    [
        "urge",
        "ask",
        "order",
        "force",
        "tell",
        "allow",
        "permit",
        "let",
        "help",
        "encourage",
        "invite",
        "want",
        "compel",
        "oblige",
        "require",
        "persuade",
        "pressure",
        "beg",
        "implore",
        "enable",
        "cause",
        "expect",
        "authorise",
        "authorize",
        "prompt",
        "lead",
        "instruct",
        "press",
        "accuse",
        "suspect",
        "blame",
        "charge",
        "stop",
        "prevent",
        "bar",
        "ban",
        "forbid",
        "block",
        "prohibit",
        "call",
        "advise",
        "warn",
        "see",
        "find",
    ]
)
"""Verbs whose object, not subject, does what the infinitive or participle below them says."""


def is_verb(tree: Tree, i: int) -> bool:
    """Whether a token heads a clause; participles used as adjectives do not."""
    return tree.pos[i] in ("VERB", "AUX") and tree.deps[i] not in (
        "aux",
        "auxpass",
        "amod",
        "compound",
    )


def is_passive(tree: Tree, i: int) -> bool:
    """Whether the verb's subject is its logical object."""
    if tree.child(i, "auxpass", "nsubjpass") is not None:
        return True
    if tree.tags[i] != "VBN" or tree.child(i, "aux", "nsubj") is not None:
        return False
    if tree.deps[i] == "conj" and is_verb(tree, tree.heads[i]):
        return is_passive(tree, tree.heads[i]) and tree.child(i, "dobj") is None
    return tree.deps[i] in ("acl", "advcl", "relcl") or tree.child(i, "agent") is not None


def conjuncts(tree: Tree, i: int) -> tuple[int, ...]:
    """A token and what is conjoined with it: A, B and C."""
    found = [i]
    for j in found:
        found.extend(c for c in tree.children[j] if tree.deps[c] in ("conj",) and c not in found)
    return tuple(found)


def surface_subject(tree: Tree, i: int, depth: int = 0) -> int | None:
    """The grammatical subject of verb `i`, its own or inherited; None if there is none."""
    own = next(iter(reversed(tree.all(i, "nsubj", "nsubjpass"))), None)  # behind a dateline
    if own is not None:
        if tree.tags[own] in ("WDT", "WP") or (
            tree.tags[own] == "IN" and tree.words[own] == "that"
        ):
            return _antecedent(tree, i)
        return own
    head, dep = tree.heads[i], tree.deps[i]
    if head == i or depth > _DEPTH:
        return None
    if dep in ("acl", "relcl"):
        if tree.tags[i] == "VBG":
            return head
        if tree.child(i, "aux") is not None:  # its threat to sink: whose threat it is
            owner = tree.child(head, "poss")
            return owner if owner is not None else _doer_of_noun(tree, head, depth + 1)
        return head if dep == "relcl" or tree.tags[i] == "VBN" else None
    if dep == "conj":
        return surface_subject(tree, head, depth + 1) if is_verb(tree, head) else None
    if dep == "pcomp":
        above = tree.heads[head]
        if is_verb(tree, above):
            return _controller(tree, above, depth)
        return _doer_of_noun(tree, above, depth + 1) if above != head else None
    if dep in ("xcomp", "ccomp"):
        if is_verb(tree, head):
            return _controller(tree, head, depth)
        if tree.pos[head] == "ADJ":
            copula = tree.heads[head]
            if is_verb(tree, copula):
                return surface_subject(tree, copula, depth + 1)
        return None
    if dep in ("advcl", "dep") and is_verb(tree, head):
        return surface_subject(tree, head, depth + 1)
    return None


def _controller(tree: Tree, head: int, depth: int) -> int | None:
    """Who does what stands below verb `head`: its object for `urge`, else its subject."""
    if tree.lemmas[head] in OBJECT_CONTROL and not is_passive(tree, head):
        found = tree.child(head, "dobj", "dative")
        if found is not None:
            return found
        for p in tree.all(head, "prep"):
            if tree.words[p].lower() in ("on", "upon", "for"):
                inner = tree.child(p, "pobj")
                if inner is not None:
                    return inner
    return surface_subject(tree, head, depth + 1)


def _doer_of_noun(tree: Tree, noun: int, depth: int) -> int | None:
    """Whose plan, threat or refusal a noun names: its possessor, else the subject above it."""
    owner = tree.child(noun, "poss")
    if owner is not None:
        return owner
    above = tree.heads[noun]
    if tree.deps[noun] in ("dobj", "attr", "oprd", "pobj"):
        while above != tree.heads[above] and not is_verb(tree, above):
            above = tree.heads[above]
        if is_verb(tree, above) and not is_passive(tree, above):
            return surface_subject(tree, above, depth + 1)
    return None


def _antecedent(tree: Tree, i: int) -> int | None:
    """The noun a relative clause hangs on."""
    while tree.deps[i] not in ("relcl", "acl"):
        if tree.deps[i] not in ("conj", "xcomp", "ccomp", "advcl") or tree.heads[i] == i:
            return None
        i = tree.heads[i]
    return tree.heads[i]


def agents(tree: Tree, i: int) -> tuple[int, ...]:
    """Heads of the nouns that do what verb `i` says, conjuncts included."""
    if is_passive(tree, i):
        by = tree.child(i, "agent")
        doer = tree.child(by, "pobj") if by is not None else None
    else:
        doer = surface_subject(tree, i)
    return conjuncts(tree, doer) if doer is not None else ()


def patients(tree: Tree, i: int) -> tuple[int, ...]:
    """Heads of the nouns that verb `i` acts on, conjuncts included; a person given something last."""
    if is_passive(tree, i):
        target = surface_subject(tree, i)
        rest = tree.all(i, "dobj", "oprd") if target is not None else ()
        return tuple(c for t in (target, *rest) if t is not None for c in conjuncts(tree, t))
    found = list(tree.all(i, "dobj", "dative"))
    found = [f for f in found if tree.pos[f] != "ADP"]
    if any(tree.tags[f] in ("WDT", "WP") for f in found) or (
        not found and tree.deps[i] == "relcl" and tree.child(i, "nsubj") is not None
    ):
        own = tree.child(i, "nsubj")
        if own is not None and tree.tags[own] not in ("WDT", "WP"):
            above = _antecedent(tree, i)
            if above is not None:
                found = [f for f in found if tree.tags[f] not in ("WDT", "WP")] + [above]
    return tuple(c for f in found for c in conjuncts(tree, f))


def prepositions(tree: Tree, i: int) -> tuple[tuple[str, int], ...]:
    """(preposition, head of its noun) below token `i`, `out of` as `out_of`, conjuncts apart."""
    found: list[tuple[str, int]] = []
    for c in tree.children[i]:
        if tree.deps[c] in ("prep", "dative", "agent") and tree.pos[c] in ("ADP", "SCONJ", "PART"):
            _descend(tree, c, tree.words[c].lower(), found)
        elif tree.deps[c] in ("advmod", "prt"):
            for d in tree.all(c, "prep"):
                _descend(tree, d, tree.words[d].lower(), found)
    return tuple(found)


def _descend(tree: Tree, p: int, word: str, found: list[tuple[str, int]]) -> None:
    for c in tree.children[p]:
        if tree.deps[c] == "pobj":
            found.append((word, c))
        elif tree.deps[c] == "prep":
            _descend(tree, c, f"{word}_{tree.words[c].lower()}", found)
            _descend(tree, c, tree.words[c].lower(), found)


def clause_tokens(tree: Tree, i: int) -> tuple[int, ...]:
    """The tokens of the clause around token `i`: what hangs on it, without clauses that only share
    its subject and without the report of who said it; edges without punctuation."""
    top = i
    while tree.deps[top] in (
        "dobj",
        "pobj",
        "prep",
        "attr",
        "nsubj",
        "nsubjpass",
        "compound",
        "conj",
        "xcomp",
    ) and (tree.heads[top] != top and (not is_verb(tree, top) or tree.deps[top] == "xcomp")):
        top = tree.heads[top]
        if is_verb(tree, top) and tree.deps[top] != "xcomp":
            break
    left_out = {
        c
        for c in tree.children[top]
        if tree.deps[c] in ("parataxis",)
        or (tree.deps[c] == "ccomp" and c < top and i not in tree.subtree(c))
    }
    tokens = set(tree.subtree(top))
    for c in left_out:
        tokens -= set(tree.subtree(c))
    ordered = sorted(tokens)
    while len(ordered) > 1 and tree.pos[ordered[-1]] in ("PUNCT", "SPACE"):
        ordered.pop()
    while len(ordered) > 1 and (tree.pos[ordered[0]] in ("PUNCT", "SPACE", "CCONJ")):
        ordered.pop(0)
    return tuple(ordered)
