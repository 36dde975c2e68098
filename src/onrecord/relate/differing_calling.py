"""What two accounts call one thing: another act of speech, another word of one family, another thing that
the same words are said of. Each rule names the two values it saw, or returns None."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence

from onrecord.records import Clause, Line
from onrecord.relate.clause_pairs import WHEN, Pair, is_other_day
from onrecord.relate.differing import at_another
from onrecord.relate.frames import Finding, Frame, name_of, named_alike, outlet_of
from onrecord.relate.keys import key_of, tables, words_of
from onrecord.relate.matching import Match
from onrecord.relate.similarity import stop_words
from onrecord.relate.wordings import aligned, folded, spoken, telling
from onrecord.text.folding import WORD, fold_loose

CONTRASTED = (
    frozenset({"threaten", "warn"}),
    frozenset({"demand", "ask"}),
    frozenset({"promise", "offer"}),
    frozenset({"threaten", "promise"}),
)
"""Acts that one report may make of what another calls otherwise."""


def in_act(
    a: Frame, b: Frame, same_holder: bool | None, pairs: Sequence[Pair], match: Match
) -> Finding | None:
    """What one holder's words do: what one report calls a threat another calls a warning."""
    if not same_holder or a.line.holder is None:
        return None
    if {a.line.act, b.line.act} not in CONTRASTED:
        return None
    return Finding(
        "differs",
        "characterisation",
        f"what {outlet_of(a)} tells as “{a.line.act}” {outlet_of(b)} tells as “{b.line.act}”",
    )


# --------------------------------------------------------------------------- words of one family


def in_characterisation(
    a: Frame, b: Frame, same_holder: bool | None, pairs: Sequence[Pair], match: Match
) -> Finding | None:
    """Another word of one family for the same thing: "invasion" and "operation"; of one holder's words
    another word of how they were said: "admitted" and "claimed"."""
    for x, y in _unlike(_families(a.line.text), _families(b.line.text)):
        if _near(a.line.text, x) & _near(b.line.text, y):
            return _called(a, b, x, y)
    if a.line.holder is not None and b.line.holder is not None:
        for x, y in _said_otherwise(a.line, b.line):
            if same_holder or named_alike(a.line.holder.name, b.line.holder.name):
                return _called(a, b, x, y)
    for one, left in _graded(a):
        for other, right in _graded(b):
            if one[0] == other[0] and one[1] != other[1] and _one_deed(a, b, left, right):
                return _called(a, b, fold_loose(left.word), fold_loose(right.word))
    return None


@functools.lru_cache(maxsize=20_000)
def _graded(frame: Frame) -> Sequence[tuple[tuple[str, str], Clause]]:
    """The clauses whose verb frames.toml tells by its force, with its family and sort."""
    found = []
    for clause in frame.line.clauses:
        if graded := tables()["graded"].get(fold_loose(clause.word)):
            family, _, sort = graded.partition("/")
            found.append(((family, sort), clause))
    return found


def _one_deed(a: Frame, b: Frame, x: Clause, y: Clause) -> bool:
    """Whether two clauses tell what one did in one matter: doer and another word shared, or two other words
    where neither names a doer of its own."""
    if x.negative != y.negative or is_other_day(a, b, x, y):
        return False
    matter = {k for k in {*x.others} & {*y.others} if not k.startswith("#")} - WHEN
    if not {*x.doers} & {*y.doers}:
        return len(matter) >= 2 and not (x.doers and y.doers)
    return bool(matter)


def _called(a: Frame, b: Frame, x: str, y: str) -> Finding:
    told = f"{outlet_of(a)}: “{x}”; {outlet_of(b)}: “{y}”"
    return Finding("differs", "characterisation", told)


_Words = Mapping[tuple[str, str], str]


def _unlike(left: _Words, right: _Words) -> Iterator[tuple[str, str]]:
    """Words of one family and of two sorts of which each stands in one line alone."""
    if not left or not right:
        return
    for one, word in left.items():
        others = [f for f in right if f[0] == one[0]]
        if others and one not in right and not any(f in left for f in others):
            yield word, right[others[0]]


_REACH = 4
"""Words on either side of a word that show what it is said of."""


@functools.lru_cache(maxsize=20_000)
def _near(text: str, word: str) -> frozenset[str]:
    """The keys of what stands beside a word."""
    told = words_of(text)
    at = told.index(word)
    beside = (*told[max(0, at - _REACH) : at], *told[at + 1 : at + 1 + _REACH])
    return frozenset(key for w in beside if w not in stop_words() and (key := key_of(w)))


def _said_otherwise(a: Line, b: Line) -> Iterator[tuple[str, str]]:
    return iter(()) if a.cue == b.cue else _unlike(_forces(a), _forces(b))


_OF_CUES = frozenset({"said", "call"})
"""The families of words by which reports tell how something was said or called for; they count of cues alone."""


@functools.lru_cache(maxsize=20_000)
def _families(text: str) -> Mapping[tuple[str, str], str]:
    """The words of a text that frames.toml puts in a family, by family and sort."""
    return {
        fold: word for word in words_of(text) if (fold := _family(word)) and fold[0] not in _OF_CUES
    }


def _forces(line: Line) -> Mapping[tuple[str, str], str]:
    return {fold: word for word in line.cue if (fold := _family(word)) and fold[0] in _OF_CUES}


def _family(word: str) -> tuple[str, str] | None:
    found = tables()["characterisations"].get(word)
    if found is None:
        return None
    family, _, sort = found.partition("/")
    return family, sort


# --------------------------------------------------------------------------- what words are said of


def of_another(a: Frame, b: Frame, same_holder: bool | None, found: Finding) -> Finding:
    """The same quotation that one report says of one thing and the other of another ("a black day" of the
    vote here, of the speech there), or that was said with another force or on another occasion; else what was found."""
    named = _may_name(a.line) and _may_name(b.line)
    for x in a.line.quotes if named else ():
        for y in b.line.quotes:
            if telling(x).isdisjoint(folded(y)):
                continue
            phrase = words_of(aligned(spoken(x), spoken(y)).phrase)
            if len(phrase) < 2:
                continue
            left, right = _target(a.line, phrase), _target(b.line, phrase)
            keys = [{key_of(w) for w in found} - {""} for found in (left, right)]
            if keys[0] - keys[1] and keys[1] - keys[0]:
                told = f"“{' '.join(phrase)}” is said of the {' '.join(left)} here, of the {' '.join(right)} there"
                return Finding(found.relation, "characterisation", f"{found.basis}; {told}")
    for one, other in _said_otherwise(a.line, b.line):
        told = f"told as “{one}” by {outlet_of(a)}, as “{other}” by {outlet_of(b)}"
        return Finding(found.relation, "characterisation", f"{found.basis}; {told}")
    if (same_holder or a.line.holder is None or b.line.holder is None) and (
        told := at_another(a, b)
    ):
        return Finding(found.relation, "occasion", f"{found.basis}; {told}")
    return found


_IS = frozenset("is are was were be been being as".split())
_CALLING = frozenset(
    "call calls called calling deem deems deemed deeming brand brands branded branding label labels labeled "
    "labelled dub dubs dubbed describe describes described describing term termed denounced denouncing "
    "consider considers considered".split()
)
"""Words after which a thing stands beside what it is called."""


def _may_name(line: Line) -> bool:
    """Whether a line has a word at all by which a thing is called something."""
    return not _CALLING.isdisjoint(line.cue) or not (_IS | _CALLING).isdisjoint(words_of(line.text))


_NO_THING = frozenset(
    "it this that these those what which who he she they we i you there all everything nothing".split()
)
_BEFORE = frozenset(
    "that but and or because if when while said says say saying the a an his her its their our my your "
    "whose".split()
)
"""Words behind which the name of a thing begins."""

_OPENS = _BEFORE | _CALLING | _IS

_LONGEST = 4


def _target(line: Line, phrase: Sequence[str]) -> tuple[str, ...]:
    """The words of the thing that a quoted phrase is said of, names left out: what stands before "is" and
    the phrase, or between "called" and the phrase. Empty where that is not to be seen."""
    text = _LISTED.sub("", line.text)
    tokens = [(m.group(), fold_loose(m.group())) for m in WORD.finditer(text)]
    folds = [fold.removesuffix("'s") for _, fold in tokens]
    head = [w.removesuffix("'s") for w in phrase]
    size = len(head)
    at = next((i for i in range(len(folds) - size + 1) if folds[i : i + size] == head), None)
    if at is None:
        return ()
    end = at
    while end and folds[end - 1] in _ARTICLES:
        end -= 1
    if end and folds[end - 1] in _IS:
        end -= 1
    elif end != at or not _CALLING & {*line.cue, *folds[max(0, at - _LONGEST - 1) : at]}:
        return ()
    start = end
    while start and end - start < _LONGEST and folds[start - 1] not in _OPENS:
        start -= 1
    if not start and end - start == _LONGEST:
        return ()
    if _NO_THING & set(folds[start:end]):
        return ()
    return tuple(folds[n] for n in range(start, end) if tokens[n][0][:1].islower())


_LISTED = re.compile(r"[\"“][^\"“”]*[\"”],?\s*(?:and|but|or)?\s*(?=[\"“])")
"""Quotations before the last of a list: 'called the plan "a con" and "a disaster"'."""

_ARTICLES = frozenset({"a", "an", "the"})


# --------------------------------------------------------------------------- two names for one thing

_THING = (
    r"(?:the|this|that|these|those|his|her|its|their|[\w.]+['’]s)\s+"
    r"(?P<thing>[\w’'-]+(?:\s+[\w’'-]+){0,3}?)"
)
_NAME = r"(?P<name>[\"“].*|(?:a|an)\s.*)"
_OBJECT = re.compile(
    rf"^(?:…\s*)?{_THING}\s+(?:…\s*)?(?P<as>as\s+)?{_NAME}", re.IGNORECASE | re.DOTALL
)
_PREDICATE = re.compile(
    rf"^(?:that\s+)?{_THING}(?:,[^,]{{1,60}},)?\s+(?:is|was|are|were)\s+{_NAME}",
    re.IGNORECASE | re.DOTALL,
)
_JUDGING = frozenset(
    "hailed hails hailing praised praises lauded touted welcomed dismissed dismisses dismissing condemned "
    "condemns condemning denounced denounces denouncing criticised criticized decried slammed blasted "
    "rejected rejects defended defends attacked portrayed cast viewed".split()
)
"""Words after which a thing stands beside what it is called if "as" stands between the two."""


def called_otherwise(a: Frame, b: Frame, same_holder: bool | None) -> Finding | None:
    """One thing that two speakers call by two names: "called the recall a precaution" and "calls the recall
    a confession". One of the two at least says that it is a name; the other may say what the thing is."""
    if a.line.holder is None or b.line.holder is None or same_holder:
        return None
    calling = [not (_CALLING | _JUDGING).isdisjoint(f.line.cue) for f in (a, b)]
    if not any(calling) or named_alike(a.line.holder.name, b.line.holder.name):
        return None
    left, right = (
        _name_given(f.line, is_called) for f, is_called in zip((a, b), calling, strict=True)
    )
    if left is None or right is None:
        return None
    one, two = left[0], right[0]
    if not (one <= two or two <= one) or left[1] & right[1]:
        return None
    return Finding(
        "differs",
        "characterisation",
        f"{name_of(a)}: “{left[2]}”; {name_of(b)}: “{right[2]}”",
    )


def _name_given(line: Line, is_called: bool) -> tuple[frozenset[str], frozenset[str], str] | None:
    """The keys of the thing that a line names, those of what it calls it, and that as written."""
    match = (_OBJECT if is_called else _PREDICATE).match(line.text)
    if match is None or (is_called and not match["as"] and _CALLING.isdisjoint(line.cue)):
        return None
    thing, name = (_keys_of(match[part]) for part in ("thing", "name"))
    return (thing, name, match["name"].strip(' "“”.,')) if thing and name else None


def _keys_of(text: str) -> frozenset[str]:
    return frozenset(key for w in words_of(text) if w not in stop_words() and (key := key_of(w)))


# --------------------------------------------------------------------------- rank

_RANK = re.compile(r"\b(?P<one>one of )?(?:the |[\w.]+['’]s )(?P<most>[a-z]{3,}est|most [a-z]+)\b")


def in_rank(
    a: Frame, b: Frame, same_holder: bool | None, pairs: Sequence[Pair], match: Match
) -> Finding | None:
    """ "The country's largest" and "one of the country's largest"."""
    left, right = _ranks(a.line.text), _ranks(b.line.text)
    for word in sorted(left.keys() & right.keys()):
        if left[word] != right[word]:
            told = [
                f"one of the {word}" if one else f"the {word}" for one in (left[word], right[word])
            ]
            return Finding(
                "differs",
                "characterisation",
                f"{outlet_of(a)}: {told[0]}; {outlet_of(b)}: {told[1]}",
            )
    return None


@functools.lru_cache(maxsize=20_000)
def _ranks(text: str) -> Mapping[str, bool]:
    """The superlatives of a text, and whether each is told of one of several."""
    if "est " not in text and "most " not in text:
        return {}
    return {m["most"]: bool(m["one"]) for m in _RANK.finditer(text)}
