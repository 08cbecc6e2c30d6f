"""Saved plans on disk: what was sealed is what is read, and whatever was touched is refused."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from securecart.errors import BadInputError, PlanTamperedError
from securecart.execute.plan_folder import PlanFolder
from securecart.plan.fleet_plan import FleetPlan
from tests.plan.examples import a_basis, a_manifest, a_stack_plan, save_plan

KEY = b"the key of this home"
PLANS = (a_stack_plan("hub-us-east-1"), a_stack_plan("network-dev"), a_stack_plan("network-prod", runs=False, kept=7))


def save(root: Path) -> str:
    """Save a plan of three stacks, one of which does not run; return its id."""
    return save_plan(root, KEY, PLANS)


def read(root: Path, key: bytes = KEY) -> FleetPlan:
    return PlanFolder(root, key).read()


def contents(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.fixture(name="saved")
def _saved(tmp_path: Path) -> Path:
    save(tmp_path / "plan")
    return tmp_path / "plan"


@pytest.fixture(name="sealed", scope="module")
def _sealed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plan for properties: each example puts back what it changed."""
    root = tmp_path_factory.mktemp("sealed") / "plan"
    save(root)
    return root


def test_what_was_saved_is_read_back(tmp_path: Path):
    saved = save(tmp_path / "plan")
    plan = read(tmp_path / "plan")
    assert plan.stacks == PLANS
    assert plan.id == saved == hashlib.sha256((tmp_path / "plan" / "manifest.json").read_bytes()).hexdigest()
    assert [stack.name for stack in plan.manifest.stacks] == [plan.name for plan in PLANS]


def test_each_file_of_a_plan_is_listed_with_its_digest(saved: Path):
    listed = {path: sha for stack in read(saved).manifest.stacks for path, sha in stack.files.items()}
    files = contents(saved)
    assert listed == {p: hashlib.sha256(text).hexdigest() for p, text in files.items() if p != "manifest.json"}
    assert "stacks/network-dev.engine.json" in listed
    assert "stacks/network-prod.json" in listed
    assert "stacks/network-prod.diff" not in listed


@given(data=st.data())
def test_a_flipped_bit_anywhere_is_refused(sealed: Path, data: st.DataObject):
    files = contents(sealed)
    path = data.draw(st.sampled_from(sorted(files)))
    at, bit = data.draw(st.integers(0, len(files[path]) - 1)), data.draw(st.integers(0, 7))
    touched = bytearray(files[path])
    touched[at] ^= 1 << bit
    (sealed / path).write_bytes(bytes(touched))
    try:
        with pytest.raises(PlanTamperedError):
            read(sealed)
    finally:
        (sealed / path).write_bytes(files[path])
    assert read(sealed).stacks == PLANS


@given(data=st.data())
def test_a_file_that_is_cut_off_or_grows_is_refused(sealed: Path, data: st.DataObject):
    files = contents(sealed)
    path = data.draw(st.sampled_from(sorted(files)))
    cut = files[path][: data.draw(st.integers(0, len(files[path]) - 1))]
    more = files[path] + data.draw(st.binary(min_size=1, max_size=3))
    for touched in (cut, more):
        (sealed / path).write_bytes(touched)
        try:
            with pytest.raises(PlanTamperedError):
                read(sealed)
        finally:
            (sealed / path).write_bytes(files[path])


def test_white_space_in_the_manifest_is_refused(saved: Path):
    manifest = saved / "manifest.json"
    manifest.write_bytes(manifest.read_bytes().replace(b"\n  ", b"\n\t "))
    with pytest.raises(PlanTamperedError, match="the seal"):
        read(saved)


@pytest.mark.parametrize(
    "path", ["note.txt", "stacks/extra.json", "stacks/network-prod.engine.json", "stacks/deep/er.json", ".hidden"]
)
def test_an_added_file_is_refused_by_name(saved: Path, path: str):
    (saved / path).parent.mkdir(exist_ok=True)
    (saved / path).write_text("{}")
    with pytest.raises(PlanTamperedError, match=f"{path} was added"):
        read(saved)


@pytest.mark.parametrize(
    "path", ["stacks/network-dev.json", "stacks/network-dev.engine.json", "stacks/network-dev.diff"]
)
def test_a_removed_file_is_refused_by_name(saved: Path, path: str):
    (saved / path).unlink()
    with pytest.raises(PlanTamperedError, match=f"{path} is missing"):
        read(saved)


@pytest.mark.parametrize("suffix", [".json", ".engine.json", ".diff"])
def test_swapped_files_are_refused(saved: Path, suffix: str):
    one, other = (saved / "stacks" / f"{name}{suffix}" for name in ("hub-us-east-1", "network-dev"))
    assert one.read_bytes() != other.read_bytes()
    aside = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(aside)
    with pytest.raises(PlanTamperedError) as refused:
        read(saved)
    assert len(refused.value.problems) == 2


def edit(saved: Path, change: Callable[[dict], object]) -> None:
    """Edit the manifest, and bring its digests in line with the files, as somebody without the key can."""
    manifest = json.loads((saved / "manifest.json").read_text())
    change(manifest)
    for stack in manifest["stacks"]:
        for path in list(stack["files"]):
            found = saved / path
            stack["files"][path] = hashlib.sha256(found.read_bytes()).hexdigest() if found.exists() else ""
    (saved / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n")


def _drop(manifest: dict) -> None:
    manifest["stacks"] = manifest["stacks"][::-1]


@pytest.mark.parametrize(
    "change",
    [
        lambda manifest: manifest.update(engine="3.1.0"),
        lambda manifest: manifest.update(target="aws"),
        lambda manifest: manifest.update(orphans=[]),
        lambda manifest: manifest.update(fleet_file="0" * 64),
        lambda manifest: manifest["by"].update(user="eve"),
        lambda manifest: manifest["stacks"][0].update(runs=False),
        lambda manifest: manifest["programs"].clear(),
        lambda manifest: manifest.update(seal=""),
        lambda manifest: manifest.update(seal="é"),
        _drop,
    ],
)
def test_an_edited_manifest_is_refused_although_its_digests_fit(saved: Path, change: Callable[[dict], object]):
    edit(saved, change)
    with pytest.raises(PlanTamperedError, match=r"the seal of manifest\.json does not fit"):
        read(saved)


def test_an_edited_file_is_refused_although_the_manifest_has_its_new_digest(saved: Path):
    path = saved / "stacks" / "network-dev.json"
    path.write_text(path.read_text().replace("10.0.0.0/8", "0.0.0.0/0"))
    edit(saved, lambda manifest: None)
    with pytest.raises(PlanTamperedError) as refused:
        read(saved)
    assert len(refused.value.problems) == 1
    assert "seal" in refused.value.problems[0]


def test_a_plan_of_another_home_is_refused_and_told_how_to_carry_the_key(saved: Path):
    with pytest.raises(PlanTamperedError, match="another home folder's key") as refused:
        read(saved, b"another key")
    assert "seal.key" in refused.value.remedy
    assert refused.value.exit_code == 8


def test_files_of_two_plans_are_not_mixed(tmp_path: Path, saved: Path):
    other = PlanFolder(tmp_path / "other", KEY)
    other.prepare()
    moved = a_stack_plan("network-dev", basis=a_basis(engine="3.260.0"))
    other.write_stack(moved, "+ other")
    shutil.copy(other.stacks / "network-dev.json", saved / "stacks" / "network-dev.json")
    with pytest.raises(PlanTamperedError, match=r"stacks/network-dev\.json was changed"):
        read(saved)


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b"\xff\xfe", b'{"stacks": []}'])
def test_a_manifest_that_is_none_is_refused(saved: Path, content: bytes):
    (saved / "manifest.json").write_bytes(content)
    with pytest.raises(PlanTamperedError, match="no manifest"):
        read(saved)


def test_a_sealed_plan_of_another_version_is_refused_in_words(tmp_path: Path):
    folder = PlanFolder(tmp_path / "plan", KEY)
    folder.prepare()
    (folder.stacks / "network-dev.json").write_text('{"name": "network-dev", "from": "another version"}')
    folder.seal(a_manifest((folder.planned_stack(a_stack_plan("network-dev")),)))
    with pytest.raises(PlanTamperedError, match="no plan of this version"):
        folder.read()


def test_a_folder_without_a_plan_is_bad_input(tmp_path: Path):
    for root in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(BadInputError, match="holds no plan") as refused:
            read(root)
        assert refused.value.exit_code == 2


def test_a_plan_is_saved_over_an_older_one_and_over_one_that_was_not_finished(saved: Path):
    (saved / "manifest.json").unlink()
    with pytest.raises(BadInputError, match="holds no plan"):
        read(saved)
    save(saved)
    (saved / "stacks" / "left.diff").write_text("of an older plan")
    save(saved)
    assert read(saved).stacks == PLANS


@pytest.mark.parametrize("path", ["index.html", "stacks/index.html", "manifest.json"])
def test_what_is_no_plan_is_never_removed(tmp_path: Path, path: str):
    content = '{"name": "a web page, which has a manifest.json, too", "icons": []}'
    (tmp_path / "page" / path).parent.mkdir(parents=True)
    (tmp_path / "page" / path).write_text(content)
    before = contents(tmp_path / "page")
    assert before
    with pytest.raises(BadInputError, match="is not empty and holds no plan"):
        save(tmp_path / "page")
    assert contents(tmp_path / "page") == before


def test_a_file_in_the_place_of_the_folder_is_bad_input(tmp_path: Path):
    (tmp_path / "plan").write_text("a file")
    with pytest.raises(BadInputError, match="holds no plan"):
        save(tmp_path / "plan")


def test_what_runs_is_what_was_read_also_where_the_folder_is_changed_afterwards(saved: Path, tmp_path: Path):
    folder, plan = PlanFolder(saved, KEY), read(saved)
    taken = folder.take(plan, tmp_path / "run" / "plan")
    assert {path.name for path in taken.iterdir()} == {f"{p.name}.engine.json" for p in PLANS if p.runs}
    (saved / "stacks" / "network-dev.engine.json").write_text("{}")
    with pytest.raises(PlanTamperedError, match=r"network-dev\.engine\.json was changed"):
        folder.take(plan, tmp_path / "again")
