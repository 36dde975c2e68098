"""Through whom a statement came: the outlet or agency that a report names beside the speaker."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from onrecord.annotate import speakers
from onrecord.annotate.drafts import Draft
from onrecord.annotate.sides import MentionOf
from onrecord.annotate.speakers import Phrase
from onrecord.gazetteer import Outlets
from onrecord.text.tree import Tree

_QUOTING = ("quote", "cite", "report")
_BESIDE = ("to", "with", "by", "on", "via", "in", "from")
"""Words before an outlet that heard or carried it: "in a letter to", "in an interview with"."""


def mark_channels(found: list[Draft], outlets: Outlets, mention_of: MentionOf) -> None:
    """Fills `via`, with names of the registry. An agency that only reports another's statement is no
    speaker: its own draft goes, and the reported one stands in its place."""
    for draft in list(found):
        for tree, phrase in _beside(draft):
            name = _outlet(tree, phrase, outlets, mention_of, given=_is_interview(tree, phrase))
            if name is not None and not _speaks(draft, phrase):
                draft.via.append(name)
        name = (
            None if draft.who is None else _outlet(draft.who_tree, draft.who, outlets, mention_of)
        )
        if name is None or draft.outer is not None:
            continue
        inner = [d for d in found if d.outer is draft and _same_extent(draft, d)]
        if not inner:
            continue
        for one in inner:
            one.outer = None
            one.via.append(name)
        for other in found:
            if other.outer is draft:
                other.outer = None
        found.remove(draft)


def _same_extent(outer: Draft, inner: Draft) -> bool:
    """Whether an inner statement is all that the outer one reports."""
    low, high = inner.span
    total = sum(b - a for a, b in outer.content)
    shared = sum(max(0, min(b, high) - max(a, low)) for a, b in outer.content)
    return shared * 10 >= total * 8


def _speaks(draft: Draft, phrase: Phrase) -> bool:
    return draft.who is not None and draft.who.head == phrase.head


def _beside(draft: Draft) -> Iterator[tuple[Tree, Phrase]]:
    """Whoever is told, quotes or carries: "told X", "X quoted her as saying", "in a letter to X"."""
    tree, cue = draft.tree, draft.cue
    if cue is None:
        return
    if draft.to is not None and draft.to[0] is tree:
        yield draft.to
    if draft.who is not None:
        for t in draft.who.whole:
            # "minutes seen by the Gazette"
            if draft.who_tree.lemmas[t] in _SEEN and draft.who_tree.tags[t] == "VBN":
                seer = speakers.agent(draft.who_tree, t)
                if seer is not None:
                    yield draft.who_tree, speakers.phrase(draft.who_tree, seer)
    if cue.verb is None or cue.kind in ("according", "view"):
        return
    quoting = _quoting(tree, cue.verb)
    if quoting is not None:
        yield tree, speakers.phrase(tree, quoting)
    for prep in tree.subtree(cue.verb):
        if tree.deps[prep] not in ("prep", "agent", "dative"):
            continue
        if tree.words[prep].lower() not in _BESIDE or not _is_near(tree, prep, cue.verb):
            continue
        start = tree.sentence.starts[prep]
        if any(a <= start < b for a, b in draft.content):
            continue
        for inner in tree.all(prep, "pobj"):
            yield tree, speakers.phrase(tree, inner)


def _is_near(tree: Tree, prep: int, verb: int) -> bool:
    """Whether nothing but nouns and participles stands between a preposition and the cue's verb."""
    for above in tree.ancestors(prep):
        if above == verb:
            return True
        if tree.pos[above] in ("VERB", "AUX") and tree.tags[above] not in ("VBN", "VBG"):
            return False
    return False


def _quoting(tree: Tree, verb: int) -> int | None:
    """The outlet of "was quoted by the agency as saying" and "the agency quoted him as saying"."""
    if tree.deps[verb] != "pcomp":
        return None
    as_ = tree.heads[verb]
    above = tree.heads[as_]
    if tree.words[as_].lower() != "as" or tree.lemmas[above] not in _QUOTING:
        return None
    return speakers.subject(tree, above)


def _outlet(
    tree: Tree, phrase: Phrase, outlets: Outlets, mention_of: MentionOf, *, given: bool = False
) -> str | None:
    """The registry's name of an outlet: by the phrase, the name in it ("the agency X"), or whatever
    its mention stands for ("the agency" after its name). One of no registry by the words it is called
    by, or because an interview was `given` to it, as the report writes it."""
    core = phrase.core
    if (
        tree.words[phrase.head] in _PLATFORMS
        and tree.words[tree.heads[phrase.head]].lower() == "on"
    ):
        return tree.words[phrase.head]
    names = [_written(tree, core)]
    capital = [t for t in phrase.whole if tree.pos[t] == "PROPN"]
    runs: list[list[int]] = []
    for t in capital:
        if runs and runs[-1][-1] == t - 1:
            runs[-1].append(t)
        else:
            runs.append([t])
    role = tree.lemmas[phrase.head] in _KINDS or any(tree.lemmas[t] in _KINDS for t in core)
    behind = core[-1] + 1
    while behind < len(tree) and tree.pos[behind] == "PROPN":
        behind += 1
    if role and behind > core[-1] + 1:
        runs.append(list(range(core[-1] + 1, behind)))
    if role:
        names.extend(" ".join(tree.words[t] for t in run) for run in runs)
    mention = mention_of(tree, phrase.head)
    if mention is not None and mention.kind == "organisation":
        names.append(mention.name)
    for name in names:
        outlet = outlets.by_name(name)
        if outlet is not None:
            return outlet.name
    if _KINDS_FOR_SURE & {tree.lemmas[t] for t in phrase.whole} and runs:
        return _written(tree, runs[0])
    person = mention is not None and mention.kind in ("person", "office")
    for name in sorted(dict.fromkeys(names), key=lambda n: -len(n)):
        if person and len(name.split()) == 1:
            continue
        if _is_masthead(name) or (given and not person and _is_name(tree, phrase)):
            return name[4:] if name.lower().startswith("the ") else name
    return None


def _written(tree: Tree, tokens: Sequence[int]) -> str:
    """Tokens with the blanks that stand between them in the text."""
    starts, ends = tree.sentence.starts, tree.sentence.ends
    made = ""
    for before, t in itertools.pairwise((None, *tokens)):
        gap = before is not None and t is not None and ends[before] < starts[t]
        made += (" " if gap else "") + ("" if t is None else tree.words[t])
    return made


def _is_name(tree: Tree, phrase: Phrase) -> bool:
    return tree.pos[phrase.head] == "PROPN" and not tree.ents[phrase.head].endswith("PERSON")


def _is_interview(tree: Tree, phrase: Phrase) -> bool:
    """Whether somebody is named behind "in an interview with"."""
    above = list(itertools.islice(tree.ancestors(phrase.head), 2))
    return len(above) == 2 and tree.lemmas[above[1]] == "interview"


def _is_masthead(name: str) -> bool:
    """Whether a name of no registry is built as outlets' names are: "the Kelm Gazette", "Radio Vesk"."""
    words = [w for w in name.split() if w.lower() != "the"]
    named = words[:-1] if words[-1:] in (["radio"], ["television"], ["news"]) else words
    if not named or not all(w[:1].isupper() or w[:1].isdigit() or w in _JOINTS for w in named):
        return False
    if len(named) < len(words) or words[0].startswith("News") or words[0].endswith("wire"):
        return True
    if words[0] in _STATIONS and len(words) > 1:
        return True
    return words[-1] in _MASTHEADS or (len(words) > 1 and "News" in words)


_KINDS_FOR_SURE = frozenset(
    ("newspaper", "broadcaster", "newswire", "magazine", "daily", "weekly", "news")
)
_SEEN = frozenset(("see", "obtain", "review", "read", "publish", "cite", "quote", "carry"))
_PLATFORMS = frozenset(
    "X Twitter Facebook Telegram Instagram YouTube TikTok Weibo Bluesky LinkedIn Mastodon Threads".split()
)
_JOINTS = frozenset(("of", "and", "&", "on"))
_STATIONS = frozenset(("Radio", "Channel", "TV", "Daily", "Television"))
_MASTHEADS = frozenset(
    """Times Post Herald Gazette Tribune Chronicle Courier Examiner Telegraph Journal Observer Reporter
    Sentinel Bugle Dispatch Standard Inquirer Bulletin Echo Mail Globe Mirror Ledger Beacon Leader Wire
    Star Argus Clarion Advertiser Weekly Review Newswire Radio Television TV FM""".split()
)
"""Last words of outlets' names in English."""
_KINDS = frozenset(
    "agency newspaper paper daily weekly magazine broadcaster channel station network wire website outlet newswire".split()
)
"""Nouns that stand beside an outlet's name: "the news agency X", "the broadcaster X"."""
