"""Features of the paragraphs of a page."""

import numpy as np

from transforms.clean import line_model, lookup
from transforms.clean.features import Features
from transforms.clean.split import split_lines

PAGE = """Home
News

Ferry to Port Ellery will stop on Monday
By Lena Ort

The ferry to Port Ellery will stop on Monday, said its owner, who had asked the council for money in vain.

Travellers to Port Ellery must take the bus along the coast from then on, which takes them an hour.

More stories
• Cup goes to the North
"""
KINDS = ("teaser:section_head:head", "share:share:any")


def features_of(text: str, url: str | None = None) -> Features:
    lines = split_lines(text)
    phrases = lookup.phrases_of(lines)
    groups = line_model.paragraphs(lines, phrases)
    return line_model.page_features(groups, phrases, KINDS, url=url)


def test_each_paragraph_has_a_row_of_finite_numbers() -> None:
    found = features_of(PAGE)
    assert found.shape.shape[0] == 8
    assert np.isfinite(found.shape).all()
    assert found.counts.sum() == len(found.words)


def test_rows_do_not_depend_on_the_file_s_line_breaks() -> None:
    assert np.array_equal(features_of(PAGE).shape, features_of(PAGE.replace("\n", "\r\n")).shape)


def test_a_phrase_marks_its_paragraph_and_what_stands_below_it() -> None:
    own, below = features_of(PAGE).shape[:, -4:-2], features_of(PAGE).shape[:, -2:]
    assert own[:, 0].tolist() == [0, 0, 0, 0, 0, 0, 1, 0]
    assert below[-1, 0] > below[-2, 0] == 0


def test_words_of_the_address_tell_only_in_paragraphs_that_hold_them() -> None:
    plain = features_of(PAGE).shape
    known = features_of(PAGE, url="https://a.example/2024/ferry-to-port-ellery-stops").shape
    changed = (plain != known).any(axis=1).tolist()
    assert changed == [False, False, True, False, True, True, False, False]


def test_a_page_of_marks_alone_has_features() -> None:
    assert np.isfinite(features_of("—\n\n***\n").shape).all()
