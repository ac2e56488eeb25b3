"""Names suggested for a mistyped one."""

import random

import pytest

from quotes.names.suggestions import suggest

NAMES = [
    ["Hillary Clinton", "Clinton", "Mrs. Clinton"], ["Donald J. Trump", "Trump"], ["Bill Clinton", "Clinton"],
    ["Kevin Hassett"], ["José Núñez"], ["Xi Jinping", "Xi"], ["Clinton’s aides and friends of the campaign"],
    ["European Commission"], ["Angela Merkel", "Merkel"],
]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("hasett", ["Kevin Hassett"]),
        ("Hilary Clinton", ["Hillary Clinton"]),
        ("clintn", ["Hillary Clinton", "Bill Clinton"]),
        ("donld trmup", ["Donald J. Trump"]),
        ("Jose Nunes", ["José Núñez"]),
        ("jingping", ["Xi Jinping"]),
        ("european comission", ["European Commission"]),
        ("Merkle", ["Angela Merkel"]),
        ("angela hasett", []),
        ("zebra", []),
        ("x", []),
        ("", []),
        ("…!?", []),
    ],
)
def test_names_that_resemble_what_was_typed(typed: str, expected: list[str]) -> None:
    assert suggest(typed, NAMES) == expected


def test_any_single_slip_is_found_among_a_hundred_thousand() -> None:
    dice = random.Random(7)
    letters = "abcdefghijklmnopqrstuvwxyz"
    names = [
        ("".join(dice.choices(letters, k=6)).title() + " " + "".join(dice.choices(letters, k=8)).title(),)
        for _ in range(100_000)
    ]
    for _ in range(3):
        (name,) = dice.choice(names)
        at = dice.randrange(8, len(name) - 1)
        slips = {name[:at] + name[at + 1 :], name[:at] + "q" + name[at:], name[:at] + "q" + name[at + 1 :]}
        slips.add(name[:at] + name[at + 1] + name[at] + name[at + 2 :])
        for slip in slips:
            assert suggest(slip, names)[0] == name
