"""What a renderer is told about where its output goes."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Layout:
    """The width of the lines, whether bold and dim are known there, and which report of the output this is."""

    width: int = 100
    colour: bool = False
    number: int = 1
