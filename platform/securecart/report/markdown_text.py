"""Text of others in GitHub's Markdown: what stands in it is shown, never obeyed.

All of it stands in code spans. Escapes would not do: GitHub looks for mentions and references (`@name`, `#1`) in the
rendered text, code left out, and notifies people. Source: GitHub Flavored Markdown Spec (Code spans; Tables); GitHub's
documentation on mentions and autolinked references.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable


def code(text: str) -> str:
    """Return text as a code span, outside of tables."""
    line = " ".join(text.split())
    if not line:
        return '`""`'
    fence = "`" * (1 + max(map(len, re.findall("`+", line)), default=0))
    padding = " " if line.startswith("`") or line.endswith("`") else ""
    return f"{fence}{padding}{line}{padding}{fence}"


def row(cells: Iterable[str]) -> str:
    """Return one row of a table; the cells are Markdown already."""
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def table_head(names: Iterable[str], numbers: Iterable[str]) -> str:
    """Return the two lines that a table begins with: columns of words, then columns of numbers."""
    words, counts = tuple(names), tuple(numbers)
    return f"{row((*words, *counts))}\n{row((*(':--' for _ in words), *('--:' for _ in counts)))}"


def summary(text: str) -> str:
    """Return the line that opens a fold; it is HTML, in which Markdown does not count."""
    return f"<details><summary>{html.escape(' '.join(text.split()))}</summary>"
