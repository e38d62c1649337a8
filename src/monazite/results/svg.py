"""Charts as SVG: drawn here, without a browser or a network, and coloured by the page they stand in."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from monazite.results.charts.style import COLOURS, FONT

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

VEGA_LITE = "6.4"
NAMES = {colour: name for name, colour in COLOURS.items()}
LONG_NUMBER = re.compile(r"(\d+\.\d)\d+")


def svg(spec: Mapping[str, Any], name: str) -> str:
    """Draw a Vega-Lite specification as SVG to stand inside a page.

    Parameters
    ----------
    spec
        The specification; its data are inline. A ``data.url`` is refused: nothing is fetched.
    name
        Prefix of every identifier inside, so that several drawings share one page.

    Returns
    -------
    str
        SVG whose colours are ``var(--<colour>, <light colour>)``: light or dark as the page says,
        light where it says nothing. The same specification gives the same text.
    """
    import vl_convert  # noqa: PLC0415 - 100 MB, loaded only when something is drawn

    drawn: str = vl_convert.vegalite_to_svg(dict(spec), vl_version=VEGA_LITE, allowed_base_urls=[])
    return themed(shortened(hinted(identified(named(drawn, str(spec.get("description", name))), name))))


def named(drawn: str, description: str) -> str:
    """Give the drawing its role and its description, for those who cannot see it."""
    label = html.escape(description, quote=True)
    return drawn.replace("<svg ", f'<svg role="graphics-document" aria-label="{label}" ', 1)


def identified(drawn: str, name: str) -> str:
    """Name every identifier after the drawing, in order: the engine counts on from drawing to drawing."""
    numbers = {own: str(place) for place, own in enumerate(re.findall(r'\bid="([^"]*)"', drawn))}
    use = re.compile(r'(\bid="|url\(#|href="#)([^")]*)')
    return use.sub(lambda found: f"{found[1]}{name}-{numbers.get(found[2], found[2])}", drawn)


def hinted(drawn: str) -> str:
    """Show what a mark says to screen readers to a mouse as well."""
    mark = re.compile(r'<path aria-label="([^"]*)" role="graphics-symbol"([^>]*)/>')
    return mark.sub(r'<path aria-label="\1" role="graphics-symbol"\2><title>\1</title></path>', drawn)


def shortened(drawn: str) -> str:
    """Keep one decimal of every coordinate in a path: less than a hair's width."""
    return re.sub(r' d="[^"]*"', lambda path: LONG_NUMBER.sub(r"\1", path[0]), drawn)


def themed(drawn: str) -> str:
    """Replace the palette's colours by the page's variables, and the font by the page's."""
    coloured = re.sub(
        r'="(#[0-9a-f]{6})"',
        lambda found: f'="var(--{NAMES[found[1]]}, {found[1]})"' if found[1] in NAMES else found[0],
        drawn,
    )
    return coloured.replace(f' font-family="{FONT}"', "")
