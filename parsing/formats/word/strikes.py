"""Which runs of WordprocessingML are struck out: by themselves, by their styles, or by the document's defaults.

ECMA-376 part 1, sections 17.3.2.9 and 17.3.2.37.  ``strike`` is a toggle (17.7.3): a character style that sets it in a
paragraph whose style sets it too takes it back.
"""

from __future__ import annotations

from lxml import etree

from gongkai.parsing.formats.word.wordml import W, is_on, value_of

_SINGLE, _DOUBLE = "strike", "dstrike"


class Strikes:
    """Tells struck runs by a document's styles."""

    def __init__(self, styles: etree._Element | None = None) -> None:
        self._styles: dict[str, dict[str, bool]] = {}
        """Whether each style, by its id, sets the one line and the double one."""
        self._defaults: dict[str, bool] = {}
        self._default_style = ""
        if styles is not None:
            self._defaults = _set_by(styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
            self._styles = _of_styles(styles)
            for style in styles.iterfind(f"{W}style"):
                if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true", "on"):
                    self._default_style = style.get(f"{W}styleId", "")

    def strike(self, run: etree._Element, style: str | None) -> bool:
        """True where a run is struck out; ``style`` is that of its paragraph, None for the document's usual one."""
        properties = run.find(f"{W}rPr")
        own = _set_by(properties)
        name = None if properties is None else value_of(properties.find(f"{W}rStyle"))
        of_paragraph = self._styles.get(self._default_style if style is None else style, {})
        of_run = self._styles.get(name or "", {})
        toggled = of_paragraph.get(_SINGLE, False) != of_run.get(_SINGLE, False)
        single = own.get(_SINGLE, toggled or self._defaults.get(_SINGLE, False))
        return single or {**self._defaults, **of_paragraph, **of_run, **own}.get(_DOUBLE, False)


def _set_by(properties: etree._Element | None) -> dict[str, bool]:
    """The lines through text that properties set, on or off."""
    if properties is None:
        return {}
    found = {name: properties.find(f"{W}{name}") for name in (_SINGLE, _DOUBLE)}
    return {name: is_on(element) for name, element in found.items() if element is not None}


def _of_styles(styles: etree._Element) -> dict[str, dict[str, bool]]:
    """Tell of each style whether it sets the lines; what it does not say is that of the style it is based on."""
    own: dict[str, dict[str, bool]] = {}
    parents: dict[str, str] = {}
    for style in styles.iterfind(f"{W}style"):
        name = style.get(f"{W}styleId", "")
        own[name] = _set_by(style.find(f"{W}rPr"))
        if (parent := value_of(style.find(f"{W}basedOn"))) is not None:
            parents[name] = parent
    if not any(own.values()):
        return {}
    settled: dict[str, dict[str, bool]] = {}
    for name in own:
        line, at = [name], name
        while at in parents and parents[at] not in line:
            at = parents[at]
            line.append(at)
        settled[name] = {key: value for each in reversed(line) for key, value in own.get(each, {}).items()}
    return settled
