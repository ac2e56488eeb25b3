"""What people decided about the finds of one model holds for those of another, whose contents begin elsewhere."""

from pathlib import Path

import pytest
from support.commands import run

from quotes.quotations import passes
from quotes.store.database import Store

WEIR = "the weir had been closed since the flood"
FARMERS = "nobody had asked the farmers about the water"
PUMPS = "the cellar pumps would be paid for by the county"
ABOUT_FARMERS = f"Deng Okello, a farmer, told reporters that {FARMERS}. "
TEXT = (
    "The town council of Brackwater met on Monday.\n\n"
    f"Mayor Ilse Maas said that {WEIR}. {ABOUT_FARMERS}Priya Nair asked the council whether {PUMPS}.\n"
)


def read(database: Path, text: str) -> str:
    """What extract tells about an article with this text, read again."""
    article = database.with_name("weir.txt")
    article.write_text(text, encoding="utf-8")
    return run("extract", article, "-d", database, "--processes", "1", "--force").stderr


def said(database: Path) -> dict[str, str | None]:
    """Content -> name of the speaker."""
    with Store(database) as store:
        return dict(
            store.db.execute("select content, name from quotes left join speakers on speakers.id = speaker")
        )


def ident(database: Path, words: str) -> str:
    with Store(database) as store:
        return store.db.execute("select id from quotes where content like ?", (f"%{words}",)).fetchone()[0]


def states(database: Path) -> list[str]:
    with Store(database) as store:
        return [state or "" for _, state in store.corrections()]


def test_corrections_go_along_with_contents_that_begin_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = tmp_path / "quotes.db"
    with monkeypatch.context() as former:  # a former state, which left the conjunction in the content
        kept = [step for step in passes.PASSES if step.name not in ("complete from parse", "trim edges")]
        former.setattr(passes, "PASSES", tuple(kept))
        read(database, TEXT)
    assert said(database) == {f"that {WEIR}": "Ilse Maas", f"that {FARMERS}": "Deng Okello",
                              f"whether {PUMPS}": "Priya Nair"}  # fmt: skip
    run("assign", ident(database, WEIR), "deng-okello", "-d", database)
    run("reject", ident(database, PUMPS), "-d", database)
    end = TEXT.index(" about the water")
    run("trim", ident(database, FARMERS), str(TEXT.index(FARMERS)), str(end), "-d", database)
    assert states(database) == ["applied"] * 3
    former_ids = {ident(database, WEIR), ident(database, "nobody had asked the farmers")}

    read(database, TEXT)
    assert states(database) == ["applied"] * 3
    assert said(database) == {WEIR: "Deng Okello", "nobody had asked the farmers": "Deng Okello"}
    assert ident(database, WEIR) not in former_ids  # it is another content, so this is no matter of the id
    assert run("check", "-d", database).exit_code == 0

    told = read(database, TEXT.replace(ABOUT_FARMERS, ""))
    assert states(database) == ["applied", "applied", "does not apply: the quotation is gone"]
    assert "1 of 3 corrections do not apply. See: quotes corrections" in told
    assert said(database) == {WEIR: "Deng Okello"}  # whom a person named, although the article does no more
