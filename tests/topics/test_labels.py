"""What of a text can name a topic, by the embedded model's parse."""

import pytest

from quotes.linking.topics import noun_phrases


@pytest.mark.parametrize(
    ("text", "phrases", "fragments"),
    [
        ("the severe food crisis in Kenya", {"severe food crisis", "food crisis", "Kenya"}, {"severe", "food"}),
        ("the night ferry to Skerrow would stop", {"night ferry", "Skerrow"}, {"night", "stop"}),
        ("the Island Republic cut the palm oil tariff", {"Island Republic", "palm oil tariff"}, {"Island", "palm"}),
        ("Article 12 of the treaty was void", {"Article 12", "treaty"}, {"Article"}),
        ("they died, and nobody was infected", set(), {"died", "infected", "nobody"}),
    ],
)  # fmt: skip
def test_noun_phrases(text: str, phrases: set[str], fragments: set[str]) -> None:
    found = set(noun_phrases(text))
    assert phrases <= found
    assert fragments.isdisjoint(found)
