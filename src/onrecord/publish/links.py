"""Where a line leads: to a page of the app, or to a place inside the one file. Nothing else differs."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import quote, urlencode

from onrecord.publish.decisions import Decisions
from onrecord.publish.desk import Desk
from onrecord.publish.marking import fragment_link, safe_url
from onrecord.records import Article, Capture, Citation


class Links(Protocol):
    """The link function of the templates. An empty text means that there is no such page."""

    one_file: bool
    decisions: Decisions | None
    """What was decided about lines; None on pages that do not tell."""

    def evidence(self, citation: Citation) -> str:
        """To the cited characters."""

    def article(self, article_id: str) -> str:
        """To a report."""

    def actor(self, actor_id: str | None) -> str:
        """To a person or body."""

    def section(self, story_id: str, name: str) -> str:
        """To a section of a story, whole."""

    def item(self, story_id: str, section: str, item_id: str) -> str:
        """To one item of a section."""

    def review(self, story_id: str, pair: str) -> str:
        """To a relation's place in the review queue; `pair` as decisions.pair_key says it."""

    def history(self, article_id: str) -> str:
        """To a report's versions and all else that became of it."""

    def compare(self, article_id: str, older: str, newer: str, view: str = "side") -> str:
        """To two versions of a report against one another; `view`: side, inline."""


class AppLinks:
    """Links of the web app. `here`: ids of the items on the page itself."""

    one_file = False

    def __init__(
        self, here: frozenset[str] = frozenset(), decisions: Decisions | None = None
    ) -> None:
        self.here = here
        self.decisions = decisions

    def evidence(self, citation: Citation) -> str:
        return f"/evidence?{urlencode({'address': citation.address}, safe=':/')}"

    def article(self, article_id: str) -> str:
        return f"/article/{quote(article_id, safe='')}"

    def actor(self, actor_id: str | None) -> str:
        return f"/actor/{quote(actor_id, safe='')}" if actor_id else ""

    def section(self, story_id: str, name: str) -> str:
        return f"/story/{quote(story_id, safe='')}/{name}"

    def item(self, story_id: str, section: str, item_id: str) -> str:
        if item_id in self.here:
            return f"#{item_id}"
        return f"{self.section(story_id, section)}?{urlencode({'item': item_id})}#{item_id}"

    def review(self, story_id: str, pair: str) -> str:
        return f"/story/{quote(story_id, safe='')}/review?row={pair}#{pair}"

    def history(self, article_id: str) -> str:
        return f"{self.article(article_id)}/history"

    def compare(self, article_id: str, older: str, newer: str, view: str = "side") -> str:
        asked = {"from": older, "to": newer, "view": view}
        return f"{self.article(article_id)}/compare?{urlencode(asked)}"


@dataclass(frozen=True)
class Passage:
    """A cited passage of the one file, with all that is needed to find it again elsewhere."""

    anchor: str
    citation: Citation
    before: str
    after: str
    article: Article | None
    capture: Capture | None
    url: str | None
    fragment: str | None


SHORT = 80
"""A passage of fewer code points is shown with a few words around it: "said" alone tells nothing."""
AROUND = 60
"""Code points of those words, on each side, within the same block of text."""


class FileLinks:
    """Links inside the one file. Every citation asked for becomes a passage at its end."""

    one_file = True

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.decisions: Decisions | None = Decisions(desk.library)
        self._cited: dict[str, Citation] = {}

    @staticmethod
    def anchor(citation: Citation) -> str:
        return f"e{hashlib.sha256(citation.address.encode()).hexdigest()[:12]}"

    def evidence(self, citation: Citation) -> str:
        self._cited.setdefault(citation.address, citation)
        return f"#{self.anchor(citation)}"

    def article(self, article_id: str) -> str:
        return f"#source-{article_id}" if article_id in self._desk.by_id else ""

    def actor(self, actor_id: str | None) -> str:
        return ""

    def section(self, story_id: str, name: str) -> str:
        return f"#{name}"

    def item(self, story_id: str, section: str, item_id: str) -> str:
        return f"#{item_id}"

    def review(self, story_id: str, pair: str) -> str:
        return ""

    def history(self, article_id: str) -> str:
        return ""

    def compare(self, article_id: str, older: str, newer: str, view: str = "side") -> str:
        return ""

    def passages(self) -> tuple[Passage, ...]:
        """All passages cited so far, by report and place."""
        made = [self._passage(c) for c in self._cited.values()]
        place = {a.id: n for n, a in enumerate(self._desk.articles)}
        return tuple(
            sorted(
                made,
                key=lambda p: (
                    place.get(p.article.id, len(place)) if p.article else len(place),
                    p.citation.capture_id,
                    p.citation.capture_start,
                    p.citation.capture_end,
                    p.citation.address,
                ),
            )
        )

    def _context(self, citation: Citation) -> tuple[str, str]:
        """A few words before and after a short passage; empty for a long one."""
        start, end = citation.start, citation.end
        if citation.version_id is None or start is None or end is None or end - start >= SHORT:
            return "", ""
        version = self._desk.version(citation.version_id)
        block = (
            next((b for b in version.blocks if b.start <= start < b.end), None) if version else None
        )
        if version is None or block is None:
            return "", ""
        low, high = max(block.start, start - AROUND), min(block.end, end + AROUND)
        before, after = version.text[low:start], version.text[end:high]
        if low > block.start and " " in before:
            before = "… " + before.split(" ", 1)[1]
        if high < block.end and " " in after:
            after = after.rsplit(" ", 1)[0] + " …"
        return before, after

    def _passage(self, citation: Citation) -> Passage:
        article = self._desk.article_of(citation)
        capture = self._desk.capture(citation.capture_id)
        url = safe_url(capture.final_url or capture.url if capture else None) or safe_url(
            article.url if article else None
        )
        return Passage(
            self.anchor(citation),
            citation,
            *self._context(citation),
            article,
            capture,
            url,
            fragment_link(url, citation.quote),
        )
