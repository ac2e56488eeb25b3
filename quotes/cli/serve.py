"""The command that serves the pages, and with --edit lets whoever has the token correct what they show."""

import secrets
from pathlib import Path
from typing import Annotated, Any

import typer

from quotes.cli import options
from quotes.store.database import Store

LOOPBACK = ("127.0.0.1", "localhost", "::1")
METADATA_FILE = Path("datasette-metadata.yml")
Metadata = Annotated[
    Path | None,
    typer.Option("--metadata", "-m", metavar="FILE", show_default=f"{METADATA_FILE}, if it is there"),
]


def serve(
    database: Annotated[
        Path, typer.Argument(metavar="DATABASE", help="The database file.")
    ] = options.DEFAULT,
    edit: Annotated[
        bool,
        typer.Option("--edit", help="Let whoever opens the address with the token correct what is shown."),
    ] = False,
    port: Annotated[int, typer.Option("--port", "-p", min=1, max=65535)] = 8001,
    host: Annotated[str, typer.Option(help="With --edit, this machine only.")] = "127.0.0.1",
    metadata: Metadata = None,
    by: Annotated[str | None, typer.Option(help="Who decides.", show_default="your user name")] = None,
) -> None:
    """Serve the pages of a database with Datasette, to be read; with --edit, to be corrected as well.

    With --edit only this machine can reach the server, and an address with a token is printed: who opens it gets forms
    for a wrong speaker, for what is no quotation, and for what is another statement. What they say is what the commands
    would say.

    \b
    Example:
      quotes serve quotes.db
      quotes serve quotes.db --edit
    """
    if edit and host not in LOOPBACK:
        raise typer.BadParameter(f"--edit is for this machine only: --host {host} would let others write")
    with Store(database):
        pass  # one of ours, and up to date
    import uvicorn
    from datasette.app import Datasette
    from datasette.plugins import pm

    site = Datasette([str(database)], metadata=metadata_of(metadata))
    address = f"http://{'[::1]' if host == '::1' else host}:{port}"
    if edit:
        from quotes.cli import edit_pages
        from quotes.linking.decisions import current_user

        edit_pages.by = by or current_user()
        pm.register(edit_pages, name="quotes-edit")
        token = secrets.token_hex(32)
        site._root_token = token  # Datasette's own: it is used once, for a cookie that ends with the server
        options.say(f"Correct it at {address}/-/auth-token?token={token}")
    options.say(f"Read it at {address} (Ctrl-C ends it)")
    uvicorn.run(site.app(), host=host, port=port, log_level="warning", lifespan="on")


def metadata_of(path: Path | None) -> dict[str, Any] | None:
    """What Datasette's metadata file says; that in this folder, if there is one and no other is named."""
    from datasette.utils import parse_metadata

    path = path or (METADATA_FILE if METADATA_FILE.exists() else None)
    if path is None:
        return None
    try:
        return dict(parse_metadata(path.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        raise typer.BadParameter(f"{path} cannot be read: {error}") from error
