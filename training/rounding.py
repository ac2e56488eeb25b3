"""From real weights and activations to whole numbers: steps, and the weights that lose least by it.

Activations are uint8 with a fixed step and zero; weights are whole numbers of at most 64, so that two products of
them with a uint8 fit into 16 bits (255 * 64 * 2 = 32,640), as the instruction `vpmaddubsw` needs. A product's scale
is a whole number m times a power of two, m so small that scaling the 32-bit sum is exact in a float32: then nothing
depends on whether a processor fuses the multiplication with the addition of the bias.
"""

import math
from dataclasses import dataclass

import numpy as np

MOST = 64  # a weight's greatest magnitude
EXACT = 2**24  # whole numbers up to here are exact in a float32
SHRINK = (1, 0.9, 0.8, 0.7, 0.6, 0.5, 0.42, 0.35, 0.3, 0.25, 0.2)  # parts of the range that are tried
SAMPLE = 4000  # rows on which steps are tried
RIDGE = 0.01  # part of the mean square that is added to each input's: keeps the inverse stable


@dataclass(frozen=True)
class Step:
    """How an activation is rounded: uint8 = round(x / size) + zero, cut off at 0 and 255."""

    size: float
    zero: int

    def __call__(self, x: np.ndarray) -> np.ndarray:
        """What is left of ``x``."""
        return (np.clip(np.rint(x / self.size) + self.zero, 0, 255) - self.zero) * self.size


@dataclass(frozen=True)
class Product:
    """A matrix product in whole numbers: output = scale * (inputs @ weights) + bias, in units of the output."""

    weights: np.ndarray  # int8
    scale: np.ndarray
    bias: np.ndarray
    reach: np.ndarray  # the greatest magnitude of each sum of products, whatever the inputs

    def bound(self) -> np.ndarray:
        """The greatest magnitude of each output."""
        return self.reach * self.scale + np.abs(self.bias)


def step(x: np.ndarray, weight: np.ndarray, zero: int | None = None) -> Step:
    """The step at which ``x @ weight`` changes least; values beyond its range are cut off."""
    x = x[:SAMPLE]
    gram = weight @ weight.T
    low, high = float(x.min()), float(x.max())
    best = (math.inf, Step(1.0, 0))
    for a in SHRINK:
        for b in SHRINK if zero is None else (a,):
            size = (high * b - low * a) / 255
            one = Step(size, int(np.clip(np.rint(-low * a / size), 0, 255)))
            if zero is not None:
                one = Step(max(high * b / (255 - zero), -low * a / zero), zero)
            lost = one(x) - x
            best = min(best, (float(np.einsum("ij,ij->", lost @ gram, lost)), one), key=lambda pair: pair[0])
    return best[1]


def reach(weights: np.ndarray, zero: int) -> np.ndarray:
    """The greatest magnitude of each column's sum of products with uint8 less ``zero``."""
    up = np.maximum(weights, 0).sum(0, dtype=np.float64)
    down = up - weights.sum(0, dtype=np.float64)
    return np.maximum(up * (255 - zero) + down * zero, down * (255 - zero) + up * zero)


def _scales(scaled: np.ndarray, importance: np.ndarray, zero: int) -> np.ndarray:
    """Each column's scale: m * 2**e, of those that are exact the one at which plain rounding loses least."""
    top = np.abs(scaled).max(0) / MOST
    octave = 2.0 ** np.floor(np.log2(0.7 * top))
    least = np.full(len(top), np.inf)
    scales = np.zeros(len(top))
    for m in range(16, 64):
        scale = octave * m / 16
        odd = m // (m & -m)
        exact = scaled / scale
        whole = np.clip(np.rint(exact), -MOST, MOST)
        lost = (importance[:, None] * (whole - exact) ** 2).sum(0) * scale**2
        better = (reach(whole, zero) * odd * 1.05 < EXACT) & (lost < least)
        least, scales = np.where(better, lost, least), np.where(better, scale, scales)
    return scales


def _whole(exact: np.ndarray, moment: np.ndarray) -> np.ndarray:
    """``exact`` rounded, each input's loss made up for by the inputs that are still to come.

    GPTQ (Frantar, Ashkboos, Hoefler & Alistarh 2023). ``moment``: the inputs' covariance.
    """
    order = np.argsort(-moment.diagonal())
    moment = moment + RIDGE * moment.diagonal().mean() * np.eye(len(moment))
    factor = np.linalg.cholesky(np.linalg.inv(moment[np.ix_(order, order)])).T
    exact = exact[order].copy()
    whole = np.zeros_like(exact)
    for i in range(len(exact)):
        whole[i] = np.clip(np.rint(exact[i]), -MOST, MOST)
        exact[i + 1 :] -= np.outer(factor[i, i + 1 :], (exact[i] - whole[i]) / factor[i, i])
    return whole[np.argsort(order)]


def fit(
    x: np.ndarray, weight: np.ndarray, bias: np.ndarray, inputs: Step, unit: np.ndarray | float
) -> Product:
    """``x @ weight + bias`` in whole numbers, for inputs rounded by ``inputs`` and outputs in units of ``unit``."""
    rounded = inputs(x).astype(np.float64)
    mean = rounded.mean(0)
    moment = (rounded - mean).T @ (rounded - mean) / len(x)
    scaled = weight.astype(np.float64) * inputs.size / unit
    scales = _scales(scaled, moment.diagonal(), inputs.zero)
    whole = _whole(scaled / scales, moment)
    farthest = reach(whole, inputs.zero)
    mantissa = (np.frexp(scales)[0] * 2**6).astype(int)
    if not (farthest * (mantissa // (mantissa & -mantissa)) < EXACT).all():
        raise ValueError("a product's scale is not exact")
    # what rounding moves the outputs by on average goes into the bias
    bias = (x.mean(0, dtype=np.float64) @ weight + bias) / unit - (mean / inputs.size) @ whole * scales
    return Product(whole.astype(np.int8), scales, bias, farthest)


def copies(highest: np.ndarray, most: int) -> tuple[float, list[tuple[int, float]]]:
    """A level, and the units whose greatest value lies above it: (unit, by how much a copy of it is shifted down).

    A few units reach far above the others; each is shared among copies that begin where the one before is cut off.
    At most ``most`` copies.
    """
    for level in np.arange(1, highest.max() + 1, 0.05):
        numbers = np.maximum(np.ceil(highest / level) - 1, 0).astype(int)
        if numbers.sum() <= most:
            units = np.flatnonzero(numbers).tolist()
            return float(level), [(k, float(level) * (i + 1)) for k in units for i in range(numbers[k])]
    raise ValueError("no level")


def safe(values: np.ndarray, size: float, zero: int, spread: float, least: float) -> float:
    """A step near ``size`` at which no value that can occur lies near the border between two whole numbers.

    So rounding gives the same whatever the last digits of the values, in which processors differ. Raises ValueError
    if none keeps ``least`` from all borders.
    """

    def margin(size: float) -> float:
        places = values / size
        places = places[(places + zero > -0.6) & (places + zero < 255.6)]
        return float(np.abs(places - np.floor(places) - 0.5).min()) * size

    sizes = size * np.linspace(1 - spread, 1 + spread, 400)
    best = max((float(np.float32(one)) for one in sizes), key=margin)
    if margin(best) < least:
        raise ValueError(f"values lie within {margin(best):.1e} of a border")
    return best
