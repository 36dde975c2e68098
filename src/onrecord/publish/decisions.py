"""What pages say of decisions: what was decided about a line, and the form to decide it.

`Decisions` goes with the links of a page, so that every line can ask what was decided about it; in the
one file it tells the same, without forms.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from onrecord.publish import wording
from onrecord.publish.library import Library
from onrecord.records import Actor, Capture, Judgement, Relation, Reuse, Ruling, Statement, Story
from onrecord.relate.judging_lines import reuse_addresses, statement_addresses
from onrecord.text.folding import words
from onrecord.text.judgements import order

if TYPE_CHECKING:
    from onrecord.publish.web_judging import Form


def pair_key(a: str, b: str) -> str:
    """What the relation of the lines at two addresses is called on pages: the same however often the
    record is built."""
    named = "\n".join(sorted((a, b)))
    return f"rel-{hashlib.sha256(named.encode()).hexdigest()[:16]}"


def relation_fields(relation: Relation, a: str, b: str, verdict: str) -> list[tuple[str, str]]:
    """A form's fields for a verdict about the relation of the lines at two addresses, but for the
    verdict itself, which the pressed button says. It is named by its addresses, which hold while the
    record is built anew; `relabel` needs `value.relation` and `value.in` beside these."""
    named = [("kind", "relation"), ("line", a), ("line", b)]
    if verdict == "note":
        return named
    if verdict == "relabel":
        return [*named, ("value.was", relation.relation)]
    named.append(("value.relation", relation.relation))
    return [*named, *([("value.in", relation.in_)] if relation.in_ else [])]


OTHERS = 40
"""Most actors, or stories, that a form offers to join one with: those that share a word come first."""


class Decisions:
    """What was decided, by the addresses it is about. `form` None: nothing can be decided here.

    `back` is where a form leads: the page's own path.
    """

    ACTS = tuple((act, wording.ACTS[act]) for act in wording.ACTS)
    MODALITIES = (
        ("asserted", "said to be so"),
        ("planned", "planned"),
        ("possible", "possible"),
        ("required", "what should be"),
        ("hypothetical", "supposed"),
    )
    KINDS = tuple(
        (kind, kind)
        for kind in ("person", "organisation", "government", "office", "place", "group")
    )
    """What forms offer, as the contract's words and as a reader's."""

    def __init__(self, library: Library, form: Form | None = None, back: str = "") -> None:
        self.library = library
        self.form = form
        self.back = back

    @cached_property
    def _known(self) -> dict[tuple[str, str], dict[str, Judgement]]:
        found: dict[tuple[str, str], dict[str, Judgement]] = defaultdict(dict)
        known = {one.id: one for one in self.library.all(Judgement)}
        for one in known.values():
            for address in one.about.addresses:
                found[one.about.kind, address][one.id] = one
        for ruling in self.library.all(Ruling) if known else ():
            current = known.get(ruling.judgement.id)
            for places in ruling.places[: len(ruling.judgement.about.addresses)]:
                for address in places:
                    if current is not None:
                        found[current.about.kind, address][current.id] = current
        return found

    def about(self, kind: str, addresses: Iterable[str]) -> tuple[Judgement, ...]:
        """What was decided about a line that rests on any of these addresses, in order of time."""
        made: dict[str, Judgement] = {}
        for address in addresses:
            made.update(self._known.get((kind, address), {}))
        return tuple(sorted(made.values(), key=order))

    def about_pair(self, a: str, b: str) -> tuple[Judgement, ...]:
        """What was decided about the relation of two lines."""
        if not self._known:
            return ()
        theirs = {one.id for one in self.about("relation", (b,))}
        return tuple(one for one in self.about("relation", (a,)) if one.id in theirs)

    def statement(self, one: Statement) -> tuple[Judgement, ...]:
        return self.about("statement", statement_addresses(one))

    def reuse(self, one: Reuse) -> tuple[Judgement, ...]:
        return self.about("reuse", reuse_addresses(one))

    def actor(self, one: Actor) -> tuple[Judgement, ...]:
        return self.about("actor", (c.address for c in one.mentions))

    def story(self, one: Story) -> tuple[Judgement, ...]:
        """What was decided about a story by its reports."""
        found = {
            j.id: (j, set(j.captures))
            for (kind, _), some in self._known.items()
            if kind == "story"
            for j in some.values()
        }
        if not found:
            return ()
        own = {c.sha256 for a in one.articles for c in self.library.by(Capture, "article_id", a)}
        return tuple(sorted((j for j, shas in found.values() if own & shas), key=order))

    def at(self, address: str) -> tuple[Judgement, ...]:
        """What was decided about any kind of line that rests on this very address."""
        kinds = sorted({kind for kind, _ in self._known})
        found = (one for kind in kinds for one in self.about(kind, (address,)))
        return tuple(sorted(found, key=order))

    @staticmethod
    def statement_fields(one: Statement) -> list[tuple[str, str]]:
        """The fields that name a statement in a form: its addresses, which hold while the record is
        built anew."""
        return [("kind", "statement"), *(("line", a) for a in statement_addresses(one))]

    @staticmethod
    def reuse_fields(one: Reuse) -> list[tuple[str, str]]:
        """The same of a passage in more than one report."""
        return [("kind", "reuse"), *(("line", a) for a in reuse_addresses(one))]

    def other_actors(self, one: Actor) -> tuple[Actor, ...]:
        """Actors that may be the same one: those that share a word of a name first, then by mentions."""
        own = _words((one.name, *one.aliases))
        found = [a for a in self.library.all(Actor) if a.id != one.id]
        found.sort(key=lambda a: (not own & _words((a.name, *a.aliases)), -len(a.mentions), a.name))
        return tuple(found[:OTHERS])

    def other_stories(self, one: Story) -> tuple[Story, ...]:
        """Stories that may be the same one: those that share words of a title first."""
        own = _words((one.title,))
        found = [s for s in self.library.all(Story) if s.id != one.id]
        found.sort(key=lambda s: (-len(own & _words((s.title,))), -len(s.articles), s.title, s.id))
        return tuple(found[:OTHERS])


def _words(names: Sequence[str]) -> set[str]:
    return {word for name in names for word in words(name)}


_DONE = {
    "confirm": "confirmed",
    "reject": "rejected",
    "relabel": "relabelled",
    "merge": "joined with another",
    "split": "set apart",
    "rename": "renamed",
    "note": "noted",
}


def done(one: Judgement) -> str:
    """What was done to a line, in a word: `confirmed`."""
    return _DONE.get(one.verdict, one.verdict)


def in_words(one: Judgement) -> str:
    """What was decided, in a few words: `relabelled: differ in: occasion`."""
    value = one.value
    if value is None or one.verdict == "note":
        return done(one)
    if one.about.kind == "relation":
        what = wording.CALLED.get(value.relation or "", value.relation or "")
        what += f", in {wording.detail(value.in_)}" if value.in_ else ""
    else:
        given = (
            wording.ACTS.get(value.act, value.act) if value.act else None,
            value.polarity,
            value.modality,
            f"said by {value.speaker}" if value.speaker else None,
            f"“{value.name}”" if value.name else None,
            value.kind,
            value.country,
        )
        what = ", ".join(text for text in given if text)
    return f"{done(one)}: {what}" if what else done(one)
