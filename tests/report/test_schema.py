"""The published schemas of what `--json` prints."""

import json

import pytest

from securecart.report import schema
from securecart.report.plan_json import PlanDocument
from securecart.report.record import RunRecord


def described(model) -> dict:
    return json.loads(schema.schema_text(model))


def test_the_published_schemas_are_up_to_date():
    assert schema.PUBLISHED.keys() == {"run.schema.json", "plan.schema.json"}
    for name, model in schema.PUBLISHED.items():
        assert (schema.FOLDER / name).read_text() == schema.schema_text(model), name


@pytest.mark.parametrize("model", [RunRecord, PlanDocument])
def test_every_field_is_explained(model):
    document = described(model)
    parts = [document, *(part for part in document["$defs"].values() if "properties" in part)]
    assert len(parts) > 4
    for part in parts:
        assert part["properties"]
        assert all(field.get("description") for field in part["properties"].values()), part["title"]


def test_the_words_for_how_runs_and_stacks_end_are_closed_sets():
    definitions = described(RunRecord)["$defs"]
    assert definitions["Result"]["enum"] == ["succeeded", "failed", "blocked", "interrupted"]
    assert set(definitions["Status"]["enum"]) == {"succeeded", "unchanged", "failed", "skipped", "blocked"}


def test_the_words_for_operations_are_a_closed_set():
    operations = described(PlanDocument)["$defs"]["Operation"]["enum"]
    assert operations == ["create", "update", "replace", "delete", "read", "same"]


@pytest.mark.parametrize("model", [RunRecord, PlanDocument])
def test_the_schema_names_what_the_model_prints(model):
    assert described(model)["properties"].keys() == model.model_fields.keys()


def test_check_tells_which_schema_is_out_of_date_and_writing_mends_it(tmp_path, capsys):
    assert schema.main([], tmp_path) == 0
    assert schema.main(["--check"], tmp_path) == 0
    (tmp_path / "plan.schema.json").write_text("{}")
    assert schema.main(["--check"], tmp_path) == 1
    complaint = capsys.readouterr().err
    assert "plan.schema.json is out of date" in complaint
    assert "run.schema.json" not in complaint
    assert schema.main([], tmp_path) == 0
    assert schema.main(["--check"], tmp_path) == 0
