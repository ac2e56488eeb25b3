"""``python -m quotes`` is the command ``quotes``."""

from quotes.cli.main import app

if __name__ == "__main__":
    app(prog_name="quotes")
