# ruff: noqa: E501 -- a line of data is a line
"""Every format that is read, as newsrooms have it: text, paragraphs, title, author, day, publication, address."""

import bz2
import datetime
import gzip
import io
import json
import lzma
import os
import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from quotes.articles.ids import article_id
from quotes.articles.notes import Notes
from quotes.articles.read import read_articles
from quotes.types import Article, Failure

PARAGRAPHS = [
    "“We waited for a very long time,” Mayor Ann Okoro said on Monday evening in the town hall.",
    "She added that the ferry to Norholm would stop in the autumn, as the café’s owners had feared.",
    "“Nobody asked the islands,” Tom Lind said. “Nobody.”",
]
TEXT = "\n\n".join(PARAGRAPHS)
HTML = "".join(f"<p>{paragraph}</p>\n" for paragraph in PARAGRAPHS)
ADDRESS = "https://courier.example/news/bridge"
MAIL = (
    'From: "Harbour Office" <press@harbour.example>\nTo: desk@courier.example\nSubject: Fwd: Bridge to open\n'
    "Date: Tue, 10 Jun 2025 22:47:00 -0500\nMessage-ID: <bridge-1@harbour.example>\nMIME-Version: 1.0\n"
    "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
    f"{TEXT}\n\n-- \nHarbour Office, Quay 1\n"
)
FEED = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Port Courier</title><link>https://courier.example/</link>
<item><title>Bridge &amp;amp; ferry</title><link>{ADDRESS}/?utm_source=rss&amp;utm_medium=feed</link>
<dc:creator>N. Lee</dc:creator><guid isPermaLink="false">courier-17</guid>
<pubDate>Tue, 10 Jun 2025 22:47:00 -0500</pubDate><description>Short…</description>
<content:encoded><![CDATA[{HTML}<p>The post Bridge appeared first on Port Courier.</p>]]></content:encoded></item>
<item><title>Teaser</title><link>https://courier.example/teaser</link><description>It rained. Read more…</description></item>
</channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Port Courier</title>
<entry><title>Bridge</title><id>tag:courier.example,2025:17</id><link rel="alternate" href="{ADDRESS}"/>
<author><name>N. Lee</name></author><published>2025-06-10T22:47:00-05:00</published>
<content type="html">{HTML.replace("<", "&lt;").replace(">", "&gt;")}</content></entry></feed>"""
NITF = f"""<?xml version="1.0" encoding="utf-8"?><nitf><head><title>slug</title>
<docdata management-status="usable"><doc-id id-string="urn:wire:17"/><date.issue norm="20250610T224700-0500"/></docdata>
<pubdata name="Wire"/></head><body><body.head><hedline><hl1>Bridge to open</hl1></hedline>
<byline>By <person>N. Lee</person></byline></body.head><body.content><media media-type="image">
<media-caption><p>The bridge, seen from Norholm.</p></media-caption></media>{HTML}</body.content></body></nitf>"""
NEWSML = f"""<?xml version="1.0"?><newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:wire:17" version="2">
<itemMeta><provider literal="Wire"/><versionCreated>2025-06-12T01:00:00Z</versionCreated>
<firstCreated>2025-06-10T22:47:00-05:00</firstCreated><pubStatus qcode="stat:usable"/></itemMeta>
<contentMeta><headline>Bridge to open</headline><by>N. Lee</by></contentMeta>
<contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><body>{HTML}</body>
</html></inlineXML></contentSet></newsItem>"""
NINJS = {
    "uri": "urn:wire:17", "headline": "Bridge to open", "byline": "N. Lee", "pubstatus": "usable",
    "versioncreated": "2025-06-10T22:47:00-05:00", "infosource": [{"name": "Wire"}], "body_xhtml": f"<div>{HTML}</div>",
}  # fmt: skip


def read(path: Path | str, notes: Notes | None = None, **said) -> list[Article | Failure]:  # type: ignore[no-untyped-def]
    return list(read_articles([str(path)], notes=notes, **said))


def one(path: Path | str, **said) -> Article:  # type: ignore[no-untyped-def]
    [article] = read(path, **said)
    assert isinstance(article, Article), article
    return article


def write(path: Path, data: bytes | str) -> Path:
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def test_a_feed_gives_whole_texts_and_tells_teasers(tmp_path: Path) -> None:
    article, failure = read(write(tmp_path / "feed.xml", FEED))
    assert isinstance(article, Article)
    assert (article.text, article.title, article.author) == (TEXT, "Bridge & ferry", "N. Lee")
    assert (article.published, article.publication) == (
        "2025-06-10",
        "Port Courier",
    )  # the day as it is written
    assert article.id == article_id("", url=ADDRESS)
    assert isinstance(failure, Failure)
    assert "teaser" in failure.reason
    assert "https://courier.example/teaser" in failure.reason
    atom = one(write(tmp_path / "atom.txt", ATOM))
    assert (atom.text, atom.published, atom.url, atom.id) == (TEXT, "2025-06-10", ADDRESS, article.id)
    latin = write(tmp_path / "latin.rss", FEED.replace("utf-8", "windows-1252").encode("cp1252"))
    assert read(latin)[0] == Article(
        **{name: getattr(article, name) for name in Article.__slots__} | {"path": f"{latin}:1"}
    )


@pytest.mark.parametrize(("encoding", "mark"), [("utf-8-sig", ","), ("cp1252", ";"), ("utf-16", "\t")])
def test_tables_as_spreadsheets_write_them(tmp_path: Path, encoding: str, mark: str) -> None:
    said = TEXT.replace("“", '""').replace("”", '""').replace("\n", "\r\n")
    rows = [mark.join(["id", "Headline", "Body", "Pub_Date", "Link", "Section"])]
    rows += [mark.join(["17", "Bridge", f'"{said}"', "13/06/2025", ADDRESS, "News"])]
    path = write(tmp_path / "export.csv", "\r\n".join([*rows, ""]).encode(encoding))
    notes = Notes()
    told: list[str] = []
    notes.tell = told.append
    [article] = read(path, notes)
    assert isinstance(article, Article)
    assert article.text == TEXT.replace("“", '"').replace("”", '"')
    assert (article.title, article.published, article.url) == ("Bridge", "2025-06-13", ADDRESS)
    assert f"{path}: text = Body, title = Headline, published = Pub_Date, url = Link, id = id" not in told
    assert any("text = Body, title = Headline, published = Pub_Date, url = Link" in line for line in told)
    assert any(line.endswith("not used: Section") for line in told)


def test_what_is_said_goes_over_what_a_table_says(tmp_path: Path) -> None:
    path = write(tmp_path / "t.csv", f'text,story,publication,day\nshort,"{TEXT}",Wrong,06/10/2025\n')
    article = one(
        path, columns={"text": "story", "published": "day"}, publication="Courier", date_format="%m/%d/%Y"
    )
    assert (article.text, article.publication, article.published) == (TEXT, "Courier", "2025-06-10")
    assert one(path, columns={"text": "story"}, day_first=True).published == "2025-10-06"
    notes = Notes()
    [undated] = read(path, notes, columns={"text": "story"})
    assert isinstance(undated, Article)
    assert undated.published is None
    assert any("--date-format %m/%d/%Y" in line for line in notes.lines())
    [failure] = read(path, columns={"text": "nowhere"})
    assert "only text, story, publication, day" in str(failure)


def test_a_cell_that_excel_cut_and_a_row_with_too_many_cells_are_told(tmp_path: Path) -> None:
    long = ("word " * 7000)[:32_767]
    told: list[str] = []
    list(
        read_articles(
            [str(write(tmp_path / "a.csv", f"title,text\nA,{long}\nB,{long}\n"))], notes=Notes(told.append)
        )
    )
    assert any("at which Excel cuts" in line for line in told)
    [good, bad] = read(
        write(tmp_path / "b.csv", f'title,text\nA,"{TEXT}"\nB,He said, she said, they said.\n')
    )
    assert isinstance(good, Article)
    assert "needs quotation marks" in str(bad)


def test_json_of_scrapers_and_services(tmp_path: Path) -> None:
    objects = {
        "newsplease": {"maintext": TEXT, "title": "Bridge", "date_publish": "2025-06-10 22:47:00", "authors": ["N. Lee"],
                       "source_domain": "courier.example", "url": ADDRESS},
        "trafilatura": {"text": TEXT, "raw_text": "x", "title": "Bridge", "date": "2025-06-10", "source": ADDRESS,
                        "author": "N. Lee", "source-hostname": "courier.example", "hostname": "courier.example"},
        "jsonfeed": {"version": "https://jsonfeed.org/version/1.1", "title": "PC", "items": [
            {"id": ADDRESS, "url": ADDRESS, "title": "Bridge", "content_html": HTML, "authors": [{"name": "N. Lee"}],
             "date_published": "2025-06-10T22:47:00-05:00"}]},
        "elastic": {"hits": {"hits": [{"_id": "x", "_source": {"body": TEXT, "headline": "Bridge", "link": ADDRESS,
                                                                "byline": "N. Lee", "published_at": 1749574020}}]}},
    }  # fmt: skip
    for name, item in objects.items():
        article = one(write(tmp_path / f"{name}.json", json.dumps(item)))
        assert (article.text, article.title, article.author) == (TEXT, "Bridge", "N. Lee"), name
        assert (article.published, article.url) == ("2025-06-10", ADDRESS), name
        assert article.id == article_id("", url=ADDRESS), name
    [cut] = read(
        write(
            tmp_path / "api.json",
            json.dumps({"articles": [{"content": "He said… [+2345 chars]", "url": ADDRESS}]}),
        )
    )
    assert "is cut" in str(cut)
    entities = json.dumps(
        {"text": "<p>&ldquo;We won&rsquo;t,&rdquo; said <b>Ann</b>.</p><p>She<br>left &amp; he stayed.</p>"}
    )
    assert (
        one(write(tmp_path / "cell.json", entities)).text == "“We won’t,” said Ann.\n\nShe left & he stayed."
    )


def test_tables_of_databases(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    with sqlite3.connect(path) as db:
        db.execute("create table stories (id integer primary key, headline text, body text, day text)")
        db.execute("create table wires (id integer primary key, headline text, body text)")
        db.execute("create view long_ones as select * from stories")
        db.execute("insert into stories values (17, 'Bridge', ?, '2025-06-10')", [TEXT])
        db.execute("insert into wires values (17, 'Wire', ?)", [TEXT + " And more."])
    db.close()
    stories, wires = one(f"{path}::stories"), one(f"{path}::wires")
    assert (stories.text, stories.title, stories.published, stories.source_id) == (
        TEXT,
        "Bridge",
        "2025-06-10",
        "17",
    )
    assert stories.id == article_id("", table="stories", key="17") != wires.id
    assert one(f"{path}::long_ones").text == TEXT
    [failure] = read(path)
    assert "long_ones, stories, wires" in str(failure)
    [failure] = read(f"{path}::nowhere")
    assert "no table 'nowhere'" in str(failure)


def test_messages_and_mailboxes(tmp_path: Path) -> None:
    article = one(write(tmp_path / "press.eml", MAIL.replace("\n", "\r\n")))
    assert (article.text, article.title, article.published) == (TEXT, "Bridge to open", "2025-06-10")
    assert (article.publication, article.source_id) == ("Harbour Office", "bridge-1@harbour.example")
    other = MAIL.replace("bridge-1", "bridge-2").replace("Nobody asked", ">From Norholm nobody asked")
    box = write(
        tmp_path / "box",
        f"From a@b Tue Jun 10 22:47:00 2025\n{MAIL}\nFrom a@b Tue Jun 10 22:47:00 2025\n{other}",
    )
    first, second = read(box)
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert first.id == article.id != second.id
    reply = MAIL.replace(
        TEXT, f"{TEXT}\n\nOn Monday, 9 June 2025, Tom Lind wrote:\n> “Not said here,” he said."
    )
    assert one(write(tmp_path / "reply.eml", reply)).text == TEXT
    rich = MAIL.replace("text/plain; charset=utf-8", "text/html; charset=windows-1252").replace(TEXT, HTML)
    assert one(write(tmp_path / "rich.eml", rich.encode("cp1252"))).text.startswith(TEXT)


@pytest.mark.parametrize("data", [NITF, NEWSML, json.dumps(NINJS)])
def test_wire_formats(tmp_path: Path, data: str) -> None:
    article = one(write(tmp_path / "item.xml", data))
    assert (article.text, article.title, article.author) == (TEXT, "Bridge to open", "N. Lee")
    assert (article.published, article.publication, article.source_id) == (
        "2025-06-10",
        "Wire",
        "urn:wire:17",
    )
    assert article.id == article_id("", key="urn:wire:17")  # in whatever file it stands
    gone = data.replace("usable", "canceled")
    withdrawn = one(write(tmp_path / "gone.xml", gone))
    assert (withdrawn.id, withdrawn.withdrawn) == (article.id, True)


def test_captions(tmp_path: Path) -> None:
    vtt = (
        "WEBVTT\n\n1\n00:00:01.000 --> 00:00:03.000\n<v Ann Ruiz>We waited &amp;\n\n00:00:03.100 --> 00:00:05.000\n"
        "<v Ann Ruiz>nobody came.\n\n00:00:06.000 --> 00:00:08.000 align:start\n<v Tom Lind><i>Nobody</i> asked.\n\n"
        "00:00:09.000 --> 00:00:10.000\n[APPLAUSE]\n"
    )
    assert (
        one(write(tmp_path / "a.vtt", vtt)).text
        == "Ann Ruiz: We waited & nobody came.\n\nTom Lind: Nobody asked."
    )
    srt = (
        "\ufeff1\r\n00:00:01,000 --> 00:00:03,000\r\n>> ANN RUIZ: We waited and\r\n\r\n2\r\n00:00:03,100 --> 00:00:05,000\r\n"
        "nobody came.\r\n\r\n3\r\n00:00:06,000 --> 00:00:08,000\r\n>> Nobody asked the islands.\r\n"
    )
    assert (
        one(write(tmp_path / "a.srt", srt)).text
        == "Ann Ruiz: We waited and nobody came.\n\nNobody asked the islands."
    )


def test_compressed_forms_and_archives(tmp_path: Path) -> None:
    line = json.dumps({"id": "17", "text": TEXT}).encode()
    plain = one(write(tmp_path / "all.jsonl", line + b"\n"))
    for name, pack in (("gz", gzip.compress), ("bz2", bz2.compress), ("xz", lzma.compress)):
        packed = one(write(tmp_path / f"all.jsonl.{name}", pack(line + b"\n")))
        assert (packed.id, packed.text) == (plain.id, TEXT)
        assert one(write(tmp_path / "lies.txt", pack(TEXT.encode()))).text == TEXT  # known by its content
        [broken] = read(write(tmp_path / f"cut.jsonl.{name}", pack(line * 50)[:-20]))[-1:]
        assert isinstance(broken, Failure)
    path = tmp_path / "news.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("news/a.txt", "__MACOSX/news/._a.txt", "notes.md"):
            archive.writestr(name, f"{name}: {TEXT}")
        archive.writestr(
            "../up.html", f"<html><body><h1>Bridge to open</h1><article>{HTML}</article></body></html>"
        )
    notes = Notes()
    articles = read(path, notes)
    assert [article.path for article in articles] == [f"{path}::../up.html", f"{path}::news/a.txt"]
    assert notes.skipped == {".md": 1}
    assert list(tmp_path.parent.glob("up.html")) == []  # nothing is unpacked
    assert one(f"{path}::news/a.txt").text.startswith("news/a.txt: ")


def test_standard_input_in_any_format() -> None:
    for data, format in (
        (FEED, None),
        (f'title,text\nA,"{TEXT}"\n', "csv"),
        (json.dumps({"text": TEXT}) + "\n", "jsonl"),
    ):
        for stream in (io.BytesIO(data.encode()), io.BytesIO(gzip.compress(data.encode()))):
            first = next(iter(read_articles(["-"], stdin=stream, format=format)))
            assert isinstance(first, Article), first
            assert first.text == TEXT


def test_office_documents_and_parquet(tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.add_paragraph("Bridge to open", "Title")
    for paragraph in PARAGRAPHS[:2]:
        document.add_paragraph(paragraph)
    document.add_table(1, 1).cell(0, 0).text = PARAGRAPHS[2]
    document.save(str(tmp_path / "2025-06-10-bridge.docx"))
    article = one(tmp_path / "2025-06-10-bridge.docx")
    assert (article.text, article.title, article.published) == (TEXT, "Bridge to open", "2025-06-10")
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(["Headline", "Text", "Date"])
    book.active.append(["Bridge", TEXT, datetime.date(2025, 6, 10)])
    book.save(tmp_path / "book.xlsx")
    article = one(tmp_path / "book.xlsx")
    assert (article.text, article.title, article.published) == (TEXT, "Bridge", "2025-06-10")
    pa = pytest.importorskip("pyarrow")
    import pyarrow.parquet as pq

    pq.write_table(pa.table({"headline": ["Bridge"], "text": [TEXT], "date": [datetime.date(2025, 6, 10)]}),
                   tmp_path / "all.parquet")  # fmt: skip
    article = one(tmp_path / "all.parquet")
    assert (article.text, article.title, article.published) == (TEXT, "Bridge", "2025-06-10")


def test_web_archives(tmp_path: Path) -> None:
    """The second record is chunked and compressed: reading that must not end the archive."""
    pytest.importorskip("fastwarc")
    pages = [f"<html><body><h1>Bridge to open {n}</h1><article>{HTML}<p>Page {n}.</p></article></body></html>".encode()
             for n in range(4)]  # fmt: skip
    chunked = (
        b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (gzip.compress(pages[1]), b"")) + b"\r\n"
    )
    bodies = [
        (pages[0], ""), (chunked, "Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n"),
        (gzip.compress(pages[2]), "Content-Encoding: gzip\r\n"), (pages[3], ""),
    ]  # fmt: skip
    records = b""
    for number, (body, headers) in enumerate(bodies):
        answer = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{headers}\r\n".encode() + body
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {ADDRESS}/{number}\r\nWARC-Date: 2025-06-12T00:00:00Z\r\n"
            f"WARC-Record-ID: <urn:uuid:{number}>\r\nContent-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(answer)}\r\n\r\n"
        ).encode()
        records += gzip.compress(head + answer + b"\r\n\r\n")
    articles = read(write(tmp_path / "a.warc.gz", records))
    assert [getattr(item, "text", item) for item in articles] == [f"{TEXT}\n\nPage {n}." for n in range(4)]
    assert [item.url for item in articles if isinstance(item, Article)] == [
        f"{ADDRESS}/{n}" for n in range(4)
    ]


MORSE = """
from quotes.articles.readers import Reader

def read(source):
    text = source.text()
    if "?" in text:
        raise IndexError("no such sign")
    yield source.article(text.replace(".-", "The mayor said that the ferry would stop, because nobody came. " * 3), {})

def recognises(head, name):
    return head.startswith(b".-")

def worried(head, name):
    raise KeyError(name)

READER = Reader("morse", (".morse",), recognises, read)
WORRIED = Reader("worried", (".worry",), worried, read)
"""
ENTRY_POINTS = """
[quotes.readers]
gone = a_package_that_is_gone:READER
morse = morse_reader:READER
worried = morse_reader:WORRIED
"""


def test_readers_of_an_installed_package(tmp_path: Path) -> None:
    """One that works is used; one that cannot be loaded, one that fails to recognise, and one that breaks stop nothing."""
    site, news = tmp_path / "site", tmp_path / "news"
    info = site / "morse_reader-1.0.dist-info"
    info.mkdir(parents=True)
    news.mkdir()
    write(site / "morse_reader.py", MORSE)
    write(info / "METADATA", "Metadata-Version: 2.1\nName: morse-reader\nVersion: 1.0\n")
    write(info / "entry_points.txt", ENTRY_POINTS)
    write(news / "a.morse", ".-")
    write(news / "b.morse", ".-?")
    write(news / "c.txt", TEXT)
    code = (
        "from quotes.articles.read import read_articles\n"
        f"for item in read_articles([{str(news)!r}]): print(type(item).__name__, item.path[-7:], end=';')"
    )
    path = os.pathsep.join([str(site), *sys.path])
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=os.environ | {"PYTHONPATH": path}
    )
    assert done.stdout == "Article a.morse;Failure b.morse;Article s/c.txt;", done.stderr


def test_other_languages_are_left_out_and_counted(tmp_path: Path) -> None:
    german = (
        "Der Minister sagte am Montag, dass die Brücke im Mai wieder öffnen werde und niemand warten müsse. "
        * 3
    )
    path = write(tmp_path / "de.txt", german)
    notes = Notes()
    assert read(path, notes) == []
    assert notes.other_languages == 1
    assert one(path, language="any").text == german


def test_what_excel_and_services_write_besides(tmp_path: Path) -> None:
    quoted = TEXT.replace('"', '""')
    table = write(tmp_path / "excel.csv", f'sep=;\ntitle;text\nBridge;"{quoted}"\n')
    assert (one(table).title, one(table).text) == ("Bridge", TEXT)
    service = {"response": {"results": [{"webTitle": "Bridge", "webPublicationDate": "2025-06-10T22:00:00Z",
                                         "fields": {"bodyText": TEXT, "byline": "N. Lee"}}]}}  # fmt: skip
    article = one(write(tmp_path / "guardian.json", json.dumps(service)))
    assert (article.text, article.title, article.author, article.published) == (
        TEXT,
        "Bridge",
        "N. Lee",
        "2025-06-10",
    )
    notes = Notes()
    rows = f'id,text\n1,\n2,"{quoted}"\n'
    told: list[str] = []
    notes.tell = told.append
    list(read_articles([str(write(tmp_path / "rows.csv", rows))], notes=notes))
    assert told == []  # the column is used, though not by each row


def test_a_page_that_a_browser_saved_as_a_message(tmp_path: Path) -> None:
    page = f"<html><body><h1>Bridge to open in May</h1>{HTML}</body></html>"
    saved = (
        "From: <Saved by Blink>\r\nSubject: Bridge\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="part"\r\n\r\n'
        "--part\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n"
        f"Content-Location: {ADDRESS}\r\n\r\n{page}\r\n--part--\r\n"
    )
    article = one(write(tmp_path / "page.mhtml", saved))
    assert (article.text, article.title, article.url) == (TEXT, "Bridge to open in May", ADDRESS)
    assert article.publication == "courier.example"


@pytest.mark.parametrize(
    ("name", "data", "package", "extra"),
    [
        ("a.docx", b"PK\x03\x04word/", "docx", "office"),
        ("a.xlsx", b"PK\x03\x04xl/", "python_calamine", "office"),
        ("a.parquet", b"PAR1", "pyarrow", "parquet"),
        ("a.warc", b"WARC/1.0\r\n", "fastwarc", "warc"),
        ("a.txt.zst", b"\x28\xb5\x2f\xfd\x00", "zstandard", "warc"),
    ],
)
def test_an_extra_that_is_missing_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, data: bytes, package: str, extra: str
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    [failure] = read(write(tmp_path / name, data))
    assert isinstance(failure, Failure)
    assert failure.reason.endswith(f'needs {package}: pip install "quote-tracker[{extra}]"')
