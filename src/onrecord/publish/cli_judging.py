"""Commands about what people decide: judge a line, list judgements, take in a colleague's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.errors import EXIT_OK, EXIT_PARTIAL, RecordBusy, UsageError
from onrecord.publish.console import Call, Configurable, Progress, common, now

if TYPE_CHECKING:
    from onrecord.records import Judgement, JudgementValue
    from onrecord.run.judging import Standing
    from onrecord.store.record import Store

VERDICTS = ("confirm", "reject", "relabel", "merge", "split", "rename", "note")

no_build = click.option(
    "--no-build", is_flag=True, help="Write it down only; the next build brings it in."
)
patience_option = click.option(
    "--patience",
    type=click.FloatRange(0),
    default=60.0,
    show_default=True,
    metavar="SECONDS",
    help="How long another build of the record is waited for.",
)


@click.command(cls=Configurable)
@click.argument("verdict", required=False, type=click.Choice(VERDICTS))
@click.argument("lines", nargs=-1, metavar="[ID|ADDRESS]…")
@click.option(
    "--value",
    "values",
    multiple=True,
    metavar="NAME=TEXT",
    help="What it is decided to be: relation=differs, in=occasion, act=, polarity=, modality=, "
    "speaker=, name=, kind=, country= (may be given several times).",
)
@click.option("--note", help="A note, or why, in your words.")
@click.option("--kind", default="", metavar="KIND", help="What an address stands for: relation, …")
@click.option(
    "--to", default="", metavar="ID", help="Of a split story: join this report's episode."
)
@click.option("--author", default="", metavar="NAME", help="Who decides (setting judging.author).")
@click.option("--undo", metavar="ID", help="Take back the judgement of this id instead.")
@no_build
@patience_option
@common
def judge(
    call: Call,
    verdict: str | None,
    lines: tuple[str, ...],
    values: tuple[str, ...],
    note: str | None,
    kind: str,
    to: str,
    author: str,
    undo: str | None,
    no_build: bool,
    patience: float,
) -> int:
    """Decide about lines of the record: VERDICT and the lines, by ids of an export or by addresses.

    \b
    confirm, reject, relabel   a relation (its two members), a statement; an actor, a reuse
    merge                      two actors or more, two stories or more
    split                      an actor and the reports (or mentions' addresses) that go;
                               reports of a story, into a story of their own or --to another
    rename                     an actor, a story
    note                       anything

    A judgement hangs on the evidence's addresses, not on ids: it outlives rebuilds and better reading.
    Of several about one line the latest counts. What it alters is built at once.
    """
    from onrecord.run import judging

    settings = call.settings()
    who = author or settings["judging"].author
    if not who:
        raise UsageError("it is not said who decides", do="name yourself with --author NAME")
    if bool(undo) == bool(verdict):
        raise UsageError("say a verdict and lines, or --undo ID")
    with call.store() as store:
        if undo:
            one = judging.take_back(store, undo, who, now())
        else:
            named = judging.about(store, verdict or "", lines, kind, to)
            value = _value(verdict or "", values, note)
            one = judging.decide(store, who, now(), verdict or "", named, value)
        kinds = () if one.verdict == "note" else (one.about.kind,)
        built, problems = _apply(call, store, settings, kinds, None if no_build else patience)
        state = next(s for s in judging.standings(store) if s.judgement.id == one.id)
    call.warn(problems)
    call.console.answer({"judgement": _values(state), "built": built}, [_line(state)])
    return EXIT_PARTIAL if problems else EXIT_OK


def _value(verdict: str, values: Sequence[str], note: str | None) -> JudgementValue:
    """What the call says beside its verdict. A bare value is a name. Raises UsageError."""
    import msgspec

    from onrecord.records import JudgementValue

    given: dict[str, str] = {"text": note} if note else {}
    for text in values:
        name, is_pair, rest = text.partition("=")
        if not is_pair and verdict == "rename":
            name, rest = "name", text
        elif not is_pair:
            raise UsageError("a value names what it is", where=text, do="write NAME=TEXT")
        given[name] = rest
    try:
        return msgspec.convert(given, JudgementValue)
    except msgspec.ValidationError as error:
        names = "relation, in, act, polarity, modality, speaker, name, kind, country"
        raise UsageError(
            "no such value", where=" ".join(values), why=f"there are {names}"
        ) from error


def _apply(
    call: Call,
    store: Store,
    settings: Mapping[str, Any],
    kinds: Iterable[str],
    patience: float | None,
) -> tuple[bool, list[str]]:
    """Builds what judgements about these kinds alter, unless there is no patience to; whether it was
    built, and problems."""
    from onrecord.run.judging import apply

    kinds = tuple(kinds)
    if patience is None or not kinds:
        return False, []
    try:
        with Progress(call.console) as progress:
            reports = apply(store, settings, kinds, progress, patience)
    except RecordBusy as error:
        return False, [f"written down; it will be brought in by the next build: {error.line()}"]
    return True, [f"{r.stage}: {key}: {why}" for r in reports for key, why in r.failed]


def _values(one: Standing) -> dict[str, Any]:
    import msgspec

    plain: dict[str, Any] = msgspec.to_builtins(one.judgement)
    return {**plain, "state": one.state, "why": one.why or None, "lines": list(one.lines)}


def _line(one: Standing) -> str:
    """A judgement in one line."""
    j = one.judgement
    what = " ".join(_words(j))
    why = f" ({one.why})" if one.why else ""
    at = j.about.addresses[0]
    more = f" and {len(j.about.addresses) - 1} more" if len(j.about.addresses) > 1 else ""
    return f"{j.id}  {j.at}  {j.author}: {what}; {one.state}{why}\n    {at}{more}"


def _words(one: Judgement) -> Iterable[str]:
    import msgspec

    yield f"{one.verdict} {one.about.kind}"
    if one.value is not None:
        told: dict[str, str] = msgspec.to_builtins(one.value)
        yield from (f"{name}={text!r}" for name, text in told.items())


@click.command()
@click.option("--waiting", is_flag=True, help="Only those that nothing in the record matches now.")
@common
def judgements(call: Call, waiting: bool) -> int:
    """List what was decided and how it stands: applied, noted, undone, overruled, next, waiting.

    `next`: the next build brings it in. `waiting`: nothing in the record matches it now; it is kept, and
    applies as soon as something does. `onrecord export judgements` writes them for a colleague.
    """
    from onrecord.run.judging import standings

    with call.store() as store:
        found = [one for one in standings(store) if not waiting or one.state == "waiting"]
    count = Counter(one.state for one in found)
    told = ", ".join(f"{n} {state}" for state, n in sorted(count.items()))
    call.console.answer(
        {"judgements": [_values(one) for one in found], "counts": dict(sorted(count.items()))},
        [*map(_line, found), f"{len(found)} judgements{': ' if told else ''}{told}"],
    )
    return EXIT_OK


@click.command(name="import", cls=Configurable)
@click.argument("kind", type=click.Choice(["judgements"]))
@click.argument("files", nargs=-1, required=True, type=click.Path(dir_okay=False, path_type=Path))
@no_build
@patience_option
@common
def import_(call: Call, kind: str, files: tuple[Path, ...], no_build: bool, patience: float) -> int:
    """Join the judgements that a colleague exported with those of this record.

    The result is the same in whichever order files are taken in, and however often; one that either
    of you took back stays so. Lines that are no judgement are told one by one, the others are taken.
    """
    from onrecord.run.judging import TakenIn, take_in

    settings = call.settings()
    reports: list[TakenIn] = []
    with call.store(create=True) as store:
        for path in files:
            try:
                with path.open("rb") as file:
                    reports.append(take_in(store, path.name, file, now()))
            except OSError as error:
                raise UsageError(
                    "cannot read the judgements", where=str(path), why=error.strerror or str(error)
                ) from error
        kinds = sorted({kind for one in reports for kind in one.kinds})
        new = any(one.put.added or one.put.undone for one in reports)
        built, problems = _apply(
            call, store, settings, kinds, patience if new and not no_build else None
        )
    unusable = [line for one in reports for line in one.lines]
    call.warn([*unusable, *problems])
    values = {
        "added": sum(one.put.added for one in reports),
        "undone": sum(one.put.undone for one in reports),
        "known": sum(one.put.known for one in reports),
        "unusable": unusable,
        "built": built,
    }
    line = f"{values['added']} judgements added, {values['undone']} undone, {values['known']} known"
    call.console.answer(values, [line])
    return EXIT_PARTIAL if unusable or problems else EXIT_OK


def waiting_judgements(store: Store) -> list[str]:
    """Ids of the judgements that nothing in the record matches now."""
    from onrecord.run.judging import standings

    return [one.judgement.id for one in standings(store) if one.state == "waiting"]


def told_waiting(waiting: Sequence[str]) -> list[str]:
    """One line about them; none if there are none."""
    noun = "judgement waits" if len(waiting) == 1 else "judgements wait"
    told = f"{len(waiting)} {noun} for lines that are not in the record: `onrecord judgements --waiting`"
    return [told] if waiting else []


COMMANDS = (judge, judgements, import_)
