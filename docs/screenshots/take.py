"""Take the README's screenshot: ``python docs/screenshots/take.py quotes.db [ARTICLE]`` (needs Chromium).

Serves the database with Datasette on this machine, opens the article's page (the first article when none is
named) in headless Chromium and writes article.png beside this file.
"""

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from browser import Browser  # noqa: E402
from datasette.utils import tilde_encode  # noqa: E402

from quotes.store import Store  # noqa: E402


def main(database: str, article: str | None = None) -> None:
    """Write article.png."""
    with Store(database) as store:
        key = article or store.db.execute("select id from articles order by id limit 1").fetchone()[0]
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    metadata = str(ROOT / "datasette-metadata.yml")
    command = ["-m", "datasette", database, "-m", metadata, "-h", "127.0.0.1", "-p", str(port)]
    server = subprocess.Popen(
        [sys.executable, *command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        url = f"http://127.0.0.1:{port}/{tilde_encode(Path(database).stem)}/articles/{tilde_encode(key)}"
        for _ in range(100):
            try:
                urllib.request.urlopen(url, timeout=5).read()
                break
            except urllib.error.HTTPError:
                raise
            except OSError:
                time.sleep(0.2)
        with Browser() as browser:
            browser.open(url, width=1120)
            print(browser.screenshot(HERE / "article.png", whole=False, height=740))
    finally:
        server.kill()
        server.wait()


if __name__ == "__main__":
    main(*sys.argv[1:])
