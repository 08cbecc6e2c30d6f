"""What is kept of each stack's last successful run."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given

from securecart.execute.ledger import Ledger, LedgerEntry, RecordedOutput
from securecart.execute.outputs import StackOutput
from securecart.findings import Finding
from securecart.plan.basis import differences
from securecart.plan.stack import Ask, StackSpec
from securecart.program.provenance import Source
from tests.plan.examples import a_basis, documents

SPEC = StackSpec("attach-dev", "attach", "dev", "dev", "us-east-1", asks=(Ask("hub", "hub", ("id",)),), after=("a",))
OUTPUTS = {
    "id": StackOutput("tgw-1", sources={"": (Source(urn="urn:x", property="id"), Source(stack="hub", output="id"))}),
    "subnets": StackOutput({"b": ["subnet-2"], "a": ["subnet-1"]}, sources={"b": (Source(urn="urn:y"),)}),
}


def an_entry(outputs: dict[str, StackOutput] | None = None, **inputs: object) -> LedgerEntry:
    finding = Finding(rule="sg-no-ssh", subject="urn:x", message="open")
    found = OUTPUTS if outputs is None else outputs
    return LedgerEntry.of(
        "run-1",
        SPEC,
        a_basis(state="v1", inputs=inputs),
        found,
        7,
        (finding,),
        lambda output: f"digest {len(str(output.value))}",
    )


@pytest.fixture(name="ledger")
def _ledger(tmp_path: Path) -> Ledger:
    return Ledger(tmp_path / "ledger" / "sandbox")


def test_an_entry_comes_back_as_it_was_put(ledger: Ledger):
    ledger.put("attach-dev", an_entry())
    found = ledger.get("attach-dev")
    assert found == an_entry()
    assert found is not None
    assert found.depends_on == ("a", "hub")
    assert (found.kind, found.account, found.region, found.resources) == ("attach", "dev", "us-east-1", 7)


def test_outputs_come_back_with_values_order_and_origins(ledger: Ledger):
    ledger.put("attach-dev", an_entry())
    found = ledger.get("attach-dev")
    assert found is not None
    outputs = found.plain_outputs()
    assert outputs == OUTPUTS
    assert {name: output.sources for name, output in outputs.items()} == {n: o.sources for n, o in OUTPUTS.items()}
    assert list(outputs["subnets"].value) == ["b", "a"]


@given(documents)
def test_a_basis_does_not_differ_from_itself_after_it_was_kept(document: dict):
    entry = an_entry(**{"all": document})
    again = LedgerEntry.model_validate_json(entry.model_dump_json())
    assert differences(entry.basis, again.basis) == ()


def test_a_secret_never_reaches_the_disk(tmp_path: Path):
    entry = an_entry({"token": StackOutput("hunter2", secret=True), "id": StackOutput("tgw-1")})
    Ledger(tmp_path).put("attach-dev", entry)
    (file,) = tmp_path.iterdir()
    assert "tgw-1" in file.read_text()
    assert "hunter2" not in file.read_text()
    assert entry.has_secrets
    assert not an_entry().has_secrets


def test_a_secret_is_told_apart_by_its_digest_also_by_key(ledger: Ledger):
    ledger.put("attach-dev", an_entry({"keys": StackOutput({"a": "hunter2"}, secret=True), "id": StackOutput("tgw-1")}))
    found = ledger.get("attach-dev")
    assert found is not None
    outputs = found.compared_outputs()
    assert outputs is not None
    assert outputs["id"] == StackOutput("tgw-1")
    assert (outputs["keys"].value, outputs["keys"].secret) == (None, True)
    assert outputs["keys"].digests == {"": "digest 16", "a": "digest 7"}


def test_an_entry_without_digests_cannot_be_compared(ledger: Ledger):
    old = RecordedOutput(secret=True)
    entry = an_entry().model_copy(update={"outputs": {"token": old}})
    assert entry.compared_outputs() is None


def test_a_stack_without_an_entry_has_none_and_forgetting_it_is_no_error(ledger: Ledger):
    assert ledger.get("attach-dev") is None
    ledger.forget("attach-dev")
    ledger.put("attach-dev", an_entry())
    ledger.forget("attach-dev")
    assert ledger.get("attach-dev") is None


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff\xfe", b'{"run": "of another version"}'])
def test_an_entry_that_cannot_be_read_is_none(tmp_path: Path, content: bytes):
    Ledger(tmp_path).put("attach-dev", an_entry())
    (tmp_path / "attach-dev.json").write_bytes(content)
    ledger = Ledger(tmp_path)
    assert ledger.get("attach-dev") is None
    ledger.put("attach-dev", an_entry())
    assert ledger.get("attach-dev") == Ledger(tmp_path).get("attach-dev") == an_entry()


def test_an_entry_with_a_field_of_another_version_is_none(tmp_path: Path):
    Ledger(tmp_path).put("attach-dev", an_entry())
    path = tmp_path / "attach-dev.json"
    path.write_text(path.read_text().replace('"run":', '"surprise":1,"run":'))
    assert Ledger(tmp_path).get("attach-dev") is None
