"""The language of pages: said, detected, contradicted, unknown."""

from __future__ import annotations

import pytest

from onrecord.extract.html_language import read_language
from onrecord.extract.structured import Fact

ENGLISH = "\n\n".join(
    f"Dockers in the port of Vellmouth went back to work after {n} days, the union of the port said in the evening, and the ships were let in."
    for n in range(9)
)
GERMAN = "\n\n".join(
    f"Die Arbeiter im Hafen gingen nach {n} Tagen wieder an die Arbeit, wie die Gewerkschaft am Abend sagte, und die Schiffe durften einlaufen."
    for n in range(9)
)
JAPANESE = (
    "港の労働者は九日後に仕事に戻り、組合は夕方に発表した。船は港に入ることができ、乗組員は喜んだと伝えられている。\n\n"
    * 8
)
NO_KNOWN = """Abasebenzi basechwebeni babuyele emsebenzini ngemuva kwezinsuku eziyisishiyagalolunye, kusho inyunyana kusihlwa.

Imikhumbi eyishumi nane ibilindile olwandle izinsuku eziningi, kodwa namhlanje ingenile echwebeni.

Umphathi wechweba uthe akekho ozosebenza amahora amade futhi kusukela manje.

Izikebhe zezinhlanzi zingene kuqala, kwathi isikebhe esikhulu sahamba ngoMsombuluko.

Abantu bedolobha bajabule kakhulu ngoba ukudla sekuzofika ezitolo masinyane.

Uhulumeni wathembisa ukusiza imindeni yabasebenzi kuze kuphele inyanga ezayo.

Izingane zesikole zacula ngenkathi imikhumbi ingena ngamaculo amadala olwandle.

Akukho muntu olimele, kusho amaphoyisa edolobheni elincane elisogwini.

"""


def said(*values: str) -> list[Fact]:
    return [Fact(v, 0, len(v), "html lang") for v in values]


@pytest.mark.parametrize(
    ("text", "facts", "language", "by_page"),
    [
        (ENGLISH, said("en-GB"), "en", True),
        (ENGLISH, [], "en", False),
        (GERMAN, said("en"), "de", False),
        (GERMAN, said("de_DE"), "de", True),
        (GERMAN, said("deu"), "de", True),
        (JAPANESE, said("ja"), "ja", True),
        (JAPANESE, said("en"), "ja", False),
        ("Ships wait.", said("fr"), "fr", True),
        ("Ships wait.", [], None, False),
        ("", said("en-x-very-long-private-tag"), None, False),
        ("", said("{{lang}}", "sv"), "sv", True),
        (NO_KNOWN, said("zu"), "zu", True),
    ],
)
def test_which_language_counts(
    text: str, facts: list[Fact], language: str | None, by_page: bool
) -> None:
    found, fact = read_language(text, facts)
    assert (found, fact is not None) == (language, by_page)


def test_a_text_in_none_of_the_languages_is_not_what_its_template_says() -> None:
    assert read_language(
        NO_KNOWN.replace("Imikhumbi", "Namhlanje imikhumbi") + NO_KNOWN, said("en-ZA")
    ) == (None, None)
    assert read_language(NO_KNOWN, said("en-ZA"))[0] == "en", "too short to doubt"
