"""What somebody says -> Pledge.

Statements whose act is a threat, promise, offer or demand bind; so does a plain "will" of what the
speaker's own side does. A forecast or a refusal binds nobody.
"""

from __future__ import annotations

import re

from onrecord.records import Citation, ClaimHolder, Clause, Line, Statement
from onrecord.relate.commitments_bound import NO_CHOICE, RULED_OUT, harms, void
from onrecord.relate.commitments_deeds import mentions, stands_alone
from onrecord.relate.commitments_parts import (
    BY,
    BY_WORD,
    NOT,
    Known,
    Pledge,
    asked,
    before_date,
    condition_of,
    dates_in,
    families_in,
    hinge_of,
    pledge_of,
    spans_of,
    subject_of,
)
from onrecord.relate.commitments_sides import SELF, STARTS, THIRD, UNLESS, WHOEVER, own_side
from onrecord.text.folding import fold_loose, words
from onrecord.text.instants import day_of

ACTS = {"threaten": "threat", "promise": "promise", "offer": "offer", "demand": "demand"}
"""Acts of statements that commit somebody or bind somebody else."""

_PRONOUNS = frozenset("it this that there what which".split())


def spoken(line: Line, known: Known) -> Pledge | None:
    """The pledge of a line that is a statement; None if it binds nobody."""
    statement = known.statements.get(line.statement_id or "")
    if statement is None or (line.nested and statement.act not in ACTS):
        return None
    act = _spoken_act(line, statement, known)
    if act is None:
        return None
    said = " ".join(c.quote for c in statement.content)
    forced = NO_CHOICE.search(said) is not None
    ruled_out = RULED_OUT.search(statement.cue.quote) is not None if statement.cue else False
    never = (ruled_out or bool(NOT.search(said))) and not forced
    refused = never and statement.act not in ACTS
    if (
        statement.polarity == "negative"
        and not (never and statement.act == "promise")
        and not (refused or forced)
    ):
        return None
    who = _who(line, statement)
    if who is None or _told_beside(line, statement, known):
        return None
    clause = asked(line)
    if void(line, statement, act, clause, known):
        return None
    return pledge_of(
        line,
        statement,
        act,
        statement.content[0],
        who,
        statement.condition or condition_of(line, known),
        frozenset(line.hinge) or hinge_of(line),
        clause,
        known,
        never=(never and clause is not None and clause.negative)
        or ruled_out
        or bool(_NO_MORE.search(said)),
    )


def _who(line: Line, statement: Statement) -> ClaimHolder | None:
    """Who binds himself; of "Velo will recall 12,000 vans, it announced" the one who is to act. None if nobody is
    named."""
    speaker = statement.speaker
    if speaker is None:
        return None
    if speaker.actor_id is not None or fold_loose(speaker.name) not in _PRONOUNS:
        return ClaimHolder(actor_id=speaker.actor_id, name=speaker.name)
    clause = next((c for c in line.clauses if c.main and c.told == "ahead"), None)
    if fold_loose(speaker.name) != "it" or clause is None or not clause.doers:
        return None
    name = subject_of(statement.content[0].quote, clause)
    ids = clause.doer_ids
    return ClaimHolder(actor_id=ids[0] if len(ids) == 1 else None, name=name) if name else None


_BESIDE = re.compile(r"\b(?:as|than|what|which|that)\s*$", re.IGNORECASE)


def _told_beside(line: Line, statement: Statement, known: Known) -> bool:
    """Whether a sentence tells what was done and names the pledge beside: "three days later than the governor
    had promised", "none of the help that the state promised the families has arrived"."""
    cited = statement.speaker.citation if statement.speaker is not None else None
    if cited is not None and cited.start is not None and statement.cue is not None:
        before = known.versions[line.version_id].text[max(0, cited.start - 40) : cited.start]
        behind = (statement.content[0].start or 0) > (statement.cue.start or 0)
        if behind and _OF_WHICH.search(before):
            return True
    main = next((c for c in line.clauses if c.main), None)
    return (
        main is not None
        and main.told == "done"
        and bool(_BESIDE.search(statement.content[-1].quote))
    )


_NO_MORE = re.compile(
    r"^[\W_]*(?:no|not\s+an?|never\s+an?)\s+\w+"
    r"|\b(?:to|will|would)\s+(?:refrain\s+from|abstain\s+from|desist\s+from|rule\s+out|avoid|keep\s+(?:away|out|off)|"
    r"stay\s+(?:away|out)|forgo|renounce)\b",
    re.IGNORECASE,
)
"""What is pledged is that something will not be: "promised no cuts", "to refrain from shelling"."""


_WEAK_BINDING = frozenset("undertake undertook undertaken undertakes undertaking".split())
"""Words of binding that are no threat, whatever is to be done: the contract's `promise`."""


def _spoken_act(line: Line, statement: Statement, known: Known) -> str | None:
    if statement.act == "offer" and not _OFFERING.search(statement.citation.quote):
        clause = asked(line)
        hung = statement.condition or condition_of(line, known)
        if (
            clause is not None
            and hung is not None
            and not _IN_RETURN.search(statement.content[0].quote)
        ):
            harm = harms(families_in(line, statement, hung, clause, known))
            return _kind(hung, clause, harm=harm, warned=False)
    if statement.act in ACTS:
        bound = set(words(statement.cue.quote)) if statement.cue else set()
        if statement.act == "threaten" and bound & _WEAK_BINDING:
            return "promise"
        return ACTS[statement.act]
    by_words = _by_words(line, statement, known)
    if by_words is not None:
        return by_words
    clause = next((c for c in line.clauses if c.main), None)
    hung = statement.condition or condition_of(line, known)
    if _refused(line, statement, clause, known):
        return _kind(hung, clause, harm=False, warned=False) if clause else None
    if clause is not None and fold_loose(clause.word) in _INTENDING and clause.told != "ahead":
        below = next((c for c in line.clauses if c.start >= clause.start and c is not clause), None)
        due = below is not None and (below.days or BY_WORD.search(statement.content[0].quote))
        clause = below if due or _own_words(statement) else None
    if statement.polarity == "negative" or clause is None or clause.negative:
        return None
    if statement.act == "agree":
        return "promise" if line.modality == "planned" and clause.told == "ahead" else None
    shall = statement.act == "ask" and _I_SHALL.search(statement.content[0].quote) is not None
    now = clause.told == "present" and hung is not None and _own_words(statement)
    planned = line.modality == "planned" or now
    if (statement.act not in ("assert", "warn") and not shall) or not planned:
        return None
    families = families_in(line, statement, hung, clause, known)
    if (
        (now and not families)
        or not (now or clause.told in ("ahead", "would"))
        or not _deed(
            clause,
            statement,
            hung,
            named=_phrase(line, statement, clause, known),
            families=families,
        )
    ):
        return None
    harm = harms(families)
    if not own_side(line, statement, clause, hung, known, harm=harm, families=families):
        return None
    said = statement.content[0].quote
    if _IN_RETURN.search(said):
        return "offer"
    warned = statement.act == "warn" or (now and harm) or (harm and WHOEVER.match(said) is not None)
    return _kind(hung, clause, harm=harm, warned=warned)


_OFFERING = re.compile(
    r"\b(?:offer\w*|ready|willing|prepared|propos\w+|open\s+to|bid)\b", re.IGNORECASE
)
_OF_WHICH = re.compile(r"\b(?:that|which|what|than|as) +(?:[\w'’-]+ +){0,2}$", re.IGNORECASE)
_INTENDING = frozenset(
    "intend intends intended plan plans planned propose proposes mean means".split()
)
_OR_ELSE = re.compile(r"\bor\s+(?:else\b|(?:we|i)\b|(?:face|be|lose|risk)\s)", re.IGNORECASE)
_MY_WORD = re.compile(
    r"\b(?:you\s+have|(?:i|we)\s+(?:can\s+)?give\s+you)\s+(?:my|our)\s+(?:word|assurance|promise|guarantee)\b"
    r"|\b(?:i|we)\s+(?:can\s+)?(?:promise|guarantee|assure)\s+you\b",
    re.IGNORECASE,
)
_GAVE_WORD = re.compile(
    r"\bg(?:ave|ives?|iven|iving)\s+(?:\w+\s+){0,3}?(?:word|assurances?|undertaking|commitment|guarantees?|pledge|promise|vow)\b"
    r"|\bassured?\b|\bguarantee[sd]?\b",
    re.IGNORECASE,
)
_ANNOUNCES = re.compile(
    r"\b(?:announce[sd]?|announcing|unveil(?:s|ed)?|declare[sd]?|called)\b", re.IGNORECASE
)
_PLANS = re.compile(r"[\W_]*(?:(?:its|his|her|their|a|an|the)\s+)?(?:\w+\s+)?(?:plans?|decision|intention)\s+to\b",
                    re.IGNORECASE)  # fmt: skip
_ASKS = re.compile(
    r"\b(?:ask(?:s|ed|ing)?|appeal(?:s|ed)?|request(?:s|ed)?|want(?:s|ed)?)\b", re.IGNORECASE
)


def _own_words(statement: Statement) -> bool:
    return statement.manner != "indirect" and bool(SELF.search(statement.content[0].quote))


def _by_words(line: Line, statement: Statement, known: Known) -> str | None:
    """The act that the words over or in a statement name, whatever its clauses say: "ruled out sending", "gave its
    word that", "announced plans to", "announced a strike for Friday", "want it back by July 1", "pay or we sue"."""
    cue = statement.cue.quote if statement.cue is not None else ""
    said = statement.content[0].quote
    if statement.act == "refuse" and RULED_OUT.search(cue):
        deed = re.match(r"\w+ing\b", said) or any(m.noun and m.does for m in mentions(said))
        return "promise" if deed else None
    if statement.act not in ("assert", "ask", "warn", "inform"):
        return None
    ahead = [c for c in line.clauses if c.told in ("ahead", "would")]
    if ahead and (
        _GAVE_WORD.search(cue) or (statement.manner != "indirect" and _MY_WORD.search(said))
    ):
        return "promise"
    if _ANNOUNCES.search(cue):
        if ahead and _PLANS.match(said):
            return "promise"
        noun = next((m for m in mentions(said) if m.noun and m.does), None)
        opens = noun is not None and len(said[: noun.start].split()) <= 4
        day = known.articles[line.article_id].published.latest
        coming = day is not None and any(
            d.earliest is not None and day_of(d.earliest) > day_of(day)
            for d in dates_in(line, known)
        )
        if noun is not None and opens and not line.clauses and coming:
            return "threat" if harms(noun.does) else "promise"
    if _ASKS.search(cue) and BY.search(
        " ".join(before_date(d, line) for d in dates_in(line, known)[:1])
    ):
        return "demand" if line.clauses and not said.lower().startswith("to ") else None
    if statement.polarity == "positive" and _OR_ELSE.search(said) and line.clauses:
        first = line.clauses[0]
        if first.told in ("bare", "present", "must") and not first.doers:
            return "threat"
    return None


def _phrase(line: Line, statement: Statement, clause: Clause, known: Known) -> bool:
    """Whether commitments.toml has the deed as a phrase, so that its verb alone does not say what it is."""
    text = known.versions[line.version_id].text
    return any(
        len(text[start + m.start : start + m.end].split()) > 1
        for start, end in spans_of(statement, line)
        for m in mentions(text[start:end])
        if m.does and not m.noun and m.first == fold_loose(clause.word)
    )


_I_SHALL = re.compile(r"\b(?:i|we)(?:\s+(?:will|shall)|['’]ll)\b", re.IGNORECASE)
_WILL_NOT = re.compile(
    r"\b(?:will|would|shall|['’]ll)\s+(?:not|never)\b|\b(?:won|wouldn|shan)['’]t\b"
    r"|\b(?:not\s+(?:one|a\s+single|an?)|no\s+one|nobody|none|no)\b[^.;:!?\n]{0,60}\b(?:will|would|shall)\b"
    r"|\b(?:not|never)\s+going\s+to\b",
    re.IGNORECASE,
)
_YOURS = re.compile(r"\byou\b", re.IGNORECASE)
_UNSAID = frozenset(
    "comment speak discuss say talk tell answer predict speculat guess name identifi elabor".split()
)
"""Predicates of who refuses to say something: no pledge."""


def _refused(line: Line, statement: Statement, clause: Clause | None, known: Known) -> bool:
    """Whether somebody says of his own side what it will not do: "We will not pay" binds, "refused to pay"
    tells only what happened."""
    if statement.act not in ("refuse", "deny", "assert") or line.nested or clause is None:
        return False
    if not clause.negative or clause.told not in ("ahead", "would"):
        return False
    said = statement.content[0].quote
    if not any(_WILL_NOT.search(c.quote) for c in statement.content):
        return False
    if clause.predicate in _BEFALLS | _UNSAID or _COUNTERFACT.search(said):
        return False
    hung = statement.condition or condition_of(line, known)
    families = families_in(line, statement, hung, clause, known)
    if not (clause.others or hung or stands_alone(families) or BY_WORD.search(said)):
        return False
    yours = statement.manner != "indirect" and hung is not None and _YOURS.search(hung.quote)
    return bool(yours) or own_side(
        line, statement, clause, hung, known, harm=harms(families), families=families
    )


_BEFALLS = frozenset(
    "be have see lose suffer fall rise become happen continue know think feel hope believe like want face cost need "
    "seem appear prove win grow remain last mean benefit understand get die find learn regret survive expect depend "
    "matter show forget rest forgiv trust miss".split()
)
"""Predicates that nobody can promise, whoever says them and on whichever condition."""

_STATES = frozenset(
    "be have see lose suffer fall rise become happen continue know think feel hope believe like want "
    "face cost need seem appear prove win grow remain stay last mean lead benefit understand come "
    "seek try attempt ask talk travel speak watch look listen discuss consid decide "
    "get die find learn regret survive expect depend matter show begin end take never".split()
)
"""Predicates of what befalls somebody: told ahead they are forecasts, not deeds."""


def _deed(
    clause: Clause,
    statement: Statement,
    hung: Citation | None,
    *,
    named: bool,
    families: frozenset[str],
) -> bool:
    """Whether a clause tells of something its doer can decide to do, and of something in particular.

    `named`: whether commitments.toml knows the deed by a phrase ("stop eating"), so that the verb alone does not say
    what it is; `families`: those it knows it by, if any."""
    word = fold_loose(clause.word)
    content = statement.content[0].quote
    if word.isdigit() or _COUNTERFACT.search(content):
        return False
    if clause.predicate in _CONTESTS and not hung:
        return False
    if SELF.search(content) and (stands_alone(families) or families & _WHOLE):
        return True
    if _WHEN.search(content) and stands_alone(families):
        return True
    if named and not {clause.predicate, word} & _BEFALLS:
        return bool(clause.others or clause.days or hung)
    starts = STARTS.match(content, max(0, content.find(clause.word)))
    if starts is not None and (clause.days or hung or clause.negative):
        return True
    if _LOSES.search(content) and UNLESS.search(hung.quote if hung else ""):
        return True
    if word in _STATES or (clause.predicate in _STATES and not families):
        own = bool(SELF.search(content) or THIRD.search(content))
        settled = bool(clause.days or hung) and bool(clause.others or clause.days)
        if own and settled and not {clause.predicate, word} & _BEFALLS:
            return True
        dated = bool(clause.days) or BY_WORD.search(content) is not None
        if _AT_HOME.match(content, max(0, content.find(clause.word))) and dated:
            return True
        due = bool(SELF.search(content) and BY_WORD.search(content))
        return clause.predicate == "have" and due and bool(clause.others)
    return bool(clause.others or clause.days or hung)


_WHOLE = frozenset({"appeal", "sue", "retaliate", "apologise"})
"""Families of deeds that need no object where somebody says them of himself: "We will appeal"."""
_CONTESTS = frozenset("beat win defeat overtak".split())
"""Predicates of who wins: a forecast, whoever makes it."""
_WHEN = re.compile(r"\b(?:when|once|as\s+soon\s+as|after|until|before)\b", re.IGNORECASE)
_COUNTERFACT = re.compile(
    r"\bwould(?:n['’]t|\s+not)?\s+have\s+(?:\w+\s+)?\w+(?:ed|en|t|d)\b", re.IGNORECASE
)
"""What would have been is pledged by nobody."""
_AT_HOME = re.compile(r"be\s+(?:home|back|out|there|closed|open|shut|gone|ready)\b")


_LOSES = re.compile(
    r"\b(?:lose|face|pay|forfeit)\s+(?:its|his|her|their|the|a|an)\b", re.IGNORECASE
)

_HARM = frozenset(
    "close prevent strike sue attack sanction expel withdraw end bomb kill dismiss arrest cancel fire "
    "punish retali boycott veto oppose invad destroy charge suspend reply leav cut evict block fight "
    "fall walk quit resign extend throw burn shoot hurt break ruin hit crush".split()
)
"""Keys of what is done to somebody's harm: pledged on a condition it is a threat."""


def _kind(condition: Citation | None, clause: Clause, *, harm: bool, warned: bool) -> str:
    """threat, offer or promise, of something that one's own side will do."""
    if warned:
        return "threat"
    if condition is not None:
        if UNLESS.search(condition.quote) or clause.predicate in _HARM or harm:
            return "threat"
        if _IN_RETURN.search(condition.quote):
            return "offer"
        behind = condition.quote.split(maxsplit=1)[-1]
        return "offer" if _OTHERS.search(behind) else "promise"
    return "promise"


_IN_RETURN = re.compile(r"\bin\s+(?:return|exchange)\s+for\b", re.IGNORECASE)
_OTHERS = re.compile(r"\b(?:you|they|he|she|[A-Z][a-z]+|(?:the|its|his|her|their)\s+(?:\w+\s+)?(?:government|"
                     r"company|council|union|owners?|workers?|parties|sides?|firm))\b")  # fmt: skip
"""Somebody else in a condition: what is given for what he does is an offer."""
