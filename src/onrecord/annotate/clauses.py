"""Clauses of a stored parse: which form one has, and whether it stands inside a phrase."""

from __future__ import annotations

from onrecord.text.tree import Tree


def clause_form(tree: Tree, clause: int) -> str:
    """clause, infinitive, object_clause (a subject with an infinitive), gerund, or bare (no verb form)."""
    to = any(tree.tags[c] == "TO" for c in tree.all(clause, "aux"))
    own = tree.child(clause, "nsubj", "nsubjpass") is not None
    if to:
        return "object_clause" if own and tree.child(clause, "mark") is None else "infinitive"
    helpers = tree.all(clause, "aux", "auxpass")
    if not own and (
        (tree.tags[clause] == "VBG" and not helpers)
        or (helpers and tree.tags[helpers[0]] == "VBG" and tree.child(clause, "mark") is None)
    ):
        return "gerund"
    if tree.deps[clause] in ("xcomp",) and tree.tags[clause] in ("VBN", "JJ", "NN", "VB"):
        return "bare"
    if (
        tree.pos[clause] not in ("VERB", "AUX")
        and tree.child(clause, "cop", "mark") is None
        and not own
    ):
        return "bare"
    if tree.pos[clause] in ("NOUN", "ADJ", "PROPN") and tree.child(clause, "mark") is None and own:
        return "bare"
    if tree.deps[clause] == "acl" and not has_that(tree, clause):
        return "gerund" if tree.tags[clause] == "VBG" else "bare"
    return "clause"


def has_that(tree: Tree, clause: int) -> bool:
    """Whether "that" opens the clause."""
    return any(
        tree.words[c].lower() == "that" and tree.deps[c] == "mark" for c in tree.children[clause]
    )
