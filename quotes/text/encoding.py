"""Bytes -> text, or the reason why not."""

import re
from shlex import quote

from quotes.errors import Unreadable

WIDE = {
    b"\xff\xfe\x00\x00": "UTF-32",
    b"\x00\x00\xfe\xff": "UTF-32",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
}
LEGACY_ENCODINGS = {  # as Python calls them, and as iconv does
    "cp1250": "WINDOWS-1250",
    "cp1251": "WINDOWS-1251",
    "cp1252": "WINDOWS-1252",
    "cp1253": "WINDOWS-1253",
    "cp1254": "WINDOWS-1254",
    "cp1255": "WINDOWS-1255",
    "cp1256": "WINDOWS-1256",
    "iso8859_2": "ISO-8859-2",
    "koi8_r": "KOI8-R",
    "mac_roman": "MACINTOSH",
    "shift_jis": "SHIFT_JIS",
    "euc_jp": "EUC-JP",
    "gb18030": "GB18030",
    "big5": "BIG5",
    "euc_kr": "EUC-KR",
}
SAMPLE_BYTES = 20_000  # around the first byte that is not UTF-8
MIN_ZERO_SHARE = 0.7  # of every other byte, from which a text in Latin letters is in UTF-16
SURROGATE = re.compile("[\ud800-\udfff]")
CONTROL = bytes(set(range(32)) - set(b"\t\n\r\f\v\b\x1b"))


def decode(data: bytes, path: str, *, encoding: str | None = None) -> str:
    """UTF-8 bytes as text, or UTF-16 and UTF-32 with their mark; the mark is dropped, line breaks stay as they are.

    ``encoding``: another one that somebody says it is. ``path`` is for the advice in the message. Raises Unreadable for
    binary data, and for what is in none of these encodings: a guess would be wrong without a word.
    """
    encoding = encoding or next((name for mark, name in WIDE.items() if data.startswith(mark)), None)
    if encoding:
        try:
            return data.decode(encoding).removeprefix("\ufeff")
        except LookupError:
            raise Unreadable(f"there is no encoding {encoding!r}") from None
        except UnicodeDecodeError as error:
            raise Unreadable(f"is not {encoding}: {error.reason} at offset {error.start}") from None
    check_start(data, path)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise wrong_bytes(error, path) from None


def wrong_bytes(error: UnicodeDecodeError, path: str, *, before: int = 0, lines: int = 0) -> Unreadable:
    """What to say of bytes that are not UTF-8. ``before``, ``lines``: the bytes and line breaks before them."""
    data = error.object
    line = lines + data.count(b"\n", 0, error.start) + 1
    likely = likely_encoding(data[max(0, error.start - SAMPLE_BYTES) : error.start + SAMPLE_BYTES])
    return Unreadable(
        f"is not UTF-8: byte 0x{data[error.start]:02x} at offset {before + error.start} (line {line}). "
        f"It looks like {likely}: iconv -f {likely} -t UTF-8 {quote(path)} > NEW.txt"
    )


def likely_encoding(data: bytes) -> str:
    """The name, as iconv knows it, of the encoding that bytes look like: a hint, for two may look alike.

    Nothing is decoded by it: a wrong guess would move every offset without a word. Where Western and Central European
    encodings fit as well, the Western one.

    >>> likely_encoding("Ministr řekl: „Příliš žluťoučký kůň úpěl ďábelské ódy.“".encode("cp1250"))
    'WINDOWS-1250'
    """
    from charset_normalizer import from_bytes  # slow to import, and seldom needed

    matches = list(from_bytes(data, cp_isolation=list(LEGACY_ENCODINGS)))
    fitting = {
        encoding
        for match in matches
        if (match.chaos, match.coherence) == (matches[0].chaos, matches[0].coherence)
        for encoding in (match.encoding, *match.could_be_from_charset)
    }
    if not matches or "cp1252" in fitting:
        return LEGACY_ENCODINGS["cp1252"]
    return LEGACY_ENCODINGS.get(matches[0].encoding, matches[0].encoding.upper())


def check_start(data: bytes, path: str) -> None:
    """Raises Unreadable when the first bytes of a file are not those of a text."""
    if data.startswith(tuple(WIDE)):
        return
    start = data[:8192]
    control = len(start) - len(start.translate(None, CONTROL))
    if control > 3 and control > len(start) // 50:
        for name, high in (("UTF-16LE", start[1::2]), ("UTF-16BE", start[::2])):
            if high.count(0) > len(high) * MIN_ZERO_SHARE and control - high.count(0) < len(high) // 10:
                raise Unreadable(
                    f"is {name} without the mark that says so: iconv -f {name} -t UTF-8 {quote(path)} > NEW.txt"
                )
        raise Unreadable("is a binary file, not a text")


def replace_surrogates(text: str) -> str:
    """The text with U+FFFD for each half of a surrogate pair, one for one, so that offsets into it stay true.

    A half has no UTF-8 form. It is there where a program cut a character in two, or in the name of a file that is
    not UTF-8 (PEP 383).

    >>> replace_surrogates("caf\\udce9.txt") == "caf\\ufffd.txt"
    True
    """
    return SURROGATE.sub("\ufffd", text)


def check_characters(text: str) -> None:
    """Raises Unreadable for NUL characters and for halves of surrogate pairs."""
    at = text.find("\x00")
    if at >= 0:
        raise Unreadable(f"has a NUL character at offset {at}. Remove them: tr -d '\\000' < OLD > NEW")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise Unreadable(
            f"has half a surrogate pair at offset {error.start}: its writer cut a character"
        ) from None
