"""What a verb's own tense, aspect and modal say of whether its act was done."""

from __future__ import annotations

from onrecord.annotate.event_words import load_words
from onrecord.text.tree import Tree

HAPPENED, ONGOING, PLANNED, CONDITIONAL, THREATENED, DENIED = (
    "happened",
    "ongoing",
    "planned",
    "conditional",
    "threatened",
    "denied",
)
"""The statuses of an event, as the contract names them."""

BARRED = "barred"
"""The verb's own modal says that the act is only called for: nothing above it can undo that."""


def own_status(tree: Tree, i: int, headline: bool) -> tuple[str | None, str]:
    """(status, basis) by the verb's own tense, aspect and modal; negation is looked at elsewhere."""
    words = load_words()
    auxes = tree.all(i, "aux", "auxpass")
    low = [tree.words[a].lower() for a in auxes]
    for word in low:
        name = words.modal.get(word)
        if name == "planned":
            return PLANNED, f"'{word}': still to come"
        if name == "would" and "have" in low:
            return CONDITIONAL, f"'{word} have': not told as done"
        if name == "would":
            return PLANNED, f"'{word}': said of the future"
        if name == "possible":
            return CONDITIONAL, f"'{word}': said to be possible only"
        if name == "required":
            return BARRED, f"'{word}': called for, not done"
    tag = tree.tags[i]
    later = any(tree.words[c].lower() in words.sets["later"] for c in tree.subtree(i))
    if "going" in low or (
        tag == "VBG" and tree.lemmas[i] == "go" and tree.child(i, "xcomp") is not None
    ):
        return PLANNED, "'going to': still to come"
    if tag == "VBG" and auxes:
        present = any(w in ("is", "are", "am", "'s", "'re", "has", "have", "'ve") for w in low)
        if present:
            if later and "been" not in low:
                return PLANNED, "present tense with a coming day: arranged"
            return ONGOING, "progressive in the present: going on"
        if "being" in low or any(
            w in words.sets["still"] for w in (tree.words[c].lower() for c in tree.children[i])
        ):
            return ONGOING, "progressive with 'still': going on"
        return HAPPENED, "past progressive, as narrated"
    if "being" in low and any(w in ("is", "are") for w in low):
        return ONGOING, "present passive progressive: going on"
    if tag in ("VBD", "VBN") or any(
        w in ("did", "had", "has", "have", "was", "were", "been") for w in low
    ):
        return HAPPENED, "past or perfect tense, as narrated"
    if "to" in low and tree.deps[i] in ("ROOT", "conj") and headline:
        return PLANNED, "headline infinitive: still to come"
    if tag in ("VBZ", "VBP") or (tag == "VB" and tree.child(i, "nsubj") is not None and not low):
        if later:
            return PLANNED, "present tense with a coming day: arranged"
        return HAPPENED, "headline present" if headline else "present tense, as narrated"
    if tag == "VB" and "to" in low:
        return None, "infinitive"
    if tag == "VBG":
        return HAPPENED, "participle of what is narrated"
    if tree.deps[i] == "ROOT":
        return HAPPENED, "as narrated"
    return None, "no tense"
