"""Text that may be shown: nothing in it steers a terminal."""

import re

# What could steer a terminal: control characters, and those that turn the direction of writing
# (Boucher and Anderson, "Trojan Source", 2021).
_STEERING = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def clean(text: str) -> str:
    """A text as a terminal may show it: characters that could steer it are replaced."""
    return _STEERING.sub(lambda char: " " if char[0] in "\t\r" else "�", text)
