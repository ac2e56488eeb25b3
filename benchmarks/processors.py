"""Do other processors find the same quotations in the same articles? Emulated, on one machine.

    python benchmarks/processors.py FOLDER [--articles N] [--processors Haswell IvyBridge] [--noise 1e-9]

Reads the articles here; once more with the graph's optimisations off, and in two processes; and on each emulated
processor, which takes thirty to sixty times as long (QEMU's user emulator: Debian's `qemu-user-static`). Prints of how
many articles the encoder's logits, the embeddings and the quotations differ: all 0. onnxruntime, OpenBLAS and numpy
choose their kernels by what the processor can do: Haswell has AVX2, Ivy Bridge only AVX, and neither AVX512 nor VNNI.

With --noise: in how many articles quotations change when every logit is off by as much at random. What is left of
noise, in the 64-bit sums after the encoder, is a millionth of 1e-9.
"""

import argparse
import hashlib
import json
import os
import subprocess
import sys
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

import numpy as np

EMULATOR = "qemu-x86_64-static"
# OpenBLAS takes an emulated Ivy Bridge for a Haswell, whose instructions it then lacks.
SETTINGS = {"IvyBridge": {"OPENBLAS_CORETYPE": "Sandybridge"}}
THREADS = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


def read(folder: Path, most: int | None) -> list[str]:
    """The articles' texts, in the order of their paths."""
    paths = sorted(folder.rglob("*.txt"))[:most]
    return [path.read_text(encoding="utf-8", errors="replace") for path in paths]


def digest(*parts: bytes) -> str:
    """A short hash."""
    return hashlib.sha256(b"".join(parts)).hexdigest()[:16]


def run(options: argparse.Namespace) -> None:
    """One line of hashes per article, in this process."""
    import onnxruntime

    import quotes
    from quotes.nlp.encoder import MODEL, Encoder, Logits, encoder

    model = encoder()
    if options.plain:
        plain = onnxruntime.SessionOptions()
        plain.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
        plain.intra_op_num_threads = 2
        model.session = onnxruntime.InferenceSession(
            str(MODEL / "encoder.onnx"), plain, providers=["CPUExecutionProvider"]
        )
    heads = [field.name for field in fields(Logits) if field.name not in ("pieces", "window")]
    if options.noise:
        generator = np.random.default_rng(0)
        exact = Encoder._logits

        def noisy(self: Encoder, text: str) -> Logits:
            logits = exact(self, text)
            for head in heads:
                values = getattr(logits, head).astype(np.float64)
                object.__setattr__(
                    logits, head, values + generator.uniform(-1, 1, values.shape) * options.noise
                )
            return logits

        Encoder._logits = noisy  # type: ignore[method-assign]
    nlp = quotes.load(coreference="all", thoughts=True, embeddings=True)
    texts = read(options.folder, options.articles)
    for text, doc in zip(texts, nlp.pipe(iter(texts), n_process=options.processes), strict=True):
        logits = model(doc.text)
        found = [asdict(quotation) for quotation in doc._.quotes]
        embeddings = [quotation.pop("embedding") for quotation in found]
        print(
            json.dumps(
                {
                    "logits": digest(
                        *(np.ascontiguousarray(getattr(logits, head)).tobytes() for head in heads)
                    ),
                    "embeddings": digest(*embeddings),
                    "quotations": digest(repr(found).encode("utf-8", "surrogatepass")),
                    "number": len(found),
                    "characters": len(text),
                }
            ),
            flush=True,
        )


def in_process(options: argparse.Namespace, *flags: str, processor: str = "") -> list[dict[str, Any]]:
    """``run`` in a process of its own, on an emulated processor if one is named."""
    emulator = [EMULATOR, "-cpu", processor] if processor else []
    command = [*emulator, os.path.realpath(sys.executable), __file__, str(options.folder), "--run", *flags]
    if options.articles:
        command += ["--articles", str(options.articles)]
    path = os.pathsep.join(entry for entry in sys.path[1:] if entry)
    environment = {**os.environ, **THREADS, **SETTINGS.get(processor, {}), "PYTHONPATH": path}
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(done.stderr)
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, help="only the first N")
    parser.add_argument(
        "--processors", nargs="*", default=["Haswell", "IvyBridge"], help="names that QEMU knows"
    )
    parser.add_argument("--noise", type=float, default=0.0, help="added to every logit, at most")
    parser.add_argument("--run", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--plain", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--processes", type=int, default=1, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.run:
        run(options)
        return
    here = in_process(options)
    print(f"{len(here)} articles, {sum(line['number'] for line in here):,} quotations; articles that differ:")
    print(f"{'':28}{'logits':>12}{'embeddings':>12}{'quotations':>12}")
    runs: list[tuple[str, tuple[str, ...], str]] = [
        ("optimisations off", ("--plain",), ""),
        ("two processes", ("--processes", "2"), ""),
        *((name, (), name) for name in options.processors),
    ]
    if options.noise:
        runs.append((f"noise of {options.noise:g}", ("--noise", str(options.noise)), ""))
    for name, flags, processor in runs:
        there = in_process(options, *flags, processor=processor)
        numbers = [
            sum(a[kind] != b[kind] for a, b in zip(here, there, strict=True))
            for kind in ("logits", "embeddings", "quotations")
        ]
        print(f"{name:28}" + "".join(f"{number:12}" for number in numbers), flush=True)


if __name__ == "__main__":
    main()
