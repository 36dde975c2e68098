"""What a line denies, and whether another line tells that very act. Nothing here names a relation.

A denial denies an act: its predicate, who does it, what it is said of. Another line tells that act if its
clause has the same predicate (or one of the same sense, `[senses]` of frames.toml), if those who do it may
be the same, and if it names most of what the denial names. Words in common alone are never enough.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files

from msgspec import structs

from onrecord.records import Clause, Line
from onrecord.relate.clause_pairs import EMPTY, WHEN, is_other_day
from onrecord.relate.frames import Frame, named_alike, words_of
from onrecord.relate.keys import key_of, name_keys


@dataclass(frozen=True, slots=True)
class Denial:
    """A clause that is denied: the keys that name the act and those it is said of. `bare`: there was none
    of it ("there was no order"), so that a line denies it by naming it. `word`: an outlet tells that somebody
    denies it."""

    clause: Clause
    about: frozenset[str]
    bare: bool
    word: bool = False


MENTAL = frozenset(
    "know rememb recal think believ want expect wish like love understand see hear comment specifi "
    "identifi mention elabor need matter mean seem appear care mind hope fear satisfi surpris chang "
    "clear sure certain true happen possibl easi enough interest plan afford bother hesit reach".split()
)
"""Predicates of minds and of measure: that somebody did not know a thing is his own and denies nobody's
telling of an act; what "was not easy" or "did not change" is a matter of view."""

_VAGUE = frozenset(
    "singl ever never any all flat whatsoev anyth anyon anybodi noth nobodi none neither kind sort bodi "
    "someon such either at els too just also one whole part other".split()
)
"""Keys of words that make a denial stronger or wider and name nothing."""

_NEGATOR = re.compile(
    r"\b(no|not|never|nobody|nothing|none|neither|nor|cannot|without|hardly|barely)\b|n['’]t\b",
    re.IGNORECASE,
)

_LITOTES = re.compile(
    r"\bno(?:t|thing|body| one)?\s+(?:(?:a|an|any|one)\s+)?(?:\w+\s+)?(?:more|less|fewer|better|worse|"
    r"greater|bigger|longer|doubt|wonder|surprise|secret|match|other|different|but)\b"
    r"|\b(?:nobody|nothing|no one|none|not|never|no)\b[^.;]{0,60}\b(?:but|except|other than|than|until|unless|"
    r"without|enough|too)\b",
    re.IGNORECASE,
)
"""What looks like a denial and is a comparison, an exception or an emphasis: "no better friend"."""

_PARTLY = re.compile(
    r"\b(yet|so far|still|initially|at first|no longer|any ?more|at present|for now|currently|"
    r"not (?:only|just|merely|simply|necessarily|always|all|every\w*|immediately|fully|entirely|"
    r"exactly|directly|quite|really|personally|independently|formally|officially|publicly))\b",
    re.IGNORECASE,
)
"""What limits a denial to a moment, a part or a manner."""

_HEDGED = re.compile(
    r"\b(if|whether|unless|would|could|might|may|should|falsely|supposed(?:ly)?|rumou?r\w*|den(?:y|ies|ied|"
    r"ying|ial)|reject\w*|refus\w*|declin\w*|fail(?:ed|s|ing|ure)?|instead|rather than|tried|trying|"
    r"attempt\w*|ideas?|notions?|beliefs?|believ\w*|myths?|impressions?|almost|nearly|attempted|as if|as though|imagin\w*|fictional|mispoke|misspoke\w*|"
    r"wrongly|mistakenly|claims? that were|question\w*)\b",
    re.IGNORECASE,
)
"""Words that leave it open whether a line tells an act as done."""

_BEFORE = re.compile(
    r"\b(?:(?:last|previous|next|earlier (?:this|in)|following) (?:\w+day|week|month|year|decade|spring|"
    r"summer|autumn|fall|winter|time|season|session|election|term)|another|(?:the )?(?:first|second|third|"
    r"other) (?:one|time|round|occasion|meeting|attack|vote)|former\w*|years? (?:ago|earlier|before)|months? "
    r"(?:ago|earlier|before)|decades?|in (?:19|20)\d\d|in the (?:past|spring|summer|autumn|winter)|"
    r"(?<!at )once|again|in (?:january|february|march|april|may|june|july|august|september|october|"
    r"november|december))\b",
    re.IGNORECASE,
)
"""What may set a line on another occasion than the news of its report."""

_REPORTED = re.compile(
    r"\b(describ\w*|portray\w*|depict\w*|claim\w*|alleg\w*|reported(?:ly)?|accus\w*|said|says|saying|"
    r"suggest\w*|insinuat\w*|imply\w*|implied|implies|according to|believed to|thought to)\b",
    re.IGNORECASE,
)
"""Words by which an outlet's own sentence gives what others say."""

_BESIDE = re.compile(
    r"\W*(?:while|although|though|whereas|if|when|since|because|as|unlike|after|before|until)\b",
    re.IGNORECASE,
)
"""What opens a clause that only stands beside what is said."""

_ASKING = re.compile(r"\W*(?:why|how|whether|what|when|where|who)\b", re.IGNORECASE)
_ASKED = re.compile(r"\b(?:why|how|whether|what|when|where|who)\b", re.IGNORECASE)
_UNLIKE = re.compile(r"\b(?:unlike|in contrast to|as opposed to)\b", re.IGNORECASE)
"""Words by which a denial of one names others of whom it is so."""

_DISPUTED = re.compile(
    r"\b(imply\w*|implie[sd]|suggest\w*|distort\w*|mislead\w*|false\w*|alleg\w*|claim(?:s|ed|ing)|accus\w*|"
    r"den(?:y|ies|ied|ying)|disput\w*|reject\w*|wrong\w*)\b",
    re.IGNORECASE,
)
"""Words that, in front of a denial, give it as another's and mostly not as true."""

_ALWAYS = re.compile(r"\b(?:never|ever|at any time|at no time)\b", re.IGNORECASE)
_SINCE = re.compile(r"\bsince\b", re.IGNORECASE)

_FIRST_PERSON = re.compile(r"\b(I|[Ww]e|us|me|[Mm]y|[Oo]ur|ourselves|myself)\b")
_THERE = re.compile(
    r"\bthere\s+(?:\w+\s+)?(?:was|were|is|are|has|have|had|never|'s)\b", re.IGNORECASE
)


# --------------------------------------------------------------------------- tables


@functools.cache
def _table(name: str) -> Mapping[str, tuple[str, ...]]:
    """Key -> the groups of one table of frames.toml it stands in; a key may stand in several."""
    data = tomllib.loads(files("onrecord.relate").joinpath("frames.toml").read_text("utf-8"))
    found: dict[str, list[str]] = {}
    for group, members in data[name].items():
        for word in members:
            found.setdefault(key_of(word) or word, []).append(group)
    return {key: tuple(groups) for key, groups in found.items()}


def is_same_sense(one: str, other: str) -> bool:
    """Whether two keys of predicates name one kind of act."""
    return one == other or bool(
        set(_table("senses").get(one, ())) & set(_table("senses").get(other, ()))
    )


def is_shown_by(denied: str, told: str) -> bool:
    """Whether an act told shows one that is denied: nobody was hurt, and somebody died."""
    return denied in {key_of(word) or word for word in _table("shows").get(told, ())}


@functools.cache
def named_senses(denied: str) -> frozenset[str]:
    """The keys by which a line may tell an act that is denied."""
    found = {denied}
    for table in ("senses", "shows"):
        for key in _table(table):
            if is_same_sense(denied, key) or is_shown_by(denied, key):
                found.add(key)
    return frozenset(found)


def is_opposite(one: str, other: str) -> bool:
    """Whether two keys of predicates exclude each other of one thing at one time."""
    left = {(f, s) for f, _, s in (g.partition("/") for g in _table("opposites").get(one, ()))}
    right = {(f, s) for f, _, s in (g.partition("/") for g in _table("opposites").get(other, ()))}
    return any(f == g and s != t for f, s in left for g, t in right)


# --------------------------------------------------------------------------- what is denied, what is told


def is_told(line: Line) -> bool:
    """Whether a line tells what is or was so: no plan, condition, view to come, demand or offer."""
    return (
        not line.condition
        and line.modality == "asserted"
        and line.status in ("asserted", "happened", "denied", "ongoing")
        and line.act in ("assert", "deny", "refuse", "condemn", "praise", "accuse")
    )


def _own(line: Line, clause: Clause) -> bool:
    """Whether a clause is what its line says: a main one, or one that stands before it and is finite
    ("he was not arrested: he walked in")."""
    return clause.main or (
        clause.told == "done"
        and clause.start <= min(c.start for c in line.clauses) + 1
        and not _BESIDE.match(words_at(line, clause))
    )


WITHOUT = len("without ")
"""Code points in front of a clause that may deny it: "without anybody being hurt"."""


def words_at(line: Line, clause: Clause, before: int = 2) -> str:
    """The words of a line from the first to the last of one of its clauses, and `before` code points
    in front."""
    low = clause.start - min(c.start for c in line.clauses)
    return line.text[max(0, low - before) : low + clause.end - clause.start + 2]


def _about(clause: Clause, act: frozenset[str]) -> frozenset[str]:
    found = {*clause.doers, *clause.others} - _VAGUE - WHEN - act
    return frozenset(k for k in found if not k.startswith("#") and not k.isdigit())


@functools.lru_cache(maxsize=20_000)
def denials(frame: Frame) -> tuple[Denial, ...]:
    """What a line denies, act by act."""
    return tuple(_denials(frame))


def _denials(frame: Frame) -> Iterator[Denial]:
    line = frame.line
    rows = [(c, False) for c in (*line.clauses, *_left_undone(line), *_object(line))]
    rows = [row for row in (*rows, *((c, True) for c in _said_denied(line))) if row[0].negative]
    if not rows or _LITOTES.search(line.text) or _UNLIKE.search(line.text):
        return
    for clause, word in rows:
        if not _own(line, clause) or clause.told in ("if", "may", "must"):
            continue
        if _asks(line, clause):
            continue
        if clause.predicate in MENTAL or not (acts_of(clause) or is_answer(line, clause)):
            continue
        before = line.text[: max(0, clause.start - min(c.start for c in line.clauses))]
        if not word and _DISPUTED.search(before) and line.act != "deny":
            continue
        named = frozenset(k for act in acts_of(clause) for k in named_senses(act))
        yield Denial(clause, _about(clause, named), bool(_THERE.search(line.text)), word)


REFUSING = frozenset("refus refuse declin decline fail neglect omit".split())
"""Keys of predicates whose infinitive was not done."""


def _left_undone(line: Line) -> Iterator[Clause]:
    """What a line says was refused, or not done: "refused to pay", "left without speaking to anybody"."""
    main: Clause | None = None
    for clause in line.clauses:
        if clause.main and not clause.negative:
            main = clause
        elif main is not None and clause.told == "bare" and not clause.negative:
            low = clause.start - min(c.start for c in line.clauses)
            undone = main.predicate in REFUSING or line.text[max(0, low - WITHOUT) : low].endswith(
                "without "
            )
            if undone:
                yield structs.replace(
                    clause,
                    negative=True,
                    main=True,
                    told=main.told,
                    doers=clause.doers or main.doers,
                    doer_ids=clause.doer_ids or main.doer_ids,
                )
            main = None


def _asks(line: Line, clause: Clause) -> bool:
    """Whether what is denied is an answer: "never revealed why he had left" leaves it that he left."""
    if not _ASKED.search(line.text):
        return False
    return bool(_ASKING.match(line.text)) or bool(
        re.search(
            rf"\b{re.escape(clause.word)}\s+(?:\w+\s+)?(?:why|how|whether|what|when|where|who)\b",
            line.text,
        )
    )


def _object(line: Line) -> Iterator[Clause]:
    """What a statement denies as what another says: "rejected the accusation that he had paid"."""
    if line.act != "deny" or not line.negative or any(c.main for c in line.clauses):
        return
    first = next(iter(line.clauses), None)
    if first is not None and not first.negative and first.told == "done":
        yield structs.replace(first, negative=True, main=True)


DENYING = frozenset("deni deny disput dispute rebut refut refute repudi repudiate".split())
"""Keys of predicates by which an outlet tells that somebody denies something."""


def _said_denied(line: Line) -> Iterator[Clause]:
    """What an outlet's own sentence says that somebody denies: "disputes having paid"."""
    main = next((c for c in line.clauses if c.main), None)
    if main is None or main.predicate not in DENYING or main.negative:
        return
    inside = next((c for c in line.clauses if c.start > main.start and not c.main), None)
    if inside is not None and inside.told == "done" and not inside.negative:
        yield structs.replace(
            inside,
            negative=True,
            main=True,
            doers=inside.doers or main.doers,
            doer_ids=inside.doer_ids or main.doer_ids,
        )


_LIGHT = EMPTY | frozenset(
    "stand put hold bring set lodg lodge face launch conduct carri under".split()
)
"""Keys of predicates that leave what is done to a noun: "will stand trial", "came to harm"."""

_ACTS = frozenset(
    "sanction talk vote strike payment publish close open restore withdraw sue kill injure resign invade "
    "attack bomb buy sell decide refuse promise threaten warn accuse criticise apologise agree propose "
    "approve ask demand order arrest charge convict sentence acquit appoint dismiss destroy damage "
    "investigate rescue announce reveal confirm admit protest fight delay cancel trial consent contact "
    "search check test appeal letter".split()
)
"""Keys of nouns that name an act under such a predicate."""


def acts_of(clause: Clause) -> frozenset[str]:
    """The keys that name what a clause tells is done: its predicate, of a light one the nouns."""
    own = frozenset({clause.predicate}) - EMPTY
    return own | (frozenset(clause.others) & _ACTS) if clause.predicate in _LIGHT else own


@functools.lru_cache(maxsize=20_000)
def told_in(frame: Frame) -> tuple[Clause, ...]:
    """The clauses of a line that are told as so."""
    return tuple(_told_in(frame))


def _told_in(frame: Frame) -> Iterator[Clause]:
    line = frame.line
    for clause in line.clauses:
        if clause.negative or clause.told in ("if", "may", "must"):
            continue
        if _NEGATOR.search(words_at(line, clause, WITHOUT)):
            continue
        if clause.main or (
            clause.told == "done" and not line.negative and not _HEDGED.search(line.text)
        ):
            yield clause


def _doers(line: Line, clause: Clause) -> frozenset[str]:
    """Who does it, as keys; of "we" and "I" the speaker and what is said of him beside his words."""
    found = set(clause.doers) - _VAGUE - WHEN
    if not found and line.holder is not None and _FIRST_PERSON.search(line.text):
        return side_of(line)
    return frozenset(k for k in found if not k.startswith("#"))


def side_of(line: Line) -> frozenset[str]:
    """Who speaks, as keys: the name, and the words around what is said ("the airline's chief, …")."""
    if line.holder is None:
        return frozenset()
    named = {k for k, _ in name_keys(line.holder.name, "person")}
    around = {key_of(w) for w in (*words_of(line.holder.name), *line.saying)}
    return frozenset((named | around) - {""} - EMPTY)


_PRONOUNS = frozenset("he she it they we i who one".split())


def may_be_one(a: Line, b: Line) -> bool:
    """Whether two lines may be the word of one holder: of two who are named otherwise only a pronoun
    leaves it open. Nobody is held to contradict himself for what he said on two occasions."""
    if a.holder is None or b.holder is None:
        return False
    if a.holder.actor_id and a.holder.actor_id == b.holder.actor_id:
        return True
    names = {*words_of(a.holder.name)}, {*words_of(b.holder.name)}
    return named_alike(a.holder.name, b.holder.name) or any(n <= _PRONOUNS for n in names)


def _fits(no: Frame, x: Clause, yes: Frame, y: Clause) -> bool:
    """Whether those who are said not to have done it may be those who are said to have."""
    if set(x.doer_ids) & set(y.doer_ids):
        return True
    left, right = _doers(no.line, x), _doers(yes.line, y)
    if not left or not right:
        return True
    # Who is said not to have received a letter is the one to whom another sent it.
    return bool(
        left & (right if is_same_sense(x.predicate, y.predicate) else right | set(y.others))
    )


def is_answer(line: Line, clause: Clause) -> bool:
    """Whether a clause is denied by its cue alone: "denied that he had met her"."""
    return (
        line.act == "deny"
        and line.holder is not None
        and not _NEGATOR.search(words_at(line, clause))
    )


def is_denied(no: Frame, denial: Denial, yes: Frame, y: Clause, score: int) -> bool:
    """Whether a clause tells the act that is denied. `score`: what the two lines have in common, per mille."""
    x = denial.clause
    same = any(is_same_sense(p, q) or is_shown_by(p, q) for p in acts_of(x) for q in acts_of(y))
    if not same and denial.bare:
        same = x.predicate in y.others and y.predicate not in MENTAL
    if not same and is_answer(no.line, x):
        # Who denies answers what was said of him: most of his words in the other's are the same matter.
        told = {k for k, _ in yes.line.keys}
        met = (denial.about | acts_of(x)) & told
        return (
            y.main
            and score >= ANSWER
            and len(met) >= 2
            and len(met) * 100 >= MOST * len(denial.about | acts_of(x))
        )
    if not same or not _fits(no, x, yes, y):
        return False
    if not denial.about:
        # "No shots were fired when he was seized": of that occasion, which the other must name too.
        rest = {k for k, _ in no.line.keys if not k.startswith("#")} - _VAGUE - WHEN
        rest -= {k for act in acts_of(x) for k in named_senses(act)}
        none = _NONE.search(words_at(no.line, x))
        if none and rest and not rest & {k for k, _ in yes.line.keys}:
            return False
        if (
            x.predicate != y.predicate
            and is_same_sense(x.predicate, y.predicate)
            and not denial.bare
        ):
            # What names nothing, in a word that only means the like, could be any act.
            return False
        named = x.predicate not in SAYING - {"promis", "promise", "threaten"}
        done_to = named and bool(_doers(no.line, x) & {*y.doers, *y.others})
        such = denial.bare and "such" in words_of(no.line.text)
        return score >= (0 if done_to else BARE // 2 if such else BARE)
    own = side_of(yes.line)
    told = {k for k, _ in yes.line.keys} | set(yes.line.hinge) | own
    shared = denial.about & told
    if len(shared) * 100 < MOST * len(denial.about):
        return len(denial.about) == 1 and score >= ALONE and x.predicate not in GROWING
    near = shared & {*y.doers, *y.others, *(() if y.doers else own)}
    if not near and not (len(shared) >= 2 and len(shared) == len(denial.about)):
        return False
    return len(shared) >= 2 or score >= NEAR


ANSWER = 480
"""Score that two lines need if one is denied by a verb of denying and tells the act in other words."""

ALONE = 420
"""Score from which two lines with one predicate tell one act though they name who it is in other words."""

MOST = 60
"""Per cent of what a denial names that the other line must name too."""

BARE = 240
"""Score that two lines need if the denial names nothing but the act: "nobody was hurt"."""

NEAR = 400
"""Score that two lines need if all that the denial names beside the act is one word."""


SAYING = frozenset(
    "say tell announc threaten promis promise accuse admit claim call ask demand order agree warn "
    "apologise criticise praise appoint name fear support oppose write propose declar speak announce".split()
)
"""Keys of predicates by which something is said."""


def is_unsaid(no: Frame, yes: Frame) -> bool:
    """Whether somebody says that he never said what the other line reports as his words."""
    line, other = no.line, yes.line
    if line.holder is None or other.holder is None or line.article_id == other.article_id:
        return False
    clauses = _unsaying(no)
    if not clauses:
        return False
    speaker = {key_of(w) for w in words_of(other.holder.name)} - {""}
    for clause in clauses:
        denier = {key_of(w) for w in words_of(line.holder.name)} - {""}
        denied = set(clause.doers) or (denier if _FIRST_PERSON.search(line.text) else set())
        if not (denied & speaker & denier):
            continue
        matter = {k for k, _ in line.keys} - _VAGUE - WHEN - SAYING - denied - speaker
        matter |= {k for k in clause.others if k in SAYING} - {clause.predicate}
        matter = {k for k in matter if not k.startswith("#")}
        told = {k for k, _ in other.keys} | {other.act, *other.hinge}
        if len(matter & told) * 100 >= MOST * len(matter) and matter & told:
            return True
    return False


@functools.lru_cache(maxsize=20_000)
def _unsaying(frame: Frame) -> tuple[Clause, ...]:
    """The clauses by which somebody says that something was never said."""
    line = frame.line
    return tuple(
        clause
        for clause in line.clauses
        if clause.negative
        and clause.predicate in SAYING
        and _own(line, clause)
        and (line.act == "deny" or _ALWAYS.search(words_at(line, clause)))
    )


_SOME = re.compile(
    r"\b(some|others?|many|most|several|part(?:s|ly)?|half|few|one of|at first|later|then|after|before|until|"
    r"more|less|again|now)\b",
    re.IGNORECASE,
)
"""What makes an act one of a part, or one of a row of acts."""

_ALL = re.compile(r"\b(all|every|each|both|none|throughout|whole|entire)\b", re.IGNORECASE)


def excluding(a: Frame, b: Frame, score: int) -> tuple[Clause, Clause] | None:
    """Main clauses of two lines whose predicates exclude each other of one thing at one time."""
    if not (is_told(a.line) and is_told(b.line)):
        return None
    if any(_HEDGED.search(f.line.text) or f.line.negative for f in (a, b)):
        return None
    if any(f.line.holder is None and _REPORTED.search(f.line.text) for f in (a, b)):
        return None
    for x in told_in(a):
        for y in told_in(b):
            if not (x.main and y.main and x.told == y.told and x.told in ("done", "present")):
                continue
            if not is_opposite(x.predicate, y.predicate) or not _is_of_one(x, y, score):
                continue
            said = (words_at(a.line, x), words_at(b.line, y))
            part = x.figures or y.figures or any(_SOME.search(w) for w in said)
            if part and not any(_ALL.search(w) for w in said):
                continue
            if is_other_day(a, b, x, y) or (
                x.places and y.places and not set(x.places) & set(y.places)
            ):
                continue
            if not set(x.days) & set(y.days) and (
                _is_apart(a, x, b, y) or not _is_soon(a, b, is_lasting(x.predicate, y.predicate))
            ):
                continue
            return x, y
    return None


_LASTING = frozenset(
    "verdict answer vote whole life truth contest law face sleep drink voices".split()
)
"""Families of opposites of which one does not turn into the other within days."""


def is_lasting(one: str, other: str) -> bool:
    """Whether two opposites are of a family that does not change within days."""
    left, right = (
        {g.partition("/")[0] for g in _table("opposites").get(k, ())} for k in (one, other)
    )
    return bool(left & right & _LASTING)


def _is_soon(a: Frame, b: Frame, lasting: bool) -> bool:
    """Whether two reports are of one day; of what lasts, of days that follow one another."""
    one, other = (a.published or "")[:10], (b.published or "")[:10]
    if not one or not other:
        return False
    apart = abs(date.fromisoformat(one) - date.fromisoformat(other))
    return apart <= (SOON if lasting else timedelta())


def _is_of_one(x: Clause, y: Clause, score: int) -> bool:
    """Whether two clauses are of one thing: who does it or what it is done to is named by both."""
    none: frozenset[str] = frozenset()
    if x.doers and y.doers and not set(x.doers) & set(y.doers):
        # "The road is open", "two cars closed the road": what is one's subject is the other's object.
        crossed = set(x.doers) & set(y.others) or set(y.doers) & set(x.others)
        if not crossed:
            return False
    left, right = _about(x, none), _about(y, none)
    shared = left & right
    return bool(shared) and score >= (EXCLUDING if len(shared) == 1 else BARE)


EXCLUDING = 300
"""Score that two lines need if their predicates exclude each other and they name one word beside."""

_FIRST_TO = re.compile(
    r"\bfirst to \w+|(?<!\bat )(?<!\bthe )(?<!\bfor )\bfirst(?=\s*(?:[,.;”\"]|$|with\b|and\b|on\b|from\b|in\b))",
    re.IGNORECASE,
)


def is_first_another(a: Frame, b: Frame, score: int) -> bool:
    """Whether each of two lines names another as the first to do one thing."""
    if score < EXCLUDING or not (is_told(a.line) and is_told(b.line)):
        return False
    if any(f.line.negative or not _FIRST_TO.search(f.line.text) for f in (a, b)):
        return False
    one, other = (
        {c.predicate for c in f.line.clauses if c.predicate not in EMPTY} - {"first"}
        for f in (a, b)
    )
    acts = {p for p in one for q in other if is_same_sense(p, q)}
    if not acts:
        return False
    left, right = (
        {
            d
            for c in f.line.clauses
            if c.predicate == "first" or any(is_same_sense(c.predicate, p) for p in acts)
            for d in c.doers
        }
        for f in (a, b)
    )
    return bool(left and right) and not left & right


_UNTRUE = frozenset(
    key_of(w) or w
    for w in "false untrue lie tale fabrication baseless unfounded groundless nonsense invention hoax "
    "fiction fantasy".split()
)
_TELLINGS = frozenset(
    key_of(w) or w
    for w in "account claim report story allegation accusation version rumour rumor suggestion".split()
)


def is_called_untrue(no: Frame, yes: Frame, score: int) -> bool:
    """Whether one line says of an account that it is false, and the other gives that account."""
    if score < BARE or not (is_told(no.line) and is_told(yes.line)):
        return False
    calling = [
        c
        for c in no.line.clauses
        if c.main and not c.negative and c.predicate in _UNTRUE and set(c.doers) & _TELLINGS
    ]
    if not calling:
        return False
    outlet = {key_of(w) for w in words_of(yes.outlet or "")}
    told = {k for k, _ in yes.line.keys} | side_of(yes.line)
    for clause in calling:
        about = _about(clause, _TELLINGS | _UNTRUE)
        shared = about & (told | outlet)
        if shared & told and len(shared) >= 2 and 2 * len(shared) >= len(about):
            return True
    return False


# --------------------------------------------------------------------------- doubts


def doubt_of(no: Frame, x: Clause, yes: Frame, y: Clause) -> str | None:
    """Why a denial and what it seems to deny may both be true; None if nothing says so."""
    unshown = "the same occasion is not shown"
    if not (is_told(no.line) and is_told(yes.line) and x.told == "done" and y.told == "done"):
        return "what is to come, a view or an appeal is no account of what was done"
    never = bool(_ALWAYS.search(words_at(no.line, x))) and not x.days
    since = bool(_SINCE.search(words_at(no.line, x))) and _is_within(no, x, y)
    if is_other_day(no, yes, x, y) and not (never or since):
        return unshown
    if _PARTLY.search(words_at(no.line, x)) or _PARTLY.search(words_at(yes.line, y)):
        return "one of them speaks of a moment or a part"
    if yes.line.holder is None and _REPORTED.search(yes.line.text):
        return "what is told there is told as the word of others"
    one_day = since or bool(x.days and y.days and not is_other_day(no, yes, x, y))
    if not (one_day or never) and _is_apart(no, x, yes, y):
        return unshown
    if x.predicate in GROWING and no.line.act != "deny" and not one_day and _is_count(no, x, y):
        return "what is counted may have grown after it was said"
    if x.places and y.places and not set(x.places) & set(y.places):
        return "another place is named"
    if _is_later(no, x, yes, y):
        return "it may have happened after the denial"
    return None


_NONE = re.compile(r"\b(no|nobody|none|not (?:a|one)|neither)\b", re.IGNORECASE)


def _is_count(no: Frame, x: Clause, y: Clause) -> bool:
    """Whether the denial is of anybody, or a number is told: what is found bit by bit."""
    return bool(y.figures) or bool(_NONE.search(words_at(no.line, x)))


def _is_within(no: Frame, x: Clause, y: Clause) -> bool:
    """Whether a clause names a day between the one since which the other is denied and the denial."""
    if not x.days or not y.days or not no.published:
        return False
    return min(x.days)[0] <= min(y.days)[0] and max(y.days)[0][:10] <= no.published[:10]


def _is_apart(no: Frame, x: Clause, yes: Frame, y: Clause) -> bool:
    """Whether one of them speaks of a time that its report's news is not of, and the other does not."""
    left = {m.casefold() for m in _BEFORE.findall(no.line.text)}
    right = {m.casefold() for m in _BEFORE.findall(yes.line.text)}
    return bool(left ^ right) and not (no.line.act == "deny" and not left)


_PERFECT = re.compile(r"\b(?:has|have|'ve|’ve|hasn['’]t|haven['’]t)\b", re.IGNORECASE)


def _is_later(no: Frame, x: Clause, yes: Frame, y: Clause) -> bool:
    """Whether it may have happened after it was denied: a later report names a day after the denial, or
    no day while the denial is of all the time up to then ("has not") or long ago."""
    before, after = (no.published or "")[:10], (yes.published or "")[:10]
    if not before or before >= after:
        return False
    if y.days:
        return max(y.days)[1] > before
    if _PERFECT.search(words_at(no.line, x)):
        return True
    return date.fromisoformat(after) - date.fromisoformat(before) > SOON


SOON = timedelta(days=3)
"""How long after a denial of what was done ("did not", "was not") a report still tells of the same."""


GROWING = frozenset({"kill", "injure", "arrest", "find", "confirm", "missing", "damage", "rescue"})
"""Predicates of what is counted while it goes on: "nobody was hurt" is true until somebody is found."""
