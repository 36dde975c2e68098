"""Articles -> Story with its episodes: which reports tell of the same event, which events belong together.

An episode holds reports of one event: alike in words, close in time. A story joins episodes that
share rare names *and* matter within a longer time: likeness alone would join running stories. Every
article is in exactly one episode of exactly one story.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from onrecord.gazetteer import Gazetteer
from onrecord.options import option
from onrecord.records import (
    ActorLinks,
    Article,
    Bounds,
    DateCandidate,
    Episode,
    Ruling,
    Story,
    Version,
)
from onrecord.relate.judging_lines import Grouping, regrouped, titled
from onrecord.relate.names import names_of, places_of
from onrecord.relate.similarity import (
    ONE,
    Graph,
    agglomerate,
    borrow,
    broad,
    common_terms,
    count_terms,
    dot_products,
    shortness,
    term_of,
    unit,
    vectors,
)
from onrecord.stage import Group, Resources
from onrecord.text.folding import fold_loose
from onrecord.text.ids import make_id
from onrecord.text.instants import is_instant, moment, sort_key

NEAR = ((0, 1000), (6, 900), (24, 750), (72, 600), (168, 450), (400, 300))
"""What is left (per mille) of two reports' likeness when so many hours lie between them; straight
lines in between, 300 beyond. Unknown times count as no distance: they tell nothing."""

LEAD = 1000
"""Characters of a report in which the place of its event is looked for."""


@dataclass(frozen=True, slots=True)
class Options:
    """Options of the stories stage."""

    same_event: int = option(
        240, "Reports with this mean likeness tell of one event", unit="per mille"
    )
    likely_event: int = option(
        170,
        "In a record of many reports, they likely do from this likeness on, if they are not much "
        "more alike among themselves",
        unit="per mille",
    )
    likely_in_few: int = option(
        80, "What likely_event is in a record of a handful of reports", unit="per mille"
    )
    likely_share: int = option(
        60,
        "So much of the likeness among themselves makes what is likely one event",
        unit="per cent",
    )
    title_weight: int = option(3, "How many times a headline's words count")
    neighbours: int = option(15, "A bare headline borrows words of so many nearest reports")
    borrow_from: int = option(
        250, "A neighbour lends words from this likeness on", unit="per mille"
    )
    short_bonus: int = option(
        400, "Two bare headlines count as so much more alike", unit="per mille"
    )
    elsewhere: int = option(
        700, "What is left of a likeness if the reports' leads name other places", unit="per mille"
    )
    floor: int = option(40, "A smaller likeness counts as none", unit="per mille")
    same_story: int = option(
        150, "Episodes of this likeness that share rare names are one story", unit="per mille"
    )
    rare_names: int = option(2, "So many rare names in common make two episodes one story")
    rare_share: int = option(
        5, "A name is rare in at most this part of the episodes", unit="per cent"
    )
    rare_floor: int = option(6, "Names of so many episodes are rare however few episodes there are")
    near_episodes: int = option(
        72, "Events of one story this close together can be one episode", unit="hours"
    )
    near_names: int = option(
        3,
        "Parts of so many names two events share before they can be one episode; in a record of a "
        "handful of reports one",
    )
    near_likeness: int = option(
        120, "How alike two events are before they can be one episode", unit="per mille"
    )
    common_names: int = option(
        5, "So many names in common do, rare or not, if the likeness is close"
    )
    close_story: int = option(
        180, "What likeness is close for episodes that share common names", unit="per mille"
    )
    alike_in_few: int = option(
        120,
        "In a record of a handful of reports, events whose reports are so alike in words on the mean and "
        "share part of a name are one story; the more reports, the more alike they must be",
        unit="per mille",
    )
    window: int = option(60, "Episodes further apart are never one story", unit="days")


@dataclass(frozen=True, eq=False)
class Report:
    """One article with what stories look at."""

    article: Article
    text: str
    title: str
    names: dict[str, str]
    words: frozenset[str]
    dates: tuple[str, ...]
    places: frozenset[str]


def work(group: Group, options: Options, resources: Resources) -> Iterator[Story]:
    """All stories. Articles without a text stand alone."""
    reports = _reports(group, resources.get("gazetteer"))
    if not reports:
        return
    counts = []
    for r in reports:
        terms = count_terms([(r.title, options.title_weight), (r.text, 1)])
        terms.update(f"@{day}" for day in r.dates)
        counts.append(terms)
    rows, graph = _likeness(reports, counts, options)
    episodes = _events(reports, graph, options)
    found = []
    for members, shared in _stories(reports, episodes, rows, options):
        parts = _episodes(reports, graph, [episodes[e] for e in members], options)
        ids = tuple(tuple(reports[i].article.id for i in part) for part in parts)
        found.append(Grouping(ids, _why(len(members), len(parts), shared)))
    at = {r.article.id: i for i, r in enumerate(reports)}
    rulings = group.all(Ruling)
    for one in regrouped(found, rulings):
        parts = [[at[a] for a in episode] for episode in one.episodes]
        yield titled(_story(reports, graph, parts, one.why), rulings)


NAMED = ("person", "organisation", "place", "government")
"""Kinds of actors whose names tell what a story is about; "reporters" and "the minister" do not."""


def _telling(name: str, kind: str, gazetteer: Gazetteer | None) -> bool:
    """Whether a name is one that few stories share: no country, capital or body that the gazetteer
    knows, and written as a name."""
    if kind not in NAMED or not name[:1].isupper() or not any(c.islower() for c in name):
        return False
    if gazetteer is None:
        return True
    known = gazetteer.place_kind(name) or gazetteer.organisation(name)
    return not known and (kind == "person" or not gazetteer.country_of(name))


_WORD = re.compile(r"[^\W\d_][\w'’\-]+")


def name_words(names: Iterable[str], gazetteer: Gazetteer | None) -> frozenset[str]:
    """The words of names that few stories share, folded: no common words, and none that the gazetteer
    knows. Where the same man is "Henk Dalrup" in one report and "Dalrup" in another, or a firm a person to
    the parser, the word is still the same."""
    found = set()
    for name in names:
        if gazetteer is not None and _known(name, gazetteer):
            continue
        for match in _WORD.finditer(name):
            word = match[0].removesuffix("'s").removesuffix("’s")
            term = term_of(word)
            if len(word) < 3 or not word[0].isupper() or not any(c.islower() for c in word):
                continue
            if term is None or term in common_terms():
                continue
            if gazetteer is None or not _known(word, gazetteer):
                found.add(fold_loose(word))
    return frozenset(found)


def _known(name: str, gazetteer: Gazetteer) -> bool:
    """Whether many stories may hold the name: a country, a capital, a great body, a head of state."""
    return bool(
        gazetteer.place_kind(name)
        or gazetteer.organisation(name)
        or gazetteer.country_of(name)
        or gazetteer.held_by_surname(name)
        or gazetteer.holders_of(name)
        or gazetteer.gender(name)
    )


def _reports(group: Group, gazetteer: Gazetteer | None) -> list[Report]:
    """Every article with its latest text, in order of publication, then id."""
    latest: dict[str, Version] = {}
    for one in sorted(group.all(Version), key=lambda v: v.number):
        latest[one.article_id] = one
    linked: dict[str, dict[str, str]] = {}
    for links in group.all(ActorLinks):
        linked.setdefault(links.article_id, {}).update(
            (link.actor_id, link.name)
            for link in links.links
            if _telling(link.name, link.kind, gazetteer)
        )
    days: dict[str, set[str]] = {}
    for candidate in group.all(DateCandidate):
        value = candidate.value or ""
        explicit = any(c.isdigit() for c in candidate.citation.quote)
        if explicit and candidate.anchored and len(value) == 10 and value[4] == value[7] == "-":
            days.setdefault(candidate.article_id, set()).add(value)
    found = []
    for article in sorted(group.all(Article), key=lambda a: sort_key(a.published.earliest, a.id)):
        version = latest.get(article.id)
        text = version.text if version else ""
        title = article.title or ""
        body = text
        if version and version.blocks and version.blocks[0].kind == "title":
            first = version.blocks[0]
            title = title or text[first.start : first.end]
            body = text[first.end :]
        written = names_of(version) if version else {}
        names = linked.get(article.id) or written
        words = name_words([*linked.get(article.id, {}).values(), *written.values()], gazetteer)
        places = places_of(body, 0, LEAD)
        if article.dateline.place:
            places.add(fold_loose(article.dateline.place))
        found.append(
            Report(
                article,
                body,
                title,
                names,
                words,
                tuple(sorted(days.get(article.id, ()))),
                frozenset(places),
            )
        )
    return found


# --------------------------------------------------------------------------- episodes


FEW, MANY = 5, 80
"""Reports of a small and of a large record: by how many there are, thresholds go from one to the other."""


def _events(reports: Sequence[Report], graph: Graph, options: Options) -> list[list[int]]:
    """Groups of reports that surely or likely tell of one event.

    Likely: less alike than what is sure, but not much less than the reports of either group among
    themselves. Two events of one topic are less alike than the reports of either are, whatever the
    record; so a low threshold does not join them.
    """
    sure = options.same_event * ONE
    likely = min(sure, _grown(len(reports), options.likely_in_few, options.likely_event) * ONE)

    def may(mean: int, inside: int, a: Sequence[int], b: Sequence[int]) -> bool:
        if mean >= sure:
            return True
        share = options.likely_share
        if _apart(reports, a, b) is None:
            share += (100 - share) // UNKNOWN_TIME
        return mean * 100 >= share * inside and _named_alike(reports, a, b, mean, options)

    return agglomerate(graph, likely, may)


def _grown(count: int, few: int, many: int) -> int:
    """A threshold that goes from `few` in a small record to `many` in a large one.

    The fewer reports, the fewer pairs that can be alike by chance, and the likelier two of them were
    brought together for one event: of random parts of bench/stories with 2, 9, 20 and 78 reports, one
    threshold for all joins did best at 80, 140, 180 and 240 per mille.
    """
    parts = math.log2(min(max(count, FEW), MANY) / FEW) / math.log2(MANY / FEW)
    return round(few + (many - few) * parts)


UNKNOWN_TIME = 4
"""The part of what lies between `likely_share` and all that is asked for on top where a time is unknown:
nothing was taken from such a likeness for the time that may lie between."""
FAINT = 120
"""Mean likeness (per mille) below which groups of reports are hardly alike."""
MANY_NAMES = 4
"""Names from which it tells something that no other report shares one: fewer are often those that the
other calls by their office."""


def _named_alike(
    reports: Sequence[Report], a: Sequence[int], b: Sequence[int], mean: int, options: Options
) -> bool:
    """Whether names do not speak against one event. Groups that are hardly alike, or known to lie
    further apart in time than `near_episodes`, share two: a town's name alone makes short reports of a
    cup final and of a flood as alike as that. Groups that both have many share one."""
    x, y = _words(reports, a), _words(reports, b)
    apart = _apart(reports, a, b)
    if mean < FAINT * ONE or (apart is not None and apart > options.near_episodes):
        return len(x & y) >= 2
    return min(len(x), len(y)) < MANY_NAMES or not x.isdisjoint(y)


def _apart(reports: Sequence[Report], a: Sequence[int], b: Sequence[int]) -> int | None:
    """Hours between two groups of reports; None if the time of one is unknown."""
    left, right = (_span([reports[i].article for i in side]) for side in (a, b))
    if left is None or right is None:
        return None
    return max(0, left[0] - right[1], right[0] - left[1])


def _likeness(
    reports: Sequence[Report], counts: Sequence[Counter[str]], options: Options
) -> tuple[list[dict[str, int]], Graph]:
    """Vectors, and how alike every two reports are: in words, weighed by the time between them."""
    rows = vectors(counts)
    short = [shortness(c) for c in counts]
    floor = options.floor * ONE
    graph = _weigh(reports, _alike(rows, floor), options)
    wide = borrow(rows, graph, short, options.neighbours, options.borrow_from * ONE, ONE)
    if wide != rows:
        graph = _weigh(reports, _alike(wide, floor), options)
    bonus = [
        {
            j: v * (ONE * ONE + options.short_bonus * min(short[i], short[j])) // (ONE * ONE)
            for j, v in row.items()
        }
        for i, row in enumerate(graph)
    ]
    return wide, bonus


def _alike(rows: Sequence[dict[str, int]], floor: int) -> Graph:
    graph = dot_products(rows, floor)
    return graph if len(rows) >= MANY else broad(rows, graph)


def _weigh(reports: Sequence[Report], graph: Graph, options: Options) -> Graph:
    """Likeness by what is known of time and place."""
    spans = [_hours(r.article.published) for r in reports]
    return [
        {
            j: alike
            * nearness(spans[i], spans[j])
            * _by_place(reports[i], reports[j], options)
            // (ONE * ONE)
            for j, alike in row.items()
        }
        for i, row in enumerate(graph)
    ]


def _by_place(a: Report, b: Report, options: Options) -> int:
    tells = a.places and b.places and not a.places & b.places
    return options.elsewhere if tells else ONE


def _hours(published: Bounds) -> tuple[int, int] | None:
    """Bounds of a publication in whole hours; None if unknown. A bare day lasts all its hours."""
    early, late = published.earliest, published.latest
    if early is None and late is None:
        return None
    low = moment(early or late or "")
    high = moment(late or early or "", end=True)
    return int(low.timestamp()) // 3600, int(high.timestamp()) // 3600


def nearness(a: tuple[int, int] | None, b: tuple[int, int] | None) -> int:
    """What is left of a likeness by the hours between two publications, in per mille."""
    if a is None or b is None:
        return ONE
    gap = max(0, a[0] - b[1], b[0] - a[1])
    for (x0, y0), (x1, y1) in pairwise(NEAR):
        if gap <= x1:
            return y0 + (y1 - y0) * (gap - x0) // (x1 - x0)
    return NEAR[-1][1]


# --------------------------------------------------------------------------- stories


def _stories(
    reports: Sequence[Report],
    episodes: Sequence[Sequence[int]],
    rows: Sequence[dict[str, int]],
    options: Options,
) -> list[tuple[list[int], list[str]]]:
    """Groups of events, each with the names that all of its events share."""
    centres, names, spans = [], [], []
    for members in episodes:
        total: Counter[str] = Counter()
        named: Counter[str] = Counter()
        for i in members:
            total.update(rows[i])
            named.update(reports[i].names.keys())
        centres.append(unit(total))
        names.append({n for n, k in named.items() if 2 * k >= len(members) or k >= 3})
        spans.append(_span([reports[i].article for i in members]))
    held = Counter(n for found in names for n in found)
    most = max(options.rare_floor, options.rare_share * len(episodes) // 100)
    means, graph = _by_words(reports, episodes, rows, options)
    least = _grown(len(reports), LEAST_IN_FEW, 0) * ONE
    for i, row in enumerate(dot_products(centres, options.same_story * ONE)):
        for j, alike in row.items():
            shared = names[i] & names[j]
            rare = sum(held[n] <= most for n in shared)
            close = len(shared) >= options.common_names and alike >= options.close_story * ONE
            if (
                (rare >= options.rare_names or close)
                and means[i].get(j, 0) >= least
                and _within(spans[i], spans[j], options.window)
            ):
                graph[i][j] = max(alike, graph[i].get(j, 0))
    shown = {k: n for r in reversed(reports) for k, n in r.names.items()}
    found = []
    for group in agglomerate(graph, options.same_story * ONE // 2):
        shared = set.intersection(*(names[e] for e in group))
        found.append((group, sorted(shown[n] for n in shared)))
    return found


LEAST_IN_FEW = 130
"""Mean likeness in words (per mille) that events of a handful of reports need to be one story by their
names. There every name is rare. Of 1,225 pairs of triplets of bench/stories/basil, set into one week, half
as many are one story with it (3 in 100) as without; no triplet is parted by it."""
MANY_ALIKE = 500
"""What `alike_in_few` is in a record of many reports: so alike are hardly any two events."""
FAR = 365
"""Days beyond `window` within which events of a small record are one story if they are twice as alike."""


def _by_words(
    reports: Sequence[Report],
    episodes: Sequence[Sequence[int]],
    rows: Sequence[dict[str, int]],
    options: Options,
) -> tuple[Graph, Graph]:
    """How alike the reports of two events are on the mean, whatever time lies between them, and which
    events of a small record are one story by that. Both are empty in a large record.

    What came of a matter is told weeks later, but with the same names. At 150 per mille, of pairs of reports
    of one event in bench/stories (basil, ecb, allsides) 100, 84 and 73 in 100 are so alike and share part of
    a name, of pairs of two events 9, 0 and 3; of 38 invented stories, most of which span weeks, all are one
    story at 120, and of 343 pairs of them none.
    """
    joined: Graph = [{} for _ in episodes]
    means: Graph = [{} for _ in episodes]
    if len(reports) >= MANY:
        return means, joined
    least = _grown(len(reports), options.alike_in_few, MANY_ALIKE) * ONE
    alike = broad(rows, dot_products(rows, 1))
    words = [_words(reports, members) for members in episodes]
    spans = [_span([reports[i].article for i in members]) for members in episodes]
    for i, a in enumerate(episodes):
        for j, b in enumerate(episodes[:i]):
            mean = sum(alike[x].get(y, 0) for x in a for y in b) // (len(a) * len(b))
            means[i][j] = means[j][i] = mean
            near = _within(spans[i], spans[j], options.window)
            wanted = least if near else 2 * least
            far = near or _within(spans[i], spans[j], options.window + FAR)
            if far and mean >= wanted and not words[i].isdisjoint(words[j]):
                joined[i][j] = joined[j][i] = mean
    return means, joined


def _words(reports: Sequence[Report], members: Sequence[int]) -> frozenset[str]:
    return frozenset[str]().union(*(reports[i].words for i in members))


def _episodes(
    reports: Sequence[Report], graph: Graph, events: Sequence[Sequence[int]], options: Options
) -> list[list[int]]:
    """The events of one story, those that lie close together in time, share names and are alike in
    part joined into one episode. Events of unknown time stay as they are."""
    parts = [sorted(members) for members in events]
    while True:
        best: tuple[int, int, int] | None = None
        for i, a in enumerate(parts):
            for j in range(i + 1, len(parts)):
                alike = _near(reports, graph, a, parts[j], options)
                if alike is not None and (best is None or alike > best[0]):
                    best = (alike, i, j)
        if best is None:
            return parts
        _, i, j = best
        parts[i] = sorted(parts[i] + parts[j])
        del parts[j]


def _near(
    reports: Sequence[Report], graph: Graph, a: Sequence[int], b: Sequence[int], options: Options
) -> int | None:
    """The mean likeness of two events that can be one episode; None if they cannot."""
    apart = _apart(reports, a, b)
    if apart is None or apart > options.near_episodes:
        return None
    if len(_words(reports, a) & _words(reports, b)) < _grown(len(reports), 1, options.near_names):
        return None
    alike = sum(graph[i].get(j, 0) for i in a for j in b) // (len(a) * len(b))
    return alike if alike >= options.near_likeness * ONE else None


def _why(events: int, episodes: int, shared: Sequence[str]) -> str:
    """Why these reports are one story, in words."""
    if events == 1:
        return "one event; no other shares its names and its matter"
    told = f"{events} events in {'one episode' if episodes == 1 else f'{episodes} episodes'}"
    if not shared:
        return f"{told}, each of which shares names and much of its wording with others"
    more = f" and {len(shared) - 2} more" if len(shared) > 2 else ""
    noun = "name" if len(shared) == 1 else "names"
    return f"{told} that share the {noun} {', '.join(shared[:2])}{more}, and much of their wording"


def _span(articles: Sequence[Article]) -> tuple[int, int] | None:
    hours = [h for a in articles if (h := _hours(a.published))]
    return (min(h[0] for h in hours), max(h[1] for h in hours)) if hours else None


def _within(a: tuple[int, int] | None, b: tuple[int, int] | None, days: int) -> bool:
    return a is None or b is None or max(a[0] - b[1], b[0] - a[1]) <= 24 * days


# --------------------------------------------------------------------------- records


def _story(
    reports: Sequence[Report], graph: Graph, groups: Sequence[Sequence[int]], why: str
) -> Story:
    groups = sorted(groups, key=min)
    episodes = tuple(_episode(reports, graph, members) for members in groups)
    every = sorted(i for members in groups for i in members)
    return Story(
        id=make_id("sto", "story", reports[every[0]].article.id),
        title=_title(reports, graph, every),
        articles=tuple(reports[i].article.id for i in every),
        episodes=episodes,
        basis=why,
    )


def _episode(reports: Sequence[Report], graph: Graph, members: Sequence[int]) -> Episode:
    published = [reports[i].article.published for i in members]
    early = [p.earliest for p in published if p.earliest]
    late = [p.latest for p in published if p.latest]
    return Episode(
        id=make_id("epi", "episode", reports[min(members)].article.id),
        title=_title(reports, graph, members),
        earliest=min(early, key=lambda t: (moment(t), t)) if early else None,
        latest=max(late, key=lambda t: (moment(t, end=not is_instant(t)), t)) if late else None,
        articles=tuple(reports[i].article.id for i in sorted(members)),
    )


def _title(reports: Sequence[Report], graph: Graph, members: Sequence[int]) -> str:
    """The headline of the report that is most like the others; of equals the earliest."""
    inside = set(members)
    titled = [i for i in sorted(members) if reports[i].title]
    if not titled:
        return reports[min(members)].article.path
    central = max(titled, key=lambda i: (sum(v for j, v in graph[i].items() if j in inside), -i))
    return reports[central].title
