import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.clean.mapped import Mapped
from transforms.clean.mojibake import changes
from transforms.clean.repairs import repaired


def fix(text):
    return repaired(Mapped.of(text)).text


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("the town‘s bridge", "the town’s bridge"),
        ("the allies‘ plan", "the allies’ plan"),
        ("they don`t, she can´t, we won′t", "they don’t, she can’t, we won’t"),
        ("l´homme", "l’homme"),
        ("It?s late and they don\ufffdt know", "It’s late and they don’t know"),
    ],
)
def test_what_stands_for_an_apostrophe_is_one(raw, clean):
    assert fix(raw) == clean


@pytest.mark.parametrize(
    "text",
    [
        "a ‘small’ bridge",
        "das ‚kleine‘ Haus",
        "use the `ferry` command",
        "Is it so? So it is.",
        "see https://harbour.example/a?s=1 and /b?t",
        "“It’s the town’s,” she said — ‘naïve’ café…",
        "AT&T & Sons; R&D; a & b",
        "5 * 3 = 15\n\nfish &c; chips",
        "Ｐ社は東京で２０２０年",
    ],
)
def test_what_the_author_typed_stays(text):
    assert fix(text) == text


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("“We agree,’’ she said", "“We agree,” she said"),
        ("``We agree,'' she said", "“We agree,” she said"),
        ("''Yes''", "“Yes”"),
        ("'''", "“'"),
    ],
)
def test_doubled_single_quotes_are_double_ones(raw, clean):
    assert fix(raw) == clean


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("an\u00a0old  bridge\u2009of\t\tstone", "an old bridge of stone"),
        ("one\u2028two\u2029three\x0bfour\x0cfive", "one two three four five"),
        ("the old\u00ad bri\u200bdge\ufeff", "the old bridge"),
        ("\u202athe bridge\u202c\u200f", "the bridge"),
        ("\x1b[1;31mthe\x1b[0m bridge\x1b]0;title\x07", "the bridge"),
        ("the\x00 bridge\x7f", "the bridge"),
        ("of\ufb01ce \ufb02oor", "office floor"),
        ("Ｐｏｒｔ Ellery ２０２０", "Port Ellery 2020"),
    ],
)
def test_blanks_are_plain_and_what_nobody_sees_goes(raw, clean):
    assert fix(raw) == clean


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("Smith &amp; Sons&nbsp;said &#8217;no&#x2019;", "Smith & Sons said ’no’"),
        ("it&amp;#39;s &amp;amp;amp; &quot;so&quot;", 'it\'s & "so"'),
        ("a&nbsp b", "a b"),
        ("caf&eacute; &hellip; 5&#160;km&#10;on", "café … 5 km on"),
        ("soft&shy;ly", "softly"),
        ("&#146;so&#146; &unknown; &#xD800;", "’so’ &unknown; \ufffd"),
    ],
)
def test_entities_are_decoded_however_often_they_were_escaped(raw, clean):
    assert fix(raw) == clean


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("the townâ€™s bridge", "the town’s bridge"),
        ("Donâ\x80\x99t go", "Don’t go"),
        ("Â£20 and 20Â°C", "£20 and 20°C"),
        ("voilÃ\u00a0 le schÃ¶n cafÃ©", "voilà le schön café"),
        ("she said â€œyesâ€\u009d\n\nnaïve café", "she said “yes”\n\nnaïve café"),
        ("ÃƒÂ©tÃƒÂ©", "été"),
        ("wait\x85 no", "wait… no"),
    ],
)
def test_mojibake_is_undone_line_by_line(raw, clean):
    assert fix(raw) == clean


def test_a_very_long_line_of_mojibake_is_undone():
    assert fix("the townâ€™s bridge " * 3000) == " ".join(["the town’s bridge"] * 3000)


def test_lines_of_which_nothing_is_left_go_with_their_separator():
    assert fix("one \n\n\u200b&nbsp;\n\n two\n\n\u00ad") == "one\n\ntwo"
    assert fix("\u200b") == ""


def test_a_repair_in_a_long_text_leaves_all_else_unchanged():
    text = repaired(Mapped.of("the town‘s old\u00a0\u00a0bridge &amp; its end"))
    assert [run for run in text.runs if run[1] - run[0] == 1] == [(8, 9, 8, 9), (14, 15, 14, 16), (22, 23, 23, 28)]
    assert text.runs[-1] == (23, 31, 28, 36)


@settings(deadline=None)
@given(st.text("abÃ© ", max_size=12), st.text("abÃ© ", max_size=12))
def test_changes_make_the_new_text_of_the_old(old, new):
    if old:
        assert Mapped.of(old).edited(changes(old, new)).text == new


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["a", "s", "don", "t", " ", "‘", "’", "'", "`", "´", "?", "\ufffd", "&", "amp;", "nbsp;", "#39;", "\u00a0",
             "\u00ad", "\u200b", "\x1b", "[0m", "Ã", "©", "â€™", "é", "\n\n", "\x85", "ﬁ", "Ａ", "-", "”", "."]
        )
    ).map("".join)
)  # fmt: skip
def test_repairing_twice_changes_nothing(raw):
    once = fix(raw)
    assert fix(once) == once
    assert once == once.strip()
