"""Write docs/commands.md from the help of every command: ``python docs/commands.py``."""

import re
import sys
from pathlib import Path

from typer.testing import CliRunner

from quotes.cli.main import app

PAGE = Path(__file__).with_name("commands.md")
WIDTH = 88  # characters of a line of help
ENV = {"COLUMNS": str(WIDTH)}
INTRO = """\
# Commands

*Generated from `--help`: change the help and run `python docs/commands.py`.*

Data goes to standard output, everything else to standard error. So `quotes export > quotes.jsonl` writes nothing but
quotations to the file. `--json`, `--nl` (JSON Lines) and `--csv` are for other programs.

| exit code | means |
|---|---|
| 0 | All went well. |
| 1 | There was an error, or some articles could not be read. The others are done. |
| 2 | Wrong usage: an unknown option, a date that is none. |
| 130, 143 | Ctrl-C, SIGTERM. What was read is stored. |

`extract` skips articles that have not changed. An article that has changed replaces its own rows. A run that was
killed is completed by the next one. Several commands may write to one database at once: each waits while another one
writes, an hour at most, and `search` and the like 30 seconds. A name that several speakers have is answered with a list
of their ids.

`quotes --install-completion` teaches bash, zsh or fish to complete commands, names of speakers, publications and ids.
"""


def page() -> str:
    """The whole page: what all commands share, then the help of each, in the order of ``quotes --help``."""
    overview = help_of()
    listed = re.findall(r"^  ([a-z-]+)  ", overview.partition("Commands:")[2], re.M)
    parts = [INTRO, _block("quotes", overview)]
    for name in listed:
        parts += _blocks(name)
    return "\n".join(parts)


def _blocks(*command: str) -> list[str]:
    """The help of a command, then that of the commands below it."""
    text = help_of(*command)
    blocks = [_block(f"quotes {' '.join(command)}", text)]
    for name in re.findall(r"^  ([a-z-]+)  ", text.partition("Commands:")[2], re.M):
        blocks += _blocks(*command, name)
    return blocks


def help_of(*command: str) -> str:
    """What ``quotes COMMAND --help`` prints, in lines of ``WIDTH`` characters."""
    result = CliRunner().invoke(app, [*command, "--help"], prog_name="quotes", terminal_width=WIDTH, env=ENV)
    if result.exit_code:
        raise RuntimeError(result.output)
    return "\n".join(line.rstrip() for line in result.output.splitlines()).strip("\n")


def _block(title: str, text: str) -> str:
    return f"## {title}\n\n```text\n{text}\n```\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(f"{PAGE} written", file=sys.stderr)
