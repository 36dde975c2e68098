"""Small edits of invented reports, each with the label that a reader expects of it.

Every edit is a pair of sentences put into an invented report at a place that its number chooses, so that
the words around it differ; headlines, bylines, notes, moves and furniture are edited in the reports
themselves. `edits()` gives them all, always the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from invented_reports import REPORTS, Report


@dataclass(frozen=True)
class Edit:
    """An older and a newer version as (kind of block, text), and what is expected of the change.

    `label`: among the change's labels; `never`: labels it must not have; `least`, `most`: bounds of
    its significance.
    """

    kind: str
    older: tuple[tuple[str, str], ...]
    newer: tuple[tuple[str, str], ...]
    label: str
    never: tuple[str, ...] = ()
    least: int = 0
    most: int = 1000


@dataclass(frozen=True)
class Pair:
    """Sentences of a kind of edit: before and after."""

    kind: str
    label: str
    rows: tuple[tuple[str, str], ...]
    never: tuple[str, ...] = ()
    least: int = 0
    most: int = 1000


WORDING = ("number", "name", "date", "quote", "correction", "cosmetic", "template")
SENTENCES = (
    Pair(
        "digit",
        "number",
        (
            ("At least 12 people were hurt.", "At least 14 people were hurt."),
            ("In all, 60 barges waited outside.", "In all, 66 barges waited outside."),
            (
                "The ship carries 1,204 passengers and 90 cars.",
                "The ship carries 1,240 passengers and 90 cars.",
            ),
            ("Route 7 was closed at both ends.", "Route 9 was closed at both ends."),
        ),
        least=650,
    ),
    Pair(
        "decimal",
        "number",
        (
            ("Repairs will cost $4.7 million.", "Repairs will cost $47 million."),
            ("The quay rose by 1.25 metres.", "The quay rose by 12.5 metres."),
            ("Traffic fell to 0.8 of last year's.", "Traffic fell to .08 of last year's."),
        ),
        least=650,
    ),
    Pair(
        "sign",
        "number",
        (
            ("Fares changed by +3.5 percent.", "Fares changed by -3.5 percent."),
            (
                "It was −4 degrees at the gate in the night.",
                "It was 4 degrees at the gate in the night.",
            ),
            ("The budget closes at -€120,000.", "The budget closes at +€120,000."),
        ),
        least=650,
    ),
    Pair(
        "number word",
        "number",
        (
            ("Twelve divers were sent down.", "Fourteen divers were sent down."),
            (
                "About a dozen boats turned round in the harbour.",
                "About 14 boats turned round in the harbour.",
            ),
            ("The pilot waited for two hours.", "The pilot waited for nearly three hours."),
            (
                "A third of the crew was ill by then.",
                "A quarter of the crew was ill by then.",
            ),
            (
                "The board met for the fourth time.",
                "The board met for the fifth time.",
            ),
            (
                "She has twenty-one years of service behind her.",
                "She has thirty-one years of service behind her.",
            ),
        ),
        least=650,
    ),
    Pair(
        "per cent, currency, unit, age",
        "number",
        (
            ("Rents rose by 12 per cent.", "Rents rose by 12 percentage points."),
            ("The fund holds €30 million.", "The fund holds £30 million."),
            ("The fund holds 30 million crowns.", "The fund holds 30 million euros."),
            ("The gap is 9 kilometres wide.", "The gap is 9 miles wide."),
            ("Talks went on for nine weeks.", "Talks went on for nine months."),
            ("Pia Lund, 43, steered the boat.", "Pia Lund, 34, steered the boat."),
            ("The 19-year-old swam ashore.", "The 17-year-old swam ashore."),
            ("They won by 3-1 in the end.", "They won by 3-2 in the end."),
            ("The fund holds $30 million.", "The fund holds $30 billion."),
        ),
        least=650,
    ),
    Pair(
        "the same number otherwise",
        "wording",
        (
            ("There were 12 boats in the bay.", "There were twelve boats in the bay."),
            ("It cost the town $4.7m last time.", "It cost the town $4.7 million last time."),
            ("Rents rose by 5 per cent.", "Rents rose by 5%."),
            ("It holds 1200 samples by now.", "It holds 1,200 samples by now."),
        ),
        never=("number",),
        most=299,
    ),
    Pair(
        "name, one letter",
        "name",
        (
            ("The plan is Owen Halder's.", "The plan is Owen Holder's."),
            (
                "A letter by Marta Kelm started it.",
                "A letter by Marta Kelmm started it.",
            ),
            ("Brenn was not in the room.", "Brenna was not in the room."),
            ("It was sold to Aldis Bank in May.", "It was sold to Aldes Bank in May."),
            (
                "People in Upper Sorn had left.",
                "People in Upper Sarn had left.",
            ),
        ),
        least=650,
    ),
    Pair(
        "name",
        "name",
        (
            ("The plan is by J. Halder.", "The plan is by K. Halder."),
            ("Dr Holm spoke first at the meeting.", "Prof Holm spoke first at the meeting."),
            (
                "Mr Holm spoke first at the meeting.",
                "Mrs Holm spoke first at the meeting.",
            ),
            (
                "It was bought by Anna Berg-Lund.",
                "It was bought by Anna Berg-Lunt.",
            ),
            ("The ship was built in Ostrava.", "The ship was built in Karlin."),
            ("The CKR union agreed to it.", "The CRK union agreed to it."),
            (
                "The minister, Ruth Alder, had agreed.",
                "The minister, Ines Moor, had agreed.",
            ),
            ("Halder met Kelm at the lock.", "Kelm met Halder at the lock."),
            (
                "Asked about it, Halder left the room.",
                "Asked about it, Ruth Halder left the room.",
            ),
        ),
        least=650,
    ),
    Pair(
        "date",
        "date",
        (
            ("The board met on Tuesday.", "The board met on Thursday."),
            (
                "A hearing is planned for 22 April.",
                "A hearing is planned for 24 April.",
            ),
            ("The gate was built in March.", "The gate was built in May."),
            ("The gate was built in 1974.", "The gate was built in 1947."),
            ("Polls close at 7:30 tonight.", "Polls close at 9:30 tonight."),
            ("The crew was seen yesterday.", "The crew was seen on Monday."),
            ("It was agreed last week in town.", "It was agreed last month in town."),
            (
                "They left on Sunday morning by boat.",
                "They left on Sunday evening by boat.",
            ),
            ("Doors open at 7 pm for all.", "Doors open at 7 am for all."),
            ("Work ends in the spring.", "Work ends in the autumn."),
        ),
        least=650,
    ),
    Pair(
        "quoted word",
        "quote",
        (
            (
                "“We never wanted to lose that boat,” the skipper said.",
                "“We never hoped to lose that boat,” the skipper said.",
            ),
            (
                '"Nobody asked us," said the skipper.',
                '"Nobody told us," said the skipper.',
            ),
            (
                "The skipper called it “a very poor joke”.",
                "The skipper called it “a poor joke”.",
            ),
            (
                "“It will be safe,” the skipper said. “I have seen it.”",
                "“It will be safe,” the skipper said. “I have checked it.”",
            ),
            (
                "“It is safe,” the skipper said.",
                "“It is not safe,” the skipper said.",
            ),
            (
                "The skipper said the boat was old and slow.",
                "The skipper said the boat was “old and slow”.",
            ),
            (
                "He spoke of “a gift” to the town.",
                "He spoke of a gift to the town.",
            ),
        ),
        least=650,
    ),
    Pair(
        "speaker",
        "name",
        (
            (
                "“It will never float,” said Ruth Alder.",
                "“It will never float,” said Ines Moor.",
            ),
            (
                "“It is a start,” Alder told the board.",
                "“It is a start,” Kelm told the board.",
            ),
        ),
        least=650,
    ),
    Pair(
        "negation",
        "wording",
        (
            (
                "The authority said the gate was safe.",
                "The authority said the gate was not safe.",
            ),
            ("The crew did warn the harbour.", "The crew didn't warn the harbour."),
            (
                "The skipper had been told of the crack.",
                "The skipper had never been told of the crack.",
            ),
            ("The town agreed to pay the bill.", "The town refused to pay the bill."),
            ("There was no survey of the drain.", "There was a survey of the drain."),
            ("The court called the sale legal.", "The court called the sale illegal."),
        ),
        least=750,
    ),
    Pair(
        "condition",
        "wording",
        (
            (
                "The gate opens when the river falls.",
                "The gate opens if the river falls.",
            ),
        ),
        least=750,
    ),
    Pair(
        "hedge",
        "wording",
        (
            ("The owner had known of the crack.", "The owner had allegedly known of the crack."),
            ("The gate will fail in a flood.", "The gate may fail in a flood."),
            ("The drain reportedly gave way.", "The drain gave way."),
            ("At least 40 boats were lost.", "Nearly 40 boats were lost."),
            ("It can carry up to 90 people.", "It can carry at least 90 people."),
            (
                "Rust was the cause of the crack.",
                "Rust was probably the cause of the crack.",
            ),
        ),
        never=WORDING,
        least=450,
        most=649,
    ),
    Pair(
        "wording",
        "wording",
        (
            ("The work has begun at the quay.", "The work had begun at the quay."),
            ("A big crowd stood at the quay.", "A large crowd stood at the quay."),
            ("Critics say it is too late.", "Opponents say it is too late."),
            (
                "The vessel lies deep in the water.",
                "The ship lies deep in the water.",
            ),
            ("They hope to open it soon.", "They expect the opening to be soon."),
            ("It is a letter about the boats.", "It is a letter on the boats."),
        ),
        never=WORDING,
        least=200,
        most=649,
    ),
    Pair(
        "typing error",
        "wording",
        (
            ("The goverment paid for the quay.", "The government paid for the quay."),
            ("It was a complete suprise to all.", "It was a complete surprise to all."),
            ("Divers recieved the order late.", "Divers received the order late."),
            ("The U.S. firm will co-operate.", "The US firm will cooperate."),
        ),
        never=WORDING,
        most=299,
    ),
    Pair(
        "case or punctuation",
        "wording",
        (
            ("The harbour Board has agreed.", "The harbour board has agreed."),
            ("The boat, old and slow, sank.", "The boat – old and slow – sank."),
            ("The quay is closed however.", "The quay is closed, however."),
            (
                "Is it safe. Nobody will say so.",
                "Is it safe? Nobody will say so.",
            ),
        ),
        never=("number", "date", "quote", "correction", "cosmetic", "template"),
        most=299,
    ),
    Pair(
        "looks",
        "cosmetic",
        (
            (
                "“It is safe,” she said.",
                '"It is safe," she said.',
            ),
            (
                "The skipper's boat isn't here.",
                "The skipper’s boat isn’t here.",
            ),
            ("The café on the quay is shut.", "The cafe\u0301 on the quay is shut."),
            (
                "They call it ‘the old lady’ here.",
                "They call it “the old lady” here.",
            ),
        ),
        never=("wording", "quote", "name"),
        most=199,
    ),
    Pair(
        "cut in two",
        "wording",
        (
            (
                "The boat left the quay at dawn, and the pilot was the only man aboard who knew of the crack.",
                "The boat left the quay at dawn. The pilot was the only man aboard who knew of the crack.",
            ),
            (
                "The board agreed to pay. But it wants to see the letters of the engineers first.",
                "The board agreed to pay, but it wants to see the letters of the engineers first.",
            ),
        ),
        never=("addition", "deletion", "move", "number", "name", "quote", "date"),
        most=349,
    ),
    Pair(
        "clause put in",
        "addition",
        (
            (
                "The pilot left the ship at noon.",
                "The pilot, who had been awake since the early morning, left the ship at noon.",
            ),
            (
                "The pilot left the ship at noon.",
                "The pilot left the ship at noon, although the harbour master had asked him to stay aboard.",
            ),
        ),
        never=("deletion", "number", "name"),
        least=500,
        most=649,
    ),
)

NOTES = (
    "Correction: An earlier version of this article gave the wrong name of the ship.",
    "This article was amended on 4 May 2031 to give the right name of the ship.",
    "Editor's note: The name of the ship has been changed since this was published.",
    "EDITOR’S NOTE: This story has been updated to correct the name of the ship.",
    "Clarification (4 May): The ship belongs to the town, not to the port.",
    "CORRECTED: the ship belongs to the town, not to the port.",
    "(Corrects name of ship in paragraph 3)",
    "• This article was amended on 4 May. The ship belongs to the town, not to the port as an earlier version said.",
    "A previous version of this story misstated the name of the ship.",
    "We originally reported that the ship belongs to the port. It belongs to the town.",
    "Because of an editing error, an earlier version of this article misspelled the name of the ship.",
    "The headline of this article has been corrected.",
    "For the record: The ship belongs to the town.",
    "An earlier headline incorrectly said that the ship belongs to the port.",
    "We regret the error.",
    "The report incorrectly stated that the ship belongs to the port.",
)

PLAIN_NOTES = (
    "The corrections officer said that the ship was safe.",
    "“We regret the error,” said the skipper of the ship in a letter to the town.",
    "An earlier report said that the ship was safe.",
    "The first version of the ship had no engine.",
)
"""What reads nearly like a correction and is none."""

HEADLINES = (
    ("{}", "{}, papers show"),
    ("{}", "Why {}"),
    ("{}", "New: {}"),
    ("{}", "{} – at last"),
)

FURNITURE = (
    ("3,201 views", "4,977 views"),
    ("Updated 3 hours ago", "Updated 5 hours ago"),
    ("4 min read", "5 min read"),
    ("Topics: locks, canals, barges", "Topics: locks, canals"),
    ("Photo 1 of 7", "Photo 2 of 9"),
    ("12 comments", "15 comments"),
)

Blocks = tuple[tuple[str, str], ...]


def blocks_of(report: Report) -> Blocks:
    """A report as blocks: title, byline, then the body's paragraphs."""
    rows = [("title", report.title), ("byline", "By " + " and ".join(report.authors))]
    return tuple(rows + [("paragraph", " ".join(text.split())) for _, text in report.body])


def _planted(blocks: Blocks, at: int, sentence: str) -> Blocks:
    """A sentence put into a paragraph, behind its first sentence or, in turn, as a paragraph of its own."""
    rows = list(blocks)
    place = 2 + at % (len(rows) - 2)
    if at % 3 == 0:
        rows.insert(place, ("paragraph", sentence))
    else:
        kind, text = rows[place]
        rows[place] = (kind, f"{text} {sentence}" if at % 3 == 1 else f"{sentence} {text}")
    return tuple(rows)


def _with(blocks: Blocks, index: int, kind: str, text: str) -> Blocks:
    return (*blocks[:index], (kind, text), *blocks[index + 1 :])


def edits() -> Iterator[Edit]:
    """All edits."""
    reports = [blocks_of(r) for r in REPORTS if r.language == "en" and len(r.body) > 4]
    number = 0
    for pair in SENTENCES:
        for before, after in pair.rows:
            for turn in range(3):
                number += 1
                blocks = reports[number % len(reports)]
                yield Edit(
                    pair.kind,
                    _planted(blocks, number + turn, before),
                    _planted(blocks, number + turn, after),
                    pair.label,
                    pair.never,
                    pair.least,
                    pair.most,
                )
    for k, note in enumerate(NOTES):
        blocks = reports[k % len(reports)]
        rows = ("paragraph", note)
        newer = (*blocks, rows) if k % 2 else (*blocks[:2], rows, *blocks[2:])
        yield Edit("correction", blocks, newer, "correction", least=900)
    for k, note in enumerate(PLAIN_NOTES):
        blocks = reports[k % len(reports)]
        never = ("correction",)
        yield Edit("no correction", blocks, (*blocks, ("paragraph", note)), "addition", never)
    for k, blocks in enumerate(reports):
        yield from _of_report(k, blocks)


def _of_report(k: int, blocks: Blocks) -> Iterator[Edit]:
    title, byline = blocks[0][1], blocks[1][1]
    for before, after in HEADLINES:
        yield Edit(
            "headline",
            _with(blocks, 0, "title", before.format(title)),
            _with(blocks, 0, "title", after.format(title)),
            "headline",
            ("template", "cosmetic"),
            least=800,
        )
    only = ("name", "wording", "headline", "addition", "deletion", "date")
    capitals = _with(blocks, 0, "title", title.upper())
    yield Edit("headline in capitals", blocks, capitals, "template", only, most=0)
    labelled = _with(blocks, 0, "title", f"Analysis: {title}")
    kicker = (("paragraph", "ANALYSIS"), *blocks)
    yield Edit("label before the headline", labelled, kicker, "template", only, most=0)
    added = _with(blocks, 1, "byline", f"{byline} and Nils Ferrow")
    yield Edit("another reporter", blocks, added, "name", ("template",), least=650)
    other = _with(blocks, 1, "byline", "By Nils Ferrow")
    yield Edit("other reporter", blocks, other, "name", ("template",), least=650)
    below = (blocks[0], *blocks[2:], blocks[1])
    yield Edit("byline moved", blocks, below, "template", (*only, "move"), most=0)
    plain = _with(blocks, 1, "byline", byline.removeprefix("By ").upper())
    yield Edit("byline in capitals", blocks, plain, "template", only, most=0)
    furniture = FURNITURE[k % len(FURNITURE)]
    yield Edit(
        "counter",
        (*blocks, ("paragraph", furniture[0])),
        (*blocks, ("paragraph", furniture[1])),
        "template",
        ("number", *only),
        most=0,
    )
    links = (("paragraph", "Related"), ("paragraph", "Five walks along the lower Arn"))
    more = (links[0], ("paragraph", "What the new ferry timetable means"))
    yield Edit("links", (*blocks, *links), (*blocks, *more), "template", only, most=0)
    yield Edit(
        "redesign and an edit",
        (*_planted(blocks, k, "At least 12 people were hurt."), *links),
        _redesigned(_planted(blocks, k, "At least 14 people were hurt.")),
        "number",
        ("name", "headline"),
        least=650,
    )
    moved = (*blocks[:2], blocks[-1], *blocks[2:-1])
    yield Edit("paragraph moved", blocks, moved, "move", ("addition", "deletion", "wording"))
    place = 2 + k % (len(blocks) - 4)
    rows = [*blocks[:place], *blocks[place + 1 :], blocks[place]]
    yield Edit("paragraph moved", blocks, tuple(rows), "move", ("addition", "deletion", "wording"))
    rows[-1] = (rows[-1][0], rows[-1][1].replace(" the ", " that ", 1))
    yield Edit("moved and edited", blocks, tuple(rows), "move", ("addition", "deletion"))
    yield Edit("paragraph taken out", blocks, blocks[:-1], "deletion", ("move",), least=550)
    yield Edit("paragraph put in", blocks[:-1], blocks, "addition", ("move",), least=500)
    gone = (blocks[0], ("paragraph", "This article has been removed at the request of the court."))
    yield Edit("removed", blocks, gone, "removed", least=950)
    long = next(i for i, (_, t) in enumerate(blocks) if i > 1 and ". " in t)
    kind, text = blocks[long]
    first, _, second = text.partition(". ")
    split = (*blocks[:long], (kind, first + "."), (kind, second), *blocks[long + 1 :])
    yield Edit("paragraph cut in two", blocks, split, "cosmetic", ("wording", "addition"), most=199)


def _redesigned(blocks: Blocks) -> Blocks:
    """A report as another template shows it: the headline in capitals, the byline at the end."""
    (_, title), (_, byline), *body = blocks
    return (("title", title.upper()), *body, ("byline", byline.removeprefix("By ")))
