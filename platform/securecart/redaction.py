"""The one redaction layer: text goes through it before it is logged, reported or shown.

Two things are blanked: what looks like a credential by its shape or by the key in front of it, and every
value that was registered as a secret, also where it stands JSON-escaped or URL-encoded. Account ids, ARNs,
CIDRs, UUIDs and paths stay.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, quote_plus

MARK: Final = "[redacted]"
"""What stands in place of a secret."""

SHORTEST_SECRET: Final = 4
"""Registered values below this length are left alone: blanking every ``443`` hides the report instead."""

_MOST_PASSES: Final = 10
"""Passes until nothing changes any more; text that needs more is dropped whole."""


@dataclass(frozen=True)
class Shape:
    """A kind of credential that is recognised by its looks."""

    name: str
    """What it is, for readers of this table."""
    pattern: re.Pattern[str]
    """Finds it; the group ``keep``, where there is one, stays in front of the mark."""


_KEYS_OF_SECRETS: Final = "|".join(
    (
        r"(?:aws_?)?secret_?(?:access_?)?key",
        r"(?:aws_?)?(?:session|security)_?token",
        r"x-amz-(?:security-token|signature)",
        r"(?:[a-z0-9]+_)*(?:password|passwd|passphrase)",
        r"[a-z0-9]*(?:api|private)_?key",
        r"(?:client_?|shared_?)?secret",
        r"(?:access|auth|refresh|id|bearer|oauth)?_?token",
        r"psk|[a-z0-9]*pre_?shared_?key",
    )
)
"""Keys whose values are secrets, whole keys: ``passphrase`` is one, ``passphrase_file`` is not."""

SHAPES: Final[tuple[Shape, ...]] = (
    Shape(
        "private key in PEM form, also with its line breaks escaped or its end cut off",
        re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|\Z)", re.DOTALL),
    ),
    Shape(
        "password of a URL",
        re.compile(r"(?P<keep>\b[a-z][a-z0-9+.-]{0,30}://[^\s/:@\"']*:)[^\s/@\"']+(?=@)", re.IGNORECASE),
    ),
    Shape(
        "authorization header or bearer token",
        re.compile(
            r"(?P<keep>\b(?:authorization[\"']?\s*[:=]\s*[\"']?(?:[a-z0-9-]+ +)?|bearer\s+))"
            r"[a-z0-9._~+/=-]{8,}",
            re.IGNORECASE,
        ),
    ),
    Shape(
        "value behind a key that names a secret: in quotes, in escaped quotes, or bare up to the next space",
        re.compile(
            # A type of Pulumi's, such as secretsmanager/secret:Secret, is no key with a value.
            r"(?!(?<=[a-z0-9]/)(?P<type>[a-z0-9]+):(?P=type)\b)"
            rf"(?P<keep>(?<![a-z0-9_-])(?<!\d:)(?:--)?(?:{_KEYS_OF_SECRETS})(?:\\?[\"'])?\s*(?:=|:(?!:))\s*)"
            r"(?:(?P<quote>[\"'])(?:\\.|(?!(?P=quote)).)*(?P=quote)?"
            r"|(?P<escaped>\\[\"'])(?:(?!(?P=escaped)).)*(?:(?P=escaped))?"
            r"|(?!\[redacted\]|\[secret\]|\{|(?:arn|aws|pulumi|urn):)[^\s&\"'}]+)",
            re.IGNORECASE,
        ),
    ),
    Shape("access key id of AWS", re.compile(r"\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}\b")),
    Shape(
        "session token of AWS STS",
        re.compile(r"\b(?:IQoJb3JpZ2lu|FwoGZXIvYXdz|FQoGZXIvYXdz|AQoDYXdz)[A-Za-z0-9+/=%]{20,}"),
    ),
    Shape(
        "secret access key of AWS: forty characters of base64 in mixed case, not a path or a hash",
        re.compile(
            r"(?<![A-Za-z0-9+/=._-])(?=[A-Za-z0-9+]*(?:/[A-Za-z0-9+]*){0,3}(?![A-Za-z0-9/+]))"
            r"(?=[A-Z0-9/+]{0,39}[a-z])(?=[a-z0-9/+]{0,39}[A-Z])(?=[A-Za-z/+]{0,39}[0-9])"
            r"[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=._-])"
        ),
    ),
    Shape("access token of Pulumi", re.compile(r"\bpul-[0-9a-f]{40}\b")),
    Shape("JSON web token", re.compile(r"\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]+")),
)
"""Every shape that is recognised, applied in this order."""


class Redactor:
    """Blanks what looks like a credential, and the values registered with it."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        """Register values that must never be shown.

        Args:
            secrets: The values as they are. Those shorter than ``SHORTEST_SECRET``, and parts of the mark
                itself, cannot be hidden by blanking and are left alone.
        """
        forms = {form for secret in secrets for form in _forms(secret)}
        worth = [form for form in forms if len(form) >= SHORTEST_SECRET and form not in MARK]
        longest_first = sorted(worth, key=lambda form: (-len(form), form))
        self._registered = re.compile("|".join(map(re.escape, longest_first))) if longest_first else None

    def redact(self, text: str) -> str:
        """Return the text with every secret replaced by the mark; a further call changes nothing more."""
        for _ in range(_MOST_PASSES):
            blanked = self._pass(text)
            if blanked == text:
                return text
            text = blanked
        return MARK

    def _pass(self, text: str) -> str:
        if self._registered is not None:
            text = self._registered.sub(MARK, text)
        for shape in SHAPES:
            text = shape.pattern.sub(_blank, text)
        return text


def redact(text: str) -> str:
    """Return the text with everything that looks like a credential replaced by the mark."""
    return Redactor().redact(text)


def _blank(match: re.Match[str]) -> str:
    groups = match.groupdict()
    quote_mark = groups.get("quote") or groups.get("escaped") or ""
    return f"{groups.get('keep') or ''}{quote_mark}{MARK}{quote_mark}"


def _forms(secret: str) -> set[str]:
    """The ways in which a value may be written: as it is, JSON-escaped (once, twice), URL-encoded."""
    plain = {secret, secret.strip()}
    escaped = {_escape(form, ascii_only) for form in plain for ascii_only in (True, False)}
    twice = {_escape(form, ascii_only) for form in escaped for ascii_only in (True, False)}
    encoded = {encode(form) for form in plain for encode in (_percent, _percent_all, _percent_plus)}
    return plain | escaped | twice | encoded


def _escape(text: str, ascii_only: bool) -> str:
    return json.dumps(text, ensure_ascii=ascii_only)[1:-1]


def _percent(text: str) -> str:
    return quote(text, errors="replace")


def _percent_all(text: str) -> str:
    return quote(text, safe="", errors="replace")


def _percent_plus(text: str) -> str:
    return quote_plus(text, errors="replace")
