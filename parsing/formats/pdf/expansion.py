"""Forms of a PDF that would take minutes and gigabytes to draw are told before the engine meets them.

A form XObject may call others, and each of them others again: twelve levels of five calls are a file of one kilobyte
and 244 million forms.  The engine follows them all in one call that nothing can interrupt.  A form is a stream, so its
dictionary stands in the file as plain text; a pass over the bytes finds the forms, and their contents say how often
they call one another.  A form that costs too much loses its ``/Subtype`` in the bytes that the engine is given, so that
the engine passes it over and reads the rest of its pages.

Files that are encrypted, or whose forms have a filter that is not read here, are left to the worker's limits.
"""

from __future__ import annotations

import collections
import re
import zlib
from collections.abc import Iterator, Mapping

MOST = 32 * 2**20
"""Bytes of content that drawing one form may come to, those of the forms it calls counted with every call."""

HEAVY = 2**16
"""A form of so many bytes of content that pages could call it too often."""

_MOST_INFLATED = 2 * MOST
_LEVELS = 48
"""The engine follows no more forms within one another."""
_NUMBERS = 32
"""Bytes before an object in which its number stands."""
_DICTIONARY = 16_384
"""Bytes before and behind ``/Subtype /Form`` in which its dictionary stands."""

_FORM = re.compile(rb"/Subtype\s*/Form\b")
_HEAD = re.compile(rb"(\d{1,10})\s+\d{1,5}\s+obj$")
_STREAM = re.compile(rb"\bstream\r?\n")
_NAMED = re.compile(rb"/([^\s/<>()\[\]{}%]+)\s+(\d{1,10})\s+\d{1,5}\s+R\b")
_CALL = re.compile(rb"/([^\s/<>()\[\]{}%]+)\s+Do\b")
_OBJECTS = re.compile(rb"/Type\s*/ObjStm\b")
_FIRST = re.compile(rb"/First\s+(\d{1,10})")
_PLAIN = re.compile(rb"/Subtype\s*/Image\b")


class _Form:
    """A form as the file has it: where its subtype stands, what it calls by which name, and its own bytes."""

    def __init__(self, at: tuple[int, int], dictionary: bytes, content: bytes) -> None:
        self.at = at
        self.dictionary = dictionary
        self.size = len(content)
        self.calls = collections.Counter(_CALL.findall(content))


def without_endless_forms(data: bytes) -> tuple[bytes, int]:
    """The bytes to give the engine, of the same length, and how many forms were taken out of them."""
    if not _FORM.search(data):
        return data, 0
    forms = dict(_forms(data))
    costs = _costs(forms, _targets(data, forms))
    endless = {number for number, cost in costs.items() if cost > MOST}
    heavy = {number: cost for number, cost in costs.items() if number not in endless and cost >= HEAVY}
    if heavy:
        calls = _most_calls(data)
        endless |= {number for number, cost in heavy.items() if cost * calls > 16 * MOST}
    if not endless:
        return data, 0
    mended = bytearray(data)
    for number in endless:
        start, end = forms[number].at
        mended[start:end] = data[start:end].replace(b"Form", b"None")
    return bytes(mended), len(endless)


def _forms(data: bytes) -> Iterator[tuple[int, _Form]]:
    for found in _FORM.finditer(data):
        end = data.rfind(b"obj", max(0, found.start() - _DICTIONARY), found.start()) + len(b"obj")
        head = _HEAD.search(data, max(0, end - _NUMBERS), end)
        stream = _STREAM.search(data, found.end(), found.end() + _DICTIONARY)
        if head and stream:
            dictionary = data[head.end() : stream.start()]
            yield int(head[1]), _Form(found.span(), dictionary, _content(data, dictionary, stream.end()))


def _content(data: bytes, dictionary: bytes, start: int) -> bytes:
    """A stream's content; what has a filter that is not read here is taken as it stands."""
    end = data.find(b"endstream", start)
    raw = data[start : end if end >= 0 else len(data)]
    if b"FlateDecode" not in dictionary and b"/Fl" not in dictionary:
        return raw
    inflate = zlib.decompressobj()
    try:
        return inflate.decompress(raw, _MOST_INFLATED)
    except zlib.error:
        return raw


def _targets(data: bytes, forms: Mapping[int, _Form]) -> dict[bytes, set[int]]:
    """The forms that a name stands for anywhere in the file: resources may be inherited, shared, or in a stream."""
    texts = [data, *_object_streams(data)] if any(form.calls for form in forms.values()) else []
    targets: dict[bytes, set[int]] = collections.defaultdict(set)
    for text in texts:
        for name, number in _NAMED.findall(text):
            if int(number) in forms:
                targets[name].add(int(number))
    return targets


def _object_streams(data: bytes) -> Iterator[bytes]:
    for found in _OBJECTS.finditer(data):
        start = data.rfind(b"obj", max(0, found.start() - _DICTIONARY), found.start())
        stream = _STREAM.search(data, found.end(), found.end() + _DICTIONARY)
        if start >= 0 and stream:
            yield _content(data, data[start : stream.start()], stream.end())


def _costs(forms: Mapping[int, _Form], anywhere: Mapping[bytes, set[int]]) -> dict[int, int]:
    """Bytes of content that drawing each form once comes to; far above ``MOST`` it is not counted on."""
    callees = {number: _callees(form, forms, anywhere) for number, form in forms.items() if form.calls}
    costs = {number: form.size for number, form in forms.items()}
    for _ in range(_LEVELS):
        before = dict(costs)
        for number, calls in callees.items():
            called = sum(count * before[callee] for callee, count in calls)
            costs[number] = min(forms[number].size + called, 2 * MOST)
        if costs == before:
            break
    return costs


def _callees(form: _Form, forms: Mapping[int, _Form], anywhere: Mapping[bytes, set[int]]) -> list[tuple[int, int]]:
    """The forms that one calls, each with how often; by its own names where its dictionary has them."""
    own = {name: int(number) for name, number in _NAMED.findall(form.dictionary) if int(number) in forms}
    calls = []
    for name, count in form.calls.items():
        named = {own[name]} if name in own else anywhere.get(name, set())
        if named:
            calls.append((max(named, key=lambda number: forms[number].size + len(forms[number].calls)), count))
    return calls


def _most_calls(data: bytes) -> int:
    """How often the content of any stream calls something."""
    most = 0
    for found in _STREAM.finditer(data):
        dictionary = data[max(0, data.rfind(b" obj", 0, found.start())) : found.start()]
        if not _PLAIN.search(dictionary):
            most = max(most, sum(1 for _ in _CALL.finditer(_content(data, dictionary, found.end()))))
    return most
