"""How much memory a worker may use: its share of what the machine, or the container it runs in, has."""

from __future__ import annotations

MOST_BYTES = 4 * 2**30
"""Address space of one worker at the most: a 300-page disclosure stays under 1 GiB."""

LEAST_BYTES = 3 * 2**29
"""Below this scans fail, as OCR asks for 0.8 GiB before it reads; fewer workers run instead, and one runs always."""

_PART_FOR_WORKERS = 3 / 4
"""The rest is the parent's, which holds the rows of finished documents, and the system's."""


def most_workers(memory: int) -> int:
    """How many workers that much memory is enough for."""
    return max(1, int(memory * _PART_FOR_WORKERS) // LEAST_BYTES)


def bytes_per_worker(memory: int, workers: int) -> int:
    """The address space that each of so many workers may use."""
    return min(MOST_BYTES, max(LEAST_BYTES, int(memory * _PART_FOR_WORKERS) // workers))
