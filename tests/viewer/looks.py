"""How every screen looks, in numbers that another machine finds again: ``looks.json`` holds them.

    python -m tests.viewer.looks        # take them anew, after a change that is meant and was looked at

Fonts differ between machines, and with them where lines break and how long a page is: pictures of whole pages do not
compare.  Kept of each screen are the boxes of its blocks, in order, their left edges and widths in percent of the
window, of drawings and pages also the height in percent of the width; and how light the first window of it is, over
eight by eight fields, in light and dark.
"""

from __future__ import annotations

import io
import json
import tempfile
import urllib.parse
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page

from tests.browsers import chromium
from tests.demo_archive import write_demo
from tests.viewer.conftest import served_at
from tests.viewer.test_application import opened
from tests.viewer.test_looks import ASKED, settled

KEPT = Path(__file__).with_name("looks.json")
WINDOWS = {390: ("zh", 844), 1280: ("en", 800)}
"""Each window's width, with the language that is shown in it and its height."""
SCHEMES = ("light", "dark")
FIELDS = 8
_PERCENT = 3
"""By so much of the window an edge may differ: the width of a scroll bar, what rounding leaves."""
_SHADE = 56
"""By so much of 255 a field may differ from itself or from the one above or below: what other letters make of it."""

_BOXES = """() => {
    const blocks = "header, main, footer, h1, h2, .filter, .wide, .drawn, .chart, .share svg, .sheet, .beside > *,"
        + " .alone > *, .two > *, .facts, .hits, .tables, .paper img";
    return [...document.querySelectorAll(blocks)].filter(each => each.getClientRects().length).map(each => {
        const box = each.getBoundingClientRect();
        const share = (part, whole) => Math.round(100 * part / whole);
        const shape = ["svg", "IMG"].includes(each.tagName) ? [share(box.height, box.width)] : [];
        return [each.tagName.toLowerCase(), share(box.left, innerWidth), share(box.width, innerWidth), ...shape];
    });
}"""

Look = Mapping[str, Any]


def looks(browser: Browser, viewer: str, screens: Sequence[str] = tuple(ASKED)) -> Iterator[tuple[str, Look]]:
    """Each screen in each window, with how it looks."""
    for width, (language, height) in WINDOWS.items():
        page = browser.new_page(viewport={"width": width, "height": height})
        for screen in screens:
            settled(page, f"{opened(viewer, language)}/{screen}?{urllib.parse.urlencode(ASKED[screen])}")
            yield f"{screen} {width}", look(page)
        page.close()


def look(page: Page) -> Look:
    """How a page looks."""
    page.wait_for_function("() => [...document.images].every(each => each.complete)")
    return {"boxes": page.evaluate(_BOXES), **{scheme: _shades(page, scheme) for scheme in SCHEMES}}


def _shades(page: Page, scheme: str) -> list[int]:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type] # one of its literals
    picture = Image.open(io.BytesIO(page.screenshot(animations="disabled")))
    return list(picture.convert("L").resize((FIELDS, FIELDS), Image.Resampling.BOX).tobytes())


def differences(kept: Look, found: Look) -> list[str]:
    """What looks otherwise than it did."""
    before, after = ([box[0] for box in look["boxes"]] for look in (kept, found))
    if before != after:
        return [f"blocks were {' '.join(before)}, are {' '.join(after)}"]
    told = [
        f"block {number}, {was[0]}: left, width and shape were {was[1:]}, are {now[1:]}"
        for number, (was, now) in enumerate(zip(kept["boxes"], found["boxes"], strict=True))
        if any(abs(one - other) > _PERCENT for one, other in zip(was[1:], now[1:], strict=True))
    ]
    for scheme in SCHEMES:
        shades = zip(kept[scheme], found[scheme], strict=True)
        told += [
            f"{scheme}: field {number // FIELDS} down, {number % FIELDS} right was {was} of 255 light, is {now}"
            for number, (was, now) in enumerate(shades)
            if not _is_near(now, _around(kept[scheme], number))
        ]
    return told


def _around(shades: Sequence[int], number: int) -> Sequence[int]:
    """A field's shade and those above and below it: with another machine's fonts a line more or less stands above."""
    return shades[number % FIELDS :: FIELDS][max(0, number // FIELDS - 1) : number // FIELDS + 2]


def _is_near(shade: int, kept: Sequence[int]) -> bool:
    return min(kept) - _SHADE <= shade <= max(kept) + _SHADE


def kept_looks() -> Mapping[str, Look]:
    """How each screen looked."""
    return dict(json.loads(KEPT.read_text(encoding="utf-8")))


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        write_demo(Path(folder))
        with served_at(folder) as viewer:
            lines = [
                f"{json.dumps(name)}: {json.dumps(each, separators=(',', ':'))}"
                for name, each in looks(browser, viewer)
            ]
    KEPT.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
