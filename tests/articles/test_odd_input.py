# ruff: noqa: E501 -- what is in a file is a line
"""Input that is odd, damaged or hostile: what can be read is read, and what is left out is told."""

import csv
import gzip
import io
import json
import lzma
import os
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest

from quotes.articles.notes import Notes
from quotes.articles.read import read_articles
from quotes.types import Article, Failure

PARAGRAPHS = [
    "“The lock gates were never tested,” said Ines Varga, who runs the canal office in Odern.",
    "Her deputy, Paul Henning, told the council on Tuesday that repairs would take a year.",
    "“We’ll dig by hand if we must,” he said.",
    "The council adjourned without a vote, and will meet again in the first week of March.",
]
TEXT = "\n\n".join(PARAGRAPHS)
HTML = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)


def read(path: Path | str, notes: Notes | None = None, **said) -> tuple[list[Article], list[str]]:  # type: ignore[no-untyped-def]
    """The articles of a path, and the reasons of its failures."""
    items = list(read_articles([str(path)], notes=notes, **said))
    failures = [item.reason for item in items if isinstance(item, Failure)]
    return [item for item in items if isinstance(item, Article)], failures


def write(path: Path, data: bytes | str) -> Path:
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def table(*rows: list[str]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue()


# JSON


@pytest.mark.parametrize("piece", [1, 700, 1 << 20])  # bytes that are read at once
def test_a_list_is_read_object_by_object(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, piece: int) -> None:
    monkeypatch.setattr("quotes.articles.json_documents.PIECE_BYTES", piece)
    objects = [{"id": n, "text": f"Number {n}. {TEXT}", "score": -1.5e3, "tags": []} for n in range(40)]
    path = write(tmp_path / "many.json", json.dumps(objects, indent=1, ensure_ascii=False))
    articles, failures = read(path)
    assert ([article.source_id for article in articles], failures) == ([str(n) for n in range(40)], [])
    assert articles[-1].text == f"Number 39. {TEXT}"


def test_what_stands_before_a_break_is_read(tmp_path: Path) -> None:
    whole = json.dumps([{"text": f"Number {n}. {TEXT}"} for n in range(3)])
    articles, [reason] = read(write(tmp_path / "cut.json", whole[:-20]))
    assert [article.path[-2:] for article in articles] == [":1", ":2"]
    assert "broken JSON: Unterminated string starting at line 1, column" in reason
    articles, [reason] = read(write(tmp_path / "bad.json", whole.replace("}, {", '}, {"a" 1, ', 1)))
    assert (len(articles), "Expecting ':' delimiter" in reason) == (1, True)
    broken = '[\n{"text": "' + "x" * 3_000_000 + '"},\n {"text" 1}]'  # its line and column, pieces later
    _, reasons = read(write(tmp_path / "late.json", broken))
    assert reasons[1].endswith("Expecting ':' delimiter at line 3, column 10")


def test_objects_that_follow_one_another(tmp_path: Path) -> None:
    objects = [{"title": f"Number {n}", "text": f"{n}. {TEXT}"} for n in range(3)]
    written = "\n".join(json.dumps(item, indent=2) for item in objects)  # as jq prints them
    articles, failures = read(write(tmp_path / "jq.json", written))
    assert ([article.title for article in articles], failures) == (["Number 0", "Number 1", "Number 2"], [])


@pytest.mark.parametrize(
    "item",
    [
        {"title": "Locks", "text": PARAGRAPHS},
        {"title": "Locks", "paragraphs": PARAGRAPHS},
        {"title": {"rendered": "Locks"}, "content": {"rendered": HTML, "protected": False}},  # of WordPress
    ],
)
def test_texts_as_lists_of_paragraphs_and_as_objects(tmp_path: Path, item: object) -> None:
    [article], failures = read(write(tmp_path / "a.json", json.dumps([item])))
    assert (article.text, article.title, failures) == (TEXT, "Locks", [])


def test_one_endless_line_is_left_out_and_the_next_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quotes.articles.json_lines.MAX_DOCUMENT_BYTES", 1 << 20)
    with gzip.open(tmp_path / "a.jsonl.gz", "wb", compresslevel=1) as file:
        file.write(b'{"text": "' + b"word " * 700_000 + b'"}\n' + json.dumps({"text": TEXT}).encode() + b"\n")
    [article], [reason] = read(tmp_path / "a.jsonl.gz")
    assert (article.text, article.path[-2:]) == (TEXT, ":2")
    assert "Split it into its articles" in reason


# tables


def test_the_last_row_may_not_end_within_quotation_marks(tmp_path: Path) -> None:
    rows = table(["id", "text"], ["1", TEXT]) + f'2,"{TEXT}\n3,More\n'
    articles, [reason] = read(write(tmp_path / "a.csv", rows))
    assert [article.source_id for article in articles] == ["1"]
    assert "never closed" in reason
    inches = 'id,text\n1,"A pipe of 5"" broke at dawn, the office said."\n2,A pipe of 5" broke at noon\n'
    assert [len(part) for part in read(write(tmp_path / "b.csv", inches))] == [2, 0]


def test_a_table_without_names_of_columns_says_so(tmp_path: Path) -> None:
    _, [reason] = read(write(tmp_path / "a.csv", table(["1", TEXT], ["2", TEXT])))
    assert "names of its columns" in reason
    _, [reason] = read(write(tmp_path / "b.csv", "id,text\n"))
    assert "no rows" in reason


def test_of_two_columns_of_one_name_the_first_is_read(tmp_path: Path) -> None:
    told: list[str] = []
    path = write(tmp_path / "a.csv", table(["text", "title", "text"], [TEXT, "Locks", "short"]))
    [article], _ = read(path, Notes(tell=told.append))
    assert article.text == TEXT
    assert told == [f"{path}: several columns are called text: the first is read"]


def test_a_cell_that_is_too_long_costs_its_own_row_alone(tmp_path: Path) -> None:
    rows = table(["text", "id"], ["A line of it.\n" * 300_000, "1"], [TEXT, "2"])
    articles, [reason] = read(write(tmp_path / "a.csv", rows))
    assert [article.source_id for article in articles] == ["2"]
    assert "1,000,000 is the most" in reason


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("name", ["a.txt", "a.csv"])
def test_utf_16_without_its_mark(tmp_path: Path, name: str, encoding: str) -> None:
    data = TEXT if name == "a.txt" else table(["id", "text"], ["1", TEXT])
    path = write(tmp_path / name, data.encode(encoding))
    _, [reason] = read(path)
    assert f"iconv -f UTF-16{encoding[-2:].upper()} -t UTF-8" in reason
    [article], _ = read(path, encoding=encoding)
    assert article.text == TEXT


# feeds, wires, messages


def test_addresses_within_the_site_of_a_feed(tmp_path: Path) -> None:
    feed = (
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Odern Post</title>'
        f"<link>https://odern.example/</link><item><title>Locks</title><link>/news/locks</link>"
        f"<content:encoded><![CDATA[{HTML}]]></content:encoded></item></channel></rss>"
    )
    [article], _ = read(write(tmp_path / "a.xml", feed))
    assert article.url == "https://odern.example/news/locks"


def test_a_short_description_of_several_paragraphs_is_a_text(tmp_path: Path) -> None:
    item = "<item><title>Locks</title><link>https://odern.example/{}</link><description><![CDATA[{}]]></description></item>"
    feed = f'<rss version="2.0"><channel><title>Odern Post</title>{item.format(1, HTML)}{item.format(2, HTML[:230])}</channel></rss>'
    [article], [reason] = read(write(tmp_path / "a.xml", feed))
    assert article.text == TEXT
    assert "teaser" in reason
    assert "https://odern.example/2" in reason


def test_every_body_of_a_wire_item_is_read_and_no_title_of_a_page_in_it(tmp_path: Path) -> None:
    first, second = ("".join(f"<p>{text}</p>" for text in part) for part in (PARAGRAPHS[:2], PARAGRAPHS[2:]))
    nitf = (
        "<nitf><head><title>Locks</title></head><body><body.head><hedline><hl1>Locks</hl1></hedline></body.head>"
        f"<body.content>{first}</body.content><body.content>{second}</body.content></body></nitf>"
    )
    [article], _ = read(write(tmp_path / "a.xml", nitf))
    assert article.text == TEXT
    newsml = (
        '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:odern:1"><contentMeta><headline>Locks</headline>'
        '</contentMeta><contentSet><inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><head><title>odern-locks-3</title>'
        f"</head><body>{HTML}</body></html></inlineXML></contentSet></newsItem>"
    )
    [article], _ = read(write(tmp_path / "b.xml", newsml))
    assert (article.text, article.title) == (TEXT, "Locks")


def test_what_is_attached_to_a_message_is_counted(tmp_path: Path) -> None:
    message = EmailMessage()
    message["From"], message["Subject"] = "Canal office <press@odern.example>", "Locks"
    message.set_content(TEXT, cte="quoted-printable")
    message.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="plan.pdf")
    message.add_attachment("A list of names.", filename="names.txt")
    notes = Notes()
    [article], _ = read(write(tmp_path / "a.eml", bytes(message)), notes)
    assert article.text == TEXT
    assert list(notes.lines())[-1] == "Skipped: 1 attached .pdf file, 1 attached .txt file."


# archives, damaged and hostile


@pytest.mark.parametrize("suffix", ["gz", "xz"])
def test_what_is_whole_of_a_file_that_was_cut_is_read(tmp_path: Path, suffix: str) -> None:
    lines = "".join(
        json.dumps({"id": n, "text": f"{n}: {os.urandom(300).hex()} {TEXT}"}) + "\n" for n in range(300)
    )
    data = gzip.compress(lines.encode()) if suffix == "gz" else lzma.compress(lines.encode())
    articles, [reason] = read(write(tmp_path / f"a.jsonl.{suffix}", data[: len(data) // 2]), language="any")
    assert 50 < len(articles) < 300
    assert "is damaged" in reason


def test_what_systems_leave_in_archives_and_folders_is_no_article(tmp_path: Path) -> None:
    junk = (
        "__MACOSX/news/._a.txt",
        "news/.DS_Store",
        "news/Thumbs.db",
        "news/desktop.ini",
        "news/~$minutes.docx",
    )
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("news/", "")
        archive.writestr("news/a.txt", TEXT)
        for name in junk:
            archive.writestr(name, b"\xd0\xcf\x11\xe0\x00\x05\x16\x07")
    notes = Notes()
    [article], failures = read(tmp_path / "a.zip", notes)
    assert (article.text, failures, list(notes.lines())) == (TEXT, [], [])
    (tmp_path / "news").mkdir()
    for name in ("a.txt", "Thumbs.db", "~$minutes.docx", "noname"):
        write(tmp_path / "news" / name, TEXT)
    [article], failures = read(tmp_path / "news", notes)
    assert (article.text, failures) == (TEXT, [])
    assert list(notes.lines()) == ["Skipped: 1 file without a suffix."]


def test_a_size_that_an_archive_lies_about_is_noticed(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"word " * 3_000_000)
        archive.writestr("b.txt", TEXT)
    data = (
        (tmp_path / "a.zip")
        .read_bytes()
        .replace((15_000_000).to_bytes(4, "little"), (100).to_bytes(4, "little"))
    )
    [article], [reason] = read(write(tmp_path / "a.zip", data))
    assert (article.text, "damaged" in reason) == (TEXT, True)


def test_the_command_that_helps_is_for_what_was_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with zipfile.ZipFile("my news.zip", "w") as archive:
        archive.writestr("old/a.txt", b"%PDF-1.7")
        archive.writestr("old/b.txt", "“Déjà vu,” said Ines Varga.".encode("cp1252"))
    _, [pdf, latin] = read("my news.zip")
    assert pdf.endswith("pdftotext old/a.txt old/a.txt.out.txt (unpack it first: unzip 'my news.zip')")
    assert (
        "iconv -f WINDOWS-1252 -t UTF-8 old/b.txt > NEW.txt (unpack it first: unzip 'my news.zip')" in latin
    )
    write(Path("a.pdf.gz"), gzip.compress(b"%PDF-1.7"))
    _, [packed] = read("a.pdf.gz")
    assert packed.endswith("pdftotext a.pdf a.txt (unpack it first: gunzip -k a.pdf.gz)")


# files


def test_links_to_folders_are_told_and_lead_nowhere_twice(tmp_path: Path) -> None:
    (tmp_path / "news/inner").mkdir(parents=True)
    write(tmp_path / "news/inner/a.txt", TEXT)
    (tmp_path / "news/inner/loop").symlink_to("..")
    (tmp_path / "news/self.txt").symlink_to("self.txt")
    told: list[str] = []
    [article], [reason] = read(tmp_path / "news", Notes(tell=told.append))
    assert (article.text, "symbolic links" in reason) == (TEXT, True)
    assert len(told) == 1
    assert "inner/loop: is a link to another folder, and not followed" in told[0]


@pytest.mark.parametrize(
    "name",
    [b"a::b.txt", b"new\nline.txt", b"caf\xe9.txt", b"-dash.txt", b"tab\t\xe2\x80\x9cq\xe2\x80\x9d.txt"],
)
def test_names_of_files_may_be_anything(tmp_path: Path, name: bytes) -> None:
    path = os.fsdecode(os.fsencode(tmp_path) + b"/" + name)
    with open(path, "w", encoding="utf-8") as file:
        file.write(TEXT)
    for given in (path, str(tmp_path)):
        [article], failures = read(given)
        assert (article.text, failures) == (TEXT, [])


def test_a_pipe_by_name_is_told_how_it_is_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    _, [reason] = read(tmp_path / "a.txt")
    assert "use - and standard input" in reason
