from datetime import date

import pytest
import spacy
from spacy.tokens import Doc

from transforms.events import dates, dating, news

VOCABULARY = spacy.blank("en").vocab
NOW = date(2022, 1, 26)  # a Wednesday
POS = {"NN": "NOUN", "NNS": "NOUN", "NNP": "PROPN", "CD": "NUM", "IN": "ADP", "DT": "DET", "RB": "ADV", "PRP": "PRON"}


def read(*sentences):
    """Return the Doc of sentences of words "form/tag/label/head", heads counted from 0 in their sentence."""
    words, tags, labels, heads, starts = [], [], [], [], []
    for sentence in sentences:
        offset = len(words)
        for number, word in enumerate(sentence.split()):
            form, tag, label, head = word.rsplit("/", 3)
            words.append(form)
            tags.append(tag)
            labels.append(label)
            heads.append(offset + int(head))
            starts.append(number == 0)
    pos = [POS.get(tag, "VERB") for tag in tags]
    return Doc(
        VOCABULARY, words, tags=tags, pos=pos, lemmas=[word.lower() for word in words], heads=heads, deps=labels,
        sent_starts=starts,
    )  # fmt: skip


def day_of(doc, word, status="happened"):
    token = next(token for token in doc if token.text == word)
    inside = [one for one in dates.date_expressions(doc, NOW) if token.sent.start <= one.start < token.sent.end]
    found = dating.days(token, status, dating.date_of(token, inside, NOW, status), NOW)
    return str(found["happened_from"]), str(found["happened_to"]), found["date_basis"]


def test_a_date_inside_a_noun_is_the_noun_s_own():
    doc = read("Chad/NNP/nsubj/1 condemned/VBD/ROOT/1 Monday/NNP/nmod:poss/4 's/POS/case/2 raid/NN/obj/1")
    assert day_of(doc, "raid") == ("2022-01-24", "2022-01-24", "text:Monday")
    assert day_of(doc, "condemned") == ("2022-01-26", "2022-01-26", "published")


def test_what_is_condemned_did_not_happen_then():
    doc = read("Chad/NNP/nsubj/1 condemned/VBD/ROOT/1 the/DT/det/3 raid/NN/obj/1 on/IN/case/5 Monday/NNP/obl/1")
    assert day_of(doc, "condemned")[0] == "2022-01-24"
    assert day_of(doc, "raid") == ("None", "None", None)


def test_a_day_before_the_vote():
    doc = read(
        "They/PRP/nsubj/1 fled/VBD/ROOT/1 on/IN/case/3 Tuesday/NNP/obl/1 two/CD/nummod/5 days/NNS/obl:unmarked/8 "
        "after/IN/mark/8 rebels/NNS/nsubj/8 attacked/VBD/advcl/1"
    )
    assert day_of(doc, "fled")[0] == "2022-01-25"
    assert day_of(doc, "attacked") == ("2022-01-23", "2022-01-23", "text:two days after")


def test_a_range_is_one_date():
    doc = read(
        "They/PRP/nsubj/1 met/VBD/ROOT/1 from/IN/case/4 Jan./NNP/compound/4 3/CD/obl/1 to/IN/case/7 "
        "Jan./NNP/compound/7 5/CD/obl/1"
    )
    assert day_of(doc, "met")[:2] == ("2022-01-03", "2022-01-05")


def test_fought_since_the_invasion():
    doc = read(
        "They/PRP/nsubj/2 have/VBP/aux/2 fought/VBN/ROOT/2 since/IN/mark/5 Chad/NNP/nsubj/5 invaded/VBD/advcl/2 "
        "in/IN/case/7 2014/CD/obl/5"
    )
    assert day_of(doc, "fought")[:2] == ("2014-01-01", "2022-01-26")
    assert day_of(doc, "invaded")[:2] == ("2014-01-01", "2014-12-31")


def test_a_story_goes_on_in_its_year_and_a_year_later():
    doc = read(
        "He/PRP/nsubj/1 won/VBD/ROOT/1 on/IN/case/4 March/NNP/compound/4 3/CD/obl/1 1831/CD/nmod/4",
        "He/PRP/nsubj/1 fell/VBD/ROOT/1 in/IN/case/3 June/NNP/obl/1",
        "They/PRP/nsubj/1 mourned/VBD/ROOT/1 a/DT/det/3 year/NN/obl:unmarked/4 later/RB/advmod/1",
    )
    assert day_of(doc, "fell")[:2] == ("1831-06-01", "1831-06-30")
    assert day_of(doc, "mourned")[:2] == ("1832-01-01", "1832-12-31")


def test_what_the_text_calls_today():
    doc = read(
        "It/PRP/nsubj/3 is/VBZ/cop/3 Monday/NNP/compound/3 May/NNP/ROOT/3 3/CD/nummod/3 2021/CD/nmod/3",
        "They/PRP/nsubj/1 met/VBD/ROOT/1 today/NN/obl:unmarked/1",
    )
    assert day_of(doc, "met")[0] == "2021-05-03"


FIRST = "Chad/NNP/nsubj/1 waited/VBD/ROOT/1"


@pytest.mark.parametrize(
    ("sentence", "word", "expected"),
    [
        ("Chad/NNP/nsubj/1 struck/VBD/ROOT/1", "struck", True),
        ("Chad/NNP/nsubj/2 has/VBZ/aux/2 struck/VBN/ROOT/2", "struck", False),
        ("Chad/NNP/nsubj/3 has/VBZ/aux/3 repeatedly/RB/advmod/3 struck/VBN/ROOT/3", "struck", True),
        ("Chad/NNP/nsubj/3 has/VBZ/aux/3 been/VBN/aux/3 striking/VBG/ROOT/3", "striking", True),
        ("Chad/NNP/nsubj/2 has/VBZ/aux/2 struck/VBN/ROOT/2 and/CC/cc/4 bombed/VBD/conj/2", "bombed", False),
        ("Chad/NNP/nsubj/2 later/RB/advmod/2 struck/VBD/ROOT/2", "struck", False),
        ("Chad/NNP/nsubj/3 which/WDT/nsubj/2 struck/VBD/acl:relcl/0 slept/VBD/ROOT/3", "struck", False),
        ("Chad/NNP/nsubj/3 which/WDT/nsubj/2 strikes/VBZ/acl:relcl/0 slept/VBD/ROOT/3", "strikes", True),
        ("troops/NNS/nsubj/1 remain/VBP/ROOT/1 stationed/VBN/xcomp/1", "stationed", True),
        ("Chad/NNP/nsubj/2 may/MD/aux/2 strike/VB/ROOT/2", "strike", False),
    ],
)
def test_news_of_the_day(sentence, word, expected):
    doc = read(FIRST, FIRST, sentence)
    assert news.is_news(next(token for token in doc if token.text == word), "happened") is expected


def test_the_opening_is_news_in_the_perfect_too():
    doc = read("Chad/NNP/nsubj/2 has/VBZ/aux/2 struck/VBN/ROOT/2")
    assert news.is_news(doc[2], "happened")
    assert not news.is_news(doc[2], "planned")
