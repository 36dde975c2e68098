"""Whose side a subject is on: whether "Norland will ...", said by its minister, speaks of the speaker.

Only what the text itself says counts: a pronoun that fits, the same name, "her government", or the
country that the speaker's own mentions name before or behind the office. Anything else is not known
to be the speaker's side.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from onrecord.annotate import speakers
from onrecord.annotate.speakers import Phrase
from onrecord.records import Mention
from onrecord.text.tree import Tree

_POSSESSIVES = ("my", "our", "his", "her", "its", "their")
_BODIES = frozenset(
    """government country ministry cabinet administration party company firm union side army navy troops
    forces team nation office council commission parliament authorities regime state court city town
    client clients agency department organisation organization group bank club members supporters people""".split()
)
"""What one can have as one's own and speak for: "her government would", "our country will"."""
_HEADED = frozenset(
    """company firm club union bank airline board museum league association charity trust university hospital
    party group federation network operator brewery port mill school college team commission council committee
    supplier lender publisher builder contractor institute church hotel theatre theater paper newspaper station broadcaster developer insurer retailer
    carrier utility manufacturer""".split()
)
"""Bodies that those who head them or are sent out by them speak for."""
_HEADS = frozenset(
    """spokesman spokeswoman spokesperson chairman chairwoman chairperson chair president director secretary
    chief executive leader manager owner founder captain coach boss convener organiser organizer
    commissioner superintendent principal rector chancellor treasurer ceo""".split()
)
_SENT = frozenset(
    ("spokesman", "spokeswoman", "spokesperson", "lawyer", "solicitor", "representative")
)
"""Who speaks for others, so that their "they" is those."""
_RULERS = frozenset(
    "minister premier chancellor president governor mayor spokesman spokeswoman".split()
)
_RULED = frozenset("government ministry cabinet administration state country town city".split())
_SHORTEST_STEM = 4
"""Letters that a country and its adjective must share at least: "Norland", "Norlandic"."""

MentionOf = Callable[[Tree, int], Mention | None]


class Sides:
    """The sides of one version's speakers, from its mentions and where they stand."""

    def __init__(
        self, trees: Mapping[int, Tree], mentions: Sequence[Mention], mention_of: MentionOf
    ) -> None:
        self._mention_of = mention_of
        self._words: dict[str, set[str]] = {}
        self._countries: dict[str, set[str]] = {}
        self._roles: dict[str, set[str]] = {}
        for mention in mentions:
            if mention.country:
                self._countries.setdefault(mention.chain, set()).add(mention.country)
            tree = trees.get(mention.sentence)
            if tree is not None and mention.kind in ("person", "office"):
                tokens = tree.tokens_in(mention.start, mention.end)
                if tokens:
                    self._words.setdefault(mention.chain, set()).update(_side_words(tree, tokens))
                    self._roles.setdefault(mention.chain, set()).update(_roles(tree, tokens))

    def own(self, tree: Tree, subject: int, who_tree: Tree, who: Phrase) -> bool:
        """Whether the subject of what is said is the speaker, or the body it speaks for."""
        word = tree.words[subject].lower()
        head = who_tree.words[who.head].lower()
        if word in ("we", "i") or word == head:
            return True
        if tree.pos[subject] == "PRON":
            sent = word == "they" and bool(self._described(who_tree, who) & _SENT)
            return sent or self._fits(word, who_tree, who)
        speaker = self._mention_of(who_tree, who.head)
        whose = tree.child(subject, "poss")
        if whose is not None and tree.words[whose].lower() in _POSSESSIVES:
            return tree.lemmas[subject] in _BODIES or tree.words[subject].lower() in _BODIES
        if any(tree.words[t].lower() == "ours" for t in tree.subtree(subject)):
            return True
        names = _names(tree, subject)
        if not names:
            return self._heads(tree, subject, who_tree, who)
        if tree is who_tree and self._belongs_to(who_tree, who, subject):
            return True
        sides = _side_words(who_tree, who.whole)
        countries: set[str] = set()
        if speaker is not None:
            sides = sides | self._words.get(speaker.chain, set())
            countries = self._countries.get(speaker.chain, set())
        if any(_same(name, side) for name in names for side in sides):
            return True
        about = self._mention_of(tree, subject)
        return (
            about is not None
            and about.kind in ("government", "place", "organisation", "group")
            and about.country in countries
            and about.country is not None
        )

    def _described(self, tree: Tree, who: Phrase) -> set[str]:
        """The nouns that a report describes a speaker with, here or elsewhere."""
        speaker = self._mention_of(tree, who.head)
        known = set() if speaker is None else self._roles.get(speaker.chain, set())
        return _roles(tree, who.whole) | known

    def _heads(self, tree: Tree, subject: int, who_tree: Tree, who: Phrase) -> bool:
        """ "The union would strike", said by the union's leader."""
        lemma = tree.lemmas[subject]
        article = tree.child(subject, "det")
        if article is None or tree.words[article].lower() != "the":
            return False
        roles = self._described(who_tree, who)
        if lemma in roles and lemma in _BODIES | _HEADED:
            return True
        return (lemma in _HEADED and bool(roles & _HEADS)) or (
            lemma in _RULED and bool(roles & _RULERS)
        )

    def _fits(self, pronoun: str, tree: Tree, who: Phrase) -> bool:
        """Whether a pronoun can stand for the speaker: "they" for no single person, "it" for none."""
        mention = self._mention_of(tree, who.head)
        word = tree.words[who.head].lower()
        person = (
            word in ("he", "she")
            or tree.ents[who.head].endswith("PERSON")
            or (mention is not None and mention.kind in ("person", "office"))
            or (tree.pos[who.head] == "NOUN" and _is_person_noun(tree, who.head))
        )
        plural = (
            word == "they"
            or tree.tags[who.head] in ("NNS", "NNPS")
            or speakers.is_joint(tree, who.head)
        )
        if pronoun in ("he", "she"):
            return word == pronoun if word in ("he", "she", "it", "they") else not plural
        body = (
            not person
            and not plural
            and (
                tree.pos[who.head] == "NOUN"
                or tree.ents[who.head].endswith(("ORG", "GPE", "NORP"))
                or (mention is not None and mention.kind not in ("person", "office"))
            )
        )
        if pronoun == "it":
            # one capitalised word that nothing else shows to be a person: "Norland said it would"
            bare = tree.pos[who.head] == "PROPN" and len(who.core) == 1 and not plural
            bare = bare and (mention is None or " " not in mention.name)
            return word == "it" or body or bare
        return pronoun == "they" and (plural or body)

    @staticmethod
    def _belongs_to(tree: Tree, who: Phrase, subject: int) -> bool:
        """ "Norland will ..., its energy minister said"."""
        return any(
            tree.words[t].lower() in ("its", "their") and tree.deps[t] == "poss" and t > subject
            for t in who.core
        )


def _is_person_noun(tree: Tree, head: int) -> bool:
    if tree.lemmas[head] in _HEADED:
        return False
    return tree.tags[head] == "NN" and tree.lemmas[head].endswith(
        (
            "er",
            "or",
            "man",
            "woman",
            "person",
            "ist",
            "ian",
            "ent",
            "chief",
            "head",
            "official",
            "envoy",
        )
    )


def _names(tree: Tree, subject: int) -> set[str]:
    """The proper names of a subject: its head, or what stands before a body's noun."""
    if tree.pos[subject] == "PROPN":
        return {tree.words[subject].lower()}
    if tree.lemmas[subject] not in _BODIES and tree.words[subject].lower() not in _BODIES:
        return set()
    return {
        tree.words[t].lower()
        for t in tree.all(subject, "compound", "poss", "amod", "nmod")
        if tree.words[t][:1].isupper()
    }


def _side_words(tree: Tree, tokens: Sequence[int]) -> set[str]:
    """The capitalised words before an office or behind its "of": Norland in "Norland's minister",
    "the president of Norland", but not in "the envoy to Norland"."""
    heads = set(tokens) | {tree.heads[t] for t in tokens if tree.deps[t] in ("appos", "compound")}
    found: set[str] = set()
    for head in heads:
        if tree.pos[head] not in ("NOUN", "PROPN"):
            continue
        near = list(tree.all(head, "poss", "compound", "amod", "nmod"))
        for prep in tree.all(head, "prep"):
            if tree.words[prep].lower() == "of" and prep > head:
                near.extend(tree.all(prep, "pobj"))
        found.update(
            tree.words[t].lower()
            for t in near
            if tree.words[t][:1].isupper() and not tree.ents[t].endswith("PERSON")
        )
    return found


def _roles(tree: Tree, tokens: Sequence[int]) -> set[str]:
    """The nouns of a person's description: leader and union in "Lund, the leader of the union"."""
    heads = set(tokens) | {tree.heads[t] for t in tokens if tree.deps[t] in ("appos", "compound")}
    heads |= {c for t in tuple(heads) for c in tree.all(t, "appos", "poss", "compound", "amod")}
    for t in tuple(heads):
        for prep in tree.all(t, "prep"):
            if tree.words[prep].lower() in ("of", "for", "at"):
                heads.update(tree.all(prep, "pobj"))
    return {tree.lemmas[t].lower() for t in heads if tree.pos[t] in ("NOUN", "PROPN", "ADJ")}


def _same(name: str, side: str) -> bool:
    """Whether two words name one country: equal, or one the other's adjective."""
    if name == side:
        return True
    stem = name.rstrip("aeiouy")
    return len(stem) >= _SHORTEST_STEM and side.startswith(stem) and len(side) <= len(name) + 4
