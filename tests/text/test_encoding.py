"""Bytes that are not UTF-8 are refused, with a hint at what they are."""

import subprocess

import pytest

from quotes.errors import Unreadable
from quotes.text.encoding import LEGACY_ENCODINGS, decode, likely_encoding

TEXTS = {
    "cp1250": "Ministr řekl, že „příliš žluťoučký kůň úpěl ďábelské ódy“, a odešel. Předsedkyně vlády mlčela.",
    "cp1251": "Министр сказал, что решение будет принято завтра. «Мы ждём», добавил он.",
    "cp1252": "“We waited,” the café’s owner said – it was the council’s decision, she added.",
    "cp1253": "Ο υπουργός είπε ότι η απόφαση θα ληφθεί αύριο.",
    "koi8_r": "Министр сказал, что решение будет принято завтра. Мы ждём, добавил он.",
    "shift_jis": "首相は「待っている」と述べた。会議は明日開かれる。",
    "gb18030": "总理说，会议将于明天举行。“我们在等待”，他补充说。",
}


@pytest.mark.parametrize("encoding", TEXTS)
def test_the_encoding_is_hinted_at(encoding: str) -> None:
    data = (TEXTS[encoding] * 3).encode(encoding)
    assert likely_encoding(data) == LEGACY_ENCODINGS[encoding]
    with pytest.raises(Unreadable, match=f"iconv -f {LEGACY_ENCODINGS[encoding]} "):
        decode(data, "a b.txt")


def test_the_hint_can_be_followed() -> None:
    for name in LEGACY_ENCODINGS.values():
        done = subprocess.run(["iconv", "-f", name, "-t", "UTF-8"], input=b"plain", capture_output=True)
        assert done.stdout == b"plain", name


@pytest.mark.parametrize("data", [b"\xff", b"\x80\x81", b"caf\xe9", b"\xc3"])
def test_few_bytes_give_a_hint_too(data: bytes) -> None:
    with pytest.raises(Unreadable, match="is not UTF-8: byte 0x"):
        decode(data, "x.txt")


def test_utf8_is_decoded_strictly_and_as_it_is() -> None:
    assert decode("\ufeffžluť\r\n".encode(), "x.txt") == "žluť\r\n"
