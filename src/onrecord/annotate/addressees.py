"""Whom something is said to: read from the cue's own clause, and from the exchange that it stands in.

In its clause a cue names the addressee as an object ("told the council"), behind a preposition
("wrote to her", "in an interview with the radio") or as its subject in the passive ("was warned").
Where it names none, the report may still leave no doubt: whoever asks is answered, "you" goes on being
whoever was spoken to just before, a letter says all it says to whom it was sent, and a quotation may
call its hearer by title. Anything less than that stays unknown.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence

from onrecord.annotate.clauses import clause_form
from onrecord.annotate.cues import Cue, lexicon
from onrecord.annotate.drafts import SPEECH, Draft, Text
from onrecord.annotate.speakers import (
    Phrase,
    agent,
    is_passive,
    phrase,
    speaks,
    subject,
)
from onrecord.records import Mention
from onrecord.text.tree import Tree

MentionOf = Callable[[Tree, int], Mention | None]
Hearer = tuple[Tree, Phrase]

_GIVING = frozenset(
    ("promise", "offer", "assure", "thank", "congratulate", "guarantee", "grant", "show", "wish")
)
"""Verbs whose object may be whom they are said to."""
_WRITTEN = frozenset(
    """letter message note email e-mail memo memorandum interview call conversation meeting statement
    reply response answer telegram text post speech cable petition talk address""".split()
)
_QUESTIONS = frozenset(("question", "query", "criticism", "letter"))
_SENT = frozenset(
    "letter message note email e-mail memo memorandum telegram cable petition".split()
)
"""What is sent to somebody, so that all it says is said to them."""
_SENDING = frozenset("send write address deliver hand post fax".split())
_ANSWERS = frozenset("answer reply respond retort rejoin".split())
_BACK = frozenset("shoot fire hit snap write call shout".split())
"""Verbs that answer with "back": "shot back"."""
_QUESTIONED = frozenset(
    "ask press question quiz challenge grill prod cross-examine examine".split()
)
_PLAIN = frozenset("say tell write inform remind warn assure ask explain report caution".split())
"""Verbs whose hearer is also the hearer of what their subject says on in the same sentence."""
_ADDRESSING = frozenset(("address", "speak", "talk", "testify", "appear"))
_YOU = frozenset(("you", "your", "yours", "yourself", "yourselves"))
_CALLED = frozenset(
    """minister premier speaker president chancellor mayor madam madame sir ma'am chairman chairwoman
    chair governor senator secretary ambassador general doctor professor comrade comrades friends
    colleagues honour honor majesty excellency highness lord lords ladies gentlemen judge councillor
    commissioner officer director""".split()
)
"""Words by which somebody is called: "We have waited long enough, Minister."."""
_TITLES = frozenset(("mr", "mrs", "ms", "miss", "mx", "dr", "mr.", "mrs.", "ms.", "dr.", "madam"))
_STOPS = frozenset((",", ".", "!", "?", "—", "–", "-", ";"))


def mark_addressees(text: Text, found: Sequence[Draft], mention_of: MentionOf) -> None:
    """Fills `to` of all drafts of a version."""
    who = _Who(mention_of)
    ordered = sorted(found, key=lambda d: (d.at, d.span))
    for draft in ordered:
        draft.to = _named(draft)
    _turns(text, ordered)
    for draft in ordered:
        if draft.to is None:
            draft.to = _asker(draft) or _with_the_first(ordered, draft)
    _answers_given(text, ordered, who)
    _questions(text, ordered, who)
    _letters(text, ordered, who)
    _still(text, ordered, who)
    for draft in ordered:
        if draft.to is None:
            draft.to = _called(text, draft)
    for draft in ordered:
        if draft.to is not None and _is_speaker(draft, draft.to):
            draft.to = None


def _is_speaker(draft: Draft, to: Hearer) -> bool:
    return draft.who is not None and draft.who_tree is to[0] and draft.who.head == to[1].head


# --------------------------------------------------------------------------- in the clause


def _named(draft: Draft) -> Hearer | None:
    """The addressee that the draft's own sentence names."""
    tree, cue = draft.tree, draft.cue
    if cue is None:
        return None if draft.who is None else _beside_name(draft.who_tree, draft.who)
    head = addressee(tree, cue)
    if head is None and draft.take == "infinitive" and draft.content_head is not None:
        head = _offered(tree, cue, draft.content_head)
    if head is None and draft.who is not None and draft.who_tree is tree:
        head = _document_to(tree, draft.who.head)
        for prep in tree.all(draft.who.head, "prep"):
            if head is None and tree.words[prep].lower() == "in":
                head = _written_to(tree, prep)
    if head is None or (draft.who is not None and head == draft.who.head):
        return None
    own = () if draft.who is None or draft.who_tree is not tree else draft.who.whole
    if head in own:
        own = ()
    return tree, phrase(tree, head, without=frozenset((*cue.tokens, *own)))


def _beside_name(tree: Tree, who: Phrase) -> Hearer | None:
    """ "Ana Dorva, in an interview with the radio: '…'"."""
    for t in who.whole:
        if tree.pos[t] == "ADP" and tree.words[t].lower() == "in":
            head = _written_to(tree, t)
            if head is not None:
                return tree, phrase(tree, head)
    return None


def addressee(tree: Tree, cue: Cue) -> int | None:
    """The head of whom it is said to: the object of telling, or behind "to"; None if unsaid."""
    if cue.kind in ("according", "view"):
        return None
    verb = cue.head if cue.kind != "noun" else (cue.verb if cue.verb is not None else cue.head)
    if cue.kind == "verb" and (cue.person or tree.lemmas[verb] in _GIVING) and _is_put(tree, verb):
        named = tree.child(verb, "nsubjpass")
        return named if named is not None else _put_to(tree, verb)
    if cue.kind == "verb" and cue.person:
        to_whom = tree.child(verb, "dative", "dobj", "iobj")
        if to_whom is None and (named := tree.child(verb, "oprd")) is not None:
            # "informed Littoral that …": a name that the parser takes for what somebody is called
            to_whom = named if tree.pos[named] == "PROPN" else None
        if to_whom is None:
            clause = tree.child(verb, "ccomp")
            if clause is not None and clause_form(tree, clause) == "object_clause":
                to_whom = _clause_subject(tree, clause)
        if to_whom is not None and _is_spoken_to(tree, to_whom):
            return to_whom
    if tree.lemmas[verb] == "threaten" and not is_passive(tree, verb):
        threatened = tree.child(verb, "dobj")
        if threatened is not None and speaks(tree, threatened):
            return threatened
    if tree.lemmas[verb] in _GIVING and not is_passive(tree, verb):
        # "promised them that …", "thanked its weavers", "offered the union a seat"
        whom = tree.child(verb, "dative", "dobj")
        rest = any(c != whom for c in tree.all(verb, "ccomp", "xcomp", "dobj", "npadvmod"))
        thanked = tree.lemmas[verb] in ("thank", "congratulate")
        if (
            whom is not None
            and (rest or thanked or tree.deps[whom] == "dative")
            and tree.pos[whom] in ("PROPN", "PRON", "NOUN")
            and (tree.pos[whom] != "NOUN" or speaks(tree, whom) or tree.tags[whom] == "NNS")
            and _is_spoken_to(tree, whom)
        ):
            return whom
    for prep in tree.all(verb, "prep", "dative"):
        word = tree.words[prep].lower()
        if word == "in" and (written := _written_to(tree, prep)) is not None:
            return written
        if word in ("of", "from") and tree.lemmas[verb] in ("demand", "ask"):
            whom = tree.child(prep, "pobj")
            if whom is not None and speaks(tree, whom):
                return whom
        if word in ("to", "with") and (
            word == "to" or tree.lemmas[verb] in ("plead", "speak", "talk")
        ):
            if cue.takes("to"):
                continue
            whom = tree.child(prep, "pobj")
            if whom is not None and tree.lemmas[whom] in _QUESTIONS:
                # "said in reply to a question from Ana Dorva"
                whom = _behind_to(tree, whom, ("from", "by"))
            if whom is not None and _is_spoken_to(tree, whom):
                return whom
        if word in ("on", "upon") and cue.takes("upon"):
            return tree.child(prep, "pobj")
    return _addressed(tree, verb)


def _addressed(tree: Tree, verb: int) -> int | None:
    """Whom "Addressing a rally, she said" and "Speaking to reporters, she said" name."""
    subject_ = tree.child(verb, "nsubj")
    clauses = (*tree.all(verb, "advcl"), *(() if subject_ is None else tree.all(subject_, "acl")))
    for clause in clauses:
        if tree.tags[clause] != "VBG" or tree.lemmas[clause] not in _ADDRESSING:
            continue
        whom = tree.child(clause, "dobj") if tree.lemmas[clause] == "address" else None
        for prep in tree.all(clause, "prep", "dative"):
            word = "before" if tree.lemmas[clause] in ("testify", "appear") else "to"
            if whom is None and tree.words[prep].lower() in (word, "with"):
                whom = tree.child(prep, "pobj")
        if whom is not None and _is_spoken_to(tree, whom):
            return whom
    return None


def _clause_subject(tree: Tree, clause: int) -> int | None:
    """Whom "told them to leave" names, where the parser makes them the clause's subject; not in
    "warned that tank six could burn"."""
    whom = tree.child(clause, "nsubj")
    if whom is None or tree.words[min(tree.subtree(whom))].lower() == "that":
        return None
    return whom


def _is_put(tree: Tree, verb: int) -> bool:
    """Whether a verb is in the passive, and not an active one that the parser takes for a participle:
    it has no object then."""
    if not is_passive(tree, verb):
        return False
    return (
        tree.child(verb, "auxpass", "nsubjpass") is not None
        or tree.child(verb, "dobj", "oprd", "dative") is None
    )


def _put_to(tree: Tree, verb: int) -> int | None:
    """Whom a question is put to in "Asked whether it would, she said": the subject of what follows."""
    if tree.deps[verb] != "advcl" or tree.tags[verb] != "VBN":
        return None
    return subject(tree, tree.heads[verb])


def _offered(tree: Tree, cue: Cue, verb: int) -> int | None:
    """Whom something is to be done to or for: "offered to show him the list", "offered to meet them"."""
    if cue.act_of("infinitive") != "offer":
        return None
    whom = tree.child(verb, "dative", "dobj")
    if (
        whom is None
        or tree.pos[whom] == "NUM"
        or not _is_spoken_to(tree, whom)
        or not speaks(tree, whom)
    ):
        return None
    return whom if tree.deps[whom] == "dative" or tree.lemmas[verb] in _DONE_TO else None


_DONE_TO = frozenset(
    "meet help pay give show join host see brief assist support compensate send free".split()
)
"""What is done to or for somebody who hears the offer of it."""


def _document_to(tree: Tree, head: int) -> int | None:
    """ "The company's letter to its weavers promises": whom a document that speaks is sent to."""
    if tree.lemmas[head] not in _SENT:
        return None
    return _behind_to(tree, head, ("to",))


def _written_to(tree: Tree, prep: int) -> int | None:
    """Whom "in a letter to Dorsk" and "in an interview with the radio" name."""
    what = tree.child(prep, "pobj")
    if what is None or tree.lemmas[what] not in _WRITTEN:
        return None
    if tree.lemmas[what] in ("reply", "response", "answer") and (
        (question := _behind_to(tree, what, ("to",), _QUESTIONS)) is not None
    ):
        # "in reply to a question from Ana Dorva"
        return _behind_to(tree, question, ("from", "by"))
    return _behind_to(tree, what, ("to", "with"))


def _behind_to(
    tree: Tree, noun: int, words: Sequence[str], lemmas: frozenset[str] | None = None
) -> int | None:
    """The noun behind one of these prepositions of a noun: somebody, or one of these lemmas."""
    for inner in tree.all(noun, "prep", "dative"):
        if tree.words[inner].lower() in words:
            whom = tree.child(inner, "pobj")
            if whom is None:
                continue
            if _is_spoken_to(tree, whom) if lemmas is None else tree.lemmas[whom] in lemmas:
                return whom
    return None


def _is_spoken_to(tree: Tree, i: int) -> bool:
    if tree.lemmas[i] in lexicon().unaddressed or tree.words[i].lower() in lexicon().unaddressed:
        return False
    if tree.tags[i] in ("WP", "WDT"):
        return tree.words[i].lower() in ("who", "whom")
    if tree.tags[i] == "PRP" and tree.words[i].lower().endswith(("self", "selves")):
        return False
    if tree.pos[i] == "NUM":
        # "asked two of them to leave"
        return any(tree.words[c].lower() == "of" for c in tree.all(i, "prep"))
    if tree.pos[i] == "ADJ":
        # "told the party faithful that"
        return tree.deps[i] in ("dobj", "dative") and bool(tree.all(i, "det", "compound"))
    return tree.pos[i] in ("PROPN", "PRON") or (
        tree.pos[i] == "NOUN" and not tree.ents[i].endswith(("DATE", "TIME"))
    )


def _asker(draft: Draft) -> Hearer | None:
    """ "Pressed by Ana Dorva, she denied …": whoever asks is answered. "Cross-examined" is three
    tokens, of which the first may hang on the verb."""
    tree, cue = draft.tree, draft.cue
    if cue is None or cue.verb is None:
        return None
    for clause in tree.all(cue.verb, "advcl"):
        for verb in tree.subtree(clause):
            if tree.tags[verb] == "VBN" and tree.lemmas[verb] in _QUESTIONED:
                by = agent(tree, verb)
                if by is not None and _is_spoken_to(tree, by):
                    return tree, phrase(tree, by)
    return None


def _with_the_first(found: Sequence[Draft], draft: Draft) -> Hearer | None:
    """What the same subject says on in one sentence: "told the council that …, adding that …"."""
    tree, cue, who = draft.tree, draft.cue, draft.who
    if cue is None or cue.verb is None or who is None or draft.take not in _SAYING:
        return None
    if tree.child(cue.verb, "nsubj", "nsubjpass") is not None:
        return None
    best = None
    for other in found:
        if other.at >= draft.at or other.tree is not tree or other.to is None:
            continue
        if other.outer is not draft.outer or other.cue is None or other.who is None:
            continue
        if other.who.head == who.head and (
            tree.lemmas[other.cue.head] in _PLAIN or _is_written(tree, other.to)
        ):
            best = other.to
    above = tree.heads[cue.verb]
    if best is None and tree.deps[cue.verb] in ("advcl", "conj") and tree.lemmas[above] == "write":
        # "wrote to her, proposing a rematch": writing that tells nothing itself
        for prep in tree.all(above, "prep", "dative"):
            whom = tree.child(prep, "pobj")
            if tree.words[prep].lower() == "to" and whom is not None and _is_spoken_to(tree, whom):
                best = tree, phrase(tree, whom)
    return best


_SAYING = (*SPEECH, "infinitive", "object", "for", "gerund")


def _is_written(tree: Tree, to: Hearer) -> bool:
    """Whether a hearer is named behind "in a letter to": all that the sentence says is in the letter."""
    head = to[1].head
    return to[0] is tree and any(
        tree.lemmas[t] in _WRITTEN and tree.pos[t] == "NOUN" for t in tree.ancestors(head)
    )


# --------------------------------------------------------------------------- in the quotation


def _called(text: Text, draft: Draft) -> Hearer | None:
    """Whom a quotation calls by title, set off by a comma at a sentence's end or beginning; a post
    that begins with somebody's handle."""
    whole = text.version.text
    for a, b in draft.content:
        if text.quoted.at(a) is None and whole[a] != "@":
            continue
        for tree in text.trees_in(a, b):
            tokens = [t for t in tree.tokens_in(a, b) if not tree.words[t].isspace()]
            while tokens and tree.words[tokens[0]] in "\"“‘'«":
                tokens.pop(0)
            while tokens and tree.words[tokens[-1]] in "\"”’'»":
                tokens.pop()
            run = _call(tree, tokens)
            if run and not any(text.quoted.at(tree.sentence.starts[t]) is None for t in run):
                return tree, Phrase(run[-1], run, run, run)
    return None


def _call(tree: Tree, tokens: Sequence[int]) -> tuple[int, ...]:
    """The tokens of a call: "Mr Speaker, …", "…, Minister.", "@quaylights …"."""
    if len(tokens) < 3:
        return ()
    if tree.words[tokens[0]].startswith("@") and len(tree.words[tokens[0]]) > 1:
        return (tokens[0],)
    comma = next((n for n, t in enumerate(tokens[:5]) if tree.words[t] == ","), None)
    if comma and _is_call(tree, tokens[:comma]):
        return tuple(tokens[:comma])
    end = len(tokens)
    while end and tree.words[tokens[end - 1]] in _STOPS:
        end -= 1
    for n in range(end - 1, max(0, end - 5), -1):
        if tree.words[tokens[n]] == ",":
            return tuple(tokens[n + 1 : end]) if _is_call(tree, tokens[n + 1 : end]) else ()
    return ()


def _is_call(tree: Tree, tokens: Sequence[int]) -> bool:
    if not tokens or tree.deps[tokens[-1]] == "conj":
        return False
    head = tokens[-1]
    subjects = tree.all(tree.heads[head], "nsubj", "nsubjpass")
    if head in subjects and len(subjects) == 1:
        return False
    words = [tree.words[t].lower() for t in tokens]
    if words[0] in _TITLES and len(words) > 1:
        return all(tree.words[t][:1].isupper() or tree.words[t] == "." for t in tokens)
    rest = [
        w
        for w in words
        if w not in ("my", "your", "dear", "prime", "honourable", "and", "mr", "madam")
    ]
    return all(w in _CALLED for w in rest) and words[0] not in ("the", "a", "his", "her", "their")


# --------------------------------------------------------------------------- in the exchange


class _Who:
    """Whether two phrases name one person, as far as the version's own mentions tell."""

    def __init__(self, mention_of: MentionOf) -> None:
        self._mention_of = mention_of

    def chain(self, tree: Tree, who: Phrase) -> str | None:
        mention = self._mention_of(tree, who.head)
        return None if mention is None else mention.chain

    def same(self, a: Hearer | None, b: Hearer | None) -> bool:
        """Known to be one."""
        if a is None or b is None:
            return False
        x, y = self.chain(*a), self.chain(*b)
        if x is not None and x == y:
            return True
        if _is_pronoun(a) or _is_pronoun(b):
            return False
        return a[0].words[a[1].head].lower() == b[0].words[b[1].head].lower()

    def named_in(self, text: Text, draft: Draft, whom: Hearer) -> bool:
        """Whether a draft's content names or means somebody."""
        wanted = self.chain(*whom)
        if wanted is None:
            return False
        for a, b in draft.content:
            for tree in text.trees_in(a, b):
                for t in tree.tokens_in(a, b):
                    if tree.pos[t] in ("PROPN", "PRON", "NOUN"):
                        mention = self._mention_of(tree, t)
                        if mention is not None and mention.chain == wanted:
                            return True
        return False


_FORMS = {"him": "he", "her": "she", "them": "they"}


def _alike(a: Hearer | None, b: Hearer) -> bool:
    """Whether two pronouns are forms of one: "asked her" and "she said" right behind it."""
    if a is None or not _is_pronoun(a) or not _is_pronoun(b):
        return False
    word = a[0].words[a[1].head].lower()
    return _FORMS.get(word, word) == b[0].words[b[1].head].lower()


def _is_pronoun(who: Hearer) -> bool:
    return who[0].tags[who[1].head] in ("PRP", "WP")


def _speaker(draft: Draft) -> Hearer | None:
    draft = draft.voice or draft
    return None if draft.who is None else (draft.who_tree, draft.who)


def _answers(draft: Draft) -> bool:
    cue = draft.cue
    if cue is None or cue.kind != "verb":
        return False
    tree = draft.tree
    if tree.lemmas[cue.head] in _ANSWERS:
        return True
    back = cue.head + 1 < len(tree) and tree.words[cue.head + 1].lower() == "back"
    return back and tree.lemmas[cue.head] in _BACK


def _asks(draft: Draft) -> bool:
    cue = draft.cue
    if cue is None:
        return False
    return draft.tree.lemmas[cue.head] in ("ask", "inquire", "enquire", "wonder", "question")


def _gap(text: Text, before: Draft, draft: Draft) -> int:
    """Sentences from the end of one draft to the beginning of another: 0 in the same sentence."""
    end, start = text.tree_at(before.span[1] - 1), text.tree_at(draft.span[0])
    if end is None or start is None:
        return _FAR
    return max(0, start.sentence.number - end.sentence.number)


_FAR = 99


def _answers_given(text: Text, found: Sequence[Draft], who: _Who) -> None:
    """ "She replied that …": to whoever spoke right before, in the same paragraph, or in the one before
    if that was a question or spoke of her."""
    for n, draft in enumerate(found):
        speaker = _speaker(draft)
        if draft.to is not None or speaker is None or not _answers(draft):
            continue
        for before in reversed(found[:n]):
            other = _speaker(before)
            if other is None or before is draft.outer or before.voice is not None:
                continue
            if who.same(other, speaker) or before.outer is not draft.outer:
                continue
            gap = _gap(text, before, draft)
            near = gap <= 1 and before.tree.sentence.block == draft.tree.sentence.block
            if near or (
                gap <= 2
                and (
                    _asks(before)
                    or who.same(before.to, speaker)
                    or who.named_in(text, before, speaker)
                )
            ):
                draft.to = other
            break


def _questions(text: Text, found: Sequence[Draft], who: _Who) -> None:
    """A question without a hearer is put to whoever answers it next; a plain saying right behind a
    question answers it if the question was put to its speaker or asks about that one."""
    for question, answer in itertools.pairwise([d for d in found if d.outer is None]):
        asker, speaker = _speaker(question), _speaker(answer)
        if not _asks(question) or asker is None or speaker is None or who.same(asker, speaker):
            continue
        if _gap(text, question, answer) > 1:
            continue
        answers = _answers(answer) or who.same(answer.to, asker)
        if not answers and not (
            answer.take in ("quote", "aside", "quote_aside", "clause")
            and (
                who.same(question.to, speaker)
                or _alike(question.to, speaker)
                or who.named_in(text, question, speaker)
            )
        ):
            continue
        question.to = question.to or speaker
        answer.to = answer.to or asker


def _turns(text: Text, found: Sequence[Draft]) -> None:
    """A transcript's turns: a question is put to whoever speaks next, an answer to who asked it."""
    turns = [d for d in found if d.cue is None]
    for before, draft in itertools.pairwise(turns):
        asker, speaker = _speaker(before), _speaker(draft)
        if asker is None or speaker is None:
            continue
        if draft.tree.sentence.block != _last_block(text, before) + 1:
            continue
        if text.version.text[before.content[-1][1] - 1] == "?":
            before.to = before.to or speaker
            draft.to = draft.to or asker


def _last_block(text: Text, draft: Draft) -> int:
    tree = text.tree_at(draft.content[-1][1] - 1)
    return -2 if tree is None else tree.sentence.block


def _letters(text: Text, found: Sequence[Draft], who: _Who) -> None:
    """What a letter says is said to whom it was sent, if the report tells of one addressee only."""
    sent: list[tuple[int, str, Hearer]] = []
    for tree in text.trees:
        for t in range(len(tree)):
            if tree.lemmas[t] not in _SENT or tree.pos[t] != "NOUN":
                continue
            head = _behind_to(tree, t, ("to",))
            if head is None and tree.deps[t] == "dobj" and tree.lemmas[tree.heads[t]] in _SENDING:
                head = _behind_to(tree, tree.heads[t], ("to",))
            if head is not None:
                sent.append((tree.sentence.starts[t], tree.lemmas[t], (tree, phrase(tree, head))))
    if not sent or any(not who.same(sent[0][2], s[2]) for s in sent[1:]):
        return
    at, noun, whom = sent[0]
    writers: list[Hearer] = []
    speaking = False
    for draft in found:
        speaker = _speaker(draft)
        if draft.outer is not None or speaker is None or draft.at < at:
            continue
        tree, named = speaker
        word = tree.words[named.head].lower()
        own = tree.lemmas[named.head] == noun or (speaking and word == "it")
        quoted = _in_the(draft, noun)
        wrote = (
            draft.cue is not None
            and draft.tree.lemmas[draft.cue.head] == "write"
            and any(word == "they" or who.same(speaker, w) for w in writers)
        )
        speaking = own or (speaking and quoted)
        if draft.to is None and (own or quoted or wrote):
            draft.to = whom
        if quoted:
            writers.append(speaker)


def _in_the(draft: Draft, noun: str) -> bool:
    """ "In the letter the parents say …"."""
    tree, cue = draft.tree, draft.cue
    if cue is None or cue.verb is None:
        return False
    return any(
        tree.words[p].lower() == "in"
        and (what := tree.child(p, "pobj")) is not None
        and tree.lemmas[what] == noun
        for p in tree.all(cue.verb, "prep")
    )


def _still(text: Text, found: Sequence[Draft], who: _Who) -> None:
    """What follows right on what its speaker told somebody goes on telling them: a quotation that says
    "you", and what is added."""
    for before, draft in itertools.pairwise([d for d in found if text.quoted.at(d.at) is None]):
        if draft.to is not None or before.to is None or _gap(text, before, draft) > 1:
            continue
        speaker, other = _speaker(draft), _speaker(before)
        if speaker is None or other is None:
            continue
        if not (_adds(draft) or (draft.outer is before.outer and _says_you(text, draft))):
            continue
        if who.same(speaker, other) or (
            _is_pronoun(speaker) and who.chain(*speaker) in (None, who.chain(*other))
        ):
            draft.to = before.to


def _adds(draft: Draft) -> bool:
    cue = draft.cue
    return cue is not None and draft.tree.lemmas[cue.head] in ("add", "continue", "conclude")


def _says_you(text: Text, draft: Draft) -> bool:
    for a, b in draft.content:
        for tree in text.trees_in(a, b):
            for t in tree.tokens_in(a, b):
                if tree.words[t].lower() in _YOU and (
                    text.quoted.at(tree.sentence.starts[t]) is not None
                ):
                    return True
    return False
