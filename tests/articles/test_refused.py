# ruff: noqa: E501 -- what is in a file is a line
"""What is not read is refused with what helps, never read as prose."""

import zipfile
from pathlib import Path

import pytest

from quotes.articles.read import read_articles
from quotes.types import Failure

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
LONG = "He said it, and she heard it. " * 40
WRONG: dict[str, tuple[bytes, str]] = {  # name -> what is in the file, the cure that is told
    "paper.pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "pdftotext"),
    "paper.txt": (b"%PDF-1.4\n", "pdftotext"),
    "a.rtf": (b"{\\rtf1\\ansi He said.}", "soffice --headless --convert-to docx"),
    "a.doc": (OLE, "soffice --headless --convert-to docx"),
    "a.xls": (OLE, "soffice --headless --convert-to xlsx"),
    "a.msg": (OLE, "msgconvert"),
    "a.png": (b"\x89PNG\r\n\x1a\n", "tesseract"),
    "a.jpg": (b"\xff\xd8\xff\xe0", "tesseract"),
    "a.gif": (b"GIF89a", "tesseract"),
    "a.tif": (b"II*\x00", "tesseract"),
    "a.webp": (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "an image"),
    "a.mp3": (b"ID3\x04\x00", "whisper"),
    "a.mp4": (b"\x00\x00\x00\x20ftypisom", "whisper"),
    "a.ogg": (b"OggS\x00", "whisper"),
    "a.flac": (b"fLaC\x00", "whisper"),
    "a.mkv": (b"\x1a\x45\xdf\xa3", "whisper"),
    "a.7z": (b"7z\xbc\xaf\x27\x1c", "7z x"),
    "a.rar": (b"Rar!\x1a\x07\x00", "unrar x"),
    "a.tar": (b"a.txt" + b"\x00" * 252 + b"ustar\x00" + b"\x00" * 300, "tar -xf"),
    "a.webarchive": (b"bplist00\xd1", "textutil"),
    "a.ps": (b"%!PS-Adobe-3.0", "ps2ascii"),
    "a.djvu": (b"AT&TFORM", "djvutxt"),
    "a.pst": (b"!BDN\x00", "readpst"),
    "a.pkl": (b"\x80\x04\x95\x10", "JSON Lines"),
    "a.avro": (b"Obj\x01\x04", "avro-tools"),
    "a.arrow": (b"ARROW1\x00\x00", "Parquet"),
    "a.h5": (b"\x89HDF\r\n\x1a\n", "CSV"),
    "sitemap.xml": (b'<?xml version="1.0"?><urlset><url><loc>https://a.example/1</loc></url></urlset>', "trafilatura"),
    "feeds.opml": (b'<?xml version="1.0"?><opml version="2.0"><body/></opml>', "trafilatura"),
    "tei.xml": (b'<?xml version="1.0"?><TEI><text>He said.</text></TEI>', "JSON Lines"),
    "urls.txt": (b"https://a.example/1\nhttps://a.example/2\n", "trafilatura -i"),
    "links.csv": (b"title,url\nBridge,https://a.example/1\n", "trafilatura -i"),
    "columns.csv": (b"a,b\n1,2\n", "--column text=NAME"),
    "columns.jsonl": (b'{"a": 1}\n{"a": 2}\n', "--column text=NAME"),
    "latin.txt": ("“Ça va,” il dit: déjà été à Orléans.".encode("cp1252"), "iconv -f"),
    "noise.txt": (bytes(range(256)) * 9, "binary file"),
    "wide.txt": (b"\xff\xfeH\x00e", "is not UTF-16"),
    "cut.json": (b'{"text": "He said', "broken JSON"),
    "empty.html": (b"<html><head><title>Nothing</title></head><body><script>app()</script></body></html>", "no article"),
    "login.html": (b"<html><body><h1>Log in to read on</h1><form><input></form></body></html>", "Save the page"),
    "teaser.xml": (b"<rss version='2.0'><channel><title>A</title><item><title>T</title><link>https://a.example/1</link>"
                   b"<description>It rained. Read more</description></item></channel></rss>", "https://a.example/1"),
    "picture.json": (b'{"uri": "urn:1", "type": "picture", "body_caption": ""}', "has no text"),
    "mail.eml": (b"From: a@b.example\nSubject: See attached\nDate: Tue, 10 Jun 2025 10:00:00 +0000\n\nSee attached.\n",
                 "save it as a file"),
    "long.txt": (b"word " * 1_000_001, "Split it into its articles"),
    "void.txt": (b" \n", "is empty"),
    "many.db": (b"SQLite format 3\x00" + b"\x00" * 100, "SQLite"),
    "cut.gz": (b"\x1f\x8b\x08\x00\x00\x00\x00\x00", "damaged"),
    "cut.zip": (b"PK\x03\x04\x00\x00", "damaged ZIP"),
}  # fmt: skip
ARCHIVES = {  # what an archive has in it -> what is told
    "content.xml": "soffice --headless --convert-to docx",
    "META-INF/container.xml": "pandoc",
    "ppt/presentation.xml": "--convert-to pdf",
    "Index/Document.iwa": "Export it",
    "photo.jpg": "without articles",
}


def refusals(path: Path) -> list[str]:
    items = list(read_articles([str(path)]))
    assert items
    assert all(isinstance(item, Failure) for item in items), items
    return [item.reason for item in items if isinstance(item, Failure)]


@pytest.mark.parametrize("name", WRONG)
def test_the_cure_is_told(tmp_path: Path, name: str) -> None:
    data, cure = WRONG[name]
    (tmp_path / name).write_bytes(data)
    reasons = refusals(tmp_path / name)
    assert any(cure in reason for reason in reasons), reasons
    assert not any("-layout" in reason for reason in reasons)  # it reads across the columns of a newspaper


@pytest.mark.parametrize("name", ARCHIVES)
def test_archives_that_are_documents(tmp_path: Path, name: str) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(name, LONG)
    assert any(ARCHIVES[name] in reason for reason in refusals(tmp_path / "a.zip"))


def test_what_grows_beyond_all_measure_is_not_unpacked(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"\x20" * (101 << 20))
    [reason] = refusals(tmp_path / "a.zip")
    assert "more than 1000 times" in reason


def test_an_unknown_format_is_told_with_those_that_there_are(tmp_path: Path) -> None:
    from quotes.errors import Unreadable

    with pytest.raises(Unreadable, match="there is no format 'docs'; there are csv, docx"):
        next(iter(read_articles([str(tmp_path)], format="docs")))
