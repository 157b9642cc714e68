import statistics
import subprocess
import sys
import time
from importlib import import_module

import click
import pytest
from click.testing import CliRunner

from course_lib import __version__
from course_lib.cli import COMMANDS, main


def test_help_lists_every_command_with_what_it_does() -> None:
    result = CliRunner().invoke(main, ["--help"])
    assert result.exit_code == 0
    for name, (_, _, text) in COMMANDS.items():
        assert name in result.output
        assert text.split()[0] in result.output


@pytest.mark.parametrize("name", COMMANDS)
def test_each_name_in_the_table_leads_to_a_command(name: str) -> None:
    module, attribute, _ = COMMANDS[name]
    assert isinstance(getattr(import_module(module), attribute), click.Command)
    assert CliRunner().invoke(main, [name, "--help"]).exit_code == 0


def test_help_answers_within_half_a_second_and_imports_nothing_heavy() -> None:
    code = (
        "import sys\n"
        "from course_lib.cli import main\n"
        "main(['--help'], standalone_mode=False)\n"
        "heavy = {'matplotlib', 'torch', 'numpy', 'ipywidgets', 'sphinx'} & sys.modules.keys()\n"
        "assert not heavy, heavy"
    )
    times = []
    for _ in range(5):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, timeout=60)
        times.append(time.perf_counter() - start)
    assert statistics.median(times) < 0.5


def test_an_unknown_command_offers_the_nearest() -> None:
    result = CliRunner().invoke(main, ["figure"])
    assert result.exit_code == 2
    assert "no command is called 'figure'; did you mean 'figures'?" in result.output


def test_a_command_like_no_other_lists_those_there_are() -> None:
    result = CliRunner().invoke(main, ["zzz"])
    assert result.exit_code == 2
    assert "there are: book, execute, figures" in result.output


def test_the_version_is_the_packages() -> None:
    result = CliRunner().invoke(main, ["--version"])
    assert __version__ in result.output
