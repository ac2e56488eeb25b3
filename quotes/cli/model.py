"""The command that says what the embedded model is: files, hashes, and what it was trained on."""

import json
from typing import Annotated, Any

import typer

from quotes.about import __version__
from quotes.cli import options
from quotes.integrity import PACKAGE, data_files, is_intact

SOURCES = PACKAGE / "model" / "sources.json"
LICENCE = "Apache-2.0; what was trained on data for research use: see docs/licences.md"

model = typer.Typer(
    help="Tell about the embedded model.\n\n\b\nExample:\n  quotes model info",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@model.command()
def info(json_: Annotated[bool, typer.Option("--json", help="A JSON object.")] = False) -> None:
    """Print version, files and licences of the embedded model and word lists, and check their hashes.

    \b
    Example:
      quotes model info
    """
    from quotes.provenance import linking_version, reading_version

    files = [
        {
            "file": path.relative_to(PACKAGE).as_posix(),
            "bytes": path.stat().st_size,
            "intact": is_intact(path),
        }
        for path in data_files()
    ]
    sources = json.loads(SOURCES.read_text(encoding="utf-8"))
    if json_:
        options.put(
            [
                json.dumps(
                    {
                        "version": __version__,
                        "reading_version": reading_version(),
                        "linking_version": linking_version(),
                        "licence": LICENCE,
                        "files": files,
                        "sources": sources,
                    },
                    ensure_ascii=False,
                )
            ]
        )
    else:
        options.put(_lines(files, sources, reading_version(), linking_version()))
    if not all(file["intact"] for file in files):
        options.say("Error: some files are not those of this version. Install quotes again.")
        raise typer.Exit(1)


def _lines(
    files: list[dict[str, Any]], sources: list[dict[str, Any]], reading: str, linking: str
) -> list[str]:
    lines = [f"quotes {__version__}", f"reading version  {reading}", f"linking version  {linking}", ""]
    for file in files:
        state = "intact" if file["intact"] else "CHANGED"
        lines.append(f"{file['bytes']:>12,}  {state}  {file['file']}")
    lines += ["", f"Licence: {LICENCE}", "", "Trained on, or taken from:"]
    for source in sources:
        lines += [f"  {source['name']} ({source['licence']}): {source['used_for']}", f"    {source['url']}"]
    return lines
