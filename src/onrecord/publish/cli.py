"""The command line: the commands of the cli_*.py modules in one group.

Rooms are imported inside the commands, so that `--help` answers at once.
"""

from __future__ import annotations

import click

from onrecord import __version__
from onrecord.publish import (
    cli_adjudicating,
    cli_attaching,
    cli_gathering,
    cli_judging,
    cli_keeping,
    cli_showing,
    cli_training,
    cli_watching,
)
from onrecord.publish.console import Commands


@click.group(
    cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, prog_name="onrecord")
def main() -> None:
    """Put a news story on the record: what was published, changed, copied, said and contradicted,
    every line one click from the exact characters it came from."""


for command in (
    *cli_gathering.COMMANDS,
    *cli_watching.COMMANDS,
    *cli_showing.COMMANDS,
    *cli_judging.COMMANDS,
    *cli_attaching.COMMANDS,
    *cli_adjudicating.COMMANDS,
    *cli_keeping.COMMANDS,
    *cli_training.COMMANDS,
):
    main.add_command(command)


if __name__ == "__main__":
    main()
