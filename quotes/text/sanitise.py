"""Text that is safe to show: no character in it steers a terminal or turns the direction of a page."""

# Control characters steer a terminal; those that turn the direction of writing, or mark it invisibly, make readers
# see other words than the text has (Boucher and Anderson, "Trojan Source", 2021).
_REPLACEMENTS = {
    # "␀", "␛": their pictures
    **{code: chr(0x2400 + code) for code in range(32) if chr(code) not in "\t\n\r"},
    0x7F: "\u2421",
    **dict.fromkeys(
        [*range(0x80, 0xA0), 0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)], "\ufffd"
    ),
}
_IN_A_LINE = {**_REPLACEMENTS, ord("\t"): " ", ord("\r"): " "}


def clean(text: str) -> str:
    """The text with visible signs in place of control characters and of marks of direction.

    One for one, so that offsets into the text stay true. Tabs and line breaks stay.

    >>> clean("red\\x1b[31m \\u202egnp.exe")
    'red␛[31m �gnp.exe'
    """
    return text.translate(_REPLACEMENTS)


def clean_for_terminal(text: str) -> str:
    """The text as ``clean`` leaves it, with spaces for tabs and carriage returns, whose width a terminal decides."""
    return text.translate(_IN_A_LINE)
