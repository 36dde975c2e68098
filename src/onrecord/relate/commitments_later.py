"""What later lines of a story tell, ready to be searched for what came of a pledge."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from onrecord.records import (
    Citation,
    Clause,
    Line,
)
from onrecord.relate.commitments_deeds import first_words, phrases_of, words_in
from onrecord.relate.commitments_parts import Known, Pledge
from onrecord.relate.commitments_phrases import (
    names_a_pledge,
    says_passed,
)
from onrecord.relate.commitments_sides import speaks_for
from onrecord.relate.keys import key_of, name_keys
from onrecord.text.folding import words
from onrecord.text.instants import sort_key


@dataclass(frozen=True, slots=True)
class Told:
    """What a clause of a later line shows: done or not, on which days, and by which words."""

    line: Line
    citation: Citation
    clause: Clause | None
    done: bool
    days: tuple[str | None, str | None]
    shared: tuple[str, ...]
    passed: bool = False
    """Whether it says that the deadline has passed."""


class Later:
    """The lines of a story by what they share with a pledge, and when their reports were published."""

    def __init__(
        self,
        lines: Sequence[Line],
        known: Known,
        pledges: Sequence[Pledge],
        names: Mapping[str, frozenset[str]],
        kinds: Mapping[str, int],
    ) -> None:
        """`pledges`: those to search for, of the lines only what may tell of one of them is kept; `names`: the
        keys of the names that each of their reports uses; `kinds`: how many pledges of the story are of each
        family of deeds."""
        self.statements = known.statements
        self.names = names
        self._known: dict[str, frozenset[str]] = {}
        self.kinds = kinds
        self.articles = known.articles
        self.versions = known.versions
        self._when: dict[tuple[str, str], str | None] = {}
        order = {a: sort_key(x.published.earliest, a) for a, x in known.articles.items()}
        bound = {p.line.article_id: p for p in pledges}.values()
        reports = {x.article_id: x for x in lines}
        late = {a for a, x in reports.items() if any(self.when(x, p) is not None for p in bound)}
        self.lines = sorted(
            (x for x in lines if x.article_id in late),
            key=lambda x: (
                order[x.article_id],
                x.citation.capture_start,
                x.citation.capture_end,
                x.id,
            ),
        )
        matter = frozenset[str]().union(*(p.matter | p.hinge for p in pledges))
        kinds_of = first_words()
        self._sides: dict[tuple[str, tuple[str, ...]], bool] = {}
        self._by_key: dict[str, list[int]] = defaultdict(list)
        self._passed: list[int] = []
        self._naming: list[int] = []
        self._of: dict[str, frozenset[int]] = {}
        self._words: list[frozenset[str]] = []
        self._with: dict[str, list[int]] = defaultdict(list)
        for i, line in enumerate(self.lines):
            found = words_in(line.citation.quote)
            self._words.append(found)
            for word in found & kinds_of:
                self._with[word].append(i)
            for key in {k for k, _ in line.keys if k in matter}:
                self._by_key[key].append(i)
            if says_passed(line.text, found):
                self._passed.append(i)
            said = line.text if line.statement_id is None else line.citation.quote
            if names_a_pledge(said, found):
                self._naming.append(i)

    def around(self, line: Line) -> tuple[Clause, ...]:
        """The clauses of a line, and of a statement one more around them: the words of who says it, of which
        no clause was read ("has given up its plan" before "to close the pit")."""
        clauses = line.clauses
        statement = self.statements.get(line.statement_id or "")
        if statement is None or statement.speaker is None:
            return clauses
        person = "person" if line.person else "group"
        return (
            *clauses,
            Clause(
                predicate="",
                word="",
                doers=tuple(sorted(k for k, _ in name_keys(statement.speaker.name, person))),
                doer_ids=(statement.speaker.actor_id,) if statement.speaker.actor_id else (),
                others=tuple(sorted(k for k, _ in line.keys)),
                other_ids=line.actors,
                main=False,
                negative=False,
                told="loose",
                figures=(),
                days=(),
                places=(),
                start=line.citation.start or 0,
                end=line.citation.end or 0,
            ),
        )

    def known(self, pledge: Pledge) -> frozenset[str]:
        """The keys of all words of a pledge's report."""
        version = pledge.line.version_id
        if version not in self._known:
            self._known[version] = frozenset(
                key_of(w.removesuffix("'s")) for w in set(words(self.versions[version].text))
            )
        return self._known[version]

    def speaks(self, name: str, others: Sequence[str]) -> bool:
        """Whether a report of the story gives somebody of that name an office of others, by their keys."""
        key = (name, tuple(others))
        if key not in self._sides:
            self._sides[key] = bool(name) and speaks_for(name, others, self.versions)
        return self._sides[key]

    def sharing(self, keys: Iterable[str]) -> list[Line]:
        """The lines that have one of the keys, in order of publication."""
        found = {i for key in keys for i in self._by_key.get(key, ())}
        return [self.lines[i] for i in sorted(found)]

    def of(self, families: Iterable[str]) -> list[Line]:
        """The lines with words of one of the families of deeds, in order of publication."""
        found = {i for family in families for i in self._naming_family(family)}
        return [self.lines[i] for i in sorted(found)]

    def _naming_family(self, family: str) -> frozenset[int]:
        if family not in self._of:
            self._of[family] = frozenset(
                i
                for first, rest in phrases_of(family)
                for i in self._with.get(first, ())
                if self._words[i].issuperset(rest)
            )
        return self._of[family]

    def passing(self) -> list[Line]:
        """The lines that say of something that it has passed or run out."""
        return [self.lines[i] for i in self._passed]

    def naming(self) -> list[Line]:
        """The lines that name a promise, a threat or a demand and say what came of it."""
        return [self.lines[i] for i in self._naming]

    def when(self, line: Line, pledge: Pledge) -> str | None:
        """Why a line can tell what came of a pledge: reported later, or undated. None if it cannot."""
        key = (line.article_id, pledge.line.article_id)
        if key not in self._when:
            self._when[key] = self._later(*key)
        return self._when[key]

    def _later(self, telling: str, pledging: str) -> str | None:
        if telling == pledging:
            return None
        said, told = self.articles[pledging].published, self.articles[telling].published
        if told.earliest is None or said.latest is None:
            return "the report is undated"
        if sort_key(told.earliest) > sort_key(said.latest):
            return f"reported {told.earliest[:10]}"
        return None
