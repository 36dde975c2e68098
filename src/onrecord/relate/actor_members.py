"""Members: what one version says of one referent, the unit that actors are put together from."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from onrecord.gazetteer import Gazetteer
from onrecord.records import Mention
from onrecord.text.folding import fold_loose

_DETERMINERS = ("the ", "a ", "an ", "The ", "A ", "An ")
_FIELDS = {
    "police": "police", "military": "military", "cleric": "cleric", "royal": "royal", "scholar": "scholar",
    "justice": "justice", "organisation": "", "official": "", "counterpart": "",
}  # fmt: skip


@dataclass(frozen=True)
class Member:
    """A chain of one version with what its mentions tell. `first` is its smallest mention id."""

    first: str
    version_id: str
    article_id: str
    kind: str
    name: str
    country: str | None
    offices: tuple[str, ...]
    forms: tuple[str, ...]
    mentions: tuple[Mention, ...] = field(repr=False, compare=False)
    nth: int = 0

    @property
    def named(self) -> bool:
        """Whether it has a name of its own, not only a noun phrase."""
        if self.kind == "office":
            return False
        if self.kind in ("person", "government", "place"):
            return any(m.role in ("name", "metonym", "place") for m in self.mentions) and _capital(
                self.name
            )
        return _capital(self.name)


def _capital(name: str) -> bool:
    words = name.split()
    return bool(words) and any(c.isupper() or c.isdigit() for c in words[-1])


def members_of(mentions: Sequence[Mention]) -> list[Member]:
    """All chains of all versions, ordered by version and place in the text."""
    chains: dict[tuple[str, str], list[Mention]] = defaultdict(list)
    for mention in mentions:
        chains[mention.version_id, mention.chain].append(mention)
    groups = sorted(
        (sorted(group, key=lambda m: m.start) for group in chains.values()),
        key=lambda group: (group[0].version_id, group[0].start),
    )
    seen: Counter[tuple[str, str, str]] = Counter()
    found = []
    for group in groups:
        head = group[0]
        key = (head.version_id, head.kind, fold_loose(head.name))
        found.append(
            Member(
                first=min(m.id for m in group),
                version_id=head.version_id,
                article_id=head.article_id,
                kind=head.kind,
                name=head.name,
                country=next((m.country for m in group if m.country), None),
                offices=tuple(dict.fromkeys(m.office for m in group if m.office)),
                forms=tuple(dict.fromkeys(f for m in group if (f := form(m)))),
                mentions=tuple(group),
                nth=seen[key],
            )
        )
        seen[key] += 1
    return found


def form(mention: Mention) -> str:
    """The words of a naming mention without article and possessive ending; "" for other mentions."""
    if mention.role in ("pronoun", "office"):
        return ""
    text = " ".join(mention.citation.quote.split())
    for word in _DETERMINERS:
        text = text.removeprefix(word)
    return text.removesuffix("'s").removesuffix("’s").strip()


def fields_of(offices: Sequence[str], gazetteer: Gazetteer) -> frozenset[str]:
    """The walks of life that offices belong to; those that fit any are left out."""
    roles = [entry.role for title in offices if (entry := gazetteer.office(title))]
    return frozenset(f for r in roles if (f := _FIELDS.get(r, "politics")))


def conflict(a: Member, b: Member, gazetteer: Gazetteer) -> bool:
    """Whether two bearers of one name are told apart by country, or by offices of different walks of life."""
    if a.country and b.country:
        return a.country != b.country
    x, y = fields_of(a.offices, gazetteer), fields_of(b.offices, gazetteer)
    return bool(x and y and not x & y)
