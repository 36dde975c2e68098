"""The commitments board: what the drawing says is said in words, unknown stays unknown, in app and file."""

from __future__ import annotations

import re
from datetime import date

import pytest
from tests.publish import fixture
from tests.publish.reading import Reader, Site

from onrecord.publish.board import Wanted, board, choices, chosen
from onrecord.publish.desk import Desk
from onrecord.publish.dossier import render
from onrecord.publish.web import create_app
from onrecord.records import Bounds, Commitment, Outcome, Story

PAGE = f"/story/{fixture.STORY}/commitments"


@pytest.fixture(scope="module")
def desk() -> Desk:
    library = fixture.library()
    story = library.get(Story, fixture.STORY)
    assert story is not None
    return Desk(library, story)


def description(text: str) -> str:
    found = re.search(r'<desc id="board-words">(.*?)</desc>', text, re.S)
    assert found
    return found[1]


def test_the_drawing_has_the_same_in_words(desk: Desk) -> None:
    text = Site(create_app(desk.library)).get(PAGE).text
    page = Reader(text)
    (drawing,) = [a for a in page.all("svg") if a.get("role") == "img"]
    assert drawing["aria-label"].startswith("2 commitments on a line of time")
    assert drawing["aria-describedby"] == "board-words"
    words = description(text)
    assert "1. threat by Irena Voss: “no ship will pass,”; said 10 May 2031; " in words
    assert "deadline 12 May 2031; on the condition “If the toll stands on Monday”; " in words
    assert "what came of it: done, 13 May 2031; condition unknown; deadline unknown." in words
    assert "2. promise by Irena Voss" in words and "reported 26 May 2031; no deadline" in words
    assert words.count("what came of it: unknown") == 1


def test_arrows_lie_in_the_order_of_their_days_and_an_unknown_end_is_open(desk: Desk) -> None:
    made = board(desk, desk.commitments)
    threat, promise = made.arrows

    def x(place: object) -> float:
        return float(place.x.rstrip("%"))  # type: ignore[attr-defined]

    assert threat.said and threat.deadline and threat.came
    assert 0 < x(threat.said) < x(threat.deadline) < x(threat.came) < 85
    days = [date(2031, 5, 10), date(2031, 5, 12), date(2031, 5, 13)]
    ratio = (x(threat.deadline) - x(threat.said)) / (x(threat.came) - x(threat.said))
    assert abs(ratio - (days[1] - days[0]) / (days[2] - days[0])) < 0.01
    assert promise.came is None and promise.end == "unknown" and promise.reported
    text = Site(create_app(desk.library)).get(PAGE).text
    assert text.count('class="b-open"') == 2  # its end, and the sign that explains it
    assert ">unknown</text>" in text


def test_what_has_no_day_is_named_and_not_drawn(desk: Desk) -> None:
    threat = desk.commitments[0]
    changes = {"statement_id": "stm-none", "deadline": Bounds(), "evidence": ()}
    hostile = next(a for a in desk.articles if a.outlet is None)
    version = desk.versions(hostile)[0]
    lost = Commitment(
        **{name: getattr(threat, name) for name in threat.__struct_fields__}
        | changes
        | {
            "id": "com-lost",
            "what": fixture.words_of(version, "No ship passed,"),
            "outcome": Outcome(act="unknown", condition="unknown", deadline="unknown"),
        }
    )
    library = fixture.library([lost])
    page = Reader(Site(create_app(library)).get(PAGE).text)
    assert "Not drawn, since no day is known: no. 2" in page.text
    assert "com-lost" in page.ids


def test_the_board_is_narrowed_by_who_what_and_what_came_of_it(desk: Desk) -> None:
    items = desk.commitments
    assert [i.id for i in chosen(items, Wanted(act="promise"))] == ["com-promise"]
    assert [i.id for i in chosen(items, Wanted(state="settled"))] == ["com-threat"]
    offered = {c.value: c.number for c in choices(items, Wanted(state="open"), "act")}
    assert offered == {"promise": 1}
    site = Site(create_app(desk.library))
    page = Reader(site.get(f"{PAGE}?state=open&who=Irena+Voss").text)
    assert "com-promise" in page.ids and "com-threat" not in page.ids
    nothing = site.get(f"{PAGE}?who=Nobody")
    assert nothing.status_code == 200 and "Nothing fits this choice" in nothing.text
    assert "com-promise" in Reader(site.get(f"{PAGE}?item=com-promise").text).ids


def test_the_three_questions_stand_apart_each_with_its_citation_or_unknown(desk: Desk) -> None:
    text = Site(create_app(desk.library)).get(PAGE).text
    row = text[text.index('id="com-threat"') : text.index('id="com-promise"')]
    asked = re.findall(r"<dt>(.*?)</dt>\s*<dd>(.*?)</dd>", row, re.S)
    assert [q for q, _ in asked] == [
        "Was it done?",
        "Was the condition met?",
        "Was the deadline kept?",
    ]
    done, condition, deadline = (answer for _, answer in asked)
    assert "data-address" in done and "closed the Halden Strait" in done
    for answer in (condition, deadline):
        assert "unknown" in answer and "data-address" not in answer


def test_the_one_file_has_the_same_board(desk: Desk) -> None:
    app = Site(create_app(desk.library)).get(PAGE).text
    file = render(desk.library, fixture.STORY)
    assert description(file) == description(app)
    page = Reader(file)
    assert [a["role"] for a in page.all("svg") if a.get("role")] == ["img"]
    assert len(set(page.ids)) == len(page.ids)
    assert not re.search(r'<svg[^>]*style="', file)
