"""What a change means, as data: tables by resource type."""

from __future__ import annotations

from typing import Final

from securecart.report.plan_vocabulary.compute import COMPUTE
from securecart.report.plan_vocabulary.edge import EDGE
from securecart.report.plan_vocabulary.effect import Vocabulary
from securecart.report.plan_vocabulary.guard import GUARD
from securecart.report.plan_vocabulary.network import NETWORK
from securecart.report.plan_vocabulary.storage import STORAGE
from securecart.report.plan_vocabulary.transit import TRANSIT

TABLES: Final[tuple[Vocabulary, ...]] = (NETWORK, TRANSIT, EDGE, STORAGE, COMPUTE, GUARD)
"""Every table; no type is in two of them."""

VOCABULARY: Final[Vocabulary] = {token: words for table in TABLES for token, words in table.items()}
"""Every row, by Pulumi type token."""
