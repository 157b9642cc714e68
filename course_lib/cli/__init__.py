"""The `course` command: a table of subcommands, each imported only when it runs.

`course --help` must answer at once, and torch and matplotlib take seconds to import; so the table
carries the one line of help, and the module behind it waits.
"""

from __future__ import annotations

from difflib import get_close_matches
from importlib import import_module

import click

from course_lib import __version__

# name → (module, attribute, what it does)
COMMANDS: dict[str, tuple[str, str, str]] = {
    "execute": ("course_lib.cli.execute", "execute", "Run notebooks and keep what they show."),
    "figures": ("course_lib.cli.figures", "figures", "Draw the course's figures into a folder."),
    "slides": ("course_lib.cli.slides", "slides", "Make decks of slides, their demos live."),
    "train": ("course_lib.cli.train", "train", "Train the networks behind the chapters."),
}


class LazyGroup(click.Group):
    """A group that reads its commands' names and help from `COMMANDS`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands' names in the table's order."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return one command, or None where the table has no such name."""
        if cmd_name not in COMMANDS:
            return None
        module, attribute, _ = COMMANDS[cmd_name]
        command = getattr(import_module(module), attribute)
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that was called for, or say which is nearest."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            close = get_close_matches(args[0], COMMANDS, n=1)
            hint = f"did you mean {close[0]!r}?" if close else f"there are: {', '.join(COMMANDS)}"
            ctx.fail(f"no command is called {args[0]!r}; {hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the table of commands without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, _, text) in COMMANDS.items()])


@click.group(cls=LazyGroup)
@click.version_option(__version__, prog_name="course")
def main() -> None:
    """Build, draw and check the course on convolutional networks."""
