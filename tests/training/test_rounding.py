"""Whole numbers for the encoder: what training/rounding.py promises, and whether the shipped graph keeps it."""

import math
import sys
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from support.paths import ROOT

from quotes.nlp.encoder import MODEL

sys.path.insert(0, str(ROOT / "training"))

import rounding

EXP_ERROR, GELU_ERROR = 5e-8, 5e-7  # the greatest of onnxruntime's kernels, with AVX512, AVX2 and AVX


@pytest.fixture(scope="module")
def data() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    generator = np.random.default_rng(0)
    x = generator.normal(size=(600, 96)) @ generator.normal(size=(96, 96)) / 10
    return x, generator.normal(size=(96, 40)) / 10, generator.normal(size=40)


def test_a_product_in_whole_numbers_is_close_to_the_real_one(data: tuple[np.ndarray, ...]) -> None:
    x, weight, bias = data
    step = rounding.step(x, weight)
    product = rounding.fit(x, weight, bias, step, 0.01)
    whole = np.clip(np.rint(x / step.size) + step.zero, 0, 255).astype(int) - step.zero
    found = (whole @ product.weights.astype(int) * product.scale + product.bias) * 0.01
    real = x @ weight + bias
    assert np.sqrt(((found - real) ** 2).mean()) < 0.03 * real.std()
    assert abs((found - real).mean()) < 1e-3


def test_two_products_of_a_weight_fit_into_16_bits(data: tuple[np.ndarray, ...]) -> None:
    x, weight, bias = data
    product = rounding.fit(x, weight, bias, rounding.step(x, weight), 0.01)
    assert 2 * 255 * np.abs(product.weights.astype(int)).max() < 2**15


def test_scaling_the_greatest_sum_is_exact(data: tuple[np.ndarray, ...]) -> None:
    x, weight, bias = data
    product = rounding.fit(x, weight, bias, rounding.step(x, weight), 0.01)
    for scale, reach in zip(product.scale.tolist(), product.reach.tolist(), strict=True):
        assert float(np.float32(reach) * np.float32(scale)) == reach * scale


def test_what_is_rounded_near_a_border_is_refused() -> None:
    values = np.arange(0, 10, 0.25)
    assert 0.095 < rounding.safe(values, 0.1, 0, 0.05, 1e-4) < 0.105
    with pytest.raises(ValueError, match="border"):
        rounding.safe(np.arange(0, 10, 1e-4), 0.1, 0, 0.05, 1e-4)


def test_copies_make_up_for_what_is_cut_off() -> None:
    level, shared = rounding.copies(np.array([1.0, 9.0, 2.5]), most=3)
    assert {unit for unit, _ in shared} == {1}
    assert len(shared) <= 3
    parts = [min(9.0, level)] + [min(max(9.0 - shift, 0), level) for _, shift in shared]
    assert sum(parts) == pytest.approx(9.0)


@pytest.fixture(scope="module")
def graph() -> Any:
    onnx = pytest.importorskip("onnx")
    return onnx.load(MODEL / "encoder.onnx").graph


def products(graph: Any) -> Iterator[tuple[np.ndarray, np.ndarray, int]]:
    from onnx import numpy_helper

    constants = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    for node in graph.node:
        if node.op_type == "MatMulIntegerToFloat" and node.input[1] in constants:
            yield constants[node.input[1]], constants[node.input[3]], int(constants[node.input[4]])


def test_the_shipped_weights_cannot_overflow_and_their_scales_are_exact(graph: Any) -> None:
    found = [one for one in products(graph) if one[0].shape[1] > 1]
    assert len(found) == 6 * 6 + 1
    for weights, scales, zero in found:
        assert np.abs(weights.astype(int)).max() <= rounding.MOST
        whole = np.rint(np.frexp(scales.astype(np.float64))[0] * 2**6).astype(int)
        assert (np.ldexp(whole / 2**6, np.frexp(scales)[1]) == scales).all()
        assert (
            rounding.reach(weights.astype(int), zero) * (whole // (whole & -whole)) < rounding.EXACT
        ).all()


def test_no_result_of_exp_or_gelu_lies_near_a_border_of_its_rounding(graph: Any) -> None:
    from onnx import numpy_helper

    constants = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    kind = {node.output[0]: node.op_type for node in graph.node}
    exp = np.exp(-np.arange(0, 12, 2.0**-7))
    gelu = np.array(
        [0.5 * x * (1 + math.erf(x / math.sqrt(2))) for x in np.arange(-20, 40, 2.0**-8).tolist()]
    )
    seen = []
    for node in graph.node:
        values, error = {"Exp": (exp, EXP_ERROR), "Gelu": (gelu, GELU_ERROR)}.get(
            kind.get(node.input[0], ""), (None, 0.0)
        )
        if node.op_type != "QuantizeLinear" or values is None:
            continue
        size, zero = float(constants[node.input[1]]), int(constants[node.input[2]])
        places = values / size
        places = places[(places + zero > -1) & (places + zero < 256)]
        borders = np.abs(places - np.floor(places) - 0.5)
        borders = borders[(places + zero > -0.6) & (places + zero < 255.6)]
        assert borders.min() * size > 40 * error
        seen.append(kind[node.input[0]])
    assert sorted(seen) == ["Exp"] * 6 + ["Gelu"] * 6
