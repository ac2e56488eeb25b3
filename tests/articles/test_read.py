import io
import json
import os
import re
from pathlib import Path

import pytest
from support.by_hand import ordinary_user

from quotes.articles.ids import article_id
from quotes.articles.read import read_articles
from quotes.articles.text_files import MAX_LENGTH, make_title
from quotes.types import Article, Failure, public_name


def read(*paths: Path | str) -> tuple[list[Article], list[Failure]]:
    found = list(read_articles([str(path) for path in paths]))
    return [a for a in found if isinstance(a, Article)], [f for f in found if isinstance(f, Failure)]


def write(path: Path, data: bytes | str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def test_folders_are_searched_to_the_bottom_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "sub/c.txt", "notes.md", ".hidden.txt", ".git/d.txt"):
        write(tmp_path / name, f"This is {name}, he said.")
    articles, failures = read(tmp_path)
    assert [Path(a.path).relative_to(tmp_path).as_posix() for a in articles] == [
        "a.txt",
        "b.txt",
        "sub/c.txt",
    ]
    assert failures == []


def test_text_is_as_it_stands_in_the_file(tmp_path: Path) -> None:
    text = "One\r\nTwo\rThree\n\n  “café” 😀\t"
    (plain,), _ = read(write(tmp_path / "plain.txt", text))
    assert plain.text == text
    (marked,), _ = read(write(tmp_path / "marked.txt", b"\xef\xbb\xbf" + text.encode()))
    assert marked.text == text


def test_id_depends_on_the_file_not_on_how_it_is_spelled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path / "news" / "Ferry Stops.txt", "The ferry stops, he said.")
    (one,), _ = read(path)
    monkeypatch.chdir(tmp_path / "news")
    (two,), _ = read("../news/./Ferry Stops.txt")
    assert one.id == two.id
    assert re.fullmatch("[0-9a-f]{16}", one.id)
    assert two.path == "../news/./Ferry Stops.txt"


@pytest.mark.parametrize(
    ("name", "published"),
    [
        ("2025-06-10-talks.txt", "2025-06-10"),
        ("gazette_2025-06-10_talks.txt", "2025-06-10"),
        ("talks.txt", None),
        ("2025-06-10-to-2025-06-12.txt", None),
        ("2025-13-45.txt", None),
        ("12025-06-101.txt", None),
    ],
)
def test_the_day_in_the_name_of_a_file(tmp_path: Path, name: str, published: str | None) -> None:
    (tmp_path / name).write_text("The talks went on.", encoding="utf-8")
    (article,) = read_articles([str(tmp_path / name)])
    assert isinstance(article, Article)
    assert article.published == published


def test_same_names_in_different_folders_are_different_articles(tmp_path: Path) -> None:
    paths = [
        write(tmp_path / paper / "2025" / "1.txt", f"{paper} has news, he said.")
        for paper in ("ap", "dpa", "afp")
    ]
    articles, _ = read(*paths)
    assert len({a.id for a in articles}) == 3
    again, _ = read(*paths)
    assert [a.id for a in again] == [a.id for a in articles]


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", "Once, he said.")
    (tmp_path / "link.txt").symlink_to(path)
    articles, failures = read(path, tmp_path, path)
    assert len(articles) == 1
    assert failures == []


BAD = {
    "empty.txt": (b"", "is empty"),
    "blank.txt": (b" \n\t\n", "is empty"),
    "latin.txt": ("Le café\nest fermé".encode("latin-1"), "byte 0xe9 at offset 6 (line 1)"),
    "wide.txt": (b"\xff\xfeW\x00i\x00d", "is not UTF-16: truncated data"),
    "nul.txt": (b"A nul\x00here, he said. Nothing else is wrong.", "NUL character at offset 5"),
    "noise.txt": (bytes(range(256)) * 20, "binary file"),
    "paper.txt": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "a PDF"),
    "long.txt": (b"word " * (MAX_LENGTH + 1), "1,000,000 characters"),
    "longer.txt": ("é".encode() * (MAX_LENGTH + 1), "1,000,001 characters"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_files_are_told_and_the_others_read(tmp_path: Path, name: str) -> None:
    data, reason = BAD[name]
    bad = write(tmp_path / name, data)
    write(tmp_path / "zgood.txt", "All is well, he said.")
    articles, failures = read(tmp_path)
    assert [Path(a.path).name for a in articles] == ["zgood.txt"]
    assert [f.path for f in failures] == [str(bad)]
    assert reason in failures[0].reason


def test_advice_on_encodings_works(tmp_path: Path) -> None:
    path = write(tmp_path / "latin.txt", BAD["latin.txt"][0])
    _, (failure,) = read(path)
    command = failure.reason[failure.reason.index("iconv") :].replace("NEW.txt", str(tmp_path / "new.txt"))
    assert os.system(command) == 0
    (article,), _ = read(tmp_path / "new.txt")
    assert article.text == "Le café\nest fermé"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-8-sig"])
def test_encodings_that_name_themselves(tmp_path: Path, encoding: str) -> None:
    (article,), failures = read(write(tmp_path / "wide.txt", "Das “Café”, he said.\r\n".encode(encoding)))
    assert (article.text, failures) == ("Das “Café”, he said.\r\n", [])


def test_missing_paths_and_empty_folders(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    _, failures = read(tmp_path / "nowhere.txt", tmp_path / "nowhere.jsonl", tmp_path / "empty", "/dev/null")
    reasons = [f.reason for f in failures]
    assert "no such file" in reasons[0]
    assert "no such file" in reasons[1]
    assert re.search(r"the folder has no .*\.txt", reasons[2])
    assert "not a regular file" in reasons[3]


def test_without_permission(public_folder: Path) -> None:
    shut = write(public_folder / "shut.txt", "Shut, he said.")
    shut.chmod(0)
    inside = write(public_folder / "folder" / "inside.txt", "Inside, he said.")
    inside.parent.chmod(0)
    with ordinary_user():
        _, failures = read(shut, inside, inside.parent)
    assert [f.reason for f in failures] == ["may not be read: no permission"] * 3


LINES = [
    {"id": "own-id", "text": "First, he said.", "title": "T", "publication": "P", "author": "A",
     "published": "2025-06-10T08:00:00Z", "url": "https://example.org/1"},
    {"text": "Second, he said.\nMore."},
    {"text": "Third, he said.", "id": 7, "published": "Tue, 10 Jun 2025 10:00:00 GMT"},
    {"text": "Fourth, he said.", "published": "2025-06"},
]  # fmt: skip


@pytest.mark.parametrize("suffix", ["jsonl", "ndjson", "json"])
def test_json_lines(tmp_path: Path, suffix: str) -> None:
    path = write(tmp_path / f"all.{suffix}", "\n".join(json.dumps(line) for line in LINES) + "\n\n")
    (one, two, three, four), failures = read(path)
    assert failures == []
    at = article_id("", url="https://example.org/1")
    assert one == Article(
        at, "First, he said.", f"{path}:1", "T", "P", "A", "2025-06-10", "https://example.org/1", "own-id"
    )
    assert (two.title, two.published) == ("Second, he said. More.", None)
    assert two.id == article_id(two.text)
    assert (three.source_id, three.published) == ("7", "2025-06-10")
    assert three.id == article_id("", table="all", key="7")
    assert four.published == "2025-06"


@pytest.mark.parametrize("whole", [LINES, LINES[0]])
def test_json_document(tmp_path: Path, whole: object) -> None:
    articles, failures = read(write(tmp_path / "all.json", json.dumps(whole, indent=2)))
    assert [a.source_id for a in articles][:1] == ["own-id"]
    assert len(articles) == (4 if isinstance(whole, list) else 1)
    assert failures == []


BAD_LINES = {
    '{"text": "Cut': "broken JSON",
    '["text"]': "expected an object",
    '{"title": "No text"}': 'has no "text"',
    '{"text": 3}': '"text" is not a string',
    '{"text": "  "}': "is empty",
    '{"address": "x"}': 'has no "text", only address',
    '{"url": "https://example.org/1"}': "trafilatura -i",
    '{"text": "half \\ud83d"}': "half a surrogate pair",
    '{"text": "nul \\u0000"}': "NUL character",
    '{"text": "x", "url": "a\\u0000"}': '"url" has a NUL',
    '{"text": "Other", "id": "good"}': "used before, for another text",
    "[" * 100_000: "broken JSON",
}


@pytest.mark.parametrize("line", BAD_LINES, ids=lambda line: line[:20])
def test_a_broken_line_is_told_by_number(tmp_path: Path, line: str) -> None:
    good = json.dumps({"id": "good", "text": "Good, he said."})
    last = json.dumps({"id": "last", "text": "Last, he said."})
    path = write(tmp_path / "all.jsonl", "\n".join([good, line, last]))
    articles, (failure,) = read(path)
    assert [a.source_id for a in articles] == ["good", "last"]
    assert failure.path == f"{path}:2"
    assert BAD_LINES[line] in failure.reason


def test_a_line_in_another_encoding(tmp_path: Path) -> None:
    path = write(tmp_path / "all.jsonl", b'{"text": "caf\xe9"}\n{"text": "Good, he said."}')
    articles, (failure,) = read(path)
    assert len(articles) == 1
    assert (failure.path, "byte 0xe9" in failure.reason) == (f"{path}:1", True)


def test_repeated_lines_are_one_article_and_equal_titles_are_not(tmp_path: Path) -> None:
    lines = [{"text": "One, he said.", "title": "News"}, {"text": "Two, he said.", "title": "News"}]
    path = write(tmp_path / "all.jsonl", "\n".join(map(json.dumps, [*lines, *lines])))
    articles, failures = read(path)
    assert [a.text for a in articles] == ["One, he said.", "Two, he said."]
    assert len({a.id for a in articles}) == 2
    assert failures == []


def test_a_changed_text_keeps_the_id_of_its_address_or_its_own(tmp_path: Path) -> None:
    for named in ({"url": "https://example.org/1"}, {"id": 17, "published": "2025-06-10"}):
        ids = set()
        for text in ("Before, he said.", "After, he said."):
            (article,), _ = read(write(tmp_path / "all.jsonl", json.dumps({"text": text} | named)))
            ids.add(article.id)
        assert len(ids) == 1


@pytest.mark.parametrize(
    ("data", "texts"),
    [
        (b"Plain, he said.", ["Plain, he said."]),
        (b'{"text": "One, he said."}\n{"text": "Two, he said."}', ["One, he said.", "Two, he said."]),
        (b'[{"text": "One, he said."}]', ["One, he said."]),
        (b"[Applause.] He said yes.", ["[Applause.] He said yes."]),
    ],
)
def test_standard_input(data: bytes, texts: list[str]) -> None:
    found = list(read_articles(["-"], stdin=io.BytesIO(data)))
    assert [item.text for item in found if isinstance(item, Article)] == texts
    assert len({item.id for item in found if isinstance(item, Article)}) == len(texts)


def test_bad_standard_input() -> None:
    (failure,) = read_articles(["-"], stdin=io.BytesIO(b""))
    assert str(failure) == "standard input: is empty"


def test_exports_name_an_article_by_its_own_file_else_by_id() -> None:
    assert public_name("a-1", "news/a.txt") == "news/a.txt"
    assert public_name("a-1", "news/all.jsonl:3") == "a-1"
    assert public_name("a-1", "-") == "a-1"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Ferry to stop\n\nThe ferry stops.", "Ferry to stop"),
        ("Will the ferry stop?\nIt will.", "Will the ferry stop?"),
        ("Mayor: cuts “inevitable”\n\nThe mayor spoke.", "Mayor: cuts “inevitable”"),
        ("\n\n  # Ferry  to stop \nIt stops.", "Ferry to stop"),
        ("The ferry stops.\nIt does.", "The ferry stops. It does."),
        ("Only one line", "Only one line"),
        ("“We waited.”\nShe left.", "“We waited.” She left."),
        ("\ufeffFerry\nIt stops.", "Ferry"),
        ("", ""),
    ],
)
def test_title(text: str, title: str) -> None:
    assert make_title(text) == title


def test_title_from_running_text_is_cut_between_words() -> None:
    title = make_title("The harbour ferry, " * 20 + "he said.")
    assert title.endswith("…")
    assert len(title) <= 81
    assert ("The harbour ferry, " * 20).startswith(title[:-1])
