"""A Markdown text that keeps within a size: sections in order of weight, the last ones cut, and the cut told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Section:
    """A part of the text."""

    head: str
    """What comes before the lines; a section is shown with it or not at all."""
    lines: tuple[str, ...]
    """Its lines, each of which may be cut."""
    tail: str = ""
    """What comes after the lines, shown wherever the head is."""
    most: int = 0
    """Lines shown at most; 0 for as many as fit."""


def size(text: str) -> int:
    """Return the size of a text: its bytes in UTF-8, never less than its characters, however those are counted."""
    return len(text.encode())


def fitted(sections: Iterable[Section], limit: int, note: str) -> str:
    """Return the sections as one text of at most ``limit``; where anything is cut, ``note`` is its end.

    Args:
        sections: The parts, the most important first.
        limit: Size that the text may have.
        note: Says how to see the rest.
    """
    room = limit - size(f"{note}\n")
    parts: list[str] = []
    cut = False
    for section in sections:
        text, whole = _shown(section, room)
        cut = cut or not whole
        room -= size(text)
        parts.append(text)
    return "".join(parts) + (f"{note}\n" if cut else "")


def whole(sections: Iterable[Section]) -> int:
    """Return the size of all sections, nothing cut for want of room."""
    return sum(size(_text(section, _chosen(section))) for section in sections)


def _shown(section: Section, room: int) -> tuple[str, bool]:
    """Return what fits of one section, and whether that is all of it."""
    chosen = _chosen(section)
    text = _text(section, chosen)
    if size(text) <= room:
        return text, len(chosen) == len(section.lines)
    fit = _how_many(chosen, room - size(_text(section, ())))
    return (_text(section, chosen[:fit]) if fit else ""), False


def _chosen(section: Section) -> tuple[str, ...]:
    return section.lines[: section.most] if section.most else section.lines


def _how_many(lines: Sequence[str], room: int) -> int:
    for count, line in enumerate(lines):
        room -= size(f"{line}\n")
        if room < 0:
            return count
    return len(lines)


def _text(section: Section, lines: Sequence[str]) -> str:
    """Return a section with some of its lines; the count of the others is a paragraph, no row and no item."""
    left = len(section.lines) - len(lines)
    more = ["", f"*{left} more*"] if left else []
    return "\n".join([section.head, *lines, *more, *([section.tail] if section.tail else []), "\n"])
