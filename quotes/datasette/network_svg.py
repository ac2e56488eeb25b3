"""A network as SVG, laid out on the server: the same network always gives the same picture."""

import math
from dataclasses import dataclass

from markupsafe import Markup

from quotes.datasette.text_lines import text_width
from quotes.text.plural import count, shortened

WIDTH, HEIGHT, MARGIN = 1000, 700, 60  # of the picture, in its own units
FONT_SIZE, LABEL_LENGTH = 17, 26  # units; characters of a name
MAX_RADIUS, MIN_RADIUS = 20, 5  # units of the most and the least quoted
SPREADING_ROUNDS = 80  # in which labels that lie over each other are moved apart
SEED, ITERATIONS = 1, 80  # of the layout
LOOSENING = 0.6
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Node:
    """Somebody who is quoted, or an outlet that passes on."""

    key: str
    name: str
    n: int
    outlet: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """Two that are quoted together, or an outlet and whose words it passed on."""

    one: str
    other: str
    n: int
    relay: bool = False


def picture(nodes: list[Node], links: list[Link]) -> Markup:
    """The network as an image with a description; nothing where nobody has to do with anybody."""
    if not links:
        return Markup()
    nodes = [node for node in nodes if any(node.key in (link.one, link.other) for link in links)]
    places = _spread(nodes, _scaled(_places(nodes, links)))
    most, most_linked = max(node.n for node in nodes), max(link.n for link in links)
    lines = Markup("").join(
        Markup('<line class="{}" x1="{}" y1="{}" x2="{}" y2="{}" stroke-width="{}"/>').format(
            "relay" if link.relay else "pair",
            *places[link.one],
            *places[link.other],
            round(1 + 4 * math.sqrt(link.n / most_linked), 1),
        )
        for link in links
    )
    points = Markup("").join(_node(node, places[node.key], most) for node in nodes)
    label = (
        f"Network of {count(sum(not node.outlet for node in nodes), 'speaker')}: lines join those who are quoted in "
        "the same articles, dashed lines lead from an outlet to those whose words it passed on. Tables have the same."
    )
    return Markup(
        '<figure class="network"><div class="table-wrapper" role="region" aria-label="Picture" tabindex="0">'
        '<svg role="img" aria-label="{}" viewBox="0 0 {} {}">{}{}</svg></div></figure>'
    ).format(label, WIDTH, HEIGHT, lines, points)


def _node(node: Node, place: Point, most: int) -> Markup:
    x, y = place
    radius = round(max(MIN_RADIUS, MAX_RADIUS * math.sqrt(node.n / most)))
    left = x > WIDTH * 0.72  # there is no room to the right
    if node.outlet:
        shape = Markup('<rect x="{}" y="{}" width="12" height="12"/>').format(x - 6, y - 6)
        radius = 8
    else:
        shape = Markup('<circle cx="{}" cy="{}" r="{}"/>').format(x, y, radius)
    name = Markup('<text x="{}" y="{}"{}>{}</text>').format(
        x - radius - 5 if left else x + radius + 5,
        y + 6,
        Markup(' text-anchor="end"') if left else "",
        shortened(node.name, LABEL_LENGTH),
    )
    return Markup('<g class="{}">{}{}</g>').format("outlet" if node.outlet else "who", shape, name)


def _places(nodes: list[Node], links: list[Link]) -> dict[str, Point]:
    """By the forces of Fruchterman and Reingold (1991), as networkx has them; without the extra, in a circle."""
    try:
        return _by_forces(nodes, links)
    except ImportError:  # of networkx, or of numpy, which it computes with
        turn = 2 * math.pi / len(nodes)
        return {node.key: (math.cos(turn * n), math.sin(turn * n)) for n, node in enumerate(nodes)}


def _by_forces(nodes: list[Node], links: list[Link]) -> dict[str, Point]:
    import networkx

    graph = networkx.Graph()
    graph.add_nodes_from(node.key for node in nodes)
    graph.add_weighted_edges_from((link.one, link.other, 1 + math.log(link.n)) for link in links)
    near = 3 / math.sqrt(len(nodes))  # wider than usual: names need room
    found = networkx.spring_layout(graph, k=near, seed=SEED, iterations=ITERATIONS, method="force")
    return _loosened({key: (float(x), float(y)) for key, (x, y) in found.items()})


def _loosened(places: dict[str, Point]) -> dict[str, Point]:
    """The same directions from the middle, the crowded middle larger: distances to the power of ``LOOSENING``."""
    middle = [sum(place[axis] for place in places.values()) / len(places) for axis in (0, 1)]
    out = {}
    for key, (x, y) in places.items():
        far = math.hypot(x - middle[0], y - middle[1])
        grown = far ** (LOOSENING - 1) if far else 0.0
        out[key] = ((x - middle[0]) * grown, (y - middle[1]) * grown)
    return out


def _scaled(places: dict[str, Point]) -> dict[str, Point]:
    """The same places over the whole picture."""
    out: dict[str, list[float]] = {key: [] for key in places}
    for axis, size in ((0, WIDTH), (1, HEIGHT)):
        along = [place[axis] for place in places.values()]
        low, extent = min(along), (max(along) - min(along)) or 1.0
        for key, place in places.items():
            out[key].append(round(MARGIN + (place[axis] - low) / extent * (size - 2 * MARGIN)))
    return {key: (x, y) for key, (x, y) in out.items()}


def _spread(nodes: list[Node], places: dict[str, Point]) -> dict[str, Point]:
    """The same places, moved up or down as far as names lie over each other."""
    moved = {key: [x, y] for key, (x, y) in places.items()}
    widths = {
        node.key: text_width(shortened(node.name, LABEL_LENGTH), FONT_SIZE) + 2 * MAX_RADIUS for node in nodes
    }

    def extent(key: str) -> Point:
        x = moved[key][0]
        return (x - widths[key], x + MAX_RADIUS) if x > WIDTH * 0.72 else (x - MAX_RADIUS, x + widths[key])

    keys = [node.key for node in nodes]
    for _ in range(SPREADING_ROUNDS):
        still = True
        for n, one in enumerate(keys):
            for other in keys[n + 1 :]:
                gap = moved[other][1] - moved[one][1]
                (start, end), (from_, to) = extent(one), extent(other)
                if abs(gap) < FONT_SIZE + 6 and start < to and from_ < end:
                    step = 2 if gap >= 0 else -2
                    moved[one][1] = min(HEIGHT - 20, max(20, moved[one][1] - step))
                    moved[other][1] = min(HEIGHT - 20, max(20, moved[other][1] + step))
                    still = False
        if still:
            break
    return {key: (round(x), round(y)) for key, (x, y) in moved.items()}
