from datetime import date

import polars as pl
import pytest
from spacy.tokens import Doc, Span

from schemas.work import Chains, Fields, Names, Parses, Texts
from transforms.entities.names import STAGE, writers_of
from transforms.language import pipeline
from transforms.language.parses import bytes_of

ID = "0123456789abcdef"


def parsed(rows: str, names: dict[str, str]) -> Doc:
    """A parse from lines "word POS TAG dependency head", heads counted inside the sentence; "---" ends a sentence."""
    words, pos, tags, deps, heads, starts = [], [], [], [], [], []
    for sentence in rows.strip().split("---"):
        first = len(words)
        for number, line in enumerate(sentence.strip().split("\n")):
            word, part, tag, dep, head = line.split()
            for column, value in zip((words, pos, tags, deps), (word, part, tag, dep), strict=True):
                column.append(value)
            heads.append(first + int(head))
            starts.append(number == 0)
    pairs = zip(words, [*words[1:], "."], strict=True)
    spaces = [word != "-" and following not in (".", ",", "'s", "-") for word, following in pairs]
    lemmas = [{"said": "say", "remains": "remain"}.get(word, word) for word in words]
    doc = Doc(
        pipeline.blank().vocab,
        words,
        spaces,
        lemmas=lemmas,
        pos=pos,
        tags=tags,
        deps=deps,
        heads=heads,
        sent_starts=starts,
    )
    doc.ents = [span for name, label in names.items() for span in _spans(doc, name, label)]
    return doc


def _spans(doc: Doc, name: str, label: str) -> list[Span]:
    starts = [i for i in range(len(doc.text)) if doc.text.startswith(name, i)]
    return [span for i in starts if (span := doc.char_span(i, i + len(name), label=label)) is not None]


def run(doc: Doc, authors: str | None = None, on: date | None = date(2019, 5, 1), text: str | None = None):
    tables = {
        "texts": frame(Texts, {"text": text or doc.text, "language": "en"}),
        "parses": frame(Parses, {"parse": bytes_of(doc)}),
        "fields": frame(Fields, {"authors": authors, "published_on": on, "published_on_basis": "none"}),
    }
    made = STAGE.function(tables, STAGE.params())
    Names.validate(made["names"])
    Chains.validate(made["chains"])
    return made


def frame(schema, row):
    return pl.DataFrame([{"document_id": ID, **row}], schema=schema.polars_schema())


def chains_of(made) -> dict[str, dict]:
    mentions = made["names"].group_by("chain").agg(pl.col("text")).rows_by_key("chain", unique=True)
    return {row["name"]: {**row, "mentions": mentions[row["chain"]][0]} for row in made["chains"].iter_rows(named=True)}


MEETING = """
Chilean ADJ JJ amod 2
Energy PROPN NNP compound 2
Minister PROPN NNP nmod:desc 3
Ana PROPN NNP nsubj 5
Duarte PROPN NNP flat 3
met VERB VBD root 5
Peruvian ADJ JJ amod 7
officials NOUN NNS obj 5
in ADP IN case 9
Lima PROPN NNP obl 5
. PUNCT . punct 5
---
She PRON PRP nsubj 1
said VERB VBD root 1
Lima PROPN NNP nsubj 4
had AUX VBD aux 4
agreed VERB VBN ccomp 1
. PUNCT . punct 1
---
Duarte PROPN NNP nsubj 1
praised VERB VBD root 1
troops NOUN NNS obj 1
of ADP IN case 4
Bolivia PROPN NNP nmod 2
. PUNCT . punct 1
"""
MEETING_NAMES = {"Ana Duarte": "PERSON", "Lima": "GPE", "Bolivia": "GPE", "Duarte .": "PERSON"}


@pytest.fixture(scope="module")
def meeting():
    return run(parsed(MEETING, MEETING_NAMES))


def test_a_titled_name_has_office_country_and_sector(meeting):
    minister = chains_of(meeting)["Ana Duarte"]
    assert (minister["country"], minister["sector"], minister["description"]) == ("CHL", "GOV", "Energy Minister")
    assert minister["basis"] == "text:title"
    assert minister["mentions"] == ["Ana Duarte", "She", "Duarte"]


def test_a_nominal_group_is_named_by_country_and_sector(meeting):
    chains = chains_of(meeting)
    assert chains["Peruvian government"]["mentions"] == ["Peruvian officials"]
    assert (chains["Bolivian military"]["country"], chains["Bolivian military"]["sector"]) == ("BOL", "MIL")


def test_a_capital_is_a_city_after_a_place_preposition_and_a_government_as_subject(meeting):
    chains = chains_of(meeting)
    assert chains["Lima"]["mentions"] == ["Lima"]
    assert "Lima" in chains["Peru"]["mentions"]
    assert chains["Peru"]["sector"] == "GOV"


def test_mentions_cut_the_text(meeting):
    text = parsed(MEETING, {}).text
    assert all(text[row["start"] : row["end"]] == row["text"] for row in meeting["names"].iter_rows(named=True))


def test_the_articles_own_writer_is_no_newsmaker():
    made = run(parsed(MEETING, MEETING_NAMES), authors="Ana Duarte; Peter Okello")
    assert "Ana Duarte" not in chains_of(made)
    assert writers_of({"authors": "A B; C D", "contributors": "E F"}) == ["A B", "C D", "E F"]


OFFICE = """
The DET DT det 2
French ADJ JJ amod 2
president NOUN NN nsubj 3
visited VERB VBD root 3
American ADJ JJ amod 7
and CCONJ CC cc 6
Canadian ADJ JJ conj 4
soldiers NOUN NNS obj 3
. PUNCT . punct 3
"""


def test_an_office_without_a_name_is_its_holder_on_that_day():
    assert chains_of(run(parsed(OFFICE, {})))["Emmanuel Macron"]["mentions"] == ["French president"]
    assert "Nicolas Sarkozy" in chains_of(run(parsed(OFFICE, {}), on=date(2009, 5, 1)))
    unknown = chains_of(run(parsed(OFFICE, {}), on=None))
    assert unknown["French president"]["entity_type"] == "GROUP"


def test_coordinated_countries_make_two_mentions_of_one_noun():
    chains = chains_of(run(parsed(OFFICE, {})))
    assert chains["U.S. military"]["mentions"] == ["American and Canadian soldiers"]
    assert chains["Canadian military"]["mentions"] == ["Canadian soldiers"]


FORMER = """
Former ADJ JJ amod 1
President PROPN NNP nmod:desc 2
Okello PROPN NNP nsubj 3
thanked VERB VBD root 3
pro X NN compound 7
- PUNCT HYPH punct 7
Russian ADJ JJ amod 7
rebels NOUN NNS obj 3
. PUNCT . punct 3
"""


def test_what_the_text_calls_former_is_elite_and_pro_is_no_country():
    chains = chains_of(run(parsed(FORMER, {"Okello": "PERSON"})))
    assert chains["Okello"]["sector"] == "ELI"
    assert chains["rebels"]["country"] is None


def test_typographic_quotes_stay_in_the_mentions():
    rows = (
        "Ghana PROPN NNP nmod:poss 2\n's PART POS case 0\narmy NOUN NN nsubj 3\nleft VERB VBD root 3\n. PUNCT . punct 3"
    )
    doc = parsed(rows, {})
    assert "Ghana’s army" in chains_of(run(doc, text=doc.text.replace("'", "’")))["Ghanaian military"]["mentions"]


def test_no_documents_and_a_text_without_names():
    empty = {schema.table: pl.DataFrame(schema=schema.polars_schema()) for schema in (Texts, Parses, Fields)}
    assert all(table.is_empty() for table in STAGE.function(empty, STAGE.params()).values())
    assert run(parsed("It PRON PRP nsubj 1\nrained VERB VBD root 1", {}))["names"].is_empty()


CONGRESS = """
Congress PROPN NNP nsubj 1
met VERB VBD root 1
in ADP IN case 3
Manila PROPN NNP obl 1
. PUNCT . punct 1
"""


def test_an_ambiguous_name_is_read_by_the_countries_of_the_text():
    assert chains_of(run(parsed(CONGRESS, {})))["Congress"]["country"] is None
    american = chains_of(run(parsed(CONGRESS.replace("Manila", "Boston"), {})))
    assert american["U.S. Congress"]["country"] == "USA"


COUNCIL = """
The DET DT det 2
Harbour PROPN NNP compound 2
Council PROPN NNP nsubj 3
praised VERB VBD root 3
Peruvian ADJ JJ amod 5
troops NOUN NNS obj 3
. PUNCT . punct 3
---
The DET DT det 1
troops NOUN NNS nsubj 2
left VERB VBD root 2
the DET DT det 4
council NOUN NN obj 2
under ADP IN case 9
the DET DT det 9
Northern PROPN NNP amod 9
Fishing PROPN NNP compound 9
Treaty PROPN NNP obl 2
. PUNCT . punct 2
"""


def test_definite_nouns_go_back_to_what_was_named_before():
    chains = chains_of(run(parsed(COUNCIL, {"Harbour Council": "ORG"})))
    assert chains["Peruvian military"]["mentions"] == ["Peruvian troops", "troops"]
    assert chains["Harbour Council"]["mentions"] == ["Harbour Council", "council"]


def test_a_treaty_is_a_law():
    assert chains_of(run(parsed(COUNCIL, {})))["Northern Fishing Treaty"]["entity_type"] == "LAW"


def test_a_text_that_the_model_does_not_speak_has_the_known_names():
    doc = pipeline.blank()("Der Präsident besuchte Ghana. Angela Merkel kam nicht, troops and he left.\n\nEnde")
    chains = chains_of(run(doc))
    assert {"Ghana", "Angela Merkel"} <= chains.keys()


def test_documents_do_not_care_which_others_share_their_call():
    docs = {ID: parsed(MEETING, MEETING_NAMES), "f" * 16: parsed(COUNCIL, {"Harbour Council": "ORG"})}

    def tables(ids):
        rows = [{"document_id": i, "text": docs[i].text, "language": "en"} for i in ids]
        parses = [{"document_id": i, "parse": bytes_of(docs[i])} for i in ids]
        fields = [{"document_id": i, "published_on_basis": "none"} for i in ids]
        return {
            schema.table: pl.DataFrame(data, schema=schema.polars_schema())
            for schema, data in ((Texts, rows), (Parses, parses), (Fields, fields))
        }

    together = STAGE.function(tables(docs), STAGE.params())
    apart = [STAGE.function(tables([i]), STAGE.params()) for i in docs]
    assert all(together[name].equals(pl.concat([made[name] for made in apart])) for name in together)


def test_every_merge_is_a_judgement_with_its_rule():
    made = run(parsed(MEETING, MEETING_NAMES))
    text, rows = made["names"], made["name_judgements"]
    forms = {f"{ID}-{row['start']}-{row['end']}": row["text"] for row in text.iter_rows(named=True)}
    found = {(forms[row["left_id"]], forms[row["right_id"]], row["rule"]) for row in rows.iter_rows(named=True)}
    assert {("Ana Duarte", "She", "document:pronoun"), ("Ana Duarte", "Duarte", "document:surname")} <= found
    assert rows.height == text.height - made["chains"].height


QUOTE = """
" PUNCT `` punct 3
We PRON PRP nsubj 3
will AUX MD aux 3
refuse VERB VB ccomp 7
, PUNCT , punct 3
" PUNCT '' punct 3
Duarte PROPN NNP nsubj 7
said VERB VBD root 7
. PUNCT . punct 7
---
It PRON PRP nsubj 1
remains VERB VBZ root 1
to PART TO mark 4
be AUX VB aux:pass 4
seen VERB VBN xcomp 1
who PRON WP nsubj 6
wins VERB VBZ ccomp 4
. PUNCT . punct 1
"""


def test_we_in_a_quote_is_the_government_of_who_speaks_and_it_may_be_nothing():
    chains = chains_of(run(parsed(MEETING + "---" + QUOTE, MEETING_NAMES)))
    assert "We" in chains["Chile"]["mentions"]
    assert not any("It" in chain["mentions"] for chain in chains.values())
