"""The statements of one sentence: its cues, each with its speaker and content, sorted out."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

from onrecord.annotate import acts
from onrecord.annotate.contents import Content, contents
from onrecord.annotate.cues import Cue, Entry, find, verb_group
from onrecord.annotate.datelines import told_from
from onrecord.annotate.drafts import SPEECH, Draft, Text
from onrecord.annotate.quotation import Range
from onrecord.annotate.ranges import close_quotations, tidy
from onrecord.annotate.speakers import Phrase, is_passive, phrase, speaker, speaks
from onrecord.annotate.trailing import trailing
from onrecord.text.tree import Tree

_FIRST_PERSON = frozenset(("i", "we", "you", "us", "me"))
_FINITE = frozenset(("VBD", "VBZ", "VBP"))


def sentence_drafts(text: Text, tree: Tree) -> list[Draft]:
    """The statements whose cue stands in one sentence, in order of their cues."""
    cues = find(tree, text.version.text[tree.sentence.start : tree.sentence.end])
    if not cues:
        return []
    whos: list[Phrase | None] = []
    stops = {c.head: len(tree) for c in cues}
    heads = {c.head: i for i, c in enumerate(cues)}
    for i, cue in enumerate(cues):
        lift = _lifted(tree, cue, cues)
        if lift is not None:
            outer, cut = lift
            whos.append(
                whos[heads[outer]] if heads[outer] < i else speaker(tree, cues[heads[outer]])
            )
            stops[outer] = min(stops[outer], cut)
        else:
            whos.append(_speaker(tree, cue))
    for cue in cues:
        for child in tree.all(cue.head, "conj"):
            if child > cue.head and _parts(tree, child, heads):
                stops[cue.head] = min(stops[cue.head], _opening(tree, child, cue.head))
    for i, cue in enumerate(cues):
        rival = _rival(tree, cue, cues)
        if rival is not None:
            stops[rival] = min(stops[rival], _opening(tree, cue.head, rival))
        who = whos[i]
        if cue.kind == "verb" and who is not None and _is_last_word(text, tree, cue, who):
            for other in cues:
                if other.head < cue.head:
                    first = min(*cue.tokens, *who.whole)
                    stops[other.head] = min(stops[other.head], first)
    found = []
    for cue, who in zip(cues, whos, strict=True):
        draft = _draft(text, tree, cue, who, stops[cue.head])
        if draft is not None:
            found.append(draft)
    carried = {d.cue.verb for d in found if d.cue is not None and d.cue.kind == "noun"}
    found = [
        d
        for d in found
        if d.cue is None
        or d.cue.kind != "verb"
        or d.take not in _OF_A_NOUN
        or d.cue.head not in carried
    ]
    return _without_doubles(found)


def _speaker(tree: Tree, cue: Cue) -> Phrase | None:
    """The speaker as parsed, unless the words right before the cue name one that the parser missed."""
    parsed, named = speaker(tree, cue), trailing(tree, cue)
    if named is None or (parsed is not None and parsed.head in named.whole):
        return parsed
    return named


def _parts(tree: Tree, verb: int, cues: Container[int]) -> bool:
    """Whether a verb coordinated with a cue ends what the cue governs."""
    if tree.pos[verb] not in ("VERB", "AUX"):
        return False
    if tree.child(verb, "nsubj", "nsubjpass") is None:
        # without a subject it follows "and", a comma or an adverb; a noun misread as a verb does not
        before = min(verb_group(tree, verb)) - 1
        return before >= 0 and (tree.deps[before] == "cc" or tree.pos[before] in ("PUNCT", "ADV"))
    if verb in cues:
        return True
    opening = min(tree.subtree(verb))
    while opening > 0 and tree.deps[opening - 1] == "cc":
        opening -= 1
    return opening > 0 and tree.words[opening - 1] in (",", ";")


def _rival(tree: Tree, cue: Cue, cues: list[Cue]) -> int | None:
    """The outer cue of "X said A, but Y warned B", where the parser hung the second on the first's content."""
    verb = cue.head
    if cue.kind != "verb" or cue.attitude or tree.deps[verb] != "conj":
        return None
    if tree.tags[verb] not in _FINITE and not any(
        tree.words[c].lower() in ("has", "have", "had") for c in tree.all(verb, "aux")
    ):
        return None
    if tree.child(verb, "nsubj") is None or not any(
        e.takes & {"clause", "quote"} for e in cue.entries
    ):
        return None
    opening = min(tree.subtree(verb))
    if opening == 0 or tree.words[opening - 1].lower() not in ("but", "while", "and"):
        return None
    if tree.words[opening - 1].lower() == "and" and tree.words[max(0, opening - 2)] != ",":
        return None
    heads = {c.head for c in cues}
    for above in tree.ancestors(verb):
        if above in heads and above < verb:
            return above
    return None


def _is_last_word(text: Text, tree: Tree, cue: Cue, who: Phrase) -> bool:
    """Whether a cue and its speaker stand behind a comma at the sentence's end: "..., Y reported"."""
    first, last = min(*cue.tokens, *who.whole), max(*cue.tokens, *who.whole)
    return (
        first > 0
        and tree.words[first - 1] == ","
        and cue.takes("aside")
        and last - first <= len(cue.tokens) + len(who.whole)
        and text.quoted.is_gap(tree.sentence.ends[last], tree.sentence.end)
        and tree.deps[cue.head] not in ("conj", "relcl", "acl")
    )


def _opening(tree: Tree, verb: int, after: int) -> int:
    """The first token of a coordinated or participial clause, its "and" or "but" included."""
    low = min((t for t in tree.subtree(verb) if t > after), default=verb)
    while low - 1 > after and (tree.deps[low - 1] == "cc" or tree.words[low - 1] == ","):
        low -= 1
    return low


def _lifted(tree: Tree, cue: Cue, cues: list[Cue]) -> tuple[int, int] | None:
    """(head of the outer cue, first token) of a cue that a parser hung inside another cue's content.

    "X said A left but made clear B" and "X said A left, adding B": both verbs are X's own, in the way
    newspapers write, where the second has no subject.
    """
    if cue.kind != "verb" or tree.child(cue.head, "nsubj", "nsubjpass") is not None:
        return None
    verb = cue.head
    tag, dep = tree.tags[verb], tree.deps[verb]
    before = min(cue.tokens) - 1
    if dep == "conj" and tag in _FINITE:
        if before < 0 or tree.words[before].lower() not in ("but", "and", ","):
            return None
    elif tag == "VBG" and dep in (
        "advcl",
        "acl",
        "conj",
        "xcomp",
        "ccomp",
        "relcl",
        "dep",
        "parataxis",
    ):
        if before < 0 or (
            tree.words[before] != "," and tree.words[before].lower() not in ("and", "but")
        ):
            return None
    else:
        return None
    by_head = {c.head: c for c in cues if c.kind == "verb"}
    inner = verb
    for above in tree.ancestors(verb):
        if (
            above in by_head
            and inner == tree.heads[verb]
            and tag == "VBD"
            and tree.tags[inner] == "VB"
            and tree.tags[above] == "VBD"
            and inner > above
        ):
            # "ordered them to leave and told the council": no infinitive is joined to a past tense
            return above, _opening(tree, verb, above)
        if above in by_head and above < verb and tree.deps[inner] == "ccomp" and inner > above:
            if tag in _FINITE and tree.tags[above] not in (tag, "VBN"):
                return None
            return above, _opening(tree, verb, above)
        inner = above
    return None


def _draft(text: Text, tree: Tree, cue: Cue, who: Phrase | None, stop: int) -> Draft | None:
    quoted = text.quoted
    starts, ends = tree.sentence.starts, tree.sentence.ends
    if cue.kind == "verb" and who is None and not is_passive(tree, cue.head):
        who = _inverted(tree, cue)
    if cue.kind in ("according", "view", "noun", "adjective") and who is None:
        return None
    if cue.kind == "verb" and who is None and not _speakerless(tree, cue):
        return None
    inside = quoted.at(starts[cue.head])
    if inside is not None and who is not None and _speaks_of_self(tree, cue, who):
        return None
    if _is_setting(tree, cue) or _is_asked(tree, cue):
        return None
    found = (
        contents(tree, cue, who, stop, quoted)
        or _led_in(text, tree, cue, who)
        or _far_clause(tree, cue, who, stop)
    )
    if (
        found is not None
        and who is None
        and found.take == "infinitive"
        and tree.lemmas[cue.head] == "tell"
    ):
        # "was told to leave": what happened to somebody, by nobody's named word
        return None
    if found is None or (
        who is None and found.take not in ("clause", "of_with_object", "sentence", "infinitive")
    ):
        return None
    if who is not None and not _can_hold(tree, cue, who, found.take):
        return None
    if acts.negated_cue(tree, cue) and not acts.emits_when_negated(cue, found.take):
        return None
    cue_range = (starts[min(cue.tokens)], ends[max(cue.tokens)])
    own = [cue_range]
    if (
        who is not None
        and cue.kind == "verb"
        and found.take in ("quote", "quote_aside", "clause", "aside")
    ):
        span = tree.span(who.whole)
        if quoted.is_gap(min(span[1], cue_range[1]), max(span[0], cue_range[0])):
            own = [(min(span[0], cue_range[0]), max(span[1], cue_range[1]))]
    if inside is not None:
        ranges = tuple(
            (max(a, x), min(b, y))
            for a, b in found.ranges
            for x, y in inside.pieces
            if a < y and b > x
        )
        ranges = tuple(tidy(quoted.text, list(ranges)))
    else:
        ranges = close_quotations(quoted, _behind_dateline(tree, found.ranges), tuple(own))
    if not ranges or _is_empty(tree, ranges) or _tells_nothing(text, tree, cue, found, ranges):
        return None
    return Draft(tree, cue, who, tree, ranges, found.take, found.head, cue_range)


def _behind_dateline(tree: Tree, ranges: tuple[Range, ...]) -> tuple[Range, ...]:
    """Ranges without the dateline in front of the sentence."""
    first = told_from(tree)
    if not first or first >= len(tree):
        return ranges
    start = tree.sentence.starts[first]
    return tuple((max(low, start), high) for low, high in ranges if high > start)


def _is_empty(tree: Tree, ranges: tuple[Range, ...]) -> bool:
    """Whether a content only points to what is said elsewhere: "as it said it would", "promised it"."""
    tokens = [t for a, b in ranges for t in tree.tokens_in(a, b) if tree.pos[t] != "PUNCT"]
    return (
        0 < len(tokens) <= 2
        and all(
            tree.words[t].lower() in ("it", "this", "that", "them", "so", "they", "he", "she")
            or tree.tags[t] == "MD"
            for t in tokens
        )
        and all(tree.sentence.start <= a < tree.sentence.end for a, _ in ranges)
    )


def _tells_nothing(
    text: Text, tree: Tree, cue: Cue, found: Content, ranges: tuple[Range, ...]
) -> bool:
    """Whether a plain saying has only a topic for its content ("played down the report"), or only a
    question that it leaves open ("did not know what he would decide")."""
    if cue.act_of(found.take) != "assert":
        return False
    tokens = [t for a, b in ranges for t in tree.tokens_in(a, b)]
    if not tokens:
        return False
    if found.take in _TOPICS:
        return all(tree.pos[t] in _BARE for t in tokens) and not any(
            text.quoted.in_range(a, b) for a, b in ranges
        )
    first = tree.words[tokens[0]].lower()
    return (
        found.take == "clause"
        and cue.attitude
        and first in _QUESTIONS
        and acts.negated_cue(tree, cue)
    )


_TOPICS = ("object", "about", "of", "on", "over", "to", "with", "for", "at", "against")
_BARE = ("NOUN", "PROPN", "PRON", "DET", "ADJ", "NUM", "PUNCT", "PART")
"""Parts of speech of a noun phrase without anything said of it."""
_QUESTIONS = ("what", "who", "whom", "which", "when", "where", "why", "how", "whether", "if")


def _speaks_of_self(tree: Tree, cue: Cue, who: Phrase) -> bool:
    """ "I think", "we say" inside a quotation: the quoted speaker again, saying nothing of its own. What
    it once said to others, "I told him it depended", is another saying."""
    if tree.words[who.head].lower() not in _FIRST_PERSON or cue.entries[0].act != "assert":
        return False
    hearer = tree.child(cue.head, "dobj", "dative") if cue.person else None
    if hearer is not None and tree.words[hearer].lower() != "you":
        # "I have told my husband that": another hearer
        return False
    return cue.attitude or tree.tags[cue.head] != "VBD"


def _is_setting(tree: Tree, cue: Cue) -> bool:
    """ "Speaking about the plan, she said": only the setting of the statement that follows; "it is fair
    to say that": nobody's saying."""
    if cue.kind != "verb":
        return False
    above = tree.heads[cue.head]
    if tree.deps[cue.head] == "xcomp" and tree.lemmas[above] == "be":
        subject = tree.child(above, "nsubj", "expl")
        return (
            tree.child(above, "acomp") is not None
            and subject is not None
            and tree.words[subject].lower() == "it"
        )
    return (
        tree.lemmas[cue.head] in ("speak", "talk")
        and tree.tags[cue.head] == "VBG"
        and tree.deps[cue.head] == "advcl"
    )


def _is_asked(tree: Tree, cue: Cue) -> bool:
    """Whether a cue stands inside a question that somebody else asks, explores or decides: "a vote on
    whether the town wants to stay", "asked if it would agree". Nobody has said anything by it."""
    if cue.kind not in ("verb", "adjective"):
        return False
    at = cue.verb if cue.verb is not None else cue.head
    for verb in (at, *tree.ancestors(at)):
        for mark in tree.all(verb, "mark"):
            word = tree.words[mark].lower()
            if tree.child(tree.heads[verb], "acomp") is not None:
                # "it is unclear whether they agreed" asks nothing: that is told, as open
                continue
            if mark < min(cue.tokens) and (
                (word == "whether" and tree.deps[verb] in _COMPLEMENTS)
                or (word == "if" and verb > tree.heads[verb] and tree.deps[verb] in _COMPLEMENTS)
            ):
                return True
        if tree.deps[verb] == "conj" and tree.child(verb, "nsubj", "nsubjpass") is not None:
            # "will decide whether it stays, but she has warned": a clause of its own
            return False
    return False


_COMPLEMENTS = ("ccomp", "pcomp", "acl", "xcomp")
"""Relations of a question to what it depends on."""


_OF_A_NOUN = ("object", "quote_aside")
"""Uses of a verb that a noun it carries tells better: "repeated his threat to ..."."""

_SIGNATURE = re.compile(r"\W*[^()\n]{2,80}\(@\w+\)")
"""The line under a post set into a page: who posted it, and when."""
_LEADS_IN = 14
"""Tokens from a verb of saying to the colon that opens the next paragraph, at most."""


def _led_in(text: Text, tree: Tree, cue: Cue, who: Phrase | None) -> Content | None:
    """The paragraphs behind "X wrote:" at a paragraph's end: one, or all that are set as quotations."""
    takes = (
        cue.takes("quote") if cue.kind == "verb" else cue.kind == "noun" and cue.verb is not None
    )
    if who is None or not takes or tree.words[-1] != ":":
        return None
    rest = range(cue.head + 1, len(tree))
    if len(rest) > _LEADS_IN or any(tree.tags[t] in _FINITE for t in rest):
        return None
    blocks = text.version.blocks
    here = tree.sentence.block
    if tree.sentence.end < blocks[here].end or here + 1 >= len(blocks):
        return None
    found: list[Range] = []
    for block in blocks[here + 1 :]:
        if block.kind not in ("quote", "embed") and (
            found or block.kind not in ("paragraph", "list")
        ):
            break
        if block.kind == "embed" and _SIGNATURE.match(text.version.text, block.start, block.end):
            break
        found.append((block.start, block.end))
        if block.kind not in ("quote", "embed"):
            break
    return Content(tuple(found), "quote", None) if found else None


_FAR = 14
"""Tokens between a cue and the "that" of its content, at most: "told reporters at the gate on Monday that"."""


def _far_clause(tree: Tree, cue: Cue, who: Phrase | None, stop: int) -> Content | None:
    """A that-clause that the parser hung on a noun in between: "told analysts on a call that nobody
    would be laid off". No noun's own clause has a subject beside its "that"."""
    if cue.kind != "verb" or who is None or not cue.takes("clause"):
        return None
    last = max(cue.tokens)
    for t in range(last + 1, min(last + _FAR, stop, len(tree))):
        if tree.tags[t] in _FINITE:
            return None
        if tree.words[t].lower() != "that" or tree.tags[t] == "DT":
            continue
        verb = tree.heads[t]
        subject = tree.child(verb, "nsubj", "nsubjpass", "expl")
        if verb <= t or subject is None or subject == t or tree.pos[verb] not in ("VERB", "AUX"):
            return None
        below = [i for i in tree.subtree(verb) if t <= i < stop]
        if who.head in below:
            return None
        high = max(below)
        while high > verb and tree.pos[high] == "PUNCT":
            high -= 1
        return Content(((tree.sentence.starts[t], tree.sentence.ends[high]),), "clause", verb)
    return None


def _can_hold(tree: Tree, cue: Cue, who: Phrase, take: str) -> bool:
    """Whether the subject may be the holder. A report can say, but only people and bodies want."""
    if cue.kind in ("according", "view") or (
        take in SPEECH and not cue.attitude and cue.kind == "verb"
    ):
        return True
    if tree.words[who.head].lower() == "it":
        return not cue.attitude or take != "object"
    return speaks(tree, who.head)


def _inverted(tree: Tree, cue: Cue) -> Phrase | None:
    """The noun right behind a verb that follows a comma or a quotation: "..., said the minister"."""
    first, last = min(cue.tokens), max(cue.tokens)
    if not cue.takes("aside", "quote_aside") or tree.tags[cue.head] not in ("VBD", "VBZ", "VBP"):
        return None
    if first and tree.words[first - 1] not in (",", "”", '"', "’", "—", "–", "-"):
        return None
    for child in tree.children[cue.head]:
        if (
            child > last
            and tree.pos[child] in ("NOUN", "PROPN", "PRON")
            and tree.deps[child] in ("dobj", "attr", "npadvmod", "oprd", "dep", "appos")
        ):
            made = phrase(tree, child)
            return made if made.tokens[0] == last + 1 else None
    return None


def _speakerless(tree: Tree, cue: Cue) -> bool:
    """Whether a cue without a speaker still tells of a statement: "was accused of", "were told that"."""
    return is_passive(tree, cue.head) and (
        cue.takes("of_with_object") or (cue.person and cue.takes("clause"))
    )


def held(text: Text, tree: Tree, taken: Container[int]) -> Iterator[Draft]:
    """ "The bridge is expected to open", "she is believed to be abroad": the subject and the infinitive,
    said or held by nobody named. Heads that are `taken` have a statement already. These are added behind
    the tagger, which is trained without them."""
    starts, ends = tree.sentence.starts, tree.sentence.ends
    for i in range(len(tree)):
        if i in taken or tree.tags[i] != "VBN" or tree.lemmas[i] not in acts.HELD_SO:
            continue
        subject, inner = tree.child(i, "nsubjpass"), tree.child(i, "xcomp")
        if subject is None or inner is None or inner < i or tree.child(i, "agent") is not None:
            continue
        if tree.child(i, "auxpass") is None or tree.lemmas[subject] in ("it", "there"):
            continue
        first = min(t for t in tree.subtree(inner) if t > i)
        group = verb_group(tree, i)
        before = [t for t in tree.subtree(subject) if t < min(group)]
        if tree.words[first].lower() != "to" or not before:
            continue
        after = [t for t in tree.subtree(inner) if t >= first]
        own = (starts[min(group)], ends[max(group)])
        ranges: tuple[Range, ...] = (tree.span(tuple(before)), tree.span(tuple(after)))
        if text.quoted.at(starts[i]) is None:
            ranges = close_quotations(text.quoted, ranges, (own,))
        thought = tree.lemmas[i] not in ("expect", "say", "report")
        entry = Entry("assert", frozenset(("infinitive",)), attitude=thought)
        cue = Cue("verb", i, i, group, (entry,))
        yield Draft(tree, cue, None, tree, ranges, "infinitive", inner, own)


def _without_doubles(found: list[Draft]) -> list[Draft]:
    """One draft for each content: of two cues that share one, the verb's is kept, else the first."""
    kept: list[Draft] = []
    for draft in found:
        twin = next((k for k in kept if k.content == draft.content and k.tree is draft.tree), None)
        if twin is None:
            kept.append(draft)
        elif (
            twin.cue is not None
            and draft.cue is not None
            and twin.cue.kind == "noun"
            and draft.cue.kind == "verb"
        ):
            kept[kept.index(twin)] = draft
    return kept
