"""Chains of one version: which spans name the same somebody. Names and nouns; pronouns are coreference.py's.

A chain never rests on likeness: a surname joins the one full name that ends in it, "the minister" the
one person named before who holds such an office, "the council" the one body named before that ends
in that word. Where two would fit, nothing is joined.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from onrecord.annotate.mention_spans import Span
from onrecord.gazetteer import Gazetteer
from onrecord.text.folding import fold_loose
from onrecord.text.names import fold_name, given_key, same_given

_LONELY = frozenset({"official", "representative", "member"})
_FUNCTION = frozenset("the a an of and for in on s 's".split())
_SENIOR = ("vice ", "deputy ", "prime ")


@dataclass
class Chain:
    """One referent of a version while it is being put together."""

    kind: str
    spans: list[Span] = field(default_factory=list)
    offices: list[str] = field(default_factory=list)
    country: str | None = None
    gender: str | None = None
    plural: bool = False
    fixed_name: str | None = None
    head: str = ""

    def add(self, span: Span) -> None:
        """Takes a span in, with what it tells of office, country and gender."""
        self.spans.append(span)
        if span.office and span.office not in self.offices and span.office != "counterpart":
            self.offices.append(span.office)
        self.country = self.country or span.country
        self.gender = self.gender or span.gender

    @property
    def name(self) -> str:
        """The fullest form: most words among names, then most frequent, then first."""
        if self.fixed_name:
            return self.fixed_name
        named = [s.name for s in self.spans if not s.noun] or [s.name for s in self.spans]
        counts = Counter(named)
        return min(counts, key=lambda n: (-len(n.split()), -counts[n], named.index(n)))

    def before(self, span: Span) -> bool:
        """Whether the chain was mentioned before a span."""
        return any((s.sentence, s.first) < (span.sentence, span.first) for s in self.spans)

    def last_before(self, span: Span) -> tuple[int, int]:
        """Where it was last mentioned before a span; (-1, -1) if nowhere."""
        places = [
            (s.sentence, s.first)
            for s in self.spans
            if (s.sentence, s.first) < (span.sentence, span.first)
        ]
        return max(places, default=(-1, -1))


def chains_of(spans: Sequence[Span], gazetteer: Gazetteer) -> list[Chain]:
    """The chains of a version's spans (pronouns left out), in order of first mention."""
    chains = person_chains([s for s in spans if s.kind == "person" and not s.noun], gazetteer)
    by_key: dict[tuple[str, str], Chain] = {}
    for span in spans:
        key = table_key(span)
        if key is None:
            continue
        if key not in by_key:
            by_key[key] = Chain(span.kind, plural=span.plural, head=span.key)
            chains.append(by_key[key])
            if key == ("government", span.country):
                by_key[key].fixed_name = span.country
        by_key[key].add(span)
    join_acronyms(chains)
    join_short_forms(chains)
    nouns = [s for s in spans if s.noun and table_key(s) is None]
    beside = {id(s): c for s in nouns if (c := holder_of(s, chains))}
    for span in nouns:
        if id(span) in beside:
            beside[id(span)].add(span)
    for span in nouns:
        if id(span) in beside:
            continue
        chain = known_before(span, chains)
        if chain is None:
            chain = Chain(span.kind, plural=span.plural, head=span.key)
            chains.append(chain)
        chain.add(span)
    for chain in chains:
        chain.spans.sort(key=lambda s: (s.sentence, s.first))
        complete(chain, gazetteer)
    return sorted(chains, key=lambda c: (c.spans[0].sentence, c.spans[0].first))


# ------------------------------------------------------------------ people


def person_chains(spans: Sequence[Span], gazetteer: Gazetteer) -> list[Chain]:
    """People by full name; a surname or given name alone joins its only bearer of the version."""
    full: list[tuple[tuple[str, ...], Chain]] = []
    single: list[tuple[str, Span]] = []
    for span in spans:
        folded = fold_name(span.name)
        if len(folded) < 2:
            single.append((folded[0], span))
            continue
        given = span.name.split()[0]
        chain = next(
            (c for other, c in full if same_bearer(folded, other, given, c.name.split()[0])), None
        )
        if chain is None:
            chain = Chain("person")
            full.append((folded, chain))
        chain.add(span)
    alone: dict[str, Chain] = {}
    chains = [c for _, c in full]
    for token, span in single:
        bearers = {id(c): c for f, c in full if f[-1] == token and gender_fits(c, span)}
        if not bearers:
            bearers = {id(c): c for f, c in full if f[0] == token or f[-2:-1] == (token,)}
        found = list(bearers.values())
        if len(found) > 1 and (told := by_office(found, span)):
            found = told
        if len(found) == 1:
            found[0].add(span)
            continue
        if token not in alone:
            alone[token] = Chain("person")
            chains.append(alone[token])
        alone[token].add(span)
    return [c for c in chains if c.spans]


def same_bearer(a: tuple[str, ...], b: tuple[str, ...], given_a: str, given_b: str) -> bool:
    """Whether two folded full names may be one person's: one surname, given names that agree, or one
    name within the other ("Javad Zarif", "Mohammad Javad Zarif")."""
    if a[-1] != b[-1]:
        return False
    if same_given(given_a, given_b) or given_key(given_a) == given_key(given_b):
        return len(a) == len(b) == 2 or _within(a[1:], b[1:]) or _within(b[1:], a[1:])
    return _within(a, b) or _within(b, a)


def _within(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    rest = iter(long)
    return all(token in rest for token in short)


def gender_fits(chain: Chain, span: Span) -> bool:
    return not (chain.gender and span.gender and chain.gender != span.gender)


def by_office(chains: Sequence[Chain], span: Span) -> list[Chain]:
    """Those that hold the office a span gives."""
    return [c for c in chains if span.office and span.office in c.offices]


# ------------------------------------------------------------------ names of tables, nouns with one referent


def table_key(span: Span) -> tuple[str, str] | None:
    """What makes two spans one referent by name alone; None for people, and for nouns that need what
    stands before. A country and its plain government ("the Russian government") are one."""
    if (
        span.kind == "government"
        and span.country
        and (span.name == span.country or plain_government(span))
    ):
        return ("government", span.country)
    if span.noun or span.kind == "person":
        return None
    if span.kind in ("place", "government"):
        return (span.kind, fold_loose(span.name))
    return (
        span.kind,
        " ".join(fold_name(span.name)) if span.kind == "group" else fold_body(span.name),
    )


def plain_government(span: Span) -> bool:
    """Whether it is a noun that nothing but its country qualifies: not "transitional", "former"."""
    return span.noun and len(span.name.replace("’", "'").replace("'s", "").split()) <= 1 + len(
        (span.country or "").split()
    )


def fold_body(name: str) -> str:
    """A body's name for comparison: case, points, hyphens, leading article and apostrophes folded."""
    text = fold_loose(name).replace(".", "").replace("-", " ").replace("'s", "").replace("'", "")
    return " ".join(text.split()).removeprefix("the ")


def join_acronyms(chains: list[Chain]) -> None:
    """Joins "Harbour Workers' Union" and "HWU": one name of capitals that are the initials of one other."""
    bodies = [c for c in chains if c.kind == "organisation"]
    long: dict[str, list[Chain]] = {}
    for chain in bodies:
        for form in {initials(s.name) for s in chain.spans if len(s.name.split()) > 1}:
            if chain not in long.setdefault(form, []):
                long[form].append(chain)
    for chain in bodies:
        name = chain.spans[0].name.replace(".", "") if chain.spans else ""
        fitting = long.get(name, [])
        if len(name) > 1 and name.isupper() and len(fitting) == 1 and fitting[0] is not chain:
            for span in chain.spans:
                fitting[0].add(span)
            chain.spans = []
    chains[:] = [c for c in chains if c.spans]


def join_short_forms(chains: list[Chain]) -> None:
    """Joins one word to the only body of the version that begins or ends with it: "Mondrel", "Mondrel Steel"."""
    bodies = [c for c in chains if c.kind == "organisation"]
    ends: dict[str, list[Chain]] = {}
    for chain in bodies:
        words = fold_body(chain.name).split()
        if len(words) > 1:
            for word in dict.fromkeys((words[0], words[-1])):
                ends.setdefault(word, []).append(chain)
    for chain in bodies:
        words = fold_body(chain.name).split()
        fitting = ends.get(words[0], []) if len(words) == 1 else []
        if len(fitting) == 1 and fitting[0].before(chain.spans[0]):
            for span in chain.spans:
                fitting[0].add(span)
            chain.spans = []
    chains[:] = [c for c in chains if c.spans]


def initials(name: str) -> str:
    """The initials of a name's capitalised words."""
    return "".join(w[0] for w in name.replace("-", " ").split() if w[:1].isupper())


def known_before(span: Span, chains: Sequence[Chain]) -> Chain | None:
    """The chain a noun phrase takes up, or None: see the module's docstring."""
    if span.tail:
        names = [
            c for c in chains if c.kind == span.kind and any(s.name == span.name for s in c.spans)
        ]
        return names[0] if len(names) == 1 and span.definite else None
    if span.kind in ("office", "person"):
        return _person_before(span, chains)
    same = [
        c
        for c in chains
        if c.kind == span.kind and c.head == span.key and c.before(span) and _one_country(c, span)
    ]
    words = fold_loose(span.name)
    if exact := [c for c in same if any(fold_loose(s.name) == words for s in c.spans)]:
        return exact[0] if len(exact) == 1 else None
    if not span.definite:
        return None
    plain = len(_content(span.name)) == 1
    if span.kind == "organisation" and plain:
        same += [
            c
            for c in chains
            if c.kind == "organisation"
            and c not in same
            and c.before(span)
            and _last_word(c) == span.key
        ]
    fitting = [c for c in same if plain or _shares(c, span)]
    return fitting[0] if len(fitting) == 1 else None


def _last_word(chain: Chain) -> str:
    words = fold_body(chain.name).split()
    return words[-1] if words else ""


def _one_country(chain: Chain, span: Span) -> bool:
    return chain.country is None or span.country is None or chain.country == span.country


def _content(name: str) -> set[str]:
    return {w for w in fold_loose(name).replace(".", "").split() if w not in _FUNCTION}


def _shares(chain: Chain, span: Span) -> bool:
    """Whether a modifier of the phrase is one of the chain's too."""
    own = _content(span.name) - {span.key, fold_loose(span.name).split()[-1]}
    return any(own & _content(s.name) for s in chain.spans)


def holder_of(span: Span, chains: Sequence[Chain]) -> Chain | None:
    """The person whose name stands right beside an office: "X, the minister,"."""
    if span.holder is None:
        return None
    sentence, token = span.holder
    for chain in chains:
        if chain.kind == ("organisation" if span.kind == "organisation" else "person") and any(
            s.sentence == sentence and s.first <= token < s.last and s.role == "name"
            for s in chain.spans
        ):
            return chain
    return None


def _person_before(span: Span, chains: Sequence[Chain]) -> Chain | None:
    """The person or unnamed office holder that a definite "the minister" takes up."""
    if not span.definite or span.plural:
        return None
    earlier = [
        c
        for c in chains
        if c.kind in ("person", "office") and c.before(span) and _one_country(c, span)
    ]
    named = [c for c in earlier if any(s.role == "name" for s in c.spans)]
    if span.office == "counterpart":
        called = [
            c
            for c in chains
            if any(s.office == "counterpart" for s in c.spans)
            and span.country
            and c.country == span.country
        ]
        return called[0] if len(called) == 1 else None
    if span.office and span.office not in _LONELY:
        fitting = [c for c in named if any(office_fits(span.office, o) for o in c.offices)]
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            latest = sorted(fitting, key=lambda c: c.last_before(span))
            near = [c for c in fitting if c.last_before(span)[0] >= span.sentence - 1]
            return latest[-1] if len(near) == 1 and near[0] is latest[-1] else None
    unnamed = [c for c in earlier if c not in named and c.head == span.key]
    plain = len(_content(span.name)) == 1
    fitting = [c for c in unnamed if plain or _shares(c, span)]
    if len({fold_loose(c.name) for c in fitting}) == 1:
        return max(fitting, key=lambda c: c.last_before(span))
    return None


def office_fits(asked: str, held: str) -> bool:
    """Whether "the minister" may be somebody who is foreign minister: the same title, or its last word."""
    if asked == held:
        return True
    if " " in asked or held.startswith(_SENIOR):
        return False
    return asked in held.split()


def complete(chain: Chain, gazetteer: Gazetteer) -> None:
    """Fills office and country from the gazetteer where name and office, or a full name, match an entry."""
    if chain.kind != "person":
        return
    rows = gazetteer.holders_of(chain.name)
    if not rows:
        found = [h for o in chain.offices if (h := gazetteer.held(chain.name, o, chain.country))]
        rows = tuple(found[:1])
    if chain.country is None and rows and len({h.country for h in rows}) == 1:
        chain.country = rows[0].country
