"""The first bytes and the name of a file -> what it is. What is no article is refused with the command that helps."""

import json
import re
from pathlib import PurePosixPath
from shlex import quote

from quotes.articles.fields import NAMES, plain

IMAGE = "is an image. Make a text of it: tesseract {path} {stem}"
SOUND = "is sound. Write it down first, as with: whisper {path} --output_format vtt"
FILM = "is sound or a film. Write down what is said, as with: whisper {path} --output_format vtt"
# First bytes -> what a file is, and the command that makes something readable of it; {} is its path
REFUSED: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "is a PDF. Make a text of it: pdftotext {path} {stem}.txt"),
    (b"{\\rtf", "is RTF. Make a Word document of it: soffice --headless --convert-to docx {path}"),
    (
        b"\xd0\xcf\x11\xe0",
        "is an office document of the old kind. Convert it: soffice --headless --convert-to {office} {path}",
    ),
    (b"\x89PNG", IMAGE),
    (b"\xff\xd8\xff", IMAGE),
    (b"GIF8", IMAGE),
    (b"II*\x00", IMAGE),
    (b"MM\x00*", IMAGE),
    (b"7z\xbc\xaf\x27\x1c", "is a 7z archive. Unpack it: 7z x {path}"),
    (b"Rar!\x1a\x07", "is a RAR archive. Unpack it: unrar x {path}"),
    (b"bplist00", "is a Safari web archive or a property list. Convert it: textutil -convert html {path}"),
    (b"ID3", SOUND),
    (b"\xff\xfb", SOUND),
    (b"OggS", SOUND),
    (b"fLaC", SOUND),
    (b"\x1a\x45\xdf\xa3", FILM),
    (b"%!PS", "is PostScript. Make a text of it: ps2ascii {path} {stem}.txt"),
    (b"AT&TFORM", "is a DjVu document. Make a text of it: djvutxt {path} {stem}.txt"),
    (b"Obj\x01", "is an Avro file. Make JSON Lines of it: avro-tools tojson {path} > {stem}.jsonl"),
    (b"ORC", "is an ORC file. Make JSON Lines of it: orc-contents {path} > {stem}.jsonl"),
    (b"\x80\x04\x95", "is a Python pickle, which may run code. Write its data as JSON Lines instead"),
    (b"\x80\x05\x95", "is a Python pickle, which may run code. Write its data as JSON Lines instead"),
    (b"!BDN", "is an Outlook mailbox. Make mbox files of it: readpst -o mail/ {path}"),
    (b"ARROW1", "is an Arrow file. Make a Parquet file of it, as pyarrow.parquet does"),
    (b"\x89HDF", "is an HDF5 file. Write its table as CSV"),
    (b"ITOLITLS", "is a Kindle book. Make a text of it: ebook-convert {path} {stem}.txt"),
)
MARKS = (b"\xef\xbb\xbf",)
ROOT_TAG = re.compile(
    rb"\s*(?:<\?xml[^>]*\?>\s*)?(?:<\?.*?\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^\[>]*(?:\[.*?\])?[^>]*>\s*)*<([\w.:-]+)",
    re.S | re.I,
)
NESTED_TAGS = re.compile(rb"<[\w.:-]+(?:\s+[\w.:-]+=[\"'][^\"']*[\"'])*\s*/?>\s*<")
HTML_START = re.compile(
    rb"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.S | re.I
)
HTML_TAGS = re.compile(
    rb"</?(?:p|div|a|br|h[1-6]|span|article|section|blockquote|li|ul|table|td|em|strong|b|i)\b[^<>]*>", re.I
)
MIN_TAGS = 3  # of HTML, from which a text that begins with one is a part of a page
FEED_ROOTS = ("rss", "feed", "rdf:rdf", "rdf")
WIRE_ROOTS = ("nitf", "newsitem", "newsmessage", "packageitem", "newsml")
MAIL_FIELD = re.compile(rb"(?:[A-Za-z][A-Za-z0-9-]*):[ \t]?[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n")
MAIL_NAMES = frozenset(
    b"from to cc subject date message-id received mime-version return-path delivered-to sender reply-to "
    b"content-type x-mailer snapshot-content-location".split()
)
CUE_TIME = re.compile(rb"\s*(?:\d+\s*\r?\n)?\s*(?:\d+:)?\d{1,2}:\d\d[,.]\d{3}\s*-->\s*")
DELIMITERS = b",;\t|"
SITEMAPS = ("urlset", "sitemapindex", "opml")


def refusal(head: bytes, path: str) -> str | None:
    """Why a file is none that is read, and the command that helps; None for all that may be read."""
    name = PurePosixPath(path.rpartition("::")[2])
    stem = quote(
        str(PurePosixPath(path).with_suffix("")) if name.suffix not in ("", ".txt") else f"{path}.out"
    )
    words = {"path": quote(path), "stem": stem}
    words["office"] = {".xls": "xlsx", ".ppt": "pdf", ".msg": "pdf"}.get(name.suffix.lower(), "docx")
    if head.startswith(b"\xd0\xcf\x11\xe0") and name.suffix.lower() == ".msg":
        return "is a message of Outlook. Convert it: msgconvert {path}".format(**words)
    for magic, message in REFUSED:
        if head.startswith(magic):
            return message.format(**words)
    if head[4:8] == b"ftyp":
        return FILM.format(**words)
    if head.startswith(b"RIFF"):
        kind = "an image" if head[8:12] == b"WEBP" else "sound or a film"
        return f"is {kind}, not a text"
    if head[257:262] == b"ustar":
        return "is a tar archive. Unpack it: tar -xf {path}".format(**words)
    root = root_tag(head)
    if root in SITEMAPS:
        return (
            "is a list of addresses, and nothing is fetched. Save the pages, and read those: "
            "trafilatura --sitemap ADDRESS -o pages/ --backup-dir html/"
        )
    if root and not is_html(head, path) and root not in (*FEED_ROOTS, *WIRE_ROOTS) and _is_xml(head):
        return (
            f"is XML of a kind that is not read (<{root}>): NITF, NewsML-G2, RSS, Atom and XHTML are. "
            'Write its articles as JSON Lines with "text", "title" and "published"'
        )
    return None


def root_tag(head: bytes) -> str | None:
    """The name of the first element of XML or HTML, without its namespace and in lower case; None for other texts."""
    match = ROOT_TAG.match(head.removeprefix(MARKS[0]))
    name = match[1].decode("ascii", "replace").lower() if match else None
    return name if name is None or name == "rdf:rdf" else name.rpartition(":")[2]


def _is_xml(head: bytes) -> bool:
    start = head.removeprefix(MARKS[0]).lstrip()[:200]
    return start.startswith((b"<?xml", b"<!DOCTYPE")) or NESTED_TAGS.match(start) is not None


def is_html(head: bytes, name: str) -> bool:
    """A page, or a part of one: it begins with a tag and has more."""
    start = _decoded(head)
    if HTML_START.match(start):
        return True
    root = root_tag(start)
    if root in (*FEED_ROOTS, *WIRE_ROOTS, *SITEMAPS):
        return False
    tags = len(HTML_TAGS.findall(start))
    begins = start.lstrip().startswith(b"<") and HTML_TAGS.match(start.lstrip()) is not None
    return (begins and tags >= MIN_TAGS) or (
        bool(re.search(rb"<html\b", start[:4096], re.I)) and tags >= MIN_TAGS
    )


def is_feed(head: bytes, name: str) -> bool:
    """RSS 0.9 to 2.0, and Atom."""
    return root_tag(_decoded(head)) in FEED_ROOTS


def is_wire(head: bytes, name: str) -> bool:
    """NITF, NewsML-G2 and NewsML 1."""
    return root_tag(_decoded(head)) in WIRE_ROOTS


def is_mbox(head: bytes, name: str) -> bool:
    """A mailbox: messages one after the other, each after a line that begins with "From "."""
    first, _, rest = head.partition(b"\n")
    return first.startswith(b"From ") and is_mail(rest, name)


def is_mail(head: bytes, name: str) -> bool:
    """A message, or a page that a browser saved as one (MHTML)."""
    at, names = 0, set()
    while match := MAIL_FIELD.match(head, at):
        names.add(match[0].partition(b":")[0].strip().lower())
        at = match.end()
    ended = head[at : at + 1] in (b"", b"\n", b"\r") or head[at : at + 2] == b"\r\n"
    return (
        ended
        and len(names & MAIL_NAMES) >= 2
        and bool(names & {b"from", b"subject", b"received", b"message-id"})
    )


def is_vtt(head: bytes, name: str) -> bool:
    """Captions in WebVTT."""
    return head.removeprefix(MARKS[0]).startswith(b"WEBVTT")


def is_srt(head: bytes, name: str) -> bool:
    """Captions in SubRip."""
    return CUE_TIME.match(head.removeprefix(MARKS[0])) is not None


def is_warc(head: bytes, name: str) -> bool:
    """A web archive."""
    return head.startswith((b"WARC/1.", b"WARC/0.1"))


def is_sqlite(head: bytes, name: str) -> bool:
    """An SQLite database."""
    return head.startswith(b"SQLite format 3\x00")


def is_parquet(head: bytes, name: str) -> bool:
    """A Parquet file."""
    return head.startswith(b"PAR1")


def is_docx(head: bytes, name: str) -> bool:
    """A Word document."""
    return head.startswith(b"PK\x03\x04") and (b"word/" in head or name.lower().endswith((".docx", ".docm")))


def is_xlsx(head: bytes, name: str) -> bool:
    """A spreadsheet of Excel or LibreOffice."""
    suffixes = (".xlsx", ".xlsm", ".ods")
    return head.startswith(b"PK\x03\x04") and (
        b"xl/" in head or b"opendocument.spreadsheet" in head or name.lower().endswith(suffixes)
    )


def is_json_lines(head: bytes, name: str) -> bool:
    """One JSON object a line, more than one of them."""
    lines = [line for line in _text_lines(head) if line.strip()]
    if len(lines) == 1 and b"\n" not in head.strip() and name.lower().endswith((".jsonl", ".ndjson")):
        return lines[0].lstrip().startswith("{")  # one, or the first is longer than what is looked at
    if len(lines) < 2 or not lines[0].lstrip().startswith("{"):
        return False
    try:
        return isinstance(json.loads(lines[0]), dict)
    except (ValueError, RecursionError):
        return False


def is_json(head: bytes, name: str) -> bool:
    """A JSON object, or a list of them."""
    start = _decoded(head)[:4096].decode("utf-8", "replace").lstrip("\ufeff \t\r\n")
    return bool(re.match(r"\{\s*(?:\"|\})|\[\s*(?:\{|\])", start))


def is_table(head: bytes, name: str) -> bool:
    """A table with delimiters whose first line names the text, and at least one thing more that is known here."""
    lines = _text_lines(head)
    if len(lines) < 2:
        return False
    delimiter = delimiter_of(lines[0])
    if delimiter is None:
        return False
    names = [plain(part.strip().strip('"')) for part in lines[0].split(delimiter)]
    known = [field for field, options in NAMES.items() if field != "id" and set(names) & set(options)]
    return len(names) >= 2 and all(names) and len(known) >= 2


def delimiter_of(line: str) -> str | None:
    """What parts the columns of a table's first line: of comma, semicolon, tab and bar the commonest outside quotes."""
    bare = re.sub(r'"[^"]*"', "", line)
    counts = {mark: bare.count(mark) for mark in DELIMITERS.decode()}
    best = max(counts, key=lambda mark: counts[mark])
    return best if counts[best] else None


def _text_lines(head: bytes) -> list[str]:
    return _decoded(head).decode("utf-8", "replace").removeprefix("\ufeff").splitlines()


def _decoded(head: bytes) -> bytes:
    """The bytes as UTF-8 where they are UTF-16 with a mark, as Windows programs save pages and tables."""
    for mark, name in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if head.startswith(mark):
            return head[2:].decode(name, "ignore").encode()
    return head.removeprefix(MARKS[0])
