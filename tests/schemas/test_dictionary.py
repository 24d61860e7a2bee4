"""The dictionary names every table and column, with type, meaning and example."""

import re

import pytest

from schemas.dictionary import markdown
from schemas.published import TABLES


def test_every_table_and_column_is_there_once():
    text = markdown(TABLES)
    assert re.findall(r"^## (\w+)$", text, re.MULTILINE) == [schema.table for schema in TABLES]
    for section, schema in zip(text.split("\n## ")[1:], TABLES, strict=True):
        assert re.findall(r"^\| `(\w+)`", section, re.MULTILINE) == schema.column_names()


@pytest.mark.parametrize("schema", TABLES, ids=lambda schema: schema.table)
def test_every_row_has_four_cells_that_say_something(schema):
    rows = [line for line in markdown([schema]).splitlines() if line.startswith("| `")]
    for row in rows:
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", row)[1:-1]]
        assert len(cells) == 4 and all(cells), row


def test_types_are_those_of_the_files_and_keys_and_nulls_are_told():
    text = markdown(TABLES)
    assert "| `started_on` | date32 | First day of the event [day] (may be null) |" in text
    assert re.search(r"\| `event_id` \| string \| .* \(key\) \|", text)
    assert "timestamp[us, UTC]" in text


def test_attributions_stand_at_the_end():
    text = markdown(TABLES, ["GeoNames (CC BY 4.0): places"])
    assert text.endswith("## Attributions\n\n- GeoNames (CC BY 4.0): places\n")
    assert "Attributions" not in markdown(TABLES)
