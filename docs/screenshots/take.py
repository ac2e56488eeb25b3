"""Take the README's screenshot: ``python docs/screenshots/take.py quotes.db [ARTICLE]`` (needs Chromium).

Serves the database with Datasette on this machine, opens the article's page (the first article when none is
named) in headless Chromium, points at its third quotation and writes article.png beside this file.
"""

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[1] / "tests"))

from browser import Browser  # noqa: E402
from datasette.utils import tilde_encode  # noqa: E402
from serving import serving  # noqa: E402

from quotes.store.database import Store  # noqa: E402


def main(database: str, article: str | None = None) -> None:
    """Write article.png."""
    path = Path(database).resolve()
    with Store(path) as store:
        key = article or store.db.execute("select id from articles order by id limit 1").fetchone()[0]
    with serving(path) as site, Browser() as browser:
        browser.open(f"{site.url}/{tilde_encode(path.stem)}/articles/{tilde_encode(key)}", width=1120)
        place = "document.querySelectorAll('.text mark.content')[2].getBoundingClientRect()"
        box = browser.value(f"(box => ({{x: box.left + 40, y: box.bottom - 10}}))({place})")
        browser.call("Input.dispatchMouseEvent", type="mouseMoved", **box)
        print(browser.screenshot(HERE / "article.png", whole=False, height=740))


if __name__ == "__main__":
    main(*sys.argv[1:])
