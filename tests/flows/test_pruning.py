"""Work that no version was made from goes; the rest stays."""

from flows.store.pruning import prune_work


def folders(run):
    return {(path.parent.name, path.name) for path in (run.settings.output / "work").glob("*/*")}


def test_work_of_versions_and_what_is_pending_stays(small_copy):
    before = folders(small_copy)
    assert prune_work(small_copy.dataset) == 0
    assert folders(small_copy) == before


def test_work_under_other_code_keys_goes_and_is_made_again(small_copy):
    before = folders(small_copy)
    small_copy.again(last="raw", settings=small_copy.with_stages(raw={"max_lines": 150_000}))
    (other,) = folders(small_copy) - before
    assert other[0] == "raw"
    assert prune_work(small_copy.dataset) == 1
    assert folders(small_copy) == before
    assert {o.computed for o in small_copy.again().outcomes} == {0}
