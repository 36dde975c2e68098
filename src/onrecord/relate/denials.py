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
from onrecord.text.folding import fold_loose


@dataclass(frozen=True, slots=True)
class Denial:
    """A clause that is denied: the keys that name the act and those it is said of. `bare`: there was none
    of it ("there was no order"), so that a line denies it by naming it. `word`: an outlet tells that somebody
    denies it. `none`: the keys of what there was none of ("not one soldier"), without any where it is said
    of everybody or everything ("nobody"); None where one case is denied. `slot`: the keys of the filler
    that is denied, where the act itself is told of another, `instead` ("a tank and not the boiler")."""

    clause: Clause
    about: frozenset[str]
    bare: bool
    word: bool = False
    none: frozenset[str] | None = None
    slot: frozenset[str] = frozenset()
    instead: frozenset[str] = frozenset()


MENTAL = frozenset(
    "know rememb recal think believ want expect wish like love understand see hear comment specifi "
    "identifi mention elabor need matter mean seem appear care mind hope fear satisfi surpris chang "
    "clear sure certain true happen possibl easi enough interest plan afford bother hesit reach".split()
)
"""Predicates of minds and of measure: that somebody did not know a thing is his own and denies nobody's
telling of an act; what "was not easy" or "did not change" is a matter of view."""

_VAGUE = frozenset(
    "singl ever never any all flat whatsoev anyth anyon anybodi noth nobodi none neither kind sort bodi "
    "someon such either at els too just also one whole part other percent minut moment beforehand".split()
)
"""Keys of words that make a denial stronger or wider and name nothing."""

_NEGATOR = re.compile(
    r"\b(no|not|never|nobody|nothing|none|neither|nor|cannot|without|hardly|barely)\b|n ?['’] ?t\b",
    re.IGNORECASE,
)

_LITOTES = re.compile(
    r"\bno(?:t|thing|body| one)?\s+(?:(?:a|an|any|one)\s+)?(?:\w+\s+)?(?:more|less|fewer|better|worse|"
    r"greater|bigger|longer|doubt|wonder|surprise|secret|match|other|different|but)\b"
    r"|\b(?:nobody|nothing|no one|none|not|never|no)\b[^.;]{0,60}\b(?:but|except|other than|than|until|unless|"
    r"without|enough|too|this way|that way|like (?:this|that|it|him|her|them))\b",
    re.IGNORECASE,
)
"""What looks like a denial and is a comparison, an exception or an emphasis: "no better friend"."""

_NO_SIGN = re.compile(
    r"\bno (?:\w+ )?(?:signs?|evidence|indications?|hints?|proof|traces?|reports?|reason|need|idea|sense|"
    r"chance|way|time|right|choice|question|matter|point|use|comment|details?)\b",
    re.IGNORECASE,
)
"""What is not seen, known or needed: no denial of an act."""

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
    r"\b(?:prior|previous(?:ly)?|(?:last|previous|next|earlier (?:this|in)|following) (?:\w+day|week|month|year|decade|spring|"
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


@functools.cache
def _members(name: str) -> Mapping[str, frozenset[str]]:
    """Group of one table of frames.toml -> the keys in it."""
    found: dict[str, set[str]] = {}
    for key, groups in _table(name).items():
        for group in groups:
            found.setdefault(group, set()).add(key)
    return {group: frozenset(keys) for group, keys in found.items()}


@functools.cache
def _shown() -> Mapping[str, frozenset[str]]:
    """Key of an act -> the keys of those that show it: nobody was hurt, and somebody died."""
    return {key_of(act) or act: keys for act, keys in _members("shows").items()}


@functools.cache
def named_senses(denied: str) -> frozenset[str]:
    """The keys by which a line may tell an act that is denied."""
    groups = _members("senses")
    mine = _table("senses").get(denied, ())
    # What is in two groups has two senses, and shows of the one are none of the other.
    acts = (denied, *(key_of(group) or group for group in mine[:1] if len(mine) == 1))
    same = [groups[group] for group in mine]
    return frozenset({denied}).union(*same, *(_shown().get(act, frozenset()) for act in acts))


@functools.cache
def _idioms() -> Mapping[str, tuple[tuple[frozenset[str], str], ...]]:
    """Key of a verb -> the words that make an idiom with it, and the act the two name together."""
    data = tomllib.loads(files("onrecord.relate").joinpath("frames.toml").read_text("utf-8"))
    found: dict[str, list[tuple[frozenset[str], str]]] = {}
    for act, phrases in data["idioms"].items():
        for phrase in phrases:
            verb, *rest = (key_of(w) or w for w in phrase.split())
            found.setdefault(verb, []).append((frozenset(rest), key_of(act) or act))
    return {verb: tuple(rows) for verb, rows in found.items()}


@functools.cache
def _kinds() -> Mapping[str, frozenset[str]]:
    """Key of a thing -> the keys of the kinds it is of: a dog is an animal."""
    found: dict[str, set[str]] = {}
    data = tomllib.loads(files("onrecord.relate").joinpath("frames.toml").read_text("utf-8"))
    for kind, members in data["kinds"].items():
        for word in members:
            found.setdefault(key_of(word) or word, set()).add(key_of(kind) or kind)
    return {key: frozenset(kinds) for key, kinds in found.items()}


def is_of_kind(key: str, kinds: frozenset[str]) -> bool:
    """Whether a thing is one of some kinds of things, or both are of one."""
    return key in kinds or bool(_kinds().get(key, frozenset()) & kinds)


@functools.lru_cache(maxsize=50_000)
def is_opposite(one: str, other: str) -> bool:
    """Whether two keys of predicates exclude each other of one thing at one time."""
    left = {(f, s) for f, _, s in (g.partition("/") for g in _table("opposites").get(one, ()))}
    right = {(f, s) for f, _, s in (g.partition("/") for g in _table("opposites").get(other, ()))}
    return any(f == g and s != t for f, s in left for g, t in right)


# --------------------------------------------------------------------------- what is denied, what is told


def is_told(line: Line) -> bool:
    """Whether a line tells what is or was so: no plan, condition, view to come, demand or offer."""
    if line.condition:
        return False
    heard = (line.modality == "possible" or line.status == "conditional") and _HEARD.search(
        line.text
    )
    return (
        (bool(heard) or line.modality == "asserted")
        and (bool(heard) or line.status in ("asserted", "happened", "denied", "ongoing"))
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
    low = clause.start - min((c.start for c in line.clauses), default=clause.start)
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
    if not _may_deny(line):
        return
    if _LITOTES.search(line.text) or _UNLIKE.search(line.text) or _NO_SIGN.search(line.text):
        return
    if corrected := tuple(_corrected(line)):
        yield from corrected
        return
    rows = [(c, False) for c in (*line.clauses, *_left_undone(line), *_object(line))]
    rows = [row for row in (*rows, *((c, True) for c in _said_denied(line))) if row[0].negative]
    for clause, word in rows:
        if not _own(line, clause) or clause.told in ("if", "may", "must"):
            continue
        if _asks(line, clause):
            continue
        if clause.predicate == "fire" and _FIRED_ONE.search(words_at(line, clause)):
            clause = structs.replace(clause, predicate="dismiss")
        elif _TOOK_BACK.search(words_at(line, clause)):
            others = tuple(k for k in (*clause.others, clause.predicate) if k != "support")
            clause = structs.replace(clause, predicate="withdraw", others=others)
        acts = acts_of(clause)
        none = None if word else _none_of(line, clause)
        if not (acts or none or is_answer(line, clause)) or (acts <= _VAGUE and not none):
            continue
        if acts & MENTAL and not (none and clause.predicate in OCCURRING):
            continue
        before = line.text[: max(0, clause.start - min(c.start for c in line.clauses))]
        if not word and _DISPUTED.search(before) and line.act != "deny":
            continue
        named = frozenset(k for act in acts for k in named_senses(act)) | _idiom_words(clause)
        there = bool(_THERE.search(words_at(line, clause)))
        yield Denial(clause, _about(clause, named), there, word, none)


_NOT_THAT_ONE = re.compile(
    r"\bit (?:was|had been|is) (?P<is>[^,;.]{2,60}?),? (?:and )?not (?P<not>[^,;.]{2,40}?),? (?:that|who|which)\b"
    r"|(?P<told>[^,;.]{2,60}), (?:and )?not (?P<nor>[^,;.]{2,50}),",
    re.IGNORECASE,
)
"""Words by which one filler of an act is corrected: "it was a tank and not the boiler that blew up"."""


def _corrected(line: Line) -> Iterator[Denial]:
    """The act that a line tells of one and denies of another."""
    at = _NOT_THAT_ONE.search(line.text) if " not " in line.text else None
    if at is None or len(_NEGATOR.findall(line.text)) > 1:
        return
    base = min(c.start for c in line.clauses)
    wrong, right = (_keys_in(line, at[n] or at[m]) for n, m in (("not", "nor"), ("is", "told")))
    wrong -= right
    if not wrong or wrong & WHEN:
        return
    cleft = at["not"] is not None
    for clause in line.clauses:
        low = clause.start - base
        if cleft and (clause.main or not at.end("not") - 1 <= low + len("that ") + 40):
            continue
        if clause.told not in ("done", "present") or not acts_of(clause) - {clause.word}:
            continue
        if cleft or (clause.main and low <= at.start("nor")):
            about = _about(clause, frozenset(k for a in acts_of(clause) for k in named_senses(a)))
            denied = structs.replace(clause, negative=True, main=True, doers=(), doer_ids=())
            yield Denial(denied, about - wrong - right, False, slot=wrong, instead=right - wrong)
            return


def _keys_in(line: Line, words: str) -> frozenset[str]:
    """The keys of a line that some of its words stand for."""
    held = {fold_loose(word): key for key, word in line.keys}
    found = (held.get(w.removesuffix("'s"), key_of(w)) for w in words_of(words))
    return frozenset(found) & {k for k, _ in line.keys}


def _is_corrected(denial: Denial, yes: Frame, y: Clause, score: int, near: Near) -> bool:
    """Whether a clause tells an act of the very one of whom it is denied, and not of the other."""
    told = {*y.doers, *y.others}
    if not denial.slot <= told or denial.instead & told:
        return False
    if not any(q in named_senses(p) for p in acts_of(denial.clause) for q in told_acts(y)):
        return False
    return bool(denial.about & told) or score >= EVEN or near.weight >= NAMED


EVEN = 200
"""Score that two lines need if one corrects whom an act is told of."""


def _may_deny(line: Line) -> bool:
    """Whether anything in a line could deny: seven of ten lines hold nothing of the kind."""
    return (
        line.act == "deny"
        or " not " in line.text
        or any(
            c.negative or c.predicate in REFUSING or c.predicate in DENYING for c in line.clauses
        )
        or "without " in line.text
    )


OCCURRING = frozenset(
    "reach arriv arrive come happen occur exist receiv receive leav issu make give send get sent go record "
    "fall place chang take".split()
)
"""Keys of predicates that only say that there was a thing: "no letter reached us", "no shell fell"."""

_NONE_AT = re.compile(
    r"\b(?:(?P<all>nobody|no[ -]one|nothing)\b|none of (?P<of_all>\w+(?:\s+\w+)?)|(?:no|(?<!is )(?<!was )(?<!are )(?<!were )(?<!been )not (?:a|an)|not (?:one|any|even an?|even one)|"
    r"(?:n['’]t|never|without)\s+(?:\w+\s+)?(?:a|an|any|one))\s+(?:(?:single|such|more|other)\s+)*"
    r"(?P<of>[\w’'-]+(?:\s+[\w’'-]+){0,2}))",
    re.IGNORECASE,
)
_FIRED_ONE = re.compile(r"\bfir(?:e|ed|ing)\s+(?:him|her|them|me|us|it)\b", re.IGNORECASE)
_TOOK_BACK = re.compile(r"\bt(?:ake|akes|aken|ook|aking)\s+(?:\w+\s+){0,2}back\b", re.IGNORECASE)
_NEVER_ANY = re.compile(r"\b(?:any(?:body|one|thing)?|ever|never)\b", re.IGNORECASE)


def _none_of(line: Line, clause: Clause) -> frozenset[str] | None:
    """Of what a clause says there was none: the keys of its noun; None if it denies one case only."""
    at = _NONE_AT.search(words_at(line, clause, WITHOUT))
    if at is None:
        return None
    if at["all"]:
        return frozenset()
    held = {clause.predicate, *clause.doers, *clause.others}
    keys = {fold_loose(word).removesuffix("'s"): key for key, word in line.keys}
    found: list[str] = []
    for word in words_of(at["of"] or at["of_all"]):
        plain = fold_loose(word).removesuffix("'s")
        key = keys.get(plain, key_of(plain))
        if at["of_all"] and not key:
            continue
        if key not in held or (found and key == clause.predicate):
            break
        found.append(key)
    if at["of_all"]:
        return frozenset(found) - _VAGUE
    return frozenset(found) - _VAGUE if found else None


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


_DENIED_THAT = re.compile(
    r"\b(?:den\w+|disput\w+|rebut\w*|refut\w+|repudiat\w+)\s+(?:(?:on|in|at)\s+\w+\s+)?(?:that|ever|having|being)\b",
    re.IGNORECASE,
)


def _said_denied(line: Line) -> Iterator[Clause]:
    """What an outlet's own sentence says that somebody denies: "disputes having paid"."""
    main = next((c for c in line.clauses if c.main), None)
    if main is None or main.predicate not in DENYING or main.negative:
        return
    inside = next((c for c in line.clauses if c.start > main.start and not c.main), None)
    if inside is None or not _DENIED_THAT.search(line.text[: inside.end - line.clauses[0].start]):
        # "Was denied access to a group being held" denies no holding.
        return
    if inside.told == "done" and not inside.negative:
        yield structs.replace(
            inside,
            negative=True,
            main=True,
            doers=inside.doers or main.doers,
            doer_ids=inside.doer_ids or main.doer_ids,
        )


_LIGHT = (EMPTY - {"be"}) | frozenset(
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
    named = {act for words, act in _idioms().get(clause.predicate, ()) if words <= {*clause.others}}
    if named:
        return frozenset(named)
    return own | (frozenset(clause.others) & _ACTS) if clause.predicate in _LIGHT else own


def _idiom_words(clause: Clause) -> frozenset[str]:
    """The words of a clause that are a part of its idiom: the foot of "set foot"."""
    rows = _idioms().get(clause.predicate, ())
    return frozenset(k for words, _ in rows if words <= {*clause.others} for k in words)


PERCEIVED = frozenset("hear see wit film record feel detect observ notic".split())
"""Keys of predicates whose object was there: "gunfire was heard"."""

_HEARD = re.compile(
    r"\bcould (?:\w+ )?(?:be (?:\w+ )?(?:heard|seen|felt)|hear|see|feel)\b", re.IGNORECASE
)
_GIVEN = frozenset({"give", "hand", "transfer", "deposit", "wire"})


def told_acts(clause: Clause) -> frozenset[str]:
    """The keys that name what a clause tells was done: of what was heard or seen too, and of money that
    was handed over the payment."""
    acts = acts_of(clause)
    if clause.predicate in PERCEIVED:
        return acts | (frozenset(clause.others) & _named_acts())
    if clause.predicate in _GIVEN and any(is_of_kind(k, _MONEY) for k in clause.others):
        return acts | {"payment"}
    return acts


_MONEY = frozenset({"cent", "money", "payment"})
_LEFT_OUT = re.compile(r"(?<=[\w,] )\bwithout\b.*", re.IGNORECASE | re.DOTALL)
_OF_DOING = re.compile(r"\bof (?:\w+ly )?\w+ing\b", re.IGNORECASE)
_HELD_FIRE = re.compile(r"\b(?:h[eo]ld(?:s|ing)?|ceas\w+)\s+(?:\w+\s+)?fire\b", re.IGNORECASE)


@functools.lru_cache(maxsize=20_000)
def told_in(frame: Frame) -> tuple[Clause, ...]:
    """The clauses of a line that are told as so."""
    return tuple(_told_in(frame))


UTTERED = frozenset(
    key_of(w) or w
    for w in "warn ask order promise offer apologise propose invite accuse admit "
    "confess thank resign agree".split()
)
"""Keys of acts that are done by saying something, so that the line that gives the words tells the act."""


def _uttered(line: Line) -> Clause | None:
    """The act that a line tells by its verb of saying: "warned the council of the leak"."""
    if line.holder is None or line.negative or line.condition or not line.cue:
        return None
    act = next((k for w in line.cue if (k := key_of(w)) in UTTERED), None)
    if act is None or _NEGATOR.search(" ".join(line.saying)):
        return None
    before = _speaker(line)
    held = {k for k, _ in line.keys} | set(line.hinge)
    if len(line.saying) <= SIDE:
        held |= {key_of(w) for w in line.saying}
    low = min((c.start for c in line.clauses), default=0)
    return Clause(
        predicate=act,
        word=line.cue[0],
        doers=tuple(sorted(before - WHEN - _VAGUE - {""})),
        doer_ids=(line.holder.actor_id,) if line.holder.actor_id else (),
        others=tuple(sorted(held - before - {"", act})),
        other_ids=(),
        main=True,
        negative=False,
        told="done",
        figures=(),
        days=(),
        places=(),
        start=low,
        end=low,
    )


def _told_in(frame: Frame) -> Iterator[Clause]:
    line = frame.line
    if (uttered := _uttered(line)) is not None:
        yield uttered
    accused = line.act in ("accuse", "condemn") and line.holder is not None
    for clause in line.clauses:
        if clause.told == "may" and _HEARD.search(words_at(line, clause)):
            clause = structs.replace(clause, told="done")
        if clause.negative or clause.told in ("if", "may", "must"):
            continue
        said = words_at(line, clause, WITHOUT)
        if "fire" in said and _HELD_FIRE.search(said):
            continue
        if _NEGATOR.search(said) and _NEGATOR.search(_LEFT_OUT.sub("", said)):
            continue
        if accused and clause.told == "bare" and not clause.main and _OF_DOING.search(line.text):
            # "Accused the clerk of taking money": the accuser tells it as done.
            accused = False
            yield structs.replace(clause, told="done")
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
    beside = line.saying if len(line.saying) <= SIDE else ()
    around = {key_of(w) for w in (*words_of(line.holder.name), *beside)}
    return frozenset((named | around) - {""} - EMPTY)


SIDE = 20
"""Words around what is said up to which they tell of the speaker; more of them are another sentence."""

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


_OURS = re.compile(r"\b(?:our|my)\b", re.IGNORECASE)
_SIDES = frozenset(
    key_of(w) or w
    for w in "soldier troop guard man woman people worker member police officer side party pilot player driver "
    "engineer staff team company firm".split()
)
"""Keys of those whom each side has."""


def _fits(no: Frame, x: Clause, yes: Frame, y: Clause) -> bool:
    """Whether those who are said not to have done it may be those who are said to have."""
    if set(x.doer_ids) & set(y.doer_ids):
        return True
    left, right = _doers(no.line, x), _doers(yes.line, y)
    if _OURS.search(words_at(no.line, x)) and (left or right):
        # "Our soldiers did not fire": those of the speaker, not any soldiers.
        told = right | {k for k, _ in yes.line.keys}
        return bool(side_of(no.line) & (told - left) or (left - _SIDES) & right)
    if not left or not right:
        return True
    # Who is said not to have received a letter is the one to whom another sent it; of "had been on the
    # table and was never withdrawn" the parse takes for the doer what it was done to.
    turned = not is_same_sense(x.predicate, y.predicate) or _is_passive(no.line, x)
    return bool(left & (right | set(y.others) if turned else right))


def _is_passive(line: Line, clause: Clause) -> bool:
    """Whether a clause tells what was done to its subject."""
    return bool(
        re.search(rf"\b(?:was|were|been|being)\s+(?:\w+\s+)?{re.escape(clause.word)}\b", line.text)
    )


def is_answer(line: Line, clause: Clause) -> bool:
    """Whether a clause is denied by its cue alone: "denied that he had met her"."""
    return (
        line.act == "deny"
        and line.holder is not None
        and not _NEGATOR.search(words_at(line, clause))
    )


def _is_of_another(no: Frame, denial: Denial, yes: Frame, y: Clause) -> bool:
    """Whether each of the two names what the other does not: the letter to the bank was not signed, the
    one to the council was."""
    x, none = denial.clause, denial.none or frozenset()
    acts = {k for c in (x, y) for act in acts_of(c) for k in named_senses(act)} | _idiom_words(y)
    said = {k for k, _ in no.line.keys} | set(no.line.hinge) | side_of(no.line)
    told = {k for k, _ in yes.line.keys} | set(yes.line.hinge) | side_of(yes.line)
    left = {k for k in denial.about - told - acts if k not in none or not _is_met(k, y)}
    if not left:
        return False
    held = _about(y, frozenset(acts)) - said - (frozenset() if left & _ORGANS else _ORGANS)
    return bool({k for k in held if not is_of_kind(k, none)})


def _is_met(key: str, y: Clause) -> bool:
    """Whether a clause tells something of a kind, or an act that the key names."""
    kind = frozenset({key})
    return any(is_of_kind(k, kind) for k in (*y.doers, *y.others, *told_acts(y))) or any(
        q in named_senses(key) for q in told_acts(y)
    )


@dataclass(frozen=True, slots=True)
class Near:
    """What two lines have in common with the lines around one another: its weight in hundredths of a nat,
    and the keys around the line that tells."""

    weight: int
    around: frozenset[str]


NOWHERE = Near(0, frozenset())


def is_denied(
    no: Frame, denial: Denial, yes: Frame, y: Clause, score: int, near: Near = NOWHERE
) -> bool:
    """Whether a clause tells the act that is denied. `score`: what the two lines have in common, per
    mille; `near`: what each has in common with the lines around the other."""
    x = denial.clause
    if denial.slot:
        return _is_corrected(denial, yes, y, score, near)
    if _is_of_another(no, denial, yes, y):
        return False
    acts = told_acts(y)
    same = any(q in named_senses(p) for p in acts_of(x) for q in acts)
    if not same and denial.bare and x.predicate in _named_acts():
        same = x.predicate in y.others and y.predicate not in MENTAL | SEEKING
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
    if not same or not _fits(no, x, yes, y) or _is_turned(no, x, yes, y):
        return False
    if _is_reversed(x, y):
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
    if (denial.about & _named_in(no.line)) - told - near.around and near is not NOWHERE:
        return False
    close = shared & {*y.doers, *y.others, *(() if y.doers else own)}
    if not close and not (len(shared) >= 2 and len(shared) == len(denial.about)):
        return False
    if x.predicate == y.predicate and _ALWAYS.search(words_at(no.line, x)) and score >= BARE:
        return True
    beside = near.weight >= BESIDE and is_same_sense(x.predicate, y.predicate)
    return len(shared) >= 2 or score >= NEAR or (beside and score >= EVEN)


TURNED = frozenset(key_of(w) or w for w in "receive know buy borrow hear learn get inherit".split())
"""Keys of predicates whose doer is the one whom another's act is done to: received, and was sent."""


def _is_turned(no: Frame, x: Clause, yes: Frame, y: Clause) -> bool:
    """Whether an act that is denied of the one it is done to is told, in the other's terms, of somebody
    else: nobody received him, and he was sent a letter."""
    if x.predicate not in TURNED or is_same_sense(x.predicate, y.predicate):
        return False
    given = y.predicate in DIRECTED or y.predicate in _GIVEN
    return not _doers(no.line, x) & ({*y.others} if given else {*y.others, *y.doers})


DIRECTED = frozenset(
    key_of(w) or w
    for w in "pay give send sell tell inform warn write promise offer threaten accuse attack hit shoot kill beat "
    "injure arrest order ask invite help bribe sue fire push kick stab poison deceive phone call contact steal".split()
)
"""Keys of acts of one upon another: who did them is not whom they were done to."""


def _is_reversed(x: Clause, y: Clause) -> bool:
    """Whether he to whom an act is said not to have been done is told to have done it."""
    if not {x.predicate, y.predicate} & DIRECTED or x.predicate in TURNED:
        return False
    return bool(((set(x.others) - {*x.doers}) & set(y.doers)) - _VAGUE - WHEN)


def _named_in(line: Line) -> set[str]:
    """The keys of what a line names with a capital letter behind its first word."""
    first = line.text.lstrip(" \"“‘'")[:12]
    return {key for key, word in line.keys if word[:1].isupper() and not first.startswith(word)}


@functools.cache
def _named_acts() -> frozenset[str]:
    """The keys of nouns and verbs that name an act."""
    return _ACTS | frozenset(_table("senses")) | frozenset(_table("shows"))


SEEKING = frozenset(
    key_of(w) or w
    for w in "ask seek want demand plan hope talk propose fear expect await urge call negotiate push "
    "prepare consider discuss oppose reject refuse cancel lack need threaten warn deny".split()
)
"""Keys of predicates whose object need not have come about."""

_ORGANS = frozenset(
    key_of(w) or w
    for w in "company office ministry police council government city club bank hospital court union "
    "agency department authority army board team school party".split()
)
"""Keys of what stands for those who speak for it: "warned the company", "nobody warned us"."""


_PEOPLE = frozenset(
    key_of(w) or w
    for w in "suspect man woman people person child passenger patient victim member worker".split()
)


OUTLETS = 700
"""What two lines must have in common with the lines around one another to be of one matter, if they share few
words and neither denies anything."""

HARDLY = 100
"""Score that two lines need even then, if something is named."""

NAMED = 500
"""The same, if the denial names whom or what it is of."""

BESIDE = 900
"""What two lines must have in common with the lines around one another, in hundredths of a nat, to be of
one occasion, if their own words do not show it."""


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
    clauses = unsaying(no)
    if not clauses:
        return False
    speaker = _speaker(other)
    for clause in clauses:
        denier = {key_of(w) for w in words_of(line.holder.name)} - {""}
        denied = set(clause.doers) or (denier if _FIRST_PERSON.search(line.text) else set())
        own = clause.predicate in (other.act, *(key_of(w) for w in other.cue))
        # "His federation never threatened to": for those of one's own side too, for no other.
        cued, acts = own, {c.predicate for c in other.clauses}
        own = own and bool(_OWN.search(words_at(line, clause)))
        if not denied & speaker or not (own or denied & speaker & denier):
            continue
        small = _VAGUE | WHEN | SAYING | denied | speaker
        called = {k for k in clause.others if k in SAYING} - {clause.predicate}
        told = {k for k, _ in other.keys} | {other.act, *other.hinge}
        for words in (clause.others, [k for k, _ in line.keys]):
            matter = {k for k in (set(words) - small) | called if not k.startswith("#")}
            met = matter & told
            # One word in common may be of any matter, unless it names what the other does.
            sure = len(met) >= 2 or cued or bool(met & acts)
            if len(met) * 100 >= MOST * len(matter) and met and sure:
                return True
    return False


_OWN = re.compile(r"\b(?:his|her|its|their|our|my)\b", re.IGNORECASE)


@functools.lru_cache(maxsize=20_000)
def unsaying(frame: Frame) -> tuple[Clause, ...]:
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


def _speaker(line: Line) -> set[str]:
    """Who says a line, as keys: the name, and the words in front of the verb of saying."""
    name = line.holder.name if line.holder else ""
    before = []
    for word in line.saying:
        if word in line.cue:
            break
        before.append(word)
    else:
        before = []
    return {key_of(w) for w in (*words_of(name), *before)} - {""}


PLEDGES = frozenset({"promise", "bid", "threaten", "agree"})
"""Keys of acts that are done by saying what is to come."""


def is_unpledged(no: Frame, denial: Denial, yes: Frame, y: Clause, score: int, near: Near) -> bool:
    """Whether a line is the very promise, offer or threat that another says nobody made."""
    x, line = denial.clause, yes.line
    if not acts_of(x) & PLEDGES or x.told != "done" or line.holder is None or not y.main:
        return False
    if y.told not in ("would", "ahead") or line.act not in _PLEDGING or line.condition:
        return False
    if x.doers and not set(x.doers) & _speaker(line):
        return False
    if not _PLEDGED.intersection(line.cue) or not _DONE.search(words_at(no.line, x)):
        return False
    none = denial.none or frozenset()
    held = {k for k, _ in line.keys} | _speaker(line)
    about = {k for k in denial.about | none if not k.startswith("#")}
    met = {k for k in about if k in held or (k in none and any(is_of_kind(h, none) for h in held))}
    if len(met) < 2 or len(met) < len(about):
        return False
    return score >= BARE or near.weight >= NAMED


_DONE = re.compile(r"\b(?:did|had|has|have|was|were|no|nobody|never)\b|n['’]t\b", re.IGNORECASE)
_PLEDGED = frozenset(
    "said says say saying told announced promised pledged vowed offered threatened assured guaranteed".split()
)
"""Verbs of saying by which a pledge is told."""

_PLEDGING = frozenset({"assert", "promise", "offer", "threaten"})

_SOME = re.compile(
    r"\b(some|others?|many|most|several|part(?:s|ly)?|half|few|one of|at first|later|then|after|before|until|"
    r"more|less|again|now)\b",
    re.IGNORECASE,
)
"""What makes an act one of a part, or one of a row of acts."""

_ALL = re.compile(r"\b(all|every|each|both|none|throughout|whole|entire)\b", re.IGNORECASE)


def families_of(clause: Clause) -> frozenset[tuple[str, str]]:
    """The families of opposites that a clause's predicate belongs to, each with its side."""
    acts = acts_of(clause) or {clause.predicate}
    if clause.word.casefold().startswith("defeat"):
        # Who defeated another won; who was defeated lost.
        acts = frozenset({"win" if clause.doers else "lose"})
    rows = (g.partition("/") for act in acts for g in _table("opposites").get(act, ()))
    return frozenset((family, side) for family, _, side in rows)


@functools.lru_cache(maxsize=20_000)
def _sided(frame: Frame) -> tuple[tuple[Clause, frozenset[tuple[str, str]]], ...]:
    """The main clauses of a line that tell flatly what was or is so, with the families of opposites they
    belong to; a line that hedges, denies or gives what others say has none."""
    line = frame.line
    found = [
        (c, sides)
        for c in told_in(frame)
        if c.main and c.told in ("done", "present") and (sides := families_of(c))
    ]
    if not found or line.negative or not is_told(line) or _HEDGED.search(line.text):
        return ()
    return () if line.holder is None and _REPORTED.search(line.text) else tuple(found)


def excluding(a: Frame, b: Frame, score: int, near: Near = NOWHERE) -> tuple[Clause, Clause] | None:
    """Main clauses of two lines whose predicates exclude each other of one thing at one time."""
    for x, left in _sided(a):
        for y, right in _sided(b):
            family = {f for f, s in left for g, u in right if f == g and s != u}
            if not family or (x.told != y.told and not _spans(a, x, b, y)):
                continue
            said = (words_at(a.line, x), words_at(b.line, y))
            whole = any(_ALL.search(w) for w in said)
            if not _is_of_one(x, y, score, near if whole and not _is_elsewhere(*said) else NOWHERE):
                continue
            part = x.figures or y.figures or any(_SOME.search(w) for w in said)
            if part and not whole and x.told == y.told:
                continue
            if _counts(x, y) and _is_elsewhere(*said):
                continue
            if family <= _WHOLE and not whole:
                continue
            if _name_others(a.line, x, b.line, y):
                continue
            if is_other_day(a, b, x, y) or (
                x.places and y.places and not set(x.places) & set(y.places)
            ):
                continue
            if (
                not set(x.days) & set(y.days)
                and (
                    _is_apart(a, x, b, y)
                    or not _is_soon(a, b, bool(family & _LASTING) or (whole and x.told == "done"))
                )
                and x.told == y.told
            ):
                continue
            return x, y
    return None


def _name_others(a: Line, x: Clause, b: Line, y: Clause) -> bool:
    """Whether each of two clauses names somebody or some place that the other's line does not."""
    left = ({*x.doers, *x.others} & _named_in(a)) - WHEN - {k for k, _ in b.keys}
    right = ({*y.doers, *y.others} & _named_in(b)) - WHEN - {k for k, _ in a.keys}
    return bool(left and right)


_AT = re.compile(r"\b(?:in|at|on|of)\s+(?:the\s+)?(\w+)", re.IGNORECASE)


def _is_elsewhere(one: str, other: str) -> bool:
    """Whether two clauses say where, and not the same: lamps on the pier, lamps in the market."""
    left, right = (
        {key_of(w.casefold()) for w in _AT.findall(s)} - WHEN - {""} for s in (one, other)
    )
    return bool(left and right) and not left & right


_WHOLE = frozenset({"service"})
"""Families of opposites of which one is so of some and the other of the rest, unless it is so of all."""


def _counts(x: Clause, y: Clause) -> bool:
    """Whether a number counts what two clauses are of."""
    shared = {*x.doers, *x.others} & {*y.doers, *y.others}
    return any(f.unit in shared or key_of(f.unit) in shared for f in (*x.figures, *y.figures))


def _spans(a: Frame, x: Clause, b: Frame, y: Clause) -> bool:
    """Whether what one tells of days past lasted over the day on which the other says what is so: is
    open, and was closed from Tuesday until Friday."""
    now, days = (a, y.days) if x.told == "present" else (b, x.days)
    today = (now.published or "")[:10]
    return len(days) > 1 and bool(today) and min(days)[0][:10] <= today <= max(days)[1][:10]


_LASTING = frozenset(
    "verdict answer vote whole life truth contest law face sleep drink voices".split()
)
"""Families of opposites of which one does not turn into the other within days."""


def _is_soon(a: Frame, b: Frame, lasting: bool) -> bool:
    """Whether two reports are of one day; of what lasts, of days that follow one another."""
    one, other = (a.published or "")[:10], (b.published or "")[:10]
    if not one or not other:
        return False
    apart = abs(date.fromisoformat(one) - date.fromisoformat(other))
    return apart <= (LASTS if lasting else timedelta())


LASTS = timedelta(days=3)
"""How long what does not turn into its opposite stays so."""


def _is_of_one(x: Clause, y: Clause, score: int, near: Near) -> bool:
    """Whether two clauses are of one thing: who does it or what it is done to is named by both."""
    none: frozenset[str] = frozenset()
    if x.doers and y.doers and not set(x.doers) & set(y.doers):
        # "The road is open", "two cars closed the road": what is one's subject is the other's object.
        crossed = set(x.doers) & set(y.others) or set(y.doers) & set(x.others)
        if not crossed:
            return False
    left, right = _about(x, none), _about(y, none)
    shared = left & right
    if shared and score >= (EXCLUDING if len(shared) == 1 else BARE):
        return True
    # "Every signal worked", "two signals were dark": of the same, for it is so of all of them.
    same = set(x.doers or x.others) & set(y.doers or y.others) - _VAGUE - _PEOPLE
    return bool(same & shared) and near.weight >= NAMED and score >= HARDLY


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
    told = is_told(yes.line) or y.start == y.end
    if not (is_told(no.line) and told and x.told == "done" and y.told == "done"):
        return "what is to come, a view or an appeal is no account of what was done"
    said = words_at(no.line, x)
    never = bool(_ALWAYS.search(said)) and not x.days
    if not x.days and y.days and _PERFECT.search(said) and _NEVER_ANY.search(said):
        # "Has not closed any gate": none of all the time up to then.
        never = _is_before(no, y)
    since = bool(_SINCE.search(words_at(no.line, x))) and _is_within(no, x, y)
    if is_other_day(no, yes, x, y) and not (never or since):
        return unshown
    if _is_before_and_after(no.line.text, yes.line.text):
        return unshown
    if _PARTLY.search(words_at(no.line, x)) or _PARTLY.search(words_at(yes.line, y)):
        return "one of them speaks of a moment or a part"
    if yes.line.holder is None and _REPORTED.search(yes.line.text):
        return "what is told there is told as the word of others"
    one_day = since or bool(x.days and y.days and not is_other_day(no, yes, x, y))
    if not (one_day or never or _names_one_occasion(no, x, yes, y)) and _is_apart(no, x, yes, y):
        return unshown
    if x.predicate in GROWING and no.line.act != "deny" and not one_day and _is_count(no, x, y):
        return "what is counted may have grown after it was said"
    if x.places and y.places and not set(x.places) & set(y.places):
        return "another place is named"
    if _is_later(no, x, yes, y):
        return "it may have happened after the denial"
    return None


def _is_before_and_after(one: str, other: str) -> bool:
    """Whether of two lines one tells what was before something, the other what was after it."""
    left, right = ({w.casefold() for w in _ORDER.findall(s)} for s in (one, other))
    return bool(left and right) and not left & right


_ORDER = re.compile(r"\b(?:before|after)\b", re.IGNORECASE)


def is_past(no: Frame, x: Clause, y: Clause) -> bool:
    """Whether a denial speaks of an act that time cannot have changed: never done, or not done by
    one whom both name."""
    if _ALWAYS.search(words_at(no.line, x)):
        return True
    if _PERFECT.search(words_at(no.line, x)) or not set(x.doer_ids) & set(y.doer_ids):
        return False
    named = {key for key, word in no.line.keys if word[:1].isupper()}
    return bool(named & set(x.doers) & set(y.doers))


def _is_before(no: Frame, y: Clause) -> bool:
    """Whether all the days that a clause names lie before the denial was published."""
    return bool(y.days and no.published) and max(y.days)[1][:10] < (no.published or "")[:10]


def _names_one_occasion(no: Frame, x: Clause, yes: Frame, y: Clause) -> bool:
    """Whether both say when it was by one act upon one name: "when Orvex was tested"."""
    shared = {k for k, _ in no.line.keys} & {k for k, _ in yes.line.keys}
    left, right = (
        {c.predicate for c in f.line.clauses if not c.main and c.start > of.start} - EMPTY
        for f, of in ((no, x), (yes, y))
    )
    shared &= _named_in(no.line) & _named_in(yes.line)
    return bool(shared) and any(shared - named_senses(act) - {act} for act in left & right)


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
