"""What the parser is given in place of a page's words, and that every token keeps the page's characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.annotate.reading import version

from onrecord.annotate import sentences
from onrecord.annotate.headline_verbs import lemma_of
from onrecord.annotate.read_as import read_as
from onrecord.records import Sentence, Version
from onrecord.run.resources import load_nlp
from onrecord.stage import Group
from onrecord.text.short_scales import short_scales
from onrecord.text.tree import Tree


def parsed(text: str, kinds: str = "") -> list[Sentence]:
    group = Group({Version: (version(text, kinds=kinds),)})
    return list(sentences.work(group, sentences.Options(), {"nlp": load_nlp()}))


@pytest.mark.parametrize(
    ("text", "spelt"),
    [
        ("paid £4bn for it", "paid £4 billion for it"),
        ("up to 60m doses", "up to 60 million doses"),
        ("a $3.5 trln plan", "a $3.5 trillion plan"),
        ("sold 2.5mn tonnes", "sold 2.5 million tonnes"),
        ("costs US$1.5B in all", "costs US$1.5 billion in all"),
        ("40k homes and 3k people", "40 thousand homes and 3 thousand people"),
        ("lost 2.5m euros", "lost 2.5 million euros"),
        ("60m vaccine doses for 5m people", "60 million vaccine doses for 5 million people"),
        ("3m-5m doses", "3 million-5 million doses"),
        ("a $4m-a-year post", "a $4 million-a-year post"),
        ("Rs 500m and ₹5bn", "Rs 500 million and ₹5 billion"),
        # Metres, kilometres, tonnes, names: as they stand.
        ("a 60m tunnel", "a 60m tunnel"),
        ("60m deep", "60m deep"),
        ("ran the 100m hurdles", "ran the 100m hurdles"),
        ("waves 12m waves", "waves 12m waves"),
        ("a 5k run", "a 5k run"),
        ("the B4T and 4 m", "the B4T and 4 m"),
        ("lifts 500tn", "lifts 500tn"),
        ("$20 T-shirts and a £10 M&S voucher", "$20 T-shirts and a £10 M&S voucher"),
        ("won the 100m this week", "won the 100m this week"),
        ("5m metres of pipe", "5m metres of pipe"),
        ("the 38 Bn and 120 MN", "the 38 Bn and 120 MN"),
    ],
)
def test_a_scale_written_short_is_spelt_out(text: str, spelt: str) -> None:
    assert read_as(text, short_scales(text)).text == spelt


_PIECES = st.lists(
    st.sampled_from(
        ["£4bn", "60m doses", "$3.5 trln", "the pier", "é", "🚢 ", " ", "\n", "40k homes", "a"]
    ),
    max_size=12,
)


@given(_PIECES.map(" ".join))
def test_every_word_of_the_parsers_text_has_its_place_in_the_page(text: str) -> None:
    reading = read_as(text, short_scales(text))
    spelt = reading.text
    at = 0
    for word in spelt.split():
        start = spelt.index(word, at)
        at = start + len(word)
        written = text[reading.on_page(start) : reading.on_page(at)]
        # A replaced word is a scale of the page, every other one is the page's own.
        assert written == word or word in ("billion", "million", "trillion", "thousand")
        assert written.strip() == written != ""


def test_the_tokens_of_a_spelt_out_scale_are_those_that_are_printed() -> None:
    text = "The fund paid £4bn for 60m doses on Monday."
    (sentence,) = parsed(text)
    tree = Tree(text, sentence)
    assert " ".join(tree.words) == "The fund paid £ 4 bn for 60 m doses on Monday ."
    for printed, lemma in (("bn", "billion"), ("m", "million")):
        i = tree.words.index(printed)
        assert (tree.lemmas[i], tree.tags[i]) == (lemma, "CD")


@pytest.mark.parametrize(
    ("headline", "verb", "lemma"),
    [
        ("Council boots mayor from leadership post", "boots", "boot"),
        ("Mayor Tightens Grip on Council With Ouster of Treasurer", "Tightens", "tighten"),
        ("Teague’s grip on council tightens", "tightens", "tighten"),
        ("Velmora and Ostrand sue Karrow over harbour law", "sue", "sue"),
        ("Report details failures in ferry fire", "details", "detail"),
        ("Brandt steps aside as party head", "steps", "step"),
    ],
)
def test_a_headlines_verb_that_is_a_noun_too_is_read_as_its_verb(
    headline: str, verb: str, lemma: str
) -> None:
    (sentence,) = parsed(headline, kinds="t")
    tree = Tree(headline, sentence)
    i = tree.words.index(verb)
    assert (tree.pos[i], tree.lemmas[i]) == ("VERB", lemma)
    assert tree.tags[i] in ("VBZ", "VBP")
    assert tree.child(i, "nsubj") is not None
    assert headline[tree.sentence.start : tree.sentence.end] == headline


@pytest.mark.parametrize(
    "headline",
    [
        "Velmora talks in Oldmoor",
        "Anger over harbour plans",
        "Council plans for 2032",
        "Weather: storms, floods and gales",
        "The week in pictures",
        "Four takeaways from harbour earnings release",
        "Ferry and pier engagement rumours",
        "Council elections in Harne",
        "Climate protesters at Velmora port",
        "Teachers strike ballot",
        "Trade talks deadlock",
        "Film awards winners list",
        "Best winter boots for hiking",
    ],
)
def test_a_headline_without_a_verb_gets_none(headline: str) -> None:
    (sentence, *_) = parsed(headline, kinds="t")
    assert not {"VBZ", "VBP", "VBD"} & {*sentence.tags}


def test_running_text_is_not_read_twice() -> None:
    text = "Council boots mayor from leadership post"
    (sentence,) = parsed(text, kinds="p")
    assert "VBZ" not in sentence.tags


@pytest.mark.parametrize(
    ("verb", "lemma"),
    [("tightens", "tighten"), ("crushes", "crush"), ("denies", "deny"), ("goes", "go"), ("loses", "lose"),
     ("dies", "die"), ("sue", "sue"), ("press", "press")],
)  # fmt: skip
def test_lemmas_of_verbs_in_the_present(verb: str, lemma: str) -> None:
    assert lemma_of(verb) == lemma
