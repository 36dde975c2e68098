"""Judgements as a noun: made, checked, undone, and two records' joined. Pure.

Joining is a union by id; of one judgement known twice, the earlier undoing stays. So it does not
matter in which order, or how often, two colleagues take in each other's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from onrecord.errors import InputError
from onrecord.records import About, Judgement, JudgementValue, Undone
from onrecord.text.citing import parse_address
from onrecord.text.ids import make_id

VERDICTS: dict[str, tuple[str, ...]] = {
    "relation": ("confirm", "reject", "relabel", "note"),
    "statement": ("confirm", "reject", "relabel", "note"),
    "actor": ("confirm", "relabel", "merge", "split", "rename", "note"),
    "reuse": ("confirm", "reject", "note"),
    "story": ("confirm", "merge", "split", "rename", "note"),
    **dict.fromkeys(
        (
            *("article", "version", "change", "date", "event", "timeline", "claim"),
            *("commitment", "figure", "capture"),
        ),
        ("note",),
    ),
    "source": ("confirm", "note"),
}
"""What can be decided about what."""

_FITTING: dict[str, tuple[str, ...]] = {
    "relation": ("relation", "in_", "was", "text"),
    "statement": ("act", "polarity", "modality", "speaker", "text"),
    "actor": ("name", "kind", "country", "text"),
    "reuse": ("kind", "text"),
    "story": ("name", "to", "text"),
}
"""What a value may hold, by what the judgement is about."""

_NEEDED: dict[tuple[str, str], tuple[str, ...]] = {
    ("relation", "relabel"): ("relation",),
    ("statement", "relabel"): ("act", "polarity", "modality", "speaker"),
    ("actor", "relabel"): ("kind", "country"),
    ("actor", "rename"): ("name",),
    ("story", "rename"): ("name",),
}
"""Of which a verdict needs one at least."""

WORDS: dict[str, tuple[str, ...]] = {
    "relation": (
        *("same_quote", "paraphrase", "corroborates", "adds"),
        *("differs", "contradicts", "incompatible_accounts"),
    ),
    "in_": (
        *("polarity", "number", "date", "place", "actor", "condition", "modality"),
        *("attribution", "occasion", "characterisation", "wording"),
    ),
    "act": (
        *("assert", "deny", "demand", "threaten", "warn", "promise", "offer"),
        *("refuse", "propose", "agree", "ask", "praise", "condemn"),
    ),
    "polarity": ("positive", "negative"),
    "modality": ("asserted", "planned", "possible", "required", "hypothetical"),
}
"""The contract's words."""

_KINDS = {
    "actor": ("person", "organisation", "government", "office", "place", "group"),
    "reuse": ("copy", "shared_quote", "shared_source"),
}

_AT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\+00:00")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
LONGEST_NAME = 200
"""Code points of an author's name, an actor's, a title."""
LONGEST_NOTE = 10_000
MOST_ADDRESSES = 1000


def judgement_id(one: Judgement) -> str:
    """The id by its identity: everything but whether it was undone."""
    value = None if one.value is None else _canonical(one.value)
    about = one.about
    return make_id(
        "jud", one.author, one.at, one.verdict, about.kind, *about.addresses, None, value
    )


def _canonical(value: JudgementValue) -> str:
    return msgspec.json.encode(value, order="deterministic").decode()


def make(
    author: str,
    at: str,
    verdict: str,
    kind: str,
    addresses: Sequence[str],
    value: JudgementValue | None = None,
) -> Judgement:
    """A judgement. `at` is UTC with whole seconds. Raises InputError if it is none."""
    if value == JudgementValue():
        value = None
    if kind == "relation":  # a relation has no direction
        addresses = sorted(addresses)
    about = About(kind=kind, addresses=tuple(addresses))
    one = Judgement(id="", author=author, at=at, verdict=verdict, about=about, value=value)
    return check(msgspec.structs.replace(one, id=judgement_id(one)))


def undo(one: Judgement, by: str, at: str) -> Judgement:
    """The judgement as taken back; one that was taken back earlier stays as it is."""
    return check(joined(one, msgspec.structs.replace(one, undone=Undone(by=by, at=at))))


def joined(a: Judgement, b: Judgement) -> Judgement:
    """One judgement as two records have it: undone if either has it so, by whoever was first."""
    undone = [u for u in (a.undone, b.undone) if u is not None]
    first = min(undone, key=lambda u: (u.at, u.by)) if undone else None
    return msgspec.structs.replace(a, undone=first)


def order(one: Judgement) -> tuple[str, str]:
    """Judgements are applied in this order, so the latest counts."""
    return one.at, one.id


def after(now: str, known: Sequence[Judgement], about: Sequence[str]) -> str:
    """When a judgement about these addresses is made: now, but behind all that is known of them."""
    addresses = set(about)
    latest = max((j.at for j in known if addresses & set(j.about.addresses)), default="")
    if latest < now:
        return now
    return (datetime.fromisoformat(latest) + timedelta(seconds=1)).isoformat()


def check(one: Judgement) -> Judgement:
    """The judgement itself. Raises InputError, which says in one line what is wrong with it."""
    _name(one.author, "author")
    _time(one.at, "at")
    if one.undone:
        _name(one.undone.by, "undone.by")
        _time(one.undone.at, "undone.at")
    kind, verdict = one.about.kind, one.verdict
    if kind not in VERDICTS:
        raise _wrong("nothing can be decided about this", kind, f"kinds: {', '.join(VERDICTS)}")
    if verdict not in VERDICTS[kind]:
        can = ", ".join(VERDICTS[kind])
        raise _wrong(f"this cannot be decided about {_a(kind)}", verdict, f"what can be: {can}")
    _addresses(one)
    _value(one)
    if one.id != judgement_id(one):
        raise _wrong(
            "its id belongs to another judgement", one.id[:80], "it is not the hash of its content"
        )
    return one


def _wrong(what: str, where: str, why: str = "") -> InputError:
    return InputError(shown(what), where=shown(where), why=why)


def shown(text: str) -> str:
    """Words of a stranger's file as a terminal may show them: short, and without control characters."""
    return "".join(c if c.isprintable() else "�" for c in text[:120])


def _a(kind: str) -> str:
    return f"an {kind}" if kind[0] in "ae" else f"a {kind}"


def _name(text: str, where: str) -> None:
    if not text.strip() or text != text.strip():
        raise _wrong("a name is missing or has space around it", where)
    if len(text) > LONGEST_NAME or _CONTROL.search(text) or not _plain(text):
        raise _wrong("this is no name", where, f"at most {LONGEST_NAME} characters, in one line")


def _plain(text: str) -> bool:
    return not any("\ud800" <= c <= "\udfff" for c in text)


def _time(text: str, where: str) -> None:
    try:
        if not _AT.fullmatch(text):
            raise ValueError
        datetime.fromisoformat(text)
    except ValueError:
        raise _wrong("this is no time", where, "it reads like 2031-05-10T09:20:00+00:00") from None


def _addresses(one: Judgement) -> None:
    addresses = one.about.addresses
    pair = one.about.kind == "relation" or (one.about.kind, one.verdict) == ("source", "confirm")
    least = 2 if pair or one.verdict == "merge" else 1
    most = 2 if pair else MOST_ADDRESSES
    if not least <= len(addresses) <= most:
        needs = str(least) if least == most else f"{least} to {most}"
        raise _wrong(
            "it names too few or too many addresses", f"{one.verdict} {_a(one.about.kind)}",
            f"it needs {needs}",
        )  # fmt: skip
    if one.about.kind == "relation" and addresses != tuple(sorted(addresses)):
        raise _wrong("the addresses of a relation stand in order", "about")
    if len(set(addresses)) < len(addresses):
        raise _wrong("it names one address twice", one.about.kind)
    to = one.value.to if one.value else None
    for address in (*addresses, *((to,) if to else ())):
        _address(address)


def _address(text: str) -> None:
    try:
        sha, decoder, start, end = parse_address(text) if len(text) < 300 else ("", "", 0, 0)
    except ValueError:
        sha, decoder, start, end = "", "", 0, 0
    right = re.fullmatch("[0-9a-f]{64}", sha) and re.fullmatch(r"[\w.+-]+", decoder, re.ASCII)
    if not right or not start < end or text != f"sha256:{sha}/{decoder}:{start}-{end}":
        raise _wrong("not an evidence address", text[:120], "it reads like sha256:HEX/utf-8:10-20")


def _value(one: Judgement) -> None:
    kind, value = one.about.kind, one.value
    if value == JudgementValue():
        raise _wrong("a value that says nothing is written as null", "value")
    given = {n: v for n in JudgementValue.__struct_fields__ if (v := getattr(value, n, None))}
    fitting = ("text",) if one.verdict == "note" else _FITTING.get(kind, ("text",))
    for name, text in given.items():
        shown = name.rstrip("_")
        if name not in fitting:
            raise _wrong(f"`{shown}` does not fit", f"{one.verdict} {_a(kind)}")
        words = _KINDS.get(kind) if name == "kind" else WORDS.get(name)
        if words and text not in words:
            raise _wrong(f"{text[:40]!r} is no {shown}", "value", f"one of {', '.join(words)}")
        if name in ("speaker", "name", "country"):
            _name(text, name)
    if value is not None and (len(value.text or "") > LONGEST_NOTE or not _plain(value.text or "")):
        raise _wrong("the note is too long or no text", "value.text", f"at most {LONGEST_NOTE}")
    needed = ("text",) if one.verdict == "note" else _NEEDED.get((kind, one.verdict), ())
    if needed and not any(name in given for name in needed):
        must = f"it must say {' or '.join(n.rstrip('_') for n in needed)}"
        raise _wrong(f"to {one.verdict} {_a(kind)}, {must}", "value")
