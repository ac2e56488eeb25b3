"""Apostrophes that stand for letters, and feet and inches: none of them are quotation marks."""

import re

ELISION = re.compile(
    r"['’‘](?:(?:em|uns?|cause|cos|coz|cuz|til|till|tis|tisn|twas|twasn|twere|twould|twixt|bout|fraid|neath|nother|nuff|"
    r"n|im|ave|ow|eard|ere|s|re|ll|ve|d|m|t)\b(?!['’]?\w)|\d\ds\b)"
    r"|(?:(?<=\bin )|(?<=\bof )|(?<=\bsince ))['’‘]\d\d\b"  # a lad in '62
    r"|(?<=\bthe )['’‘]\d\d\b(?= (?-i:[a-z]))",  # the '66 final
    re.I,
)
CLIPPED_AT_START = re.compile(r"['’‘](?:tis|twas|twere|twould|em|cause|til|till)\b", re.I)
CLIPPED_WORD = re.compile(r"(?<![\w’'])(?:o|ol|li?l|th|wi)(?=['’] ?\w)", re.I)  # a tin o' beans, th' old ways
FEET = re.compile(r"\d['’′]\s?\d{1,2}(?:\s?\d/\d|\.\d+)?\s?(?:\"|''|”|″)?")
