"""One self-contained file of a story: the same sections as the app, with the cited passages at its end."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass

from markupsafe import Markup

from onrecord.errors import UsageError
from onrecord.publish import views
from onrecord.publish.desk import Desk
from onrecord.publish.library import Library
from onrecord.publish.links import FileLinks, Passage
from onrecord.publish.marking import cuts
from onrecord.publish.pages import SECTIONS, asset, shown
from onrecord.publish.pages import render as render_template
from onrecord.records import Article, Story, Version


@dataclass(frozen=True)
class Stretch:
    """A stretch of a whole text. `anchors`: cited passages that begin here."""

    text: str
    cited: bool
    anchors: tuple[str, ...]


@dataclass(frozen=True)
class FullText:
    """A version's whole text with its cited passages."""

    article: Article
    version: Version
    stretches: tuple[Stretch, ...]


def full_texts(desk: Desk, passages: tuple[Passage, ...]) -> tuple[FullText, ...]:
    """Every version of every report, whole."""
    texts = []
    for article in desk.articles:
        for version in desk.versions(article):
            mine = [
                (p.citation.start, p.citation.end, p.anchor)
                for p in passages
                if p.citation.version_id == version.id
                and p.citation.start is not None
                and p.citation.end is not None
            ]
            stretches = tuple(
                Stretch(version.text[a:b], inside, tuple(anchor for s, _, anchor in mine if s == a))
                for a, b, inside in cuts(len(version.text), [(s, e) for s, e, _ in mine])
            )
            texts.append(FullText(article, version, stretches))
    return tuple(texts)


def _digest(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


def render(library: Library, story_id: str, full_text: bool = False) -> str:
    """The dossier of a story as one HTML file that asks the network for nothing.

    With `full_text` it holds every version's whole text; without, only the cited passages.
    The same record gives the same bytes. Raises UsageError if there is no such story.
    """
    story = library.get(Story, story_id)
    if story is None:
        raise UsageError("no such story", where=story_id, do="`onrecord export stories` lists them")
    desk = Desk(library, story)
    links = FileLinks(desk)
    css, script = asset("onrecord.css"), asset("onrecord.js")
    policy = (
        f"default-src 'none'; style-src {_digest(css)}; script-src {_digest(script)}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    return render_template(
        "dossier.html",
        links,
        desk=desk,
        story=story,
        first=views.first_screen(desk),
        brief=views.brief(desk),
        shown=[shown(desk, section) for section in SECTIONS],
        full_text=full_text,
        full_texts=lambda: full_texts(desk, links.passages()),
        css=Markup(css),
        script=Markup(script),
        policy=policy,
    )
