"""The command that asks a user's own endpoint about undecided pairs: `onrecord adjudicate`."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING, Any

import click

from onrecord.errors import EXIT_OK, EXIT_PARTIAL, UsageError
from onrecord.publish.console import Call, Configurable, Progress, common, now

if TYPE_CHECKING:
    from onrecord.records import Advice
    from onrecord.run.adjudicating import Pair


@click.command(cls=Configurable)
@click.option("--story", default="", metavar="ID", help="Only pairs of this story.")
@click.option(
    "--limit",
    type=click.IntRange(1),
    metavar="N",
    help="Most pairs in this run (setting adjudication.most).",
)
@click.option("--yes", is_flag=True, help="Send without being asked: for scripts.")
@click.option(
    "--dry-run", is_flag=True, help="Print what would be sent, a line a pair, and send nothing."
)
@common
def adjudicate(call: Call, story: str, limit: int | None, yes: bool, dry_run: bool) -> int:
    """Ask your own OpenAI-compatible endpoint about pairs of lines that are undecided.

    Text of the reports leaves this machine by this command alone (and by hooks that you set for edits).
    It sends, of each pair, both lines with a sentence around them, their outlets, speakers and times,
    and what the machine found, to the endpoint that the options of [adjudication] name, and to nobody
    else. It is off until they name one, says first how many pairs would go where, and waits for your
    yes.

    Asked about are oppositions that nobody reviewed, and pairs that are only just held to speak of one
    thing, or only just not. An answer decides nothing: it is kept as the model's own (`onrecord export
    advice`) and shown beside the relation. No pair is asked about twice, unless the model, the host or
    our instructions change.
    """
    from onrecord.capture.asking import Asker, endpoint
    from onrecord.run import adjudicating

    settings = call.settings()
    options = settings["adjudication"]
    to = endpoint(options, os.environ)
    with call.store() as store:
        every = adjudicating.undecided(store, settings, story)
        pairs = adjudicating.unanswered(store, every, to, options.model)
        some = pairs[: limit or options.most]
        if dry_run:
            for pair in some:
                click.echo(adjudicating.asked(store, options.model, pair))
            return EXIT_OK
        report = adjudicating.Report()
        if some and _agreed(call, len(some), to.host, options.model, yes):
            with Asker(settings["web"], options, to) as asker, Progress(call.console) as progress:
                report = adjudicating.adjudicate(
                    store,
                    store,
                    some,
                    options.model,
                    to,
                    asker,
                    retries=options.retries,
                    now=now,
                    sleep=time.sleep,
                    progress=progress,
                )
    call.warn(report.problems)
    left = len(pairs) - len(report.answers)
    values = {
        "host": to.host,
        "model": options.model,
        "undecided": len(every),
        "known": len(every) - len(pairs),
        "answered": [_values(pair, one) for pair, one in report.answers],
        "unusable": report.problems,
        "left": left,
    }
    told = f"{len(report.answers)} pairs answered, {values['known']} known already, {left} left"
    call.console.answer(values, [*(_line(*row) for row in report.answers), told])
    return EXIT_PARTIAL if report.problems else EXIT_OK


def _agreed(call: Call, count: int, host: str, model: str, yes: bool) -> bool:
    """Says what would be sent where; whether it may be. Raises UsageError if nobody can be asked."""
    what = f"text of {count} pairs of lines goes to {host} (model {model})"
    if yes:
        call.warn([what])
        return True
    if not sys.stdin.isatty():
        raise UsageError(
            "nothing was sent", why=f"nobody was there to agree that {what}", do="agree with --yes"
        )
    return click.confirm(f"{what}. Send it?", err=True)


def _line(pair: Pair, one: Advice) -> str:
    from onrecord.text.advice import told

    return f"{pair.name}\n    {told(one)}"


def _values(pair: Pair, one: Advice) -> dict[str, Any]:
    import msgspec

    found = pair.machine
    machine = {"relation": found.relation, "in": found.in_, "basis": found.basis} if found else None
    plain: dict[str, Any] = msgspec.to_builtins(one)
    return {**plain, "machine": machine}


COMMANDS = (adjudicate,)
