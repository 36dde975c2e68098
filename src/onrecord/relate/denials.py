"""What a line denies and what it tells as so, act by act. Nothing here compares two lines.

A denial denies an act: its predicate, who does it, what it is said of. Whether another line tells that act:
denied_acts.py; why both may yet be true: doubts.py.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from msgspec import structs

from onrecord.records import Clause, Line
from onrecord.relate.clause_pairs import EMPTY, WHEN
from onrecord.relate.frames import Frame
from onrecord.relate.keys import key_of, name_keys, words_of
from onrecord.relate.senses import idiom_table, is_of_kind, named_senses, sense_table
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


VAGUE = frozenset(
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


HEDGED = re.compile(
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


REPORTED = re.compile(
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


_ASKED_NEXT = re.compile(r"\s+(?:\w+\s+)?(?:why|how|whether|what|when|where|who)\b")


_UNLIKE = re.compile(r"\b(?:unlike|in contrast to|as opposed to)\b", re.IGNORECASE)
"""Words by which a denial of one names others of whom it is so."""


_DISPUTED = re.compile(
    r"\b(imply\w*|implie[sd]|suggest\w*|distort\w*|mislead\w*|false\w*|alleg\w*|claim(?:s|ed|ing)|accus\w*|"
    r"den(?:y|ies|ied|ying)|disput\w*|reject\w*|wrong\w*)\b",
    re.IGNORECASE,
)
"""Words that, in front of a denial, give it as another's and mostly not as true."""


ALWAYS = re.compile(r"\b(?:never|ever|at any time|at no time)\b", re.IGNORECASE)


FIRST_PERSON = re.compile(r"\b(I|[Ww]e|us|me|[Mm]y|[Oo]ur|ourselves|myself)\b")


_THERE = re.compile(
    r"\bthere\s+(?:\w+\s+)?(?:was|were|is|are|has|have|had|never|'s)\b", re.IGNORECASE
)


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


def is_own(line: Line, clause: Clause) -> bool:
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


def said_of(clause: Clause, act: frozenset[str]) -> frozenset[str]:
    found = {*clause.doers, *clause.others} - VAGUE - WHEN - act
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
        if not is_own(line, clause) or clause.told in ("if", "may", "must"):
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
        if not (acts or none or is_answer(line, clause)) or (acts <= VAGUE and not none):
            continue
        if acts & MENTAL and not (none and clause.predicate in OCCURRING):
            continue
        before = line.text[: max(0, clause.start - min(c.start for c in line.clauses))]
        if not word and _DISPUTED.search(before) and line.act != "deny":
            continue
        named = frozenset(k for act in acts for k in named_senses(act)) | idiom_words(clause)
        there = bool(_THERE.search(words_at(line, clause)))
        yield Denial(clause, said_of(clause, named), there, word, none)


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
            about = said_of(clause, frozenset(k for a in acts_of(clause) for k in named_senses(a)))
            denied = structs.replace(clause, negative=True, main=True, doers=(), doer_ids=())
            yield Denial(denied, about - wrong - right, False, slot=wrong, instead=right - wrong)
            return


def _keys_in(line: Line, words: str) -> frozenset[str]:
    """The keys of a line that some of its words stand for."""
    held = {fold_loose(word): key for key, word in line.keys}
    found = (held.get(w.removesuffix("'s"), key_of(w)) for w in words_of(words))
    return frozenset(found) & {k for k, _ in line.keys}


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
        return frozenset(found) - VAGUE
    return frozenset(found) - VAGUE if found else None


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
    return bool(_ASKING.match(line.text)) or any(
        _ASKED_NEXT.match(line.text, verb.end())
        for verb in re.finditer(rf"\b{re.escape(clause.word)}(?=\s)", line.text)
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
    named = {
        act for words, act in idiom_table().get(clause.predicate, ()) if words <= {*clause.others}
    }
    if named:
        return frozenset(named)
    return own | (frozenset(clause.others) & _ACTS) if clause.predicate in _LIGHT else own


def idiom_words(clause: Clause) -> frozenset[str]:
    """The words of a clause that are a part of its idiom: the foot of "set foot"."""
    rows = idiom_table().get(clause.predicate, ())
    return frozenset(k for words, _ in rows if words <= {*clause.others} for k in words)


PERCEIVED = frozenset("hear see wit film record feel detect observ notic".split())
"""Keys of predicates whose object was there: "gunfire was heard"."""


_HEARD = re.compile(
    r"\bcould (?:\w+ )?(?:be (?:\w+ )?(?:heard|seen|felt)|hear|see|feel)\b", re.IGNORECASE
)


GIVEN = frozenset({"give", "hand", "transfer", "deposit", "wire"})


def told_acts(clause: Clause) -> frozenset[str]:
    """The keys that name what a clause tells was done: of what was heard or seen too, and of money that
    was handed over the payment."""
    acts = acts_of(clause)
    if clause.predicate in PERCEIVED:
        return acts | (frozenset(clause.others) & named_acts())
    if clause.predicate in GIVEN and any(is_of_kind(k, _MONEY) for k in clause.others):
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
    before = speaker_of(line)
    held = {k for k, _ in line.keys} | set(line.hinge)
    if len(line.saying) <= SIDE:
        held |= {key_of(w) for w in line.saying}
    low = min((c.start for c in line.clauses), default=0)
    return Clause(
        predicate=act,
        word=line.cue[0],
        doers=tuple(sorted(before - WHEN - VAGUE - {""})),
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
            clause.told == "done" and not line.negative and not HEDGED.search(line.text)
        ):
            yield clause


def doers_of(line: Line, clause: Clause) -> frozenset[str]:
    """Who does it, as keys; of "we" and "I" the speaker and what is said of him beside his words."""
    found = set(clause.doers) - VAGUE - WHEN
    if not found and line.holder is not None and FIRST_PERSON.search(line.text):
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


def is_answer(line: Line, clause: Clause) -> bool:
    """Whether a clause is denied by its cue alone: "denied that he had met her"."""
    return (
        line.act == "deny"
        and line.holder is not None
        and not _NEGATOR.search(words_at(line, clause))
    )


@dataclass(frozen=True, slots=True)
class Near:
    """What two lines have in common with the lines around one another: its weight in hundredths of a nat,
    and the keys around the line that tells."""

    weight: int
    around: frozenset[str]


NOWHERE = Near(0, frozenset())


def named_in(line: Line) -> set[str]:
    """The keys of what a line names with a capital letter behind its first word."""
    first = line.text.lstrip(" \"“‘'")[:12]
    return {key for key, word in line.keys if word[:1].isupper() and not first.startswith(word)}


@functools.cache
def named_acts() -> frozenset[str]:
    """The keys of nouns and verbs that name an act."""
    return _ACTS | frozenset(sense_table("senses")) | frozenset(sense_table("shows"))


NAMED = 500
"""What two lines must have in common with the lines around one another, in hundredths of a nat, to be of one
occasion, if whom or what it is of is named."""


BARE = 240
"""Score that two lines need if the denial names nothing but the act: "nobody was hurt"."""


def speaker_of(line: Line) -> set[str]:
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


NONE = re.compile(r"\b(no|nobody|none|not (?:a|one)|neither)\b", re.IGNORECASE)


def is_apart(no: Frame, x: Clause, yes: Frame, y: Clause) -> bool:
    """Whether one of them speaks of a time that its report's news is not of, and the other does not."""
    left = {m.casefold() for m in _BEFORE.findall(no.line.text)}
    right = {m.casefold() for m in _BEFORE.findall(yes.line.text)}
    return bool(left ^ right) and not (no.line.act == "deny" and not left)


GROWING = frozenset({"kill", "injure", "arrest", "find", "confirm", "missing", "damage", "rescue"})
"""Predicates of what is counted while it goes on: "nobody was hurt" is true until somebody is found."""
