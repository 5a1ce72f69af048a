"""The two networks that read scans: one finds lines of text in a picture, one reads a line cut out of it.

Both are the PP-OCR networks whose ONNX files come inside the ``rapidocr`` wheel (Apache-2.0), run by onnxruntime
without network access.  Their pre- and post-processing follows the networks' own definition: what they take is
grey mapped to -1..1; the finder gives each pixel's likelihood of being text, the reader each step's likelihood of
each character, with 0 for none (CTC).  Import this module only where the extra is installed (``extra``).
"""

from __future__ import annotations

import dataclasses
import functools
import importlib
import pathlib
from collections.abc import Iterator, Sequence
from typing import Any

from gongkai.parsing.formats.scan.extra import network_files

cv2: Any = importlib.import_module("cv2")  # by name: type checks do not depend on the optional extra
np: Any = importlib.import_module("numpy")
onnxruntime: Any = importlib.import_module("onnxruntime")

Picture = Any
"""A NumPy array of grey bytes, height x width."""

LINE_HEIGHT = 48
"""Pixels to which the reading network wants lines scaled."""

LEAST_WIDTH = 96
"""Pixels below which lines are padded: the network misreads narrower pictures."""

MOST_WIDTH = 3_200
"""Pixels beyond which a line is squeezed; a line of 60 characters has about 2,900."""

BATCH_WIDTH = 2_400
"""Pixels read in one call, all lines together: more gains nothing on one thread and costs memory."""

PADDING = 1.15
"""How much wider the widest line of a call may be than the narrowest: padding costs as much as print."""

LIKELY_TEXT = 0.3
"""Likelihood from which the finding network's pixels count as text."""

LIKELY_LINE = 0.5
"""Mean likelihood that a line of text must reach."""

UNSHRINK = 1.6
"""The finding network marks lines shrunk; area over perimeter times this is what they grow back by on each side."""


@dataclasses.dataclass(frozen=True, slots=True)
class Recognised:
    """A line's text as read; the mean likelihood of its characters; and the likelihood of the whole text (0 to 1).

    The mean tells print from dirt.  The whole text's is the lower the longer the text, and also counts characters that
    may have been missed or doubled, so it tells an amount that is certain from one that is not.
    """

    text: str
    legibility: float
    confidence: float


def recognised(lines: Sequence[Picture]) -> list[Recognised]:
    """The text on each picture of one line."""
    scaled = [_scaled(line) for line in lines]
    found: list[Recognised] = [Recognised("", 0.0, 0.0)] * len(scaled)
    for batch in _batches(scaled):
        width = max(LEAST_WIDTH, *(scaled[index].shape[1] for index in batch))
        tensor = np.zeros((len(batch), 3, LINE_HEIGHT, width), np.float32)
        for place, index in enumerate(batch):
            tensor[place, :, :, : scaled[index].shape[1]] = scaled[index] / 127.5 - 1
        (likelihoods,) = _reader().session.run(None, {_reader().input: tensor})
        for place, index in enumerate(batch):
            steps = -(-likelihoods.shape[1] * scaled[index].shape[1] // width)  # the rest is padding
            found[index] = _decoded(likelihoods[place, :steps])
    return found


def _scaled(line: Picture) -> Picture:
    height, width = line.shape
    wanted = min(max(round(width * LINE_HEIGHT / height), 8), MOST_WIDTH)
    return cv2.resize(line, (wanted, LINE_HEIGHT), interpolation=cv2.INTER_LINEAR)


def _batches(scaled: Sequence[Picture]) -> Iterator[list[int]]:
    """The places of lines of about one width."""
    batch: list[int] = []
    for index in sorted(range(len(scaled)), key=lambda index: int(scaled[index].shape[1])):
        width = max(scaled[index].shape[1], LEAST_WIDTH)
        least = max(scaled[batch[0]].shape[1], LEAST_WIDTH) if batch else width
        if batch and ((len(batch) + 1) * width > BATCH_WIDTH or width > PADDING * least):
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch


def _decoded(likelihoods: Any) -> Recognised:
    """Characters of each step's best guess, repeats of the step before and blanks left out."""
    best = likelihoods.argmax(axis=1)
    fresh = best != 0
    fresh[1:] &= best[1:] != best[:-1]
    steps = np.flatnonzero(fresh)
    if not len(steps):
        return Recognised("", 0.0, 0.0)
    alphabet = _alphabet()
    characters = best[steps]
    text = "".join(alphabet[character] for character in characters).strip()
    legibility = float(likelihoods[steps, characters].mean())
    return Recognised(text, legibility, _confidence(likelihoods, characters))


def _confidence(likelihoods: Any, characters: Any) -> float:
    """The likelihood of these characters in this order: the sum over all ways to place them on the steps (CTC)."""
    states = np.zeros(2 * len(characters) + 1, np.intp)  # a blank before, between and after the characters
    states[1::2] = characters
    skips = np.zeros(len(states))  # a character may follow another one without a blank between, unless it repeats it
    skips[3::2] = characters[1:] != characters[:-1]
    reached = np.zeros(len(states))
    reached[0] = 1.0
    before, over = np.zeros_like(reached), np.zeros_like(reached)
    for step, likely in enumerate(likelihoods[:, states].astype(np.float64)):
        if step:
            before[1:] = reached[:-1]
            over[2:] = reached[:-2]
            reached = (reached + before + over * skips) * likely
        else:
            reached[:2] = likely[:2]
    return float(reached[-2:].sum())


def found_lines(picture: Picture) -> list[tuple[int, int, int, int]]:
    """The upright rectangles (left, top, right, bottom, in pixels) in which lines of text stand, in no order.

    The picture must be upright and of about 100 dots an inch, the size of print the network was trained for.
    """
    height, width = picture.shape
    padded = np.full((-(-height // 32) * 32, -(-width // 32) * 32), 255, np.uint8)
    padded[:height, :width] = picture
    tensor = np.repeat((padded.astype(np.float32) / 127.5 - 1)[None, None], 3, axis=1)
    (likelihoods,) = _finder().session.run(None, {_finder().input: tensor})
    likelihood = likelihoods[0, 0, :height, :width]
    marked = cv2.dilate((likelihood > LIKELY_TEXT).astype(np.uint8), np.ones((2, 2), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(marked, connectivity=8)
    lines = []
    for label in range(1, count):
        x, y, w, h, _ = (int(value) for value in stats[label])
        inside = labels[y : y + h, x : x + w] == label
        if min(w, h) >= 3 and likelihood[y : y + h, x : x + w][inside].mean() >= LIKELY_LINE:
            grow = UNSHRINK * w * h / (2 * (w + h))
            edges = (x - grow, y - grow, x + w + grow, y + h + grow)
            limits = (width, height, width, height)
            lines.append(tuple(min(max(round(edge), 0), limit) for edge, limit in zip(edges, limits, strict=True)))
    return [(left, top, right, bottom) for left, top, right, bottom in lines]


@dataclasses.dataclass(frozen=True, slots=True)
class _Network:
    session: Any
    input: str


def _network(file: pathlib.Path) -> _Network:
    """A network on one thread: pages are read by one process per core."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False  # the arena keeps the memory of the widest line ever read
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
    return _Network(session, session.get_inputs()[0].name)


@functools.cache
def _finder() -> _Network:
    return _network(network_files()[0])


@functools.cache
def _reader() -> _Network:
    return _network(network_files()[1])


@functools.cache
def _alphabet() -> list[str]:
    """The character of each class: none, those the network's file lists, and the space."""
    listed = _reader().session.get_modelmeta().custom_metadata_map["character"]
    return ["", *listed.splitlines(), " "]
