"""Where customers are: the countries whose requests the edge lets in."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import Field

Country = Annotated[str, Field(pattern=r"^[A-Z]{2}$", description="ISO 3166-1 alpha-2 code, e.g. `DE`.")]

# fmt: off
EUROPE: Final[tuple[str, ...]] = (
    "AD", "AL", "AT", "AX", "BA", "BE", "BG", "BY", "CH", "CY", "CZ", "DE", "DK", "EE",
    "ES", "FI", "FO", "FR", "GB", "GG", "GI", "GR", "HR", "HU", "IE", "IM", "IS", "IT",
    "JE", "LI", "LT", "LU", "LV", "MC", "MD", "ME", "MK", "MT", "NL", "NO", "PL", "PT",
    "RO", "RS", "RU", "SE", "SI", "SJ", "SK", "SM", "UA", "VA", "XK",
)
# fmt: on
"""Europe, as ISO 3166-1 alpha-2 codes.

The countries and territories of the region Europe (150) in the United Nations' M49 standard; with Cyprus, which M49
counts to Asia and which is a member of the European Union, and Kosovo by the code that geographic databases use
(XK, assigned by users), since M49 does not list it. Sark has no code of its own.
"""

CUSTOMERS: Final[tuple[str, ...]] = tuple(sorted(("US", *EUROPE)))
"""The United States and Europe: SecureCart's customers."""
