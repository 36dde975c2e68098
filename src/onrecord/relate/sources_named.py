"""Article -> NamedSource: the letters, calls, speeches, posts, documents that a report names.

A noun of such a thing counts where the report leans on it: somebody says something in it, it says
something itself, it was sent, signed, published, leaked, seen; or where it has an author, an addressee or
a name of its own. A report of many mentions gives one row a source.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from onrecord.records import (
    ActorLinks,
    ActorRef,
    Article,
    Citation,
    Mention,
    NamedSource,
    Sentence,
    Statement,
    Version,
)
from onrecord.relate.keys import Names
from onrecord.stage import Group, Resources
from onrecord.text.citing import cite
from onrecord.text.folding import fold_loose
from onrecord.text.ids import make_id
from onrecord.text.tree import Tree


@dataclass(frozen=True, slots=True)
class Options:
    """Options of the named_sources stage."""


_NOUNS = {
    "letter": "letter email e-mail cable telegram",
    "call": "readout",
    "speech": "speech keynote sermon",
    "post": "tweet",
    "transcript": "transcript minutes",
    "video": "video footage clip recording videotape",
    "document": (
        "memo memorandum indictment affidavit communique resolution dossier subpoena decree "
        "ruling verdict judgment filing treaty petition document report statement audit testimony "
        "complaint lawsuit directive bill law act charter ordinance directive manifesto paper"
    ),
}
_KIND = {noun: kind for kind, nouns in _NOUNS.items() for noun in nouns.split()}
_CALLS = frozenset(("call", "conversation"))
_PHONES = frozenset(("phone", "telephone", "video"))
_PLAIN = frozenset("report statement paper law act bill ruling verdict document video clip".split())
"""Nouns that name much else: they need more than somebody's name beside them."""
_OUTLETS_OWN = frozenset("news media press earlier recent local unconfirmed".split())
_PLATFORMS = frozenset(
    "X Twitter Facebook Telegram Instagram YouTube TikTok Weibo Bluesky LinkedIn Mastodon Threads".split()
)
_SAID_IN = frozenset("in by on from via through over during at".split())
_SAYING = frozenset(
    "say write tell add warn state announce declare claim call promise urge demand argue insist deny "
    "confirm vow pledge accuse describe explain note read post tweet condemn ask reply respond answer pose request offer propose threaten "
    "recommend admit acknowledge outline appeal".split()
)
_SPEAKS = frozenset(
    "say state show reveal allege describe conclude find warn read accuse list claim call quote demand".split()
)
"""What a document does by itself: "the indictment says"."""
_HANDLED = frozenset(
    "send write sign publish release leak obtain see review address post share circulate issue receive "
    "deliver draft file unseal disclose submit hand adopt upload broadcast date".split()
)
"""What is done with a document, so that a report can lean on it."""
_MADE = frozenset("make give deliver hold issue".split())
_MADE_OF = frozenset("statement speech address keynote sermon".split())
_SAID_IN_ONE = frozenset(
    "letter email e-mail cable telegram speech keynote memo memorandum tweet".split()
)
"""In one of these whatever is done is said."""
_RELEASING = frozenset(
    "publish release leak issue post disclose share circulate unseal upload".split()
)
_SENDING = frozenset("send write sign address deliver hand submit post issue draft file".split())
_CALLING = frozenset("speak talk discuss tell call hold confer".split())


@dataclass(frozen=True)
class Found:
    """One mention of a source: what it is called, by whom, to whom, and whether it can stand alone."""

    kind: str
    noun: str
    name: str
    author: ActorRef | None
    to: ActorRef | None
    released_by: ActorRef | None
    citation: Citation
    definite: bool
    why: str
    headline: bool = False


@dataclass
class _Kept:
    first: Found
    mentions: list[Citation] = field(default_factory=list)


def work(group: Group, options: Options, resources: Resources) -> Iterator[NamedSource]:
    """The primary sources one article names, each once, in order of the text."""
    article = group.one(Article)
    kept: list[_Kept] = []
    seen: set[str] = set()
    statements = group.all(Statement)
    links = {x.mention_id: x for some in group.all(ActorLinks) for x in some.links}
    for version in sorted(group.all(Version), key=lambda v: (v.number, v.id)):
        names = Names(
            [m for m in group.all(Mention) if m.version_id == version.id],
            {i: (x.actor_id, x.name, x.kind) for i, x in links.items()},
        )
        refs = {x.actor_id: x.name for x in links.values()}
        for sentence in sorted(
            (s for s in group.all(Sentence) if s.version_id == version.id), key=lambda s: s.start
        ):
            words = fold_loose(version.text[sentence.start : sentence.end])
            if words in seen:
                continue
            seen.add(words)
            reader = _Reader(version, Tree(version.text, sentence), names, refs, statements)
            for found in reader.found():
                _keep(kept, found)
    for one in kept:
        first = one.first
        yield NamedSource(
            id=make_id("src", article.id, first.kind, first.citation.address),
            article_id=article.id,
            kind=first.kind,
            name=first.name,
            author=first.author,
            to=first.to,
            released_by=first.released_by,
            text=first.citation,
            mentions=tuple(one.mentions),
            basis=first.why,
        )
    yield from _agencies(article)


def _agencies(article: Article) -> Iterator[NamedSource]:
    """The agencies whose text a report credits, where its evidence says so."""
    cited = article.evidence.get("credits", ())
    for agency in article.credits:
        if fold_loose(agency) == fold_loose(article.outlet or ""):
            continue
        at = next((c for c in cited if fold_loose(agency) in fold_loose(c.quote)), None)
        at = at or (cited[0] if len(article.credits) == 1 and cited else None)
        if at is not None:
            yield NamedSource(
                id=make_id("src", article.id, "agency text", agency),
                article_id=article.id,
                kind="agency text",
                name=agency,
                author=ActorRef(actor_id=None, name=agency, citation=at),
                to=None,
                released_by=None,
                text=at,
                mentions=(),
                basis="the report credits the agency",
            )


# --------------------------------------------------------------------------- folding


def _keep(kept: list[_Kept], found: Found) -> None:
    """Joins a mention with a source that was named before, or makes it one of its own."""
    for one in reversed(kept):
        if _same(one.first, found):
            one.mentions.append(found.citation)
            before = one.first
            one.first = replace(
                before,
                author=before.author or found.author,
                to=before.to or found.to,
                released_by=before.released_by or found.released_by,
                name=max(before.name, found.name, key=lambda n: (len(n.split()), before.name == n)),
            )
            return
    if found.why:
        kept.append(_Kept(found))


def _same(a: Found, b: Found) -> bool:
    if a.kind != b.kind or not (a.noun == b.noun or {a.noun, b.noun} <= _ALIKE.get(a.kind, set())):
        return False
    if (
        not (b.definite or a.headline)
        and b.why
        and not (_ref(a.author) and _ref(a.author) == _ref(b.author))
    ):
        return False
    named = [n for n in (a.name, b.name) if " " in n]
    if len(named) == 2 and fold_loose(named[0]) != fold_loose(named[1]):
        return False
    return _agree(a.author, b.author) and _agree(a.to, b.to)


_ALIKE = {
    "call": {"call", "conversation", "telephone", "phone", "readout"},
    "letter": {"letter", "email", "e-mail"},
    "video": {"video", "footage", "clip"},
    "document": {"memo", "memorandum"},
    "post": {"post", "tweet"},
}


def _ref(who: ActorRef | None) -> str:
    return (who.actor_id or fold_loose(who.name)) if who else ""


def _agree(a: ActorRef | None, b: ActorRef | None) -> bool:
    return a is None or b is None or _ref(a) == _ref(b)


# --------------------------------------------------------------------------- finding


class _Reader:
    """What one sentence names."""

    def __init__(
        self,
        version: Version,
        tree: Tree,
        names: Names,
        refs: dict[str, str],
        statements: Sequence[Statement],
    ) -> None:
        self.version, self.tree, self.names, self.refs = version, tree, names, refs
        low, high = tree.sentence.start, tree.sentence.end
        self.statements = [
            s
            for s in statements
            if s.citation.version_id == version.id
            and s.citation.start is not None
            and s.citation.end is not None
            and s.citation.start < high
            and s.citation.end > low
        ]

    def found(self) -> Iterator[Found]:
        tree = self.tree
        if tree.is_title_case:
            return
        for i in range(len(tree)):
            if tree.pos[i] not in ("NOUN", "PROPN") and tree.words[i] not in _PLATFORMS:
                continue
            made = self._noun(i) or self._call(i) or self._post(i)
            if made is not None:
                block = self.version.blocks[tree.sentence.block]
                yield replace(made, headline=block.kind in ("title", "deck"))

    # -- nouns of texts

    def _noun(self, i: int) -> Found | None:
        tree = self.tree
        noun = fold_loose(tree.lemmas[i])
        kind = _KIND.get(noun)
        if kind is None and noun == "address" and self._is_spoken_address(i):
            kind = "speech"
        if kind is None or tree.deps[i] == "compound":
            return None
        named = self._own_name(i)
        if tree.pos[i] == "PROPN" and not named:
            return None
        determiner = self._determiner(i)
        if determiner in ("no", "any", "every", "such", "another", "some"):
            return None
        if self._is_plural(i) and determiner not in ("the", "these", "those"):
            return None
        if not named and determiner != "the" and self._is_wished(i):
            return None
        if {fold_loose(tree.words[c]) for c in tree.all(i, "amod", "compound")} & _OUTLETS_OWN:
            return None
        author, to = self._author(i), self._behind(i, "to")
        why, who, released = self._leant_on(i)
        if self._is_wished(i):
            who = released = None
            official = noun == "report" and self._is_official(i) and determiner == "the"
            why = f"the {noun} is spoken of" if official else ""
        if kind == "call":
            released, author, who = released or author or who, None, None
            why = why or "a call's readout"
        author = author or who
        if not why and named:
            why = f"it has a name of its own: {named}"
        if not why and noun not in _PLAIN and (to is not None or author is not None):
            why = f"a {noun} with its addressee" if to else f"a {noun} with its author"
        if noun == "report" and not named and not self._is_official(i):
            return None
        definite = determiner in ("the", "this", "that", "his", "her", "its", "their", "same") or (
            tree.child(i, "poss") is not None
        )
        if not why and not definite:
            return None
        return Found(
            kind=kind, noun=noun, name=named or noun, author=author, to=to, released_by=released,
            citation=self._cite(i), definite=definite, why=why,
        )  # fmt: skip

    def _determiner(self, i: int) -> str:
        det = self.tree.child(i, "det", "poss")
        return fold_loose(self.tree.words[det]) if det is not None else ""

    def _is_plural(self, i: int) -> bool:
        return self.tree.tags[i] in ("NNS", "NNPS") and fold_loose(self.tree.words[i]) not in (
            "minutes",
        )

    def _is_spoken_address(self, i: int) -> bool:
        """ "an address to the nation", "a televised address", not where somebody lives."""
        tree = self.tree
        kinds = {fold_loose(tree.words[c]) for c in tree.all(i, "amod", "compound")}
        if kinds & {
            "televised",
            "televisual",
            "inaugural",
            "annual",
            "video",
            "opening",
            "national",
        }:
            return True
        return any(tree.lemmas[p] == "to" for p in tree.all(i, "prep"))

    def _is_wished(self, i: int) -> bool:
        """Under "would", "if" or a negation there may be no such text."""
        tree = self.tree
        for above in list(tree.ancestors(i))[:3]:
            if tree.pos[above] not in ("VERB", "AUX"):
                continue
            aux = {fold_loose(tree.words[c]) for c in tree.all(above, "aux")}
            if aux & {"would", "will", "could", "may", "might", "should", "must", "shall"} or any(
                tree.lemmas[c] in ("if", "unless") for c in tree.all(above, "mark")
            ):
                return True
            if tree.child(above, "neg") is not None and tree.lemmas[above] in _HANDLED:
                return tree.deps[i] in ("dobj", "obj")
            return "to" in aux and tree.tags[above] == "VB" and tree.deps[above] == "xcomp"
        return False

    def _is_official(self, i: int) -> bool:
        """A report that is a document, not an outlet's: it is of an inspection, of the police ..."""
        tree = self.tree
        kinds = {fold_loose(tree.lemmas[c]) for c in tree.all(i, "amod", "compound", "nmod")}
        return bool(kinds & _OFFICIAL)

    def _own_name(self, i: int) -> str:
        """ "the Orrin report", "Resolution 2341", "Protocol" by its capital words."""
        tree = self.tree
        noun = tree.words[i]
        before = [
            c
            for c in range(i - 1, -1, -1)
            if tree.deps[c] in ("compound", "amod", "nmod") and tree.pos[c] == "PROPN"
        ]
        run: list[int] = []
        for c in range(i - 1, -1, -1):
            nation = tree.ents[c].endswith("NORP") and tree.deps[c] == "amod"
            if c not in before or nation or tree.ents[c].endswith("DATE"):
                break
            run.insert(0, c)
        after = i + 1
        number = tree.words[after] if after < len(tree) else ""
        if noun[:1].isupper() and re.fullmatch(r"\d[\d/.-]*", number):
            return " ".join([*(tree.words[c] for c in run), noun, number])
        if run and fold_loose(noun) in _NAMED:
            return " ".join(tree.words[c] for c in (*run, i))
        return ""

    # -- why a report leans on it

    def _leant_on(self, i: int) -> tuple[str, ActorRef | None, ActorRef | None]:
        """Why, its author as far as that tells, and who released it."""
        tree = self.tree
        noun = fold_loose(tree.lemmas[i])
        above = tree.heads[i]
        dep, head = tree.deps[i], fold_loose(tree.lemmas[above])
        if dep == "pobj" and head in _SAID_IN:
            verb = next((a for a in tree.ancestors(above) if tree.pos[a] in ("VERB", "AUX")), None)
            says = verb is not None and (
                tree.lemmas[verb] in _SAYING or (head == "in" and noun in _SAID_IN_ONE)
            )
            if verb is not None and says and (self._is_cue(verb) or not self._is_content(i)):
                return f"something is said in the {noun}", self._subject(verb), None
        if (
            dep == "pobj"
            and head == "to"
            and fold_loose(tree.lemmas[tree.heads[above]]) == "accord"
        ):
            return f"told according to the {noun}", None, None
        if (
            dep in ("nsubj", "nsubjpass")
            and tree.lemmas[above] in _SPEAKS
            and noun not in ("video", "footage", "law", "bill", "act")
            and not self._is_content(i)
        ):
            return f"the {noun} itself is quoted", None, None
        made = tree.lemmas[above] in _MADE and noun in _MADE_OF
        if dep in ("dobj", "obj", "nsubjpass") and (made or tree.lemmas[above] in _HANDLED):
            doer = self._subject(above) if dep != "nsubjpass" else self._agent(above)
            did = fold_loose(tree.words[above])
            released = doer if tree.lemmas[above] in _RELEASING else None
            author = doer if tree.lemmas[above] in _SENDING else None
            return (
                f"a {noun} that was {did}" if dep == "nsubjpass" else f"{did} a {noun}",
                author,
                released,
            )
        for part in tree.all(i, "acl", "amod"):
            if tree.tags[part] == "VBN" and tree.lemmas[part] in _HANDLED:
                doer = self._agent(part)
                released = doer if tree.lemmas[part] in _RELEASING else None
                author = doer if tree.lemmas[part] in _SENDING - _RELEASING else None
                return f"a {noun} {fold_loose(tree.words[part])}", author, released
        return "", None, None

    def _is_cue(self, verb: int) -> bool:
        """Whether a verb introduces a statement."""
        at = self.tree.sentence.starts[verb]
        cues = (s.cue for s in self.statements)
        return any(
            c is not None and c.start is not None and c.end is not None and c.start <= at < c.end
            for c in cues
        )

    def _is_content(self, i: int) -> bool:
        """Whether a token stands in what a statement says."""
        at = self.tree.sentence.starts[i]
        return any(
            c.start is not None and c.end is not None and c.start <= at < c.end
            for s in self.statements
            for c in s.content
        )

    # -- calls and posts

    def _call(self, i: int) -> Found | None:
        """ "a phone call with X", "spoke by telephone", "a telephone conversation"."""
        tree = self.tree
        noun = fold_loose(tree.lemmas[i])
        who = to = None
        if noun in _CALLS:
            beside = {fold_loose(tree.lemmas[c]) for c in tree.all(i, "compound", "amod", "nmod")}
            at = self._behind(i, "with") or self._behind(i, "between") or self._behind(i, "to")
            if not beside & _PHONES and not (noun == "call" and at is not None):
                return None
            if tree.tags[i] == "NNS" or self._determiner(i) in ("no", "any") or self._is_wished(i):
                return None
            verb = tree.heads[i] if tree.deps[i] == "dobj" else None
            if tree.deps[i] == "pobj":
                verb = next((a for a in tree.ancestors(i) if tree.pos[a] == "VERB"), None)
            poss = tree.child(i, "poss")
            who = self._refer(poss) if poss is not None else self._behind(i, "from")
            who = who or (self._subject(verb) if verb is not None else None)
            to = at or (self._object(verb) if verb is not None else None)
            definite, why = self._determiner(i) in ("the", "this", "that"), f"a {noun} by telephone"
            if at is not None and not beside & _PHONES:
                why = "a call with its partner"
        elif noun in ("phone", "telephone") and tree.deps[i] == "pobj":
            prep = tree.heads[i]
            verb = tree.heads[prep]
            if fold_loose(tree.lemmas[prep]) not in ("by", "over", "on") or (
                tree.lemmas[verb] not in _CALLING or self._is_wished(i)
            ):
                return None
            partners = (
                p for c in tree.all(verb, "prep") if tree.lemmas[c] in ("with", "to")
                for p in tree.all(c, "pobj")
            )  # fmt: skip
            who = self._subject(verb)
            to = next((r for p in partners if (r := self._refer(p))), None) or self._object(verb)
            if tree.lemmas[verb] == "tell" and to is not None and to.actor_id is None:
                return None
            if to is None:
                return None  # an interview: a reporter rang somebody up
            definite, why = False, "spoken of by telephone"
        else:
            return None
        return Found(
            kind="call", noun=noun, name="call", author=who, to=to,
            released_by=self._teller(i), citation=self._cite(i), definite=definite, why=why,
        )  # fmt: skip

    def _post(self, i: int) -> Found | None:
        """ "in a post on X", "wrote on Telegram", "her Facebook post"."""
        tree = self.tree
        word, head = tree.words[i], tree.heads[i]
        if word in _PLATFORMS and tree.deps[i] == "pobj" and tree.lemmas[head] == "on":
            verb = tree.heads[head]
            noun = fold_loose(tree.lemmas[verb])
            if tree.pos[verb] != "VERB" or noun not in (
                "write",
                "say",
                "post",
                "announce",
                "tweet",
            ):
                return None  # a post on it is read at the noun
            if any(fold_loose(tree.lemmas[c]) in _KIND for c in tree.all(verb, "dobj")):
                return None  # what was posted is the source
            return Found(
                kind="post", noun="post", name=f"post on {word}", author=self._subject(verb), to=None,
                released_by=None, citation=self._cite_tokens((verb, head, i)), definite=True,
                why=f"something is said on {word}",
            )  # fmt: skip
        if fold_loose(tree.lemmas[i]) not in ("post", "message", "thread") or tree.tags[i] == "NNS":
            return None
        on = next(
            (
                tree.words[p]
                for c in tree.all(i, "prep")
                for p in tree.all(c, "pobj")
                if tree.words[p] in _PLATFORMS
            ),
            next((tree.words[c] for c in tree.all(i, "compound", "nmod") if tree.words[c] in _PLATFORMS), ""),
        )  # fmt: skip
        social = {"social", "media", "blog"} & {
            fold_loose(tree.words[c])
            for j in (i, *tree.all(i, "compound"))
            for c in tree.children[j]
        }
        if not on and not social:
            return None
        why, who, _ = self._leant_on(i)
        author = self._author(i) or who
        if not why and author is None:
            return None
        return Found(
            kind="post", noun="post", name=f"post on {on}" if on else "post", author=author, to=None,
            released_by=None, citation=self._cite(i), definite=self._determiner(i) not in ("a", "an"),
            why=why or "a post with its author",
        )  # fmt: skip

    def _teller(self, i: int) -> ActorRef | None:
        """Who tells of it: the speaker of the statement in which it stands."""
        at = self.tree.sentence.starts[i]
        inside = [
            s
            for s in self.statements
            if any(
                c.start is not None and c.end is not None and c.start <= at < c.end
                for c in s.content
            )
        ]
        if not inside:
            return None
        return min(inside, key=lambda s: (sum(len(c.quote) for c in s.content), s.id)).speaker

    # -- who

    def _author(self, i: int) -> ActorRef | None:
        poss = self.tree.child(i, "poss")
        if poss is not None and (found := self._refer(poss)):
            return found
        return self._behind(i, "by") or self._behind(i, "from")

    def _behind(self, i: int, word: str) -> ActorRef | None:
        """Who stands behind a preposition of the noun; an addressee also behind its participle."""
        tree = self.tree
        above = [i, *(p for p in tree.all(i, "acl") if tree.tags[p] == "VBN")]
        if tree.deps[i] == "dobj" and word == "to" and tree.lemmas[tree.heads[i]] in _SENDING:
            above.append(tree.heads[i])
        for head in above:
            for prep in tree.all(head, "prep", "agent", "dative"):
                if fold_loose(tree.words[prep]) == word:
                    for p in tree.all(prep, "pobj"):
                        if found := self._refer(p):
                            return found
        return None

    def _subject(self, verb: int) -> ActorRef | None:
        tree = self.tree
        for _ in range(3):
            if (found := tree.child(verb, "nsubj")) is not None:
                return self._refer(found)
            if (
                tree.deps[verb] not in ("conj", "xcomp", "advcl", "pcomp")
                or tree.heads[verb] == verb
            ):
                return None
            verb = tree.heads[verb]
        return None

    def _object(self, verb: int) -> ActorRef | None:
        found = self.tree.child(verb, "dobj", "dative")
        return self._refer(found) if found is not None else None

    def _agent(self, verb: int) -> ActorRef | None:
        tree = self.tree
        for by in tree.all(verb, "agent", "prep"):
            if fold_loose(tree.words[by]) in ("by", "from"):
                for p in tree.all(by, "pobj"):
                    return self._refer(p)
        return None

    def _refer(self, i: int) -> ActorRef | None:
        """The actor that stands at a token, else its capital words; None for a common noun."""
        tree = self.tree
        at = self.names.at(tree.sentence.starts[i])
        if at is not None:
            mention, actor, _ = at
            return ActorRef(actor_id=actor, name=self.refs[actor], citation=mention.citation)
        if tree.pos[i] != "PROPN":
            return None
        run = [c for c in tree.all(i, "compound") if tree.pos[c] == "PROPN"]
        low, high = tree.span((*run, i))
        return ActorRef(
            actor_id=None, name=self.version.text[low:high], citation=cite(self.version, low, high)
        )

    # -- where

    def _cite(self, i: int) -> Citation:
        """The noun with what tells it apart: its determiner, names, author and addressee."""
        tree = self.tree
        tokens = {i}
        todo: list[int] = list(
            tree.all(i, "det", "amod", "compound", "poss", "nmod", "nummod", "acl", "prep", "appos")
        )
        tokens.update(
            j
            for c in todo
            for j in tree.subtree(c)
            if not _is_clause(tree, c) or len(tree.subtree(c)) < 12
        )
        inside = [t for t in sorted(tokens) if abs(t - i) < _LONGEST]
        while inside and tree.pos[inside[-1]] in ("PUNCT", "SPACE") and inside[-1] != i:
            inside.pop()
        return self._cite_tokens(tuple(_run(inside, i)))

    def _cite_tokens(self, tokens: tuple[int, ...]) -> Citation:
        low, high = self.tree.span(tokens)
        while low < high and self.version.text[high - 1].isspace():
            high -= 1
        return cite(self.version, low, high)


_LONGEST = 18
"""Tokens to either side of a noun that its citation may take in."""


def _run(tokens: Iterable[int], i: int) -> list[int]:
    """The unbroken run of tokens around `i`."""
    have = set(tokens)
    low = high = i
    while low - 1 in have:
        low -= 1
    while high + 1 in have:
        high += 1
    return list(range(low, high + 1))


def _is_clause(tree: Tree, i: int) -> bool:
    return tree.deps[i] in ("acl", "relcl", "prep")


_OFFICIAL = frozenset(
    "inspection audit inquiry interim final annual medical forensic autopsy police intelligence "
    "investigative internal confidential leaked classified expert engineering government parliamentary "
    "committee commission draft written secret technical safety financial preliminary official "
    "inspector auditor ombudsman ministry 2-page".split()
)
_NAMED = frozenset(
    "report memo letter dossier act law bill treaty resolution protocol transcript minutes audit ruling "
    "memorandum document paper inquiry".split()
)
