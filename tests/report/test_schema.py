"""The published schema of run records."""

import json

from securecart.report import schema
from securecart.report.record import RunRecord


def test_the_published_schema_is_up_to_date():
    assert schema.PATH.read_text() == schema.run_schema()


def test_every_field_of_a_run_and_of_its_stacks_is_explained():
    document = json.loads(schema.run_schema())
    for part in (document, document["$defs"]["StackRecord"], document["$defs"]["Changes"]):
        assert part["properties"]
        assert all(field.get("description") for field in part["properties"].values())
    assert document["$defs"]["Result"]["enum"] == ["succeeded", "failed", "blocked", "interrupted"]
    assert set(document["$defs"]["Status"]["enum"]) == {"succeeded", "unchanged", "failed", "skipped", "blocked"}


def test_the_schema_names_what_the_model_prints():
    properties = json.loads(schema.run_schema())["properties"]
    assert properties.keys() == RunRecord.model_fields.keys()
