"""Deeds: which kind of deed words name, and whether a line tells it as done, as not done, or neither.

The families of commitments.toml hold what reporters call one kind of deed, with its opposites. What a
line says of a deed is read off the clause that a word of the family stands in: a verb by how the clause is
told, a noun by what is said of it ("the walkout went into its second day", "the strike was called off").
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from onrecord.records import Clause
from onrecord.text.folding import fold_loose

_IRREGULAR = """
be is are am was were been being 's|have has had having|do does did done doing|go goes went gone going|leave left
pay paid|send sent|give gave given|take took taken|keep kept|break broke broken|hold held|sell sold|buy bought
withdraw withdrew withdrawn|fall fell fallen|fly flies flew flown|quit quitting|shut shutting|cut cutting
set setting|let letting|put putting|hit hitting|build built|bring brought|begin began begun beginning|find found
fight fought|lend lent|lay laid|shoot shot|strike struck stricken|win won winning|meet met|make made
sit sat sitting|stand stood|throw threw thrown|draw drew drawn|write wrote written|get got gotten getting
speak spoke spoken|see saw seen|swear swore sworn|stick stuck|tear tore torn|choose chose chosen|come came
become became|lose lost|show shown|seek sought|free freed|agree agreed|grow grew grown|rise rose risen
freeze froze frozen|blow blew blown|eat ate eaten|sue sued suing|ban banned banning|say said|tell told
drop dropped dropping|step stepped stepping|stop stopped stopping|strip stripped stripping|scrap scrapped
scrapping|snap snapped|slap slapped|trim trimmed|jab jabbed|chip chipped|ship shipped shipping|wrap wrapped
grab grabbed|plug plugged|scrub scrubbed|tap tapped|run ran running|swim swam|sink sank sunk|drive drove driven
foot footed|stay stayed|beat beat beaten|spend spent|feed fed|bear bore borne|wind wound|hang hung|cling clung
dig dug digging|deny denied|carry carried|sign signed|rule ruled|retire retired|cast|axe axed axing|veto vetoed
spread|cost|burst|bid bidding|split|fell felled|shrink shrank shrunk|forgo forwent forgone|undo undid undone
overturn overturned|uphold upheld|withhold withheld|dismantle dismantled|rebuild rebuilt|resell resold
retake retook|teach taught|catch caught|wear wore|wake woke|ride rode ridden|forget forgot forgotten
prefer preferred|refer referred|defer deferred deferring|admit admitted|commit committed|expel expelled
expelling|compel compelled|patrol patrolled patrolling|cancel cancelled canceled cancelling|label labelled
shed|bail bailed|spurn spurned|know knew known|drag dragged|plan planned|bar barred barring|spur spurred|nod nodded
"""


@functools.cache
def _irregular() -> Mapping[str, frozenset[str]]:
    rows = [row.split() for line in _IRREGULAR.strip().split("\n") for row in line.split("|")]
    return {row[0]: frozenset(row) for row in rows if row}


def verb_forms(verb: str) -> frozenset[str]:
    """A verb with its inflected forms: regular ones by spelling, others from a list."""
    ends_e = verb.endswith("e")
    found = {verb, f"{verb[:-1]}ing" if ends_e and not verb.endswith("ee") else f"{verb}ing"}
    if re.search(r"[^aeiou]y$", verb):
        found |= {f"{verb[:-1]}ies", f"{verb[:-1]}ied"}
    else:
        found.add(f"{verb}es" if re.search(r"(?:s|x|z|ch|sh)$", verb) else f"{verb}s")
        if verb not in _irregular():
            found.add(f"{verb}d" if ends_e else f"{verb}ed")
    return frozenset(found | _irregular().get(verb, frozenset()))


def _noun_forms(noun: str) -> frozenset[str]:
    if re.search(r"[^aeiou]y$", noun):
        return frozenset({noun, f"{noun[:-1]}ies"})
    return frozenset({noun, f"{noun}es" if re.search(r"(?:s|x|z|ch|sh)$", noun) else f"{noun}s"})


@dataclass(frozen=True, slots=True)
class _Entry:
    """A word or phrase of the table, behind its first word."""

    rest: tuple[str, ...]
    gap: bool
    noun: bool
    sense: str
    """The family, with a minus sign before it where the word tells the opposite."""


_TOKEN = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")
_GAP = 4
_AHEAD_OF = 10
"""No phrase of the table goes further than its words and the gap."""


@dataclass(frozen=True, slots=True)
class _Tables:
    entries: Mapping[str, tuple[_Entry, ...]]
    alone: frozenset[str]
    once: frozenset[str]
    phrases: Mapping[str, Sequence[tuple[str, tuple[str, ...]]]]


def _entries(phrase: str, sense: str, *, noun: bool) -> Iterator[tuple[str, _Entry]]:
    first, *rest = phrase.split()
    gap = bool(rest) and rest[0] == "…"
    behind = [w for w in rest if w != "…"]
    if noun and behind:  # "work stoppage": the last word is inflected
        for last in _noun_forms(behind[-1]):
            yield first, _Entry((*behind[:-1], last), False, True, sense)
        return
    for form in _noun_forms(first) if noun else verb_forms(first):
        yield form, _Entry(tuple(behind), gap, noun, sense)


@functools.cache
def _tables() -> _Tables:
    data: dict[str, Any] = tomllib.loads(
        files("onrecord.relate").joinpath("commitments.toml").read_text("utf-8")
    )
    found: dict[str, list[_Entry]] = {}
    groups = [
        (phrase, f"{sign}{name}", noun)
        for name, row in data.items()
        for field, sign, noun in (
            ("does", "", False),
            ("nouns", "", True),
            ("undoes", "-", False),
            ("happens", ">", False),
            ("made", "}", False),
            ("fails", "{", False),
            ("fails_itself", "<", False),
            ("done", "+", False),
            ("not_done", "!", False),
        )
        for phrase in row.get(field, ())
    ]
    for phrase, sense, noun in groups:
        for first, entry in _entries(phrase, sense, noun=noun):
            found.setdefault(first, []).append(entry)
    phrases: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for word, rows in found.items():
        for entry in rows:
            phrases.setdefault(entry.sense.lstrip("-"), []).append((word, entry.rest))
    return _Tables(
        {word: tuple(rows) for word, rows in found.items()},
        frozenset(name for name, row in data.items() if row.get("alone")),
        frozenset(name for name, row in data.items() if row.get("once")),
        phrases,
    )


def phrases_of(family: str) -> Sequence[tuple[str, tuple[str, ...]]]:
    """(first word, the other words) of everything that names a family or its opposite: a text without them
    does not speak of it."""
    return _tables().phrases.get(family, ())


@functools.cache
def first_words() -> frozenset[str]:
    """The first words of all phrases: other words need not be looked up."""
    return frozenset(_tables().entries)


def words_in(text: str) -> frozenset[str]:
    """The words of a text as `phrases_of` has them."""
    folded = fold_loose(text)
    found = _TOKEN.findall(folded)
    return frozenset(w.removesuffix("'s") for w in found) if "'s" in folded else frozenset(found)


def stands_alone(families: frozenset[str]) -> bool:
    """Whether who did a deed of these families is enough to know it again."""
    return bool(families & _tables().alone)


def happens_once(families: frozenset[str]) -> bool:
    """Whether a story has one deed of these families at a time: "the strike", "the ceasefire"."""
    return bool(families & _tables().once)


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that name a deed: where they stand in the text, which families, as a noun or as a verb."""

    start: int
    end: int
    first: str
    does: frozenset[str]
    undoes: frozenset[str]
    noun: bool
    of_noun: str = ""
    """What the verb says of a noun of doing: that it happened, as its subject (">") or its object ("}"), or that
    it did not ("<" and "{")."""
    over: str = ""
    """ "+" where the verb says of the deed below it that it was done, "!" that it was not."""


_BETWEEN = frozenset("again still now not never also already once finally back first then all even yet both "
                     "n't fully partly just largely quietly".split())  # fmt: skip
"""Adverbs that may stand within a phrase ("is now open")."""
_DETERMINER = frozenset("a an the its his her their our my your this that these those no any another every each of "
                        "first second third last new one two three few many several most some such fresh further".split())  # fmt: skip
_VERBAL = frozenset("to will would can could may might must shall should not n't has have had been be is are was were "
                    "who they he she it we i and did does do".split())  # fmt: skip


def mentions(text: str) -> tuple[Mention, ...]:
    """The words of a text that name deeds, or say of a deed what became of it, in order."""
    return _mentions(text)


@functools.lru_cache(maxsize=20_000)
def _mentions(text: str) -> tuple[Mention, ...]:
    tokens = [(m.start(), m.end(), fold_loose(m.group(0))) for m in _TOKEN.finditer(text)]
    table = _tables().entries
    found: list[Mention] = []
    for i, (start, _, word) in enumerate(tokens):
        word = word.removesuffix("'s")
        rows = table.get(word)
        if rows is None:
            continue
        ahead = {t[2].removesuffix("'s") for t in tokens[i + 1 : i + _AHEAD_OF]}
        hits = [
            (last, e)
            for e in rows
            if ahead.issuperset(e.rest) and (last := _reach(tokens, i, e, text)) is not None
        ]
        for noun in (False, True):
            of = [(last, e) for last, e in hits if e.noun == noun]
            if not of or (noun != _is_noun(tokens, i, word) and len({e.noun for _, e in hits}) > 1):
                continue
            longest = max(len(e.rest) for _, e in of)
            kept = [(last, e) for last, e in of if len(e.rest) == longest]
            senses = {e.sense for _, e in kept}
            found.append(
                Mention(
                    start=start,
                    end=tokens[max(last for last, _ in kept)][1],
                    first=word,
                    does=frozenset(s for s in senses if s[0].isalpha()),
                    undoes=frozenset(s[1:] for s in senses if s[0] == "-"),
                    noun=noun,
                    of_noun="".join(s[0] for s in sorted(senses) if s[0] in "<>{}"),
                    over=next((s[0] for s in sorted(senses) if s[0] in "+!"), ""),
                )
            )
    return tuple(found)


def _is_noun(tokens: Sequence[tuple[int, int, str]], i: int, word: str) -> bool:
    """Whether a word that may be both stands as a noun: behind an article or a genitive, not behind "to"."""
    before = tokens[i - 1][2] if i else ""
    if i == 0:  # "Strike called off"; no report opens with an order
        return not re.search(r"(?:ed|ing)$", word)
    if before in _DETERMINER or before.endswith(("'s", "s'")):
        return True
    if before in _VERBAL or re.search(r"(?:ed|ing)$", word):
        return False
    after = tokens[i + 1][2] if i + 1 < len(tokens) else ""
    two = tokens[i - 2][2] if i > 1 else ""
    return (two in _DETERMINER and before not in _VERBAL) or after in ("of", "by", "on", "against")


def _reach(tokens: Sequence[tuple[int, int, str]], i: int, entry: _Entry, text: str) -> int | None:
    """The index of the last token of a phrase that begins at token `i`; None if it does not stand there."""
    at, skipped = i, 0
    for n, word in enumerate(entry.rest):
        while True:
            at += 1
            if at >= len(tokens) or re.search(
                r"[;:.!?\n]", text[tokens[at - 1][1] : tokens[at][0]]
            ):
                return None
            if tokens[at][2].removesuffix("'s") == word:
                break
            skipped += 1
            free = entry.gap or (n == 0 and tokens[at][2] in _BETWEEN)
            if not free or skipped > _GAP:
                return None
    return at


# --------------------------------------------------------------------------- done or not

_THOUGHT = re.compile(
    r"\b(?:threat|threats|threatened|plan|plans|planned|call|calls|talk|possibility|prospect|risk|danger|fears?|"
    r"idea|proposal|proposed|promise|promised|offer|warning|warned|hopes?|chances?|demands?|demanded|requests?|"
    r"asked|wanted|wants?|possible|looming|potential|imminent|expected|likely|due|scheduled|considering|"
    r"debated?|discuss(?:ed|ing)?|deadline|ultimatum|instead|against|unless|if|would|could|may|might|should|"
    r"for|seeks?|sought|needs?|conditions?|terms?)\b",
    re.IGNORECASE,
)
"""Words before a noun of doing by which it is only thought of: "plans for a strike", "the threatened walkout"."""
_NONE = re.compile(r"\b(?:no|without|not\s+an?|not\s+one|not\s+a\s+single|never\s+an?|neither|nor)\s+(?:[\w'’-]+\s+){0,3}$",
                   re.IGNORECASE)  # fmt: skip
_GRANTED = re.compile(
    r"\b(?:after|since|following|despite|during|amid|because\s+of|thanks\s+to|day\s+of|week\s+of|hours?\s+of|"
    r"days\s+of|as\s+a\s+result\s+of|in)\s+(?:the|its|his|her|their|a|an|this|that|\w+['’]s)?\s*(?:[\w'’-]+\s+){0,2}$",
    re.IGNORECASE,
)
"""What comes after a deed, or lies in it, takes it for granted."""
_INSTEAD = re.compile(r"\b(?:without|instead\s+of|rather\s+than|short\s+of|from|against)\s+(?:having\s+|being\s+)?$",
                      re.IGNORECASE)  # fmt: skip
_AFTER = re.compile(
    r"\b(?:after|since|by|despite|when|on)\s+(?:having\s+|being\s+)?$", re.IGNORECASE
)
_YET_TO = re.compile(r"\byet\s+to\s+(?:be\s+)?$", re.IGNORECASE)
_STATIC = frozenset(
    "be is are was were been 's stay stays remain remains stand stands hang hangs".split()
)


_AHEAD = re.compile(
    r"\b(?:to|will|would|may|might|could|should|must|if|can)\s+(?:\w+\s+)?$", re.IGNORECASE
)
_NEGATIVE = re.compile(r"\b(?:not|never|no|nobody|none)\b|n['’]t\b", re.IGNORECASE)


def _past(word: str) -> bool:
    """Whether a form of a verb is of the past: "gave", "given", "closed"."""
    if word.endswith("ed"):
        return True
    return any(word in row and word not in {f for f in row if f[-3:] == "ing"} and word != base
               and word != f"{base}s" for base, row in _irregular().items())  # fmt: skip


_NOT_SAID = re.compile(
    r"\b(?:(?:before|unless|if|as\s+soon\s+as|provided(?:\s+that)?|as\s+long\s+as)\b[^,;:.!?\n]{0,70}"
    r"|(?:until|till|once|when)\b[^,;:.!?\n]{0,50}\b(?:is|are|has|have)\s+(?:\w+\s+)?)$"
)
"""What stands behind these words is not told as so: "refused to reopen the bridge before the gates are opened"."""
_UNCHANGED = frozenset(
    "cut shut put hit set quit let spread cost cast burst bid split shed".split()
)


def _bare(word: str) -> bool:
    """Whether a word is the plain form of a verb that has another in the past."""
    inflected = _past(word) or word.endswith(("ing", "s"))
    return not inflected and word not in _UNCHANGED and word not in _STATIC


def clause_at(offset: int, clauses: Sequence[Clause]) -> Clause | None:
    """The innermost clause around an offset."""
    around = [c for c in clauses if c.start <= offset < c.end]
    return min(around, key=lambda c: (c.end - c.start, c.start), default=None)


def told_as(
    mention: Mention, text: str, base: int, clauses: Sequence[Clause], *, headline: bool
) -> tuple[bool | None, Clause | None]:
    """Whether a text tells what a mention names as so (True), as not so (False) or neither (None), and the
    clause. `base` is the offset of the text in its version, `clauses` are of that version."""
    clause = clause_at(base + mention.start, clauses)
    before = text[: mention.start]
    near = before[-60:]
    if clause is None:
        return None, None
    if _NOT_SAID.search(before):
        return None, clause
    if not mention.noun and clause.told == "loose":
        # Words around what is said, which no clause was read for: the form of the verb decides.
        if _AHEAD.search(near) or not _past(mention.first):
            return None, clause
        return not _NEGATIVE.search(near), clause
    if mention.noun:
        return _noun_told(mention, text, base, clause, clauses, headline=headline), clause
    if _YET_TO.search(near):
        return False, clause
    if _INSTEAD.search(near):
        return (False if mention.first.endswith("ing") else None), clause
    ruled, over = _governing(mention, text, base, clauses, headline=headline)
    if ruled:
        return over, clause
    if clause.told == "bare":
        return (True if mention.first.endswith("ing") and _AFTER.search(near) else None), clause
    if clause.told == "done" and not clause.negative and _bare(mention.first):
        return None, clause  # "demanding that it withdraw" is read as told
    if clause.told == "present":
        lasting = mention.first in _STATIC or mention.first.endswith("ing") or headline
        return (not clause.negative if lasting else None), clause
    return (not clause.negative if clause.told == "done" else None), clause


_BEGINS = frozenset(
    "begin began begun start started take took taken come came enter entered go went impose imposed introduce introduced "
    "stage staged launch launched lodge lodged file filed issue issued make made give gave given hold held deliver "
    "delivered hand handed sign signed happen happened apply applied call called".split()
)


def begins(mention: Mention, text: str) -> bool:
    """Whether the verb of a noun of doing says when the deed was done: "the ban took effect on Monday", not
    "the strike went into its second day on Friday"."""
    near = (
        v for v in mentions(text) if v.of_noun and not v.noun and abs(v.start - mention.end) < 140
    )
    return any(
        v.first in _BEGINS
        and not re.match(r"\s+(?:in)?to\s+(?:its|the|a)\s+\w+\s+\w+", text[v.end :])
        and not text[v.start : v.end].endswith("into")
        for v in near
    )


def _governing(
    mention: Mention, text: str, base: int, clauses: Sequence[Clause], *, headline: bool
) -> tuple[bool, bool | None]:
    """Whether a verb stands over the mention ("failed to publish", "went ahead with selling"), and what it says
    of the deed."""
    for over in mentions(text):
        if not over.over or over.end > mention.start or mention.start - over.end > 40:
            continue
        between = text[over.end : mention.start]
        if not re.search(r"\b(?:to|with|from|in|by)\s+(?:[\w'’-]+\s+){0,1}$|^\s+$", between):
            continue
        if re.search(r"[;:.!?\n]", between):
            continue
        above = clause_at(base + over.start, clauses)
        if above is None:  # the word of saying over an infinitive: "refused to publish"
            return True, (over.over == "+" if _past(over.first) else None)
        if above.told == "loose":
            return True, (over.over == "+" if _past(over.first) else None)
        if above.told != "done" and not (headline and above.told == "present"):
            return True, None
        return True, above.negative != (over.over == "+")
    return False, None


_BE = re.compile(r"\b(?:is|are|was|were|be|been|being|got|gets)\s+(?:\w+\s+)?$")


def _passive(text: str, verb: Mention, *, headline: bool) -> bool:
    """Whether a verb suffers: "was called off", in a headline "called off"."""
    return bool(_BE.search(text[: verb.start])) or (headline and _past(verb.first))


def _noun_told(
    mention: Mention,
    text: str,
    base: int,
    clause: Clause,
    clauses: Sequence[Clause],
    *,
    headline: bool,
) -> bool | None:
    before = text[: mention.start]
    told = clause.told == "done" or (clause.told == "present" and headline)
    if _NONE.search(before[-50:]):
        return False if clause.told in ("done", "present", "bare") else None
    for verb in mentions(text):
        if not verb.of_noun or verb.noun or verb.start == mention.start:
            continue
        of = clause_at(base + verb.start, clauses)
        if of is not clause and not (of and of.start <= base + mention.start < of.end):
            continue
        low, high = min(verb.end, mention.end), max(verb.start, mention.start)
        far = 70 if verb.start < mention.start else 140
        if re.search(r"[,;:.!?\n]", text[low:high]) or high - low > far or of is None:
            continue
        if verb.start < mention.start and len(text[verb.end : mention.start].split()) > 4:
            continue
        if verb.start < mention.start or _passive(text, verb, headline=headline):
            said = {"}": ">", "{": "<"}.get(next((c for c in verb.of_noun if c in "{}"), ""), "")
        else:
            said = next((c for c in verb.of_noun if c in "<>"), "")
        if not said:
            continue
        if said == "<":
            if of.told == "done" or (of.told == "present" and headline):
                return None if of.negative else False
            return None
        if _THOUGHT.search(before[-40:]):
            return None
        if of.told == "done" or (
            of.told == "present" and (headline or verb.first in _STATIC or verb.first[-3:] == "ing")
        ):
            return not of.negative
        return None
    if _THOUGHT.search(before[-40:]):
        return None
    return True if told and not clause.negative and _GRANTED.search(before[-50:]) else None
