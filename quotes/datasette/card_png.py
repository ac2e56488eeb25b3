"""Cards as PNG, by resvg: with the extra ``pictures``, and where the machine has a font."""

from functools import cache, lru_cache

from quotes.datasette.card import HEIGHT, SANS, SERIF, WIDTH

WHY_NOT = (
    "Cards as PNG need the extra \"pictures\" (pip install 'quote-tracker[pictures]') and a font, "
    "such as Debian's fonts-dejavu-core. The same card is there as SVG."
)
_PROBE = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20">{}</svg>'


@cache
def available() -> bool:
    """Whether cards can be made here: resvg draws a text without a word as nothing where there is no font."""
    try:
        import resvg_py
    except ImportError:
        return False
    nothing = resvg_py.svg_to_bytes(_PROBE.format(""))
    letters = (
        f'<text x="2" y="16" font-family="{family}" font-size="16">M</text>' for family in (SERIF, SANS)
    )
    return all(resvg_py.svg_to_bytes(_PROBE.format(letter)) != nothing for letter in letters)


@lru_cache(maxsize=64)  # a link that is shared is fetched by many at once
def png(svg: str) -> bytes:
    """The picture of an SVG card. Raises ImportError without the extra."""
    import resvg_py

    return bytes(resvg_py.svg_to_bytes(svg, width=WIDTH, height=HEIGHT))
