"""Curves over logarithmic axes as SVG without a background, in colours that are readable on white and on black."""

import math

COLOURS = ["#3b82c4", "#d9822b", "#2f9e6e", "#b05fb8"]
GREY = "#808080"
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 290, 270, 44, 20, 34, 40  # of a panel


def short(x: float) -> str:
    """10, 10k, 10M …; less than one as 0.1."""
    for factor, letter in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if x >= factor:
            return f"{x / factor:.2g}{letter}" if x < 100 * factor else f"{x / factor:.0f}{letter}"
    return f"{x:g}"


def text(x: float, y: float, words: str, anchor: str = "middle", colour: str = GREY, size: int = 11) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}" font-size="{size}">{words}</text>'


def line(points: list, colour: str, dashes: str = "") -> str:
    dashes = f' stroke-dasharray="{dashes}"' if dashes else ""
    return f'<polyline points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in points)}" fill="none" stroke="{colour}" stroke-width="1.5"{dashes}/>'


def panel(title: str, across: str, xs: list, curves: dict, grows: bool = True) -> str:
    """`curves`: {name: values at xs}. Where they grow, a dotted line does in proportion, through the end of the first."""
    values = [y for ys in curves.values() for y in ys]
    x0, x1 = math.log10(min(xs)), math.log10(max(xs))
    y0, y1 = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    place = lambda x, y: (LEFT + (math.log10(x) - x0) / (x1 - x0) * (WIDTH - LEFT - RIGHT),
                          HEIGHT - BOTTOM - (math.log10(y) - y0) / (y1 - y0) * (HEIGHT - BOTTOM - TOP))
    out = [text(LEFT, 12, title, "start", size=12)]
    for decade in range(y0, y1 + 1):
        left, right = place(min(xs), 10**decade), place(max(xs), 10**decade)
        out.append(f'<path d="M{left[0]:.1f} {left[1]:.1f}H{right[0]:.1f}" stroke="{GREY}" stroke-opacity="0.25"/>')
        out.append(text(left[0] - 5, left[1] + 4, short(10.0**decade), "end", size=10))
    for x in xs[::2] if len(xs) > 7 else xs:
        out.append(text(place(x, 10**y0)[0], HEIGHT - BOTTOM + 14, short(x), size=10))
    out.append(text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 8, across))
    end = next(iter(curves.values()))[-1]
    start = max(min(xs), max(xs) * 10**y0 / end)
    if grows:
        out.append(line([place(start, end * start / max(xs)), place(max(xs), end)], GREY, "2 4"))
    for colour, ys in zip(COLOURS, curves.values()):
        points = [place(x, y) for x, y in zip(xs, ys)]
        out.append(line(points, colour))
        out.extend(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.5" fill="{colour}"/>' for x, y in points)
    along = LEFT
    for colour, name in zip(COLOURS, curves):
        out.append(text(along, TOP - 6, name, "start", colour))
        along += 6.6 * len(name) + 14
    return "".join(out)


def picture(panels: list) -> str:
    drawn = "".join(f'<g transform="translate({i * WIDTH} 0)">{drawing}</g>' for i, drawing in enumerate(panels))
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH * len(panels)} {HEIGHT}" width="{WIDTH * len(panels)}" '
            f'height="{HEIGHT}" font-family="sans-serif">{drawn}</svg>\n')
