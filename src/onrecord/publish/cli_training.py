"""Commands that train what onrecord works with on texts of a user's own."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from onrecord.errors import EXIT_OK, EXIT_PARTIAL
from onrecord.publish.console import Call, Progress, common


@click.command()
@click.argument("what", type=click.Choice(["statements"]))
@click.argument("corpus", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("statement_weights.json"),
    show_default=True,
    help="The file of weights.",
)
@click.option("--split", metavar="NAME", help="Only rows of JSON lines whose `split` is this.")
@click.option(
    "--keep-rules",
    is_flag=True,
    help="Keep every statement that rules find; the weights only add others.",
)
@click.option("--licence", default="", help="What the weights may be used for, to be written down.")
@common
def train(
    call: Call,
    what: str,
    corpus: tuple[Path, ...],
    output: Path,
    split: str | None,
    keep_rules: bool,
    licence: str,
) -> int:
    """Train the tagger of statements on labelled texts of your own.

    CORPUS are files, or folders of files: JSON lines with spans (`*.jsonl`), labelled reports (`*.toml`)
    or marked text (`*.marked`); docs/training.md tells their forms. Every report is held out once to
    measure, then all are learned from. The same corpus gives the same bytes. To use the weights, give
    `--registry-statements FILE` to `onrecord build`: statements are then found anew.
    """
    from onrecord.publish.exports import write
    from onrecord.run.training import train_statements, written

    typed = [what, *map(str, corpus), *(["--split", split] if split is not None else [])]
    typed += ["--keep-rules"] if keep_rules else []
    typed += ["--licence", licence] if licence else []
    with Progress(call.console) as progress:
        trained = train_statements(
            corpus,
            split=split,
            keep_rules=keep_rules,
            licence=licence,
            command=shlex.join(["onrecord", "train", *typed]),
            progress=lambda done, total: progress("reading", done, total),
        )
    write(output, [written(trained).encode()])
    problems = [error.line() for error in trained.problems]
    call.warn(problems)
    told = {name: value for name, value in trained.values.items() if name != "weights"}
    values = {**told, "file": str(output), "features": len(trained.values["weights"])}
    lines = [
        f"{told['documents']} documents, {told['statements']} statements, "
        f"{values['features']} weights -> {output}",
        f"on held-out documents: F1 {_percent(trained.alone.f1)} by rules alone, "
        f"{_percent(trained.tagged.f1)} with these weights",
    ]
    call.console.answer({**values, "problems": problems}, lines)
    return EXIT_PARTIAL if problems else EXIT_OK


def _percent(tenths: int) -> str:
    return f"{tenths // 10}.{tenths % 10}"


COMMANDS = (train,)
