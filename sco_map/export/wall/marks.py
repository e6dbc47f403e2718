"""The marks of towns and sites, and the samples of the key: drawn the same on the map and beside its name."""

from __future__ import annotations

import math

import numpy as np

from sco_map.export.wall.canvas import Canvas, Pen
from sco_map.export.wall.names import Dot
from sco_map.export.wall.view import Array

SIDES = 24


def circle(at: tuple[float, float], radius: float) -> Array:
    """Return a circle as points."""
    angles = np.linspace(0, 2 * math.pi, SIDES, endpoint=False)
    points: Array = np.stack((np.cos(angles), np.sin(angles)), axis=-1) * radius + np.array(at)
    return points


SHAPES: dict[str, tuple[tuple[float, float], ...]] = {
    "square": ((-0.85, -0.85), (0.85, -0.85), (0.85, 0.85), (-0.85, 0.85)),
    "triangle": ((0, -1), (0.95, 0.8), (-0.95, 0.8)),
    "trapezium": ((-1, -0.6), (1, -0.6), (0.5, 0.7), (-0.5, 0.7)),
    "diamond": ((0, -1.05), (1.05, 0), (0, 1.05), (-1.05, 0)),
}
FILLED = ("triangle", "trapezium", "bolt", "plane")


def draw_dot(canvas: Canvas, dot: Dot, paper: str) -> None:
    """Draw the mark of a town or a site."""
    x, y = dot.at
    if dot.shape == "bars":
        for across in (-0.45, 0.45):
            bar = np.array([[x + across * dot.radius, y - dot.radius], [x + across * dot.radius, y + dot.radius]])
            canvas.stroke([canvas.path(bar)], Pen(paper, dot.radius * 0.9))
            canvas.stroke([canvas.path(bar)], Pen(dot.colour, dot.radius * 0.36))
        return
    outline = circle(dot.at, dot.radius)
    if dot.shape in SHAPES:
        outline = np.array(SHAPES[dot.shape]) * dot.radius + np.array(dot.at)
    path = [canvas.path(outline, closed=True)]
    is_filled = dot.shape in FILLED
    canvas.fill(path, dot.colour if is_filled else paper)
    canvas.stroke(path, Pen(paper, dot.radius * 0.2) if is_filled else Pen(dot.colour, dot.radius * 0.4))
    if dot.shape in ("capital", "gauge"):
        canvas.fill([canvas.path(circle(dot.at, dot.radius * 0.42), closed=True)], dot.colour)
