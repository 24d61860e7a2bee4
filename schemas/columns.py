"""The vocabulary: every column that Annals writes is described here, once.

Tables name columns from this module, so that one name has one type and one meaning in every file. The description and
the example travel into the Parquet metadata, the DuckDB comments and the dictionary.
"""

import dataframely as dy

from schemas import ontology


def _text(description: str, example: str, **options: object) -> dy.String:
    return dy.String(description=description, metadata={"example": example}, **options)  # type: ignore[arg-type]


def _code(description: str, values: tuple[str, ...]) -> dy.String:
    return _text(f"{description}: {', '.join(values)}", values[0], regex=f"^({'|'.join(values)})$")


def _number(description: str, example: str) -> dy.Int32:
    return dy.Int32(description=description, metadata={"example": example}, min=0)


def _share(description: str, example: str) -> dy.Float64:
    return dy.Float64(description=description, metadata={"example": example, "unit": "0 to 1"}, min=0.0, max=1.0)


def _offset(description: str, example: str) -> dy.Int32:
    return dy.Int32(
        description=f"{description}; Unicode code points from 0, end exclusive",
        metadata={"example": example, "unit": "code points"},
        min=0,
    )


def _date(description: str, example: str) -> dy.Date:
    return dy.Date(description=description, metadata={"example": example, "unit": "day"})


def _flag(description: str, example: str = "true") -> dy.Bool:
    return dy.Bool(description=description, metadata={"example": example})


STATUSES = ("happened", "ongoing", "planned", "threatened", "denied")
PRECISIONS = ("day", "week", "month", "year", "unknown")
LINE_LABELS = (
    "body", "blank", "title", "dateline", "byline", "contact", "caption", "see_also", "navigation", "teaser", "share",
    "newsletter", "advertisement", "comment_policy", "comments", "copyright", "legal", "cookie", "paywall", "interface",
    "widget", "tags", "continuation", "metadata_header", "other",
)  # fmt: skip
ENTITY_TYPES = ("PERSON", "ORG", "GPE", "LOC", "NORP", "FAC", "EVENT", "LAW", "WEAPON", "GROUP")
MENTION_KINDS = ("name", "title", "nominal", "pronoun")
ROLES = ("actor", "recipient", "place", "date", "quantity", "attributed_to")
FORMATS = ("text", "html", "jsonl")

document_id = _text(
    "First 16 hex digits of the SHA-256 of the document's raw bytes", "43b3f7e7be627085", regex="^[0-9a-f]{16}$"
)
sha256 = _text(
    "SHA-256 of the document's raw bytes, the name of its file in archive/", "43b3f7e7be6270...", regex="^[0-9a-f]{64}$"
)
source_uri = _text(
    "Path relative to the input root; #n for record n of a container, # and the id for standard input",
    "000_ecd4a1e853a48b65.txt",
)
payload = dy.Binary(description="The raw bytes as the archive holds them")
stated_url = _text("Address of the page that its archive states", "https://www.washingtontimes.com/news/...")
stated_encoding = _text("Character encoding that the server stated when it sent the page", "iso-8859-1")
collection = _text("Name of the input folder that the uri is relative to", "seeds")
is_current = _flag("The bytes of this document stand at this uri now")
format = _code("Format that the raw bytes were read as", FORMATS)
encoding = _text("Character encoding that the bytes were decoded with", "utf-8")
raw_text = _text(
    "Decoded text of the source; for HTML the text rendered from it. Raw offsets refer to it",
    "- The Washington Times - ...",
)
article_text = _text("What the markup of a page sets apart as the article", "The Biden administration ...")
raw_chars = _number("Length of the raw text in code points", "7610")
site = _text(
    "Registrable domain of the url, else the outlet named in the text, else the input folder", "washingtontimes.com"
)
outlet = _text("Publication that the page names", "The Washington Times")
title = _text("Headline of the article", "Biden faces key test")
authors = _text("Authors, in the order of the page; several are separated by '; '", "Guy Taylor")
contributors = _text("People named as contributors, separated by '; '", "Jeff Mordock")
tags = _text("Keywords of the page, separated by '; '", "Ukraine; NATO")
captions = _text("Captions of pictures on the page, separated by '; '", "A bridge in Kyiv. AP Photo/Ann Lee")
url = _text("Address of the page, normalised", "https://www.washingtontimes.com/news/2022/jan/6/...")
published_on = _date("Day of publication as the page states it", "2022-01-26")
published_on_basis = _code(
    "What stated the day of publication", ("dateline", "header", "metadata", "url", "text", "none")
)
language = _text("ISO 639-1 code of the text's language", "en")
text = _text(
    "Text: of the document after cleaning, of a line or mention as it stands there", "The Biden administration ..."
)
text_chars = _number("Length of the clean text in code points", "7022")
body_lines = _number("Raw lines kept as body", "23")
removed_lines = _number("Raw lines removed, blank ones not counted", "9")
line_number = _number("Line of the raw text, from 1", "3")
line_documents = _number(
    "Documents of the site that hold the line, copies apart: the highest step that is reached", "10"
)
label = _code("What kind of line this is", LINE_LABELS)
reason = _text("Code of the rule that decided", "phrase:copyright")
confidence = _share("How sure the decision is; of an event report, how probable its type is", "0.9")
kept = _flag("The line is part of the clean text")
raw_start = _offset("Start in the raw text", "54")
raw_end = _offset("End in the raw text", "353")
start = _offset("Start in documents.text", "0")
end = _offset("End in documents.text", "299")
digest = dy.Binary(description="Hash of the folded words in their order; empty without words")
shingles = dy.Binary(
    description="Hashes of the word 3-grams as ascending uint32, the lowest two bits: in the lead, rare"
)
terms = dy.Binary(description="The heaviest words, heaviest first, as uint64: 32 bits of hash above 16 bits of weight")
characters = _number("Length of the clean text in Unicode code points", "2340")
parse = dy.Binary(description="spaCy Doc of the clean text as bytes of a DocBin with one document")

mention = _number("Number of the mention inside its document, by start", "4")
mention_id = _text("document_id, start and end of the mention", "43b3f7e7be627085-4-24")
mention_kind = _code("How the entity is mentioned", MENTION_KINDS)
mention_count = _number("Number of mentions", "12")
document_count = _number("Number of documents, duplicates included", "3")
chain = _number("Number of the chain of mentions inside its document, by first mention", "0")
entity_type = _code("Type of the entity; GROUP is an unnamed group with country or sector", ENTITY_TYPES)
entity_id = _text("Id of the entity, kept across versions", "N-3f2a9c0d41be")
name = _text("Canonical name", "Joe Biden")
country = _text("ISO 3166-1 alpha-3 code", "USA", regex="^[A-Z]{3}$")
sector = _code("PLOVER sector or international actor code", ontology.SECTORS)
description = _text("Role or office, as the text or a lookup states it", "Secretary of State")
aliases = _text("Other forms of the name, separated by '; '", "Mr. Biden; President Biden")
basis = _text("What the identification rests on", "lookup:office_holders")
first_seen_on = _date("Publication day of the first document that mentions it", "2021-11-15")
last_seen_on = _date("Publication day of the last document that mentions it", "2022-01-26")

report = _number("Number of the report inside its document, by trigger", "7")
sentence = _text(
    "The sentence that reports the event, as it stands in documents.text", "NATO drafted a companion letter ..."
)
sentence_start = _offset("Start of the sentence in documents.text", "800")
sentence_end = _offset("End of the sentence in documents.text", "880")
trigger_start = _offset("Start of the word that names the event", "820")
trigger_end = _offset("End of the word that names the event", "829")
trigger_lemma = _text("Lemma of the word that names the event", "reject")
event_type = _code("PLOVER event type of the act, whatever its status", ontology.EVENT_TYPES)
event_mode = _text("PLOVER mode of the event type", "phone")
contexts = _text("PLOVER contexts, separated by '; '", "military; diplomatic")
quad_class = _code("PLOVER quad class", ontology.QUAD_CLASSES)
intensity = dy.Float64(
    description="PLOVER score of the type and mode, from conflict to cooperation",
    metadata={"example": "-2.0", "unit": "-10 to 10"}, min=-10.0, max=10.0,
)  # fmt: skip
cameo_root = _text("CAMEO root code that corresponds to the type", "12", regex="^[0-9]{2}$")
status = _code("Whether the act took place", STATUSES)
is_quoted = _flag("The trigger stands inside quotation marks", "false")
happened_from = _date("First day on which the event can have happened", "2022-01-26")
happened_to = _date("Last day on which the event can have happened", "2022-01-26")
date_precision = _code("Precision of the date", PRECISIONS)
date_basis = _text("What the date rests on: an expression of the text, or 'published'", "text:on Wednesday")
actor_text = _text("Words that name who acted", "NATO")
recipient_text = _text("Words that name whom it was done to", "Moscow")
place_text = _text("Words that name where", "Geneva")
attributed_to_text = _text("Words that name who says so", "Mr. Blinken")
quantity = dy.Float64(
    description="Number that the report states, in quantity_unit", metadata={"example": "8500"}, min=0.0
)
quantity_unit = _text("What the quantity counts", "troops")
rule = _text("What decided: a row of a lookup or kinds of evidence, then what turned it", "predicate:verb:reject:cue")
runner_up = _text("The event type that came second", "ACCUSE")
role = _code("Role in the event", ROLES)

story_id = _text("Id of the story: documents about the same happening", "S-0a41c2be77d0")
duplicate_of = _text("document_id of the original; null for an original", "43b3f7e7be627085", regex="^[0-9a-f]{16}$")
duplicate_kind = _code("How the copy relates to its original", ("exact", "near"))
similarity = _share("Jaccard similarity of word 2-grams with the original", "0.93")
cluster = _text(
    "Key of the cluster: its first member; of entities the entry of a lookup or the name that they share, if they do",
    "43b3f7e7be627085:0",
)
left_id = _text("One side of the judgement", "43b3f7e7be627085:0")
right_id = _text("The other side of the judgement", "28f800e58b7e1c93:2")
level = _code("What the judgement is about", ("document", "mention", "entity", "event"))
decision = _code("Outcome of the judgement", ("same", "different"))
score = _share("Score that the decision rests on", "1.0")

event_id = _text("Id of the event, kept across versions", "E-91c07aa2f3d8")
event_mention_id = _text("document_id and number of the report", "43b3f7e7be627085-r7")
started_on = _date("First day of the event", "2022-01-26")
ended_on = _date("Last day of the event", "2022-01-26")
actor_id = _text("entity_id of the first actor", "N-3f2a9c0d41be")
actor_name = _text("Name of the first actor", "NATO")
actor_country = _text("Country of the first actor, ISO 3166-1 alpha-3", "USA", regex="^[A-Z]{3}$")
actor_sector = _code("Sector of the first actor", ontology.SECTORS)
recipient_id = _text("entity_id of the first recipient", "N-77b1e0a9c2d4")
recipient_name = _text("Name of the first recipient", "Russia")
recipient_country = _text("Country of the first recipient, ISO 3166-1 alpha-3", "RUS", regex="^[A-Z]{3}$")
recipient_sector = _code("Sector of the first recipient", ontology.SECTORS)
place_name = _text("Place of the event", "Geneva")
place_country = _text("Country of the place, ISO 3166-1 alpha-3", "CHE", regex="^[A-Z]{3}$")
latitude = dy.Float64(
    description="Latitude of the place, WGS 84", metadata={"example": "46.2", "unit": "degrees"}, min=-90.0, max=90.0
)
longitude = dy.Float64(
    description="Longitude of the place, WGS 84", metadata={"example": "6.15", "unit": "degrees"}, min=-180.0, max=180.0
)
follows = _text("event_id of the planned or threatened event that this one carries out", "E-91c07aa2f3d8")
outlet_count = _number("Different outlets that report it", "1")
first_reported_on = _date("Publication day of the first report", "2022-01-26")
last_reported_on = _date("Publication day of the last report", "2022-01-26")
headline = _text("The sentence that tells the event best", "NATO drafted a companion letter ...")

old_id = _text("Id in an earlier version", "E-91c07aa2f3d8")
new_id = _text("Id that members of it have from this version on; null when retired", "E-a17b3c9d0e42")
change_kind = _code(
    "What happened to the id: some members moved, all did, all are gone, some are back",
    ("split", "merged", "retired", "restored"),
)
member_of = _text("Id that the member has, or had last", "E-91c07aa2f3d8")
member_is_current = _flag("The member is in this version; false: it was in an earlier one and may come back")
member = _text(
    "What belongs to the id: a chain or a report, named by document and content", "43b3f7e7be627085:person:joe biden"
)
version = _number("Number of the version", "12")
parent = _number("Version that it was made from", "11")
published_at = dy.Datetime(
    time_unit="us", time_zone="UTC", description="When it was published", metadata={"example": "2026-11-22 03:00:00"}
)
documents = _number("Documents in the version", "5")
events = _number("Events in the version", "78")
schema_version = _text("Version of the tables' schemas", "1.0.0")
warnings = _number("Checks that warned", "0")
stage = _text("Stage that rejected it", "raw")
detail = _text("What was found, and what to do", "no text in 0 bytes: remove the file or scrape it again")
