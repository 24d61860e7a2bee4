"""Which stages follow which, and how a person names some of them."""

import pytest

from flows import graph
from schemas.errors import UsageError

ALL = set(graph.ORDER)


def test_every_input_of_a_stage_is_made_before_it():
    made: set[str] = {"intake", "sources", "identity", "identity_changes", "rejects"}
    for name in graph.ORDER:
        assert {schema.table for schema in graph.stage(name).inputs} <= made, name
        made |= {schema.table for schema in graph.stage(name).outputs}


def test_every_stage_has_its_name_and_a_summary():
    assert set(graph.MODULES) == set(graph.SUMMARIES) == ALL
    assert {name: graph.stage(name).name for name in graph.ORDER} == {name: name for name in graph.ORDER}


def test_every_table_has_one_maker():
    made = [schema.table for name in graph.ORDER if name != "publish" for schema in graph.stage(name).outputs]
    assert len(made) == len(set(made))


def test_map_stages_read_no_reduce_stage_but_the_lines_of_their_site():
    kinds = {name: graph.stage(name).kind for name in graph.ORDER}
    crossing = {
        (name, parent)
        for name in graph.ORDER
        for parent in graph.parents(name)
        if kinds[name] == "map" and kinds[parent] == "reduce"
    }
    assert crossing == {("lines", "site_lines")}


@pytest.mark.parametrize(
    ("expressions", "chosen"),
    [
        ((), ALL),
        (("lines",), {"lines"}),
        (("+lines",), {"raw", "site_lines", "lines"}),
        (("reports+",), {"reports", "events", "publish"}),
        (("+parses+",), ALL - {"prints", "duplicates"}),
        (("raw", "publish"), {"raw", "publish"}),
    ],
)
def test_selection_reads_as_in_dbt(expressions, chosen):
    assert graph.select(expressions) == chosen


def test_a_range_cuts_the_selection():
    assert graph.select((), first="names", last="duplicates") == {"names", "reports", "prints", "duplicates"}
    assert graph.select(("lines+",), last="parses") == {"lines", "bodies", "parses"}
    assert graph.select((), first="events", last="raw") == set()


@pytest.mark.parametrize(("name", "near"), [("report", "reports"), ("entity", "entities"), ("line", "site_lines")])
def test_a_name_that_matches_nothing_is_answered_with_near_ones(name, near):
    with pytest.raises(UsageError, match=near) as caught:
        graph.select((f"+{name}",))
    assert caught.value.exit_code == 2


def test_a_name_like_none_is_answered_with_all():
    with pytest.raises(UsageError, match=", ".join(graph.ORDER)):
        graph.stage("qqq")
