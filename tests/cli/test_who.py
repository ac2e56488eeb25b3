"""Search and who by statement, whom a name means, and what is suggested after a slip."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.by_hand import fill, quote
from support.commands import process, run

from quotes.cli.render_quotations import render_statement
from quotes.cli.terminal import painter
from quotes.store.database import Store
from quotes.types import Article, Mention, Quote

OPENING = "We waited twenty long years for this bridge, and nobody from the council came to open it"
RUIZ = Mention("Carla Ruiz", "person", "Minister for Roads", ("Ruiz",), "she")
TEXTS = {
    "gazette": (f"“{OPENING},” Carla Ruiz said.", "Gazette", "2025-03-02", OPENING, "direct", RUIZ),
    "herald": (
        "Rain fell on the river all day, and few came.\n\nA band played, a ribbon was cut, then cars crossed.\n\n"
        f"“{OPENING},” Carla Ruiz said on Sunday.", "Herald", "2025-03-03", OPENING, "direct", RUIZ),
    "mail": (
        "Carla Ruiz said she had “waited twenty long years for this bridge” in anger.", "Mail", "2025-03-03",
        "she had “waited twenty long years for this bridge”", "mixed", RUIZ,
    ),
    "later": (
        "Carla Ruiz said that the tunnel under the river would cost four billion.", "Mail", "2025-05-01",
        "the tunnel under the river would cost four billion", "indirect", RUIZ,
    ),
    "undated": ("Ruiz said that trains were late.", None, None, "trains were late", "indirect", RUIZ),
    "cousin": (
        "Mateo Ruiz said that the bridge was ugly.", "Herald", "2025-03-04", "the bridge was ugly", "indirect",
        Mention("Mateo Ruiz", "person", "architect"),
    ),
    "ministry": (
        "The Ministry of Roads said that the bridge was safe.", "Mail", "2025-03-05", "the bridge was safe",
        "indirect", Mention("Ministry of Roads", "organisation"),
    ),
}  # fmt: skip


def articles() -> Iterator[tuple[Article, list[Quote]]]:
    for ident, (text, publication, published, content, kind, mention) in TEXTS.items():
        found = quote(text, [content], text.split(" said")[0].split("” ")[-1], "said", speaker=mention, type=kind,
                      attribution="name")  # fmt: skip
        yield (
            Article(ident, text, f"{ident}.txt", f"The {ident} title", publication, None, published),
            [found],
        )


@pytest.fixture(scope="module")
def bridge(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A statement in three articles and three wordings of which two are the same, and some others."""
    path = tmp_path_factory.mktemp("bridge") / "quotes.db"
    with Store(path, create=True) as store:
        fill(store, articles())
    return path


def test_search_has_one_entry_a_statement(bridge: Path) -> None:
    with Store(bridge) as store:
        rows = store.search("waited")
        groups = store.search_statements("waited")
    assert len(rows) == 3
    assert [group["id"] for group in groups] == list(dict.fromkeys(row["statement"] for row in rows))
    (group,) = groups
    assert group["quotations"] == rows
    assert (group["variants"], group["articles"], group["publications"]) == (3, 3, 3)
    shown = run("search", "waited", "-d", bridge).stdout.splitlines()
    text = "\n".join(line[26:] for line in shown)
    assert text == "\n".join(
        [
            "she had “*waited* twenty long years for this bridge”",
            "2025-03-03 · Mail · The mail title",
            "reported 3 times in 3 articles of 3 publications, 2025-03-02 to 2025-03-03",
            "– “We *waited* twenty long years for this bridge, and nobody from the",
            "  council came to open it” · 2025-03-02, Gazette",
            rows[0]["id"],
        ]
    )
    assert [line[:26].strip() for line in shown] == ["Carla Ruiz", "mixed 90%", "", "", "", ""]


def test_other_programs_get_one_row_a_quotation(bridge: Path) -> None:
    rows = json.loads(run("search", "waited", "-d", bridge, "--json").stdout)
    assert {row["article_id"] for row in rows} == {"gazette", "herald", "mail"}
    assert len({row["statement"] for row in rows}) == 1
    assert len(run("search", "waited", "-d", bridge, "--nl", "-n", "2").stdout.splitlines()) == 2


def test_the_order_of_the_best_matches_is_kept(bridge: Path) -> None:
    with Store(bridge) as store:
        for words in ("bridge", "the", "ruiz", ""):
            rows = store.search(words, type="indirect")
            groups = store.search_statements(words, type="indirect")
            first = list(dict.fromkeys(row["statement"] for row in rows))
            assert [group["id"] for group in groups] == first
            assert [
                group["id"] for group in store.search_statements(words, type="indirect", limit=1)
            ] == first[:1]


def test_filters_hold_for_the_wordings_too(bridge: Path) -> None:
    shown = run("search", "waited", "--publication", "mail", "-d", bridge).stdout
    assert "she had “*waited* twenty long years for this bridge”" in shown
    assert "Gazette" not in shown
    assert "nobody" not in shown


def test_limit_counts_statements_and_says_that_there_are_more(bridge: Path) -> None:
    result = run("search", "bridge", "-d", bridge, "--limit", "2")
    assert len(re.findall(r"^\S+ .*\n", "\n" + result.stdout.replace("\n\n", "\n"), re.M)) >= 2
    assert result.stdout.count("\n\n") == 1
    assert "There is more: add --limit 10" in result.stderr
    assert run("search", "bridge", "-d", bridge, "--limit", "9").stderr == ""


def test_who_tells_who_it_is_and_what_was_said(bridge: Path) -> None:
    result = run("who", "carla ruiz", "-d", bridge)
    lines = result.stdout.splitlines()
    assert lines[0] == "Carla Ruiz"
    assert re.search(
        r"^described +Minister for Roads \(5 articles, the first: Gazette, 2025-03-02\)$", result.stdout, re.M
    )
    assert re.search(r"^also called +Ruiz$", result.stdout, re.M)
    assert re.search(r"^quotations +5 in 5 articles$", result.stdout, re.M)
    said = [line for line in lines if re.match(r"20|undated", line)]
    assert [line[:10].strip() for line in said] == ["2025-05-01", "2025-03-02", "undated"]
    assert said[1][26:].startswith("“We waited twenty")
    assert said[2][26:] == "trains were late"
    assert sum("waited twenty" in line for line in lines) == 2
    assert result.stderr == ""


@pytest.mark.parametrize(
    ("options", "articles"),
    [
        ([], ["later", "herald", "mail", "gazette", "undated"]),
        (["--since", "2025-04"], ["later"]),
        (["--until", "2025-03-02"], ["gazette"]),
        (["--limit", "2"], ["later", "herald"]),
    ],
)
def test_who_for_other_programs(bridge: Path, options: list[str], articles: list[str]) -> None:
    rows = [
        json.loads(line)
        for line in run("who", "carla-ruiz", "-d", bridge, "--nl", *options).stdout.splitlines()
    ]
    assert [row["article_id"] for row in rows] == articles
    assert {row["speaker"]["id"] for row in rows} == {"carla-ruiz"}
    assert rows == json.loads(run("who", "carla-ruiz", "-d", bridge, "--json", *options).stdout)
    assert len(run("who", "carla-ruiz", "-d", bridge, "--csv", *options).stdout.splitlines()) == len(rows) + 1


@pytest.mark.parametrize("command", [["who"], ["merge", "ministry-of-roads"], ["rename"]])
def test_a_name_of_several_is_answered_with_what_tells_them_apart(bridge: Path, command: list[str]) -> None:
    more = ["X"] if command == ["rename"] else []
    result = run(*command, "ruiz", *more, "-d", bridge, code=1)
    assert result.stdout == ""
    first, second, third = result.stderr.splitlines()
    assert first == "Error: “ruiz” may be any of these. Give the id:"
    assert re.fullmatch(r"  carla-ruiz +Carla Ruiz, Minister for Roads, person, 5 quotations", second)
    assert re.fullmatch(r"  mateo-ruiz +Mateo Ruiz, architect, person, 1 quotation", third)


@pytest.mark.parametrize(
    "command",
    [
        ["search", "--speaker", "{}"],
        ["search", "bridge", "--json", "--speaker", "{}"],
        ["who", "{}"],
        ["merge", "mateo-ruiz", "{}"],
        ["split", "{}", "--called", "Ruiz"],
        ["rename", "{}", "Somebody"],
        ["assign", "QUOTE", "{}"],
    ],
)
def test_a_slip_in_a_name_suggests_the_nearest(bridge: Path, command: list[str]) -> None:
    with Store(bridge) as store:
        ident = store.search("tunnel")[0]["id"]
    words = [word.replace("{}", "clara ruis").replace("QUOTE", ident) for word in command]
    result = run(*words, "-d", bridge, code=1)
    assert result.stdout == ""
    assert result.stderr == "Error: No speaker is called “clara ruis”. Did you mean Carla Ruiz?\n"


def test_where_nothing_is_near(bridge: Path) -> None:
    said = run("who", "zebra", "-d", bridge, code=1).stderr
    assert said == "Error: No speaker is called “zebra”. List them with: quotes speakers\n"
    assert run("who", "", "-d", bridge, code=1).stderr.startswith("Error: No speaker is called “”.")
    listed = run("speakers", "minsitry", "-d", bridge)
    assert (listed.stdout, listed.stderr) == (
        "",
        "No speaker is called “minsitry”. Did you mean Ministry of Roads?\n",
    )


def test_a_slip_in_a_publication(bridge: Path) -> None:
    said = run("search", "--publication", "gazete", "-d", bridge, code=1).stderr
    assert said == "Error: No publication is called “gazete”. Did you mean Gazette?\n"
    said = run("search", "--publication", "times", "-d", bridge, code=1).stderr
    assert said == "Error: No publication is called “times”. There are: Mail, Herald, Gazette\n"


def test_a_name_where_an_id_is_needed(bridge: Path) -> None:
    assert "Try: quotes who 'Carla Ruiz'" in run("show", "Carla Ruiz", "-d", bridge, code=1).stderr


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_nothing_is_wider_than_the_terminal(bridge: Path, width: int) -> None:
    for command in (["search", "bridge"], ["who", "carla-ruiz"], ["speakers"], ["show", "gazette"]):
        done = process(*command, "-d", bridge, COLUMNS=str(width))
        assert done.returncode == 0
        assert all(len(line) <= width for line in done.stdout.splitlines()), done.stdout
        assert max(map(len, done.stdout.splitlines())) > width / 2


def test_an_id_is_never_broken(bridge: Path) -> None:
    with Store(bridge) as store:
        group = store.search_statements("tunnel")[0]
    ident = "politico_2016-01-14_clinton-says-she-won-t-rule-out-6ba31a-33eeb7"
    group["quotations"][0]["id"] = ident
    for width in (40, 60, 80, 120):
        lines = list(render_statement(group, width=width, paint=painter(False)))
        assert lines[-1].strip() == ident
        assert len(lines[-1]) <= max(width, len(ident))


def test_what_is_uncertain_looks_so(bridge: Path) -> None:
    with Store(bridge) as store:
        (group,) = store.search_statements("tunnel")
    row = group["quotations"][0]

    def first(**changes: object) -> str:
        return next(render_statement({"quotations": [row | changes]}, width=80, paint=painter(False)))

    assert first().startswith("Carla Ruiz     ")
    assert first(confidence=0.4).startswith("Carla Ruiz ?  ")
    assert first(speaker_name=None, source="she").startswith("she (open)  ")
    assert first(speaker_name=None, source=None).startswith("no source  ")


def test_colour_only_on_a_terminal_that_wants_it(bridge: Path) -> None:
    import pty

    for env, coloured in (({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)):
        assert ("\x1b[" in _on_terminal(pty.openpty(), bridge, env)) == coloured


def _on_terminal(ends: tuple[int, int], database: Path, env: dict[str, str]) -> str:
    import os
    import subprocess
    import sys

    ours, theirs = ends
    base = {key: value for key, value in os.environ.items() if key != "NO_COLOR"} | {"TERM": "xterm"}
    code = "from quotes.cli.main import app; app()"
    running = subprocess.Popen(
        [sys.executable, "-c", code, "search", "tunnel", "-d", str(database)], stdout=theirs, env=base | env
    )
    os.close(theirs)
    seen = b""
    while True:
        try:
            part = os.read(ours, 4096)
        except OSError:
            break
        if not part:
            break
        seen += part
    os.close(ours)
    assert running.wait() == 0
    return seen.decode()


def test_a_long_wording_is_cut_around_what_matched(bridge: Path) -> None:
    with Store(bridge) as store:
        (group,) = store.search_statements("tunnel")
    row = group["quotations"][0]
    for before in (0, 1, 7, 30, 200):
        for after in (0, 1, 9, 40, 300):
            content = "aa " * before + "needle" + " zz" * after
            found = row | {"content": content, "matches": [[3 * before, 3 * before + 6]]}
            for width in (40, 60, 120):
                lines = list(
                    render_statement({"quotations": [row, found]}, width=width, paint=painter(False))
                )
                below = [line for line in lines if re.search("aa|zz|needle", line)]
                assert sum("*needle*" in line for line in below) == 1
                assert len(below) <= 3
                shown = " ".join(line.strip() for line in below)
                if before in (0, 1, 200):
                    assert shown.startswith("– …aa aa") == (before == 200)
                if after in (0, 1, 300):
                    assert ("zz…" in shown) == (after == 300)
