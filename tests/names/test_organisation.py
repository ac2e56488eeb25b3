"""Taking names of organisations apart, and their acronyms."""

import pytest

from quotes.names.organisation import acronym_keys, is_acronym, parse_organisation


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("the Treasury Department", "Department of the Treasury", True),
        ("U.S. Treasury Department", "US Department of the Treasury", True),
        ("Norden Bank Inc.", "Norden Bank", True),
        ("The Daily Herald", "Daily Herald", True),
        ("Chinese Foreign Ministry", "Russian Foreign Ministry", False),
        ("American Airways", "British Airways", False),
        ("Holt’s campaign", "Holt campaign", True),
    ],
)
def test_organisations(a: str, b: str, same: bool) -> None:
    assert (parse_organisation(a) == parse_organisation(b)) is same


@pytest.mark.parametrize(
    ("short", "full", "expected"),
    [
        ("IMF", "the International Monetary Fund", True),
        ("the E.P.A.", "Environmental Protection Agency", True),
        ("IHF", "Institute for Harbour Fees", True),
        ("CFR", "Council on Foreign Relations", True),
        ("CRH", "Campaign to Rebuild Harbours", True),
        ("MOT", "Ministry of Tides", True),
        ("MT", "Ministry of Tides", True),
        ("PG", "Port & Gulf", True),
        ("APH", "Asia-Pacific Harbours", True),
        ("IMF", "World Bank", False),
        ("It", "International Treasury", False),
        ("IMF", "IMF", False),
        ("IMF", "", False),
    ],
)
def test_acronyms_and_their_look_up_keys_agree(short: str, full: str, expected: bool) -> None:
    assert is_acronym(short, full) is expected
    if expected:
        assert acronym_keys(short)[0] in acronym_keys(full)
