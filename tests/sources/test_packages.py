from __future__ import annotations

from pathlib import Path

import pytest

from securecart.errors import BadInputError
from securecart.sources.packages import installed, locked_names
from securecart.sources.tree import WorkingTree
from tests.sources.checkouts import ROOT, MemoryTree

RECORD = "parcel/__init__.py,sha256=abc,3\nparcel-1.0.dist-info/METADATA,sha256=def,9\nparcel-1.0.dist-info/RECORD,,\n"


def install(folder: Path, version: str = "1.0", record: str | None = RECORD) -> None:
    """Install a package called parcel, as pip would."""
    facts = folder / f"parcel-{version}.dist-info"
    facts.mkdir(parents=True)
    (facts / "METADATA").write_text(f"Metadata-Version: 2.1\nName: parcel\nVersion: {version}\n")
    if record is not None:
        (facts / "RECORD").write_text(record)


@pytest.fixture
def seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What is installed of parcel, by how it was installed."""
    ways: dict[str, tuple[str, str | None]] = {
        "as released": ("1.0", RECORD),
        "rebuilt": ("1.0", RECORD.replace("abc", "xyz")),
        "newer": ("1.1", RECORD),
        "elsewhere": ("1.0", f"../../bin/parcel,sha256=123,7\nparcel/__pycache__/__init__.pyc,,\n{RECORD}"),
        "by another tool": ("1.0", f"{RECORD}parcel-1.0.dist-info/INSTALLER,sha256=456,3\n"),
        "without a record": ("1.0", None),
    }
    found = {}
    for number, (way, (version, record)) in enumerate(ways.items()):
        folder = tmp_path / str(number)
        install(folder, version, record)
        with monkeypatch.context() as patch:
            patch.syspath_prepend(str(folder))
            found[way] = installed(["parcel"])["parcel"]
    return found


def test_version_and_record_of_a_package_show(seen: dict[str, str]) -> None:
    version, _, digest = seen["as released"].partition(":")
    assert version == "1.0"
    assert len(digest) == 64


def test_another_version_shows(seen: dict[str, str]) -> None:
    assert seen["newer"].startswith("1.1:")


def test_another_build_of_the_same_version_shows(seen: dict[str, str]) -> None:
    assert seen["rebuilt"] != seen["as released"]
    assert seen["rebuilt"].startswith("1.0:")


@pytest.mark.parametrize("way", ["elsewhere", "by another tool"])
def test_the_same_build_is_the_same_wherever_it_is_installed(seen: dict[str, str], way: str) -> None:
    assert seen[way] == seen["as released"]


def test_a_package_without_a_record_shows_its_version(seen: dict[str, str]) -> None:
    assert seen["without a record"] == "1.0:absent"


def test_a_package_that_is_not_installed_is_absent() -> None:
    assert installed(["no-such-parcel"]) == {"no-such-parcel": "absent"}


def test_names_are_read_from_a_lock_file() -> None:
    pins = "Zope.Interface==6.0 \\\n    --hash=sha256:00\n    # via x\na_b[c,d]==1 ; python_version < '4'\n"
    lock = f"# made by a tool\n--only-binary :all:\n\n{pins}"
    assert locked_names(MemoryTree({"requirements.lock": lock})) == ("a-b", "zope-interface")


def test_the_checkouts_lock_file_names_what_is_installed_here() -> None:
    names = locked_names(WorkingTree(ROOT))
    assert {"pulumi", "pulumi-aws", "pydantic", "moto"} <= set(names)
    assert len(names) == sum(line[0].isalpha() for line in (ROOT / "requirements.lock").read_text().splitlines())
    here = installed(["pulumi", "pulumi-aws", "pydantic"])
    assert all(":" in text and "absent" not in text for text in here.values())


@pytest.mark.parametrize("line", ["pulumi>=3", "./local", "https://example.com/a.whl"])
def test_a_line_that_pins_nothing_is_refused(line: str) -> None:
    with pytest.raises(BadInputError, match=r"requirements\.lock:2 pins no version"):
        locked_names(MemoryTree({"requirements.lock": f"a==1\n{line}\n"}))


def test_a_missing_lock_file_is_named() -> None:
    with pytest.raises(BadInputError, match=r"memory has no requirements\.lock"):
        locked_names(MemoryTree({}))
