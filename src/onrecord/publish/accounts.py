"""What a story's pages show of its claims: a table of claims by outlets, and how the cells relate.

A claim's tone is that of its relations that nobody rejected: possibly opposed before differing before
agreeing. Tables hold few outlets, those of their rows, so that they can be read on any story. What a
captured report of the same episode does not carry is *silent*; what is known to have been reported
and is not held is *not captured*.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from rapidfuzz.distance import Indel

from onrecord.publish import accounts_words, views, wording
from onrecord.publish.advice import advice_of
from onrecord.publish.decisions import Decisions, pair_key, relation_fields
from onrecord.publish.desk import Desk
from onrecord.publish.marking import cuts
from onrecord.records import (
    Actor,
    Article,
    Claim,
    ClaimMember,
    Episode,
    EpisodeReports,
    Judgement,
    Relation,
    Statement,
)
from onrecord.relate.components import connected
from onrecord.relate.variants import Piece, align
from onrecord.text.folding import fold_loose, words
from onrecord.text.quotes import quotations

TONES = ("opposed", "differs", "agrees", "single")
"""Groups of claims, those that need a look first."""

NARRATION = "narration"
"""The key of what an outlet tells itself, among those who say something."""

COLUMNS = 5
"""Outlets of a table that several claims share; one claim with more has a table of its own."""
VISIBLE = 4
"""Outlets that stand side by side on most screens. Of more, those come first whose lines are apart."""
WHOLE = 8
"""Lines of a claim that a table shows all; of more it folds those that are not apart."""
SHOWN = 8
"""Relations of a claim in the open, the others folded."""
FOLDED = 12
"""Folded relations of a claim that a page lists; of more it says how many there are."""

# --------------------------------------------------------------------------- rows


@dataclass(frozen=True)
class Row:
    """A claim before it is laid out: cheap, so that all can be ordered and filtered."""

    claim: Claim
    tone: str
    episode: Episode | None


def standing(claim: Claim) -> tuple[Relation, ...]:
    """The relations that hold or may hold: not those that somebody rejected."""
    return tuple(r for r in claim.relations if r.review != "rejected")


def tone(claim: Claim) -> str:
    """The gravest of a claim's tones; `single` where nothing relates its lines, or no longer."""
    found = {wording.tone(r) for r in standing(claim)}
    return next((t for t in TONES if t in found), "single")


def rows(desk: Desk) -> tuple[Row, ...]:
    """All claims by tone, then by episode, those with most lines first."""
    of = {a: (n, e) for n, e in enumerate(desk.story.episodes) for a in e.articles}
    found: list[tuple[tuple[int, int, int, str], Row]] = []
    for claim in desk.claims:
        if not claim.members:
            continue
        places = [of[m.article_id] for m in claim.members if m.article_id in of]
        place = min(places, key=lambda found: found[0], default=None)
        row = Row(claim, tone(claim), place[1] if place else None)
        at = place[0] if place else len(desk.story.episodes)
        address = claim.members[0].citation.address
        found.append(((TONES.index(row.tone), at, -len(claim.members), address), row))
    return tuple(row for _, row in sorted(found, key=lambda pair: pair[0]))


# --------------------------------------------------------------------------- tables


@dataclass(frozen=True)
class Holder:
    """Who stands for a line. `kind`: narration, person, body, unnamed, report."""

    kind: str
    words: str
    name: str
    actor_id: str | None


HOLDERS = {
    "narration": "the outlet itself",
    "person": "named speaker",
    "body": "named body",
    "unnamed": "described, not named",
    "report": "another outlet’s report",
}


@dataclass(frozen=True)
class Teller:
    """A line of a cell. `number` names it within its claim; `pieces` are its words, the differing ones
    true; `copy_of` the number of a line that stands in a printed copy of the same text, `repeats`
    whether that line has the very same words."""

    number: int
    member: ClaimMember
    article: Article | None
    holder: Holder
    stance: str
    said: str
    pieces: tuple[tuple[str, bool], ...]
    copy_of: int | None
    repeats: bool


@dataclass(frozen=True)
class Pair:
    """How two lines relate. `by`: who judged it, when; `judged`: all that was decided and noted of it;
    `advice`: what a user's endpoint said of it, which decides nothing."""

    relation: Relation
    a: Teller
    b: Teller
    words: str
    tone: str
    by: str
    judged: tuple[Judgement, ...]
    advice: tuple[str, ...]

    @property
    def key(self) -> str:
        """Its id on the page, here and in the review queue."""
        return pair_key(self.a.member.citation.address, self.b.member.citation.address)

    @property
    def undecided(self) -> bool:
        """Whether it waits in the review queue. What was decided this moment does not, even if the
        build has not brought it in yet."""
        return self.relation.review == "unreviewed" and not any(
            one.undone is None and one.verdict != "note" for one in self.judged
        )

    def fields(self, verdict: str) -> list[tuple[str, str]]:
        """A form's fields for a verdict about it."""
        a, b = (one.member.citation.address for one in (self.a, self.b))
        return relation_fields(self.relation, a, b, verdict)

    @property
    def short(self) -> str:
        """`12 / 15`: the numbers or days they differ in, where that can be said so shortly."""
        if self.tone not in ("opposed", "differs"):
            return ""
        return accounts_words.in_short(
            self.a.member.citation.quote,
            self.b.member.citation.quote,
            self.relation.in_,
            self.relation.basis or "",
        )


@dataclass(frozen=True)
class Wording:
    """One wording of a quotation and those who print it, in the order of their numbers."""

    tellers: tuple[Teller, ...]
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Variants:
    """The wordings of one quotation against the longest form that two of them share."""

    pivot: str
    wordings: tuple[Wording, ...]


@dataclass(frozen=True)
class Column:
    """An outlet, with its reports of the episode. One not captured has none."""

    key: str
    name: str
    articles: tuple[Article, ...]
    captured: bool


@dataclass(frozen=True)
class Cell:
    """What an outlet has of a claim. `state`: told, silent, absent (not captured), blank (no text),
    elsewhere (its reports are of other episodes of the story, whose silence says nothing).
    `further` lines are folded: those that the relations in the open are not of. Where these are all,
    the outlet's lines were brought together with the others and no relation was found."""

    column: Column
    state: str
    tellers: tuple[Teller, ...]
    note: str
    further: tuple[Teller, ...] = ()


@dataclass(frozen=True)
class Accounts:
    """A claim as a row of a table."""

    claim: Claim
    tone: str
    summary: tuple[tuple[str, str], ...]
    tellers: tuple[Teller, ...]
    cells: tuple[Cell, ...]
    pairs: tuple[Pair, ...]
    folded: tuple[Pair, ...]
    further: int
    reports: int
    accounts: int
    variants: tuple[Variants, ...]
    silent: tuple[Article, ...]
    absent: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """Claims of one tone and episode, by the outlets that carry at least one of them."""

    tone: str
    episode: Episode | None
    columns: tuple[Column, ...]
    rows: tuple[Accounts, ...]


def tables(desk: Desk, items: Sequence[Row]) -> tuple[Table, ...]:
    """The rows as tables, in their order but for those that fit into an earlier table's columns."""
    look = _Look(desk, items)
    made: list[Table] = []
    left = list(items)
    while left:
        first = left.pop(0)
        columns = set(look.outlets(first.claim))
        most = max(COLUMNS, len(columns))
        chosen, rest = [first], []
        for row in left:
            wanted = columns | set(look.outlets(row.claim))
            if (row.tone, row.episode) == (first.tone, first.episode) and len(wanted) <= most:
                chosen.append(row)
                columns = wanted
            else:
                rest.append(row)
        left = rest
        made.append(look.table(chosen))
    return tuple(made)


class _Look:
    """What a page of rows needs at hand, loaded once."""

    def __init__(self, desk: Desk, items: Sequence[Row]) -> None:
        self.desk = desk
        self.decisions = Decisions(desk.library)
        self.advised = advice_of(desk.library)
        self._carrying: dict[str, list[str]] = {}
        members = [m for row in items for m in row.claim.members]
        said = sorted({m.statement_id for m in members if m.statement_id})
        people = sorted({m.holder.actor_id for m in members if m.holder and m.holder.actor_id})
        self.statements = {s.id: s for s in desk.library.load(Statement, said)}
        self.actors = {a.id: a for a in desk.library.load(Actor, people)}
        # A story that is compared whole has one row, that of its first episode.
        compared = {e.id for e in (*desk.story.episodes[:1], *(row.episode for row in items)) if e}
        self.copies: set[frozenset[str]] = {
            pair
            for reports in desk.library.load(EpisodeReports, sorted(compared))
            for pair in map(frozenset, reports.copies)
        }

    @cached_property
    def held(self) -> frozenset[str]:
        return frozenset(name.casefold() for name in self.desk.outlets)

    @cached_property
    def telling(self) -> frozenset[str]:
        """Names of outlets and agencies, held or credited: who is named so is no speaker."""
        return self.held | {c.casefold() for a in self.desk.articles for c in a.credits}

    # ---- columns

    def _outlet(self, member: ClaimMember) -> str:
        article = self.desk.article(member.article_id)
        name = article.outlet if article else member.outlet
        return name.casefold() if name else member.article_id

    def outlets(self, claim: Claim) -> list[str]:
        """The keys of the outlets that carry a claim, without repetition."""
        if claim.id not in self._carrying:
            self._carrying[claim.id] = list(dict.fromkeys(self._outlet(m) for m in claim.members))
        return self._carrying[claim.id]

    def _columns(self, items: Sequence[Row]) -> tuple[Column, ...]:
        inside = set(items[0].episode.articles) if items[0].episode else set()
        tellers = {m.article_id for row in items for m in row.claim.members}
        found: dict[str, list[Article]] = {}
        for article in self.desk.articles:
            if article.id in inside or article.id in tellers:
                key = article.outlet.casefold() if article.outlet else article.id
                found.setdefault(key, []).append(article)
        carrying = {key for row in items for key in self.outlets(row.claim)}
        held = tuple(
            Column(key, wording.outlet(articles[0]), tuple(articles), True)
            for key, articles in found.items()
            if key in carrying
        )
        if len(held) > VISIBLE:
            held = tuple(sorted(held, key=lambda column: self._calm(items, column.key)))
        missing = Counter(a for row in items for a in self._absent(row.claim))
        return held + tuple(Column(f"absent {a}", a, (), False) for a in sorted(missing))

    def _calm(self, items: Sequence[Row], key: str) -> int:
        """0 for an outlet whose lines are opposed, 1 if they only differ from others, 2 for any other."""
        tones = [
            TONES.index(wording.tone(r))
            for row in items
            for own in [{m.id for m in row.claim.members if self._outlet(m) == key}]
            for r in standing(row.claim)
            if r.a in own or r.b in own
        ]
        return min(tones, default=2)

    def _absent(self, claim: Claim) -> tuple[str, ...]:
        """Agencies that reports which carry a claim credit, or that a line is told by, and that are not
        held."""
        found = {
            agency
            for m in claim.members
            if (article := self.desk.article(m.article_id)) is not None
            for agency in views.uncaptured(self.desk, article)
        }
        via = {v for m in claim.members for v in self._via(m) if v.casefold() not in self.held}
        same = {agency.casefold() for agency in found}
        return tuple(sorted(found | {v for v in via if v.casefold() not in same}))

    def _via(self, member: ClaimMember) -> tuple[str, ...]:
        """Whose reports a line is told by. "Told the Herald" in the Harsfeld Herald is no other report."""
        said = self.statements.get(member.statement_id or "")
        own = f" {member.outlet or ''} ".casefold()
        return tuple(v for v in said.via if f" {v} ".casefold() not in own) if said else ()

    # ---- rows

    def table(self, items: Sequence[Row]) -> Table:
        columns = self._columns(items)
        made = tuple(self._accounts(row, columns) for row in items)
        return Table(items[0].tone, items[0].episode, columns, made)

    def _accounts(self, row: Row, columns: Sequence[Column]) -> Accounts:
        claim = row.claim
        tellers = self._tellers(claim, columns)
        found = {t.member.id: t for t in tellers}
        pairs = tuple(
            self._pair(r, found[r.a], found[r.b])
            for r in claim.relations
            if r.a in found and r.b in found
        )
        order = {name: n for n, name in enumerate((*TONES, "aside"))}
        pairs = tuple(sorted(pairs, key=lambda p: (order[p.tone], p.a.number, p.b.number)))
        open_ = _open(pairs)
        shown_already = {id(p) for p in open_}
        folded = tuple(p for p in pairs if id(p) not in shown_already)
        shown = {column.key for column in columns}
        silent = [a for i in claim.silent if (a := self.desk.article(i)) is not None]
        absent = self._absent(claim)
        return Accounts(
            claim,
            row.tone,
            _summary(pairs),
            tellers,
            tuple(
                self._cell(claim, c, tellers, absent, _central(tellers, pairs, open_))
                for c in columns
            ),
            open_,
            folded[:FOLDED],
            max(0, len(folded) - FOLDED),
            len({m.article_id for m in claim.members}),
            self._independent(claim),
            tuple(_variants(claim, {i: t for i, t in found.items() if self._quotes(t.member)})),
            tuple(a for a in silent if (a.outlet.casefold() if a.outlet else a.id) not in shown),
            tuple(self._versions_missing(claim)),
        )

    def _tellers(self, claim: Claim, columns: Sequence[Column]) -> tuple[Teller, ...]:
        place = {a.id: n for n, c in enumerate(columns) for a in c.articles}
        ordered = sorted(
            claim.members,
            key=lambda m: (
                place.get(m.article_id, len(columns)),
                m.article_id,
                m.citation.capture_start,
                m.id,
            ),
        )
        numbers = {m.id: n for n, m in enumerate(ordered, start=1)}
        apart = self._apart(claim)
        made = []
        for m in ordered:
            copied = [
                (fold_loose(o.citation.quote) != fold_loose(m.citation.quote), numbers[o.id])
                for o in ordered
                if frozenset((o.article_id, m.article_id)) in self.copies
                and numbers[o.id] < numbers[m.id]
            ]
            unlike, number = min(copied, default=(True, 0))
            said = self.statements.get(m.statement_id or "")
            quote = m.citation.quote
            made.append(
                Teller(
                    numbers[m.id],
                    m,
                    self.desk.article(m.article_id),
                    self._holder(m),
                    "" if m.stance == "asserts" else wording.STANCES.get(m.stance, m.stance),
                    wording.bounds(said.said) if said and said.said.earliest else "",
                    tuple(
                        (quote[a:b], inside)
                        for a, b, inside in cuts(len(quote), apart[m.id])
                        if b > a
                    ),
                    number or None,
                    not unlike,
                )
            )
        return tuple(made)

    def _apart(self, claim: Claim) -> dict[str, list[tuple[int, int]]]:
        """The differing words of each line, against each line that it differs from."""
        members = {m.id: m for m in claim.members}
        found: dict[str, list[tuple[int, int]]] = {i: [] for i in members}
        for r in standing(claim):
            if wording.tone(r) not in ("opposed", "differs") or not {r.a, r.b} <= members.keys():
                continue
            a, b = members[r.a], members[r.b]
            denies = [m for m in (a, b) if m.stance == "denies"]
            for one, other in ((a, b), (b, a)):
                if r.in_ in ("polarity", "characterisation") and denies and one not in denies:
                    continue
                found[one.id] += accounts_words.spans(
                    one.citation.quote,
                    other.citation.quote,
                    r.in_,
                    self._condition(one),
                    r.basis or "",
                )
        return found

    def _condition(self, member: ClaimMember) -> tuple[int, int] | None:
        """Where a line's condition stands in its words; None if it has none, or it stands elsewhere."""
        said = self.statements.get(member.statement_id or "")
        if said is None or said.condition is None:
            return None
        at = member.citation.quote.find(said.condition.quote)
        return (at, at + len(said.condition.quote)) if at >= 0 else None

    def _holder(self, member: ClaimMember) -> Holder:
        via = self._via(member)
        holder = member.holder
        if holder is None:
            return Holder("narration", HOLDERS["narration"], "", None)
        actor = self.actors.get(holder.actor_id or "")
        if holder.name.casefold() in self.telling:
            kind = "report"
        elif _described(holder.name, actor):
            kind = "unnamed"
        elif actor is not None:
            kind = "person" if actor.kind == "person" else "body"
        else:
            kind = "person"
        words = HOLDERS[kind] + (f", as {' and '.join(via)} reported" if via else "")
        return Holder(kind, words, holder.name, holder.actor_id)

    def _quotes(self, member: ClaimMember) -> bool:
        """Whether a line holds words of its speaker. The marks of a long quotation may stand outside."""
        said = self.statements.get(member.statement_id or "")
        return bool(_marked(member.citation.quote)) or (
            said is not None and said.manner in ("direct", "mixed")
        )

    def _cell(
        self,
        claim: Claim,
        column: Column,
        tellers: Sequence[Teller],
        absent: Sequence[str],
        central: tuple[Collection[int], Collection[int]],
    ) -> Cell:
        if not column.captured:
            named = [a for a in absent if f"absent {a}" == column.key]
            by = sorted(
                {
                    wording.outlet(t.article)
                    for t in tellers
                    if t.article and (set(named) & {*t.article.credits, *self._via(t.member)})
                }
            )
            note = f"{', '.join(by)} {'credits' if len(by) == 1 else 'credit'} it" if by else ""
            return Cell(column, "absent", (), note)
        mine = {a.id for a in column.articles}
        here = tuple(t for t in tellers if t.member.article_id in mine)
        if here:
            open_, related = (tuple(t for t in here if t.number in some) for some in central)
            first = open_ or related[:1]
            return Cell(column, "told", first, "", tuple(t for t in here if t not in first))
        silent = mine & set(claim.silent)
        if silent:
            reports = wording.count(len(silent), "report")
            return Cell(
                column,
                "silent",
                (),
                f"{reports} held; no line was found that says it"
                if len(silent) > 1
                else "its report is held; no line was found that says it",
            )
        told = {t.member.article_id for t in tellers}
        heard = [e.articles for e in self.desk.story.episodes if not told.isdisjoint(e.articles)]
        if all(mine.isdisjoint(inside) for inside in heard):
            return Cell(
                column, "elsewhere", (), "its report is of an episode that has no line of it"
            )
        return Cell(column, "blank", (), "its capture holds no text to compare")

    def _pair(self, r: Relation, a: Teller, b: Teller) -> Pair:
        one, other = sorted((a, b), key=lambda t: t.number)
        lines = (one.member.citation.address, other.member.citation.address)
        judged = self.decisions.about_pair(*lines)
        by = "" if r.review == "unreviewed" else _judged_by(judged)
        words = wording.relation(r)
        if by:
            words = words.replace("by a reader", by).replace("says a reader", f"judged {by}")
        said = self.advised.get(frozenset(lines), ())
        return Pair(r, one, other, words, wording.tone(r), by, judged, said)

    def _independent(self, claim: Claim) -> int:
        """How many accounts the reports of a claim are, printed copies counted as one."""
        mine = {m.article_id for m in claim.members}
        return len(connected(((min(p), max(p)) for p in self.copies if p <= mine), mine))

    def _versions_missing(self, claim: Claim) -> Iterator[str]:
        for i in dict.fromkeys(m.article_id for m in claim.members):
            article = self.desk.article(i)
            if article is not None and (missing := views.missing_versions(article)):
                yield f"{wording.count(missing, 'version')} of {wording.outlet(article)}’s report"


def _central(
    tellers: Sequence[Teller], pairs: Sequence[Pair], open_: Sequence[Pair]
) -> tuple[set[int], set[int]]:
    """The numbers of the lines that stand in the open, and of those that are related to any other: a line
    that is not is no account of the matter for all that is known. Of a claim of many lines only those
    that are apart stand in the open."""
    related = {t.number for p in pairs if p.tone != "aside" for t in (p.a, p.b)}
    if not related:
        related = {t.number for t in tellers}
    if len(tellers) <= WHOLE or not open_:
        return related, related
    return {t.number for p in open_ for t in (p.a, p.b)}, related


def _judged_by(judged: Sequence[Judgement]) -> str:
    """`by Ana Ruhl, 3 May 2031` of the latest that counts; empty if there is none."""
    counting = [one for one in judged if one.undone is None and one.verdict != "note"]
    return f"by {counting[-1].author}, {wording.day(counting[-1].at)}" if counting else ""


def _described(name: str, actor: Actor | None) -> bool:
    """Whether a holder is only described: "two engineers", "a senior official of the Treasury". A person
    may have a name that begins small: "van der Aa"."""
    spelt = name.split()
    first = next((word for word in spelt if word.casefold() not in ("a", "an", "the")), name)
    person = actor is not None and actor.kind == "person" and any(map(str.isupper, name))
    return not person and not any(map(str.isupper, first))


def _summary(pairs: Sequence[Pair]) -> tuple[tuple[str, str], ...]:
    """What a row's head says of its relations: what agrees only where nothing is apart; of what somebody
    rejected, nothing."""
    shown = [p for p in pairs if p.tone != "aside"]
    apart = any(p.tone in ("opposed", "differs") for p in shown)
    found = (
        (p.tone, wording.relation(p.relation).removesuffix(" by a reader"))
        for p in shown
        if not apart or p.tone != "agrees"
    )
    return tuple(dict.fromkeys(found))


def _open(pairs: Sequence[Pair]) -> tuple[Pair, ...]:
    """The relations shown in the open: those apart, but once where printed copies repeat a line."""
    made: list[Pair] = []
    seen: set[tuple[int, int, str, str | None]] = set()
    for p in pairs:
        ends = [(t.copy_of if t.repeats and t.copy_of else t.number) for t in (p.a, p.b)]
        key = (min(ends), max(ends), p.relation.relation, p.relation.in_)
        if p.tone in ("opposed", "differs") and key not in seen and len(made) < SHOWN:
            made.append(p)
            seen.add(key)
    return tuple(made)


# --------------------------------------------------------------------------- quotations


ONE_UTTERANCE = 60
"""Per cent of the shorter quotation's words that must stand in the other, in order, for both to be one
utterance: lines often quote two."""


def _marked(text: str) -> list[str]:
    """The words inside each pair of quotation marks. A comma at their end is the reporter's."""
    found = [
        text[a:b].strip().rstrip(" ,")
        for q in quotations(text, [(0, len(text))])
        for a, b in q.pieces
    ]
    return [piece for piece in found if piece]


def _one_speaker(a: ClaimMember, b: ClaimMember) -> bool:
    one, other = a.holder, b.holder
    if one is None or other is None:
        return False
    return (one.actor_id or one.name) == (other.actor_id or other.name)


def _wordings_of_one(r: Relation, a: ClaimMember, b: ClaimMember) -> bool:
    """Whether two quotations may be one utterance. Where they differ in a detail, it may be what a
    translation or an editor changed."""
    if r.relation == "same_quote" or (r.relation == "adds" and r.in_ == "wording"):
        return True
    told_of_words = r.in_ in ("wording", "occasion", "attribution", "condition")
    return r.relation == "differs" and told_of_words and _one_speaker(a, b)


def _one_utterance(a: str, b: str) -> bool:
    left, right = words(a), words(b)
    least = min(len(left), len(right))
    shared = sum(
        op.src_end - op.src_start for op in Indel.opcodes(left, right) if op.tag == "equal"
    )
    return least > 1 and shared * 100 >= ONE_UTTERANCE * least


def _common_form(pieces: Sequence[Piece]) -> str:
    """The words that wordings share, with a sign where each has words of its own. `pieces`: of the first."""
    shown = ("…" if p.op == "changed" else p.text for p in pieces if p.op != "own")
    return _BEFORE_POINT.sub(r"\1", " ".join(" ".join(shown).split()))


_BEFORE_POINT = re.compile(r"\s+([,.;:!?])")


def _variants(claim: Claim, found: dict[str, Teller]) -> Iterator[Variants]:
    """Each utterance that several lines of a claim quote, by its wordings. `found`: lines that quote."""
    linked = {
        frozenset((r.a, r.b))
        for r in standing(claim)
        if r.a in found and r.b in found
        if _wordings_of_one(r, found[r.a].member, found[r.b].member)
    }
    quoting = {i for pair in linked for i in pair}
    pieces = [
        (found[i], n, text)
        for i in sorted(quoting, key=lambda i: found[i].number)
        for n, text in enumerate(
            _marked(found[i].member.citation.quote) or [found[i].member.citation.quote]
        )
    ]
    for group in connected(
        [
            (i, j)
            for (i, (a, _, x)), (j, (b, _, y)) in combinations(enumerate(pieces), 2)
            if frozenset((a.member.id, b.member.id)) in linked and _one_utterance(x, y)
        ],
    ):
        printed: dict[int, list[str]] = {}
        for i in group:
            printed.setdefault(pieces[i][0].number, []).append(pieces[i][2])
        by_number = {t.number: t for t, _, _ in pieces}
        texts: dict[str, list[Teller]] = {}
        for number, some in printed.items():
            texts.setdefault(" ".join(some), []).append(by_number[number])
        if len(printed) < 2:
            continue
        every = [text for text, some in texts.items() for _ in some]
        aligned = align(every)
        row = dict(zip(every, aligned.rows, strict=True))
        yield Variants(
            _common_form(aligned.rows[0]) if aligned.pivot else "",
            tuple(Wording(tuple(some), row[text]) for text, some in texts.items()),
        )
