"""The command that writes the site as plain files."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from quotes.cli import options
from quotes.cli.serve import Metadata, metadata_of
from quotes.store.database import Store
from quotes.text.plural import count


def publish_static(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="Where to write: new, empty, or written by this before.")
    ],
    database: options.Database = options.DEFAULT,
    address: Annotated[
        str,
        typer.Option(
            metavar="URL",
            help="Where the site will be: for cards of shared links, and frames on other sites.",
        ),
    ] = "",
    metadata: Metadata = None,
) -> None:
    """Write the site as plain files, for a web server that serves files, or for no server at all.

    All links are relative: the folder works wherever it is put, and from a disk. Lists, and the pages of articles,
    quotations, speakers, statements and publications are as Datasette serves them. Searching is done by the reader's
    browser with a small index, and is the only thing that takes JavaScript. What takes a server is left out: SQL, data,
    feeds, comparisons.

    A folder that this command wrote is brought up to date; files that are not its own are never touched.

    \b
    Example:
      quotes publish-static public
      quotes publish-static public --address https://example.org/quotes
    """
    if address and not address.startswith(("http://", "https://")):
        raise typer.BadParameter("--address is a whole address, such as https://example.org/quotes")
    if folder.exists() and not folder.is_dir():
        raise typer.BadParameter(f"{folder} is a file")
    with Store(database):
        pass  # one of ours, and up to date
    from quotes.cli import static_site

    done = asyncio.run(
        static_site.publish(
            database, folder, address=address, metadata=metadata_of(metadata), progress=_progress
        )
    )
    for page in done.failed:
        options.say(f"Error: the page {page} could not be made: `datasette` with the same database shows why")
    removed = f", {count(done.removed, 'file')} of before removed" if done.removed else ""
    size = f"{done.size / 1e6:,.1f} MB"
    options.say(
        f"{count(done.pages, 'page')} in {count(done.files, 'file')}, {size}{removed}: {folder / 'index.html'}"
    )
    if done.failed:
        raise typer.Exit(1)


def _progress(done: int) -> None:
    """Say on a terminal how far it is."""
    if options.is_terminal() and done % 50 == 0:
        typer.echo(f"\r{count(done, 'page')} written", err=True, nl=False)
