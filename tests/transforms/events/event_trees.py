"""Invented sentences with their trees, so that the event rules are tested without a model.

A word is written "form/tag/label/head", heads counted from 0 in its sentence; the main verb is its own head.
"""

import spacy
from spacy.tokens import Doc

from transforms.events.mentions import Mention, MentionIndex

VOCABULARY = spacy.blank("en").vocab
VERBS = ("VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "MD")
NOMINAL = {"NN": "NOUN", "NNS": "NOUN", "NNP": "PROPN", "NNPS": "PROPN", "PRP": "PRON", "PRP$": "PRON", "JJ": "ADJ"}
NOMINAL |= {"RB": "ADV", "IN": "ADP", "CC": "CCONJ", "CD": "NUM", "$": "SYM", "DT": "DET", "TO": "PART", "POS": "PART"}
NOMINAL |= {"WDT": "PRON", "WP": "PRON", "RP": "ADP", ".": "PUNCT", ",": "PUNCT", "``": "PUNCT"}
AUXILIARY = ("aux", "aux:pass", "cop")
KNOWN = {
    "Norway": ("GPE", "NOR", "GOV"), "Chad": ("GPE", "TCD", "GOV"), "Malta": ("GPE", "MLT", "GOV"),
    "minister": ("GROUP", None, "GOV"), "police": ("GROUP", None, "COP"), "troops": ("GROUP", None, "MIL"),
    "rebels": ("GROUP", None, "REB"), "student": ("GROUP", None, "EDU"), "hostages": ("GROUP", None, "CVL"),
    "students": ("GROUP", None, "EDU"), "Bergen": ("GPE", "NOR", None), "Sahel": ("LOC", None, None),
    "Norwegian": ("NORP", "NOR", "GOV"),
}  # fmt: skip

TREES = {
    "received": ("Norway/NNP/nsubj/1 drew/VBD/ROOT/1 criticism/NN/obj/1 from/IN/case/4 Chad/NNP/nmod/2 ././punct/1"),
    "guilty": (
        "Police/NNP/nsubj/2 was/VBD/aux:pass/2 jailed/VBN/ROOT/2 for/IN/case/5 the/DT/det/5 murder/NN/obl/2 "
        "of/IN/case/8 a/DT/det/8 student/NN/nmod/5 ././punct/2"
    ),
    "told_the_press": (
        "Norway/NNP/nsubj/1 told/VBD/ROOT/1 reporters/NNS/iobj/1 that/IN/mark/5 Chad/NNP/nsubj/5 "
        "attacked/VBD/ccomp/1 Malta/NNP/obj/5 ././punct/1"
    ),
    "wound_up": (
        "Norway/NNP/nsubj/1 wound/VBD/ROOT/1 up/RP/compound:prt/1 its/PRP$/nmod:poss/4 embassy/NN/obj/1 ././punct/1"
    ),
    "active": "Norway/NNP/nsubj/1 condemned/VBD/ROOT/1 Chad/NNP/obj/1 ././punct/1",
    "passive": (
        "The/DT/det/1 miners/NNS/nsubj:pass/3 were/VBD/aux:pass/3 "
        "arrested/VBN/ROOT/3 by/IN/case/5 police/NN/obl:agent/3 ././punct/3"
    ),
    "passive_no_agent": (
        "Three/CD/nummod/1 sailors/NNS/nsubj:pass/3 were/VBD/aux:pass/3 "
        "killed/VBN/ROOT/3 in/IN/case/5 Malta/NNP/obl/3 ././punct/3"
    ),
    "relative": (
        "Norway/NNP/ROOT/0 ,/,/punct/4 which/WDT/nsubj/4 had/VBD/aux/4 expelled/VBN/acl:relcl/0 "
        "the/DT/det/6 envoys/NNS/obj/4 ,/,/punct/8 reopened/VBD/conj/4 the/DT/det/10 border/NN/obj/8 ././punct/0"
    ),
    "reduced_relative": (
        "The/DT/det/1 troops/NNS/nsubj/5 deployed/VBN/acl/1 in/IN/case/4 "
        "Chad/NNP/obl/2 released/VBD/ROOT/5 the/DT/det/7 hostages/NNS/obj/5 ././punct/5"
    ),
    "verb_coordination": (
        "Police/NNP/nsubj/1 detained/VBN/ROOT/1 and/CC/cc/3 beat/VB/conj/1 a/DT/det/5 student/NN/obj/3 ././punct/1"
    ),
    "disaster": (
        "Chad/NNP/nsubj/1 recalled/VBD/ROOT/1 a/DT/det/3 disaster/NN/obj/1 in/IN/case/5 which/WDT/obl/8 "
        "miners/NNS/nsubj:pass/8 were/VBD/aux:pass/8 killed/VBN/acl:relcl/3 ././punct/1"
    ),
    "appeal_to_anyone": (
        "Anyone/NN/nsubj:pass/2 is/VBZ/aux:pass/2 asked/VBN/ROOT/2 "
        "to/TO/mark/4 call/VB/xcomp/2 police/NN/obj/4 ././punct/2"
    ),
    "injured_knee": "The/DT/det/1 student/NN/nsubj/2 injured/VBD/ROOT/2 a/DT/det/4 knee/NN/obj/2 ././punct/2",
    "faces_charges": "The/DT/det/1 minister/NN/nsubj/2 faces/VBZ/ROOT/2 charges/NNS/obj/2 ././punct/2",
    "passive_coordination": (
        "Students/NNS/nsubj:pass/2 were/VBD/aux:pass/2 found/VBN/ROOT/2 and/CC/cc/4 arrested/VBN/conj/2 ././punct/2"
    ),
    "actor_coordination": (
        "Norway/NNP/nsubj/3 and/CC/cc/2 Chad/NNP/conj/0 condemned/VBN/ROOT/3 Malta/NNP/obj/3 ././punct/3"
    ),
    "control_agree": "Norway/NNP/nsubj/1 agreed/VBD/ROOT/1 to/TO/mark/3 meet/VB/xcomp/1 Chad/NNP/obj/3 ././punct/1",
    "control_refuse": "Norway/NNP/nsubj/1 refused/VBD/ROOT/1 to/TO/mark/3 meet/VB/xcomp/1 Chad/NNP/obj/3 ././punct/1",
    "control_threaten": (
        "Norway/NNP/nsubj/1 threatened/VBD/ROOT/1 to/TO/mark/3 attack/VB/xcomp/1 Chad/NNP/obj/3 ././punct/1"
    ),
    "ask_not_to": (
        "Norway/NNP/nsubj/2 has/VBZ/aux/2 asked/VBN/ROOT/2 Chad/NNP/iobj/2 not/RB/advmod/6 "
        "to/TO/mark/6 build/VB/xcomp/2 a/DT/det/8 base/NN/obj/6 ././punct/2"
    ),
    "call_on": (
        "Norway/NNP/nsubj/1 called/VBD/ROOT/1 on/IN/case/3 Chad/NNP/obl/1 "
        "to/TO/mark/5 release/VB/advcl/1 the/DT/det/7 hostages/NNS/obj/5 ././punct/1"
    ),
    "possessive_noun": (
        "Norway/NNP/nmod:poss/2 's/POS/case/0 annexation/NN/nsubj/5 of/IN/case/4 "
        "Malta/NNP/nmod/2 angered/VBD/ROOT/5 Chad/NNP/obj/5 ././punct/5"
    ),
    "between": (
        "Talks/NNS/nsubj/5 between/IN/case/2 Norway/NNP/nmod/0 and/CC/cc/4 Chad/NNP/conj/2 began/VBD/ROOT/5 ././punct/5"
    ),
    "attack_on": (
        "The/DT/det/1 attack/NN/nsubj/6 on/IN/case/3 Malta/NNP/nmod/1 "
        "by/IN/case/5 rebels/NNS/nmod/1 ended/VBD/ROOT/6 ././punct/6"
    ),
    "threat_of": (
        "The/DT/det/1 threat/NN/nsubj/5 of/IN/case/4 an/DT/det/4 invasion/NN/nmod/1 remains/VBZ/ROOT/5 ././punct/5"
    ),
    "negation_past": "Norway/NNP/nsubj/3 did/VBD/aux/3 not/RB/advmod/3 attack/VB/ROOT/3 Chad/NNP/obj/3 ././punct/3",
    "negation_future": (
        "Norway/NNP/nsubj/3 will/MD/aux/3 not/RB/advmod/3 "
        "release/VB/ROOT/3 the/DT/det/5 prisoners/NNS/obj/3 ././punct/3"
    ),
    "renounce": "Norway/NNP/nsubj/3 will/MD/aux/3 not/RB/advmod/3 attack/VB/ROOT/3 Chad/NNP/obj/3 ././punct/3",
    "future_meeting": (
        "Norway/NNP/nsubj/2 will/MD/aux/2 meet/VB/ROOT/2 Chad/NNP/obj/2 on/IN/case/5 Monday/NNP/obl/2 ././punct/2"
    ),
    "future_force": "Norway/NNP/nsubj/2 will/MD/aux/2 attack/VB/ROOT/2 Chad/NNP/obj/2 ././punct/2",
    "condition": (
        "Chad/NNP/nsubj/2 will/MD/aux/2 retaliate/VB/ROOT/2 if/IN/mark/5 "
        "Norway/NNP/nsubj/5 invades/NNS/advcl/2 Malta/NNP/obj/5 ././punct/2"
    ),
    "whether": (
        "It/PRP/expl/2 is/VBZ/cop/2 unclear/JJ/ROOT/2 whether/IN/mark/5 "
        "Norway/NNP/nsubj/5 invaded/VBD/csubj/2 Malta/NNP/obj/5 ././punct/2"
    ),
    "maybe": "Norway/NNP/nsubj/2 may/MD/aux/2 invade/VB/ROOT/2 Malta/NNP/obj/2 ././punct/2",
    "plan_denied": (
        "Norway/NNP/nsubj/1 denied/VBD/ROOT/1 that/IN/mark/4 "
        "it/PRP/nsubj/4 attacked/VBD/ccomp/1 Malta/NNP/obj/4 ././punct/1"
    ),
    "purpose": (
        "The/DT/det/1 minister/NN/nsubj/2 flew/VBD/ROOT/2 to/IN/case/4 "
        "Malta/NNP/obl/2 to/TO/mark/6 condemn/VB/advcl/2 Chad/NNP/obj/6 ././punct/2"
    ),
    "reported": (
        "Norway/NNP/nsubj/1 attacked/VBD/ccomp/6 Malta/NNP/obj/1 ,/,/punct/1 "
        "the/DT/det/5 minister/NN/nsubj/6 said/VBD/ROOT/6 ././punct/6"
    ),
    "according": (
        "Norway/NNP/nsubj/1 attacked/VBD/ROOT/1 Malta/NNP/obj/1 ,/,/punct/7 "
        "according/VBG/case/7 to/IN/fixed/4 the/DT/det/7 minister/NN/obl/1 ././punct/1"
    ),
    "quoted": (
        '"/``/punct/2 We/PRP/nsubj/2 condemned/VBD/ccomp/8 Chad/NNP/obj/2 ,/,/punct/3 '
        '"/``/punct/2 the/DT/det/7 minister/NN/nsubj/8 said/VBD/ROOT/8 ././punct/8'
    ),
    "deontic": (
        "The/DT/det/1 minister/NN/nsubj/2 said/VBD/ROOT/2 Chad/NNP/nsubj/5 "
        "must/MD/aux/5 release/VB/ccomp/2 the/DT/det/7 hostages/NNS/obj/5 ././punct/2"
    ),
    "light_verb": "Norway/NNP/nsubj/1 held/VBD/ROOT/1 talks/NNS/obj/1 with/IN/case/4 Chad/NNP/nmod/2 ././punct/1",
    "launch": (
        "Norway/NNP/nsubj/1 launched/VBD/ROOT/1 an/DT/det/3 "
        "offensive/NN/obj/1 against/IN/case/5 Chad/NNP/obl/1 ././punct/1"
    ),
    "alert": (
        "Norway/NNP/nsubj/1 put/VBD/ROOT/1 500/CD/nummod/3 soldiers/NNS/obj/1 "
        "on/IN/case/6 high/JJ/amod/6 alert/NN/nmod/3 ././punct/1"
    ),
    "phrasal": (
        "Norway/NNP/nsubj/1 called/VBD/ROOT/1 off/RP/compound:prt/1 "
        "talks/NNS/obj/1 with/IN/case/5 Chad/NNP/nmod/3 ././punct/1"
    ),
    "sanctions": (
        "Norway/NNP/nsubj/1 imposed/VBD/amod/2 sanctions/NNS/ROOT/2 on/IN/case/4 Chad/NNP/nmod/2 ././punct/2"
    ),
    "lift": "Norway/NNP/nsubj/1 lifted/VBD/amod/2 sanctions/NNS/ROOT/2 on/IN/case/4 Chad/NNP/nmod/2 ././punct/2",
    "joint": (
        "Norway/NNP/nsubj/3 and/CC/cc/2 Chad/NNP/conj/0 held/VBN/ROOT/3 joint/JJ/amod/5 exercises/NNS/obj/3 ././punct/3"
    ),
    "exercise": "Norway/NNP/nsubj/1 held/VBD/ROOT/1 military/JJ/amod/3 exercises/NNS/obj/1 ././punct/1",
    "kept_from": (
        "Chad/NNP/nsubj/1 kept/VBD/ROOT/1 Norway/NNP/obj/1 "
        "from/IN/mark/4 invading/VBG/advcl/1 Malta/NNP/obj/4 ././punct/1"
    ),
    "question": "Will/MD/aux/2 Norway/NNP/nsubj/2 invade/VB/ROOT/2 Malta/NNP/obj/2 ?/./punct/2",
    "said_only": (
        "The/DT/det/1 minister/NN/nsubj/2 said/VBD/ROOT/2 the/DT/det/4 "
        "weather/NN/nsubj/6 was/VBD/cop/6 fine/JJ/ccomp/2 ././punct/2"
    ),
    "accident": (
        "Ten/CD/nummod/1 people/NNS/nsubj:pass/3 were/VBD/aux:pass/3 killed/VBN/ROOT/3 "
        "in/IN/case/6 an/DT/det/6 earthquake/NN/obl/3 ././punct/3"
    ),
    "compound": "Police/NNS/nsubj/1 found/VBD/ROOT/1 the/DT/det/4 murder/NN/compound/4 weapon/NN/obj/1 ././punct/1",
    "ongoing": "Norway/NNP/nsubj/2 is/VBZ/aux/2 shelling/VBG/ROOT/2 Malta/NNP/obj/2 ././punct/2",
    "vow_force": "Norway/NNP/nsubj/1 vowed/VBD/ROOT/1 to/TO/mark/3 attack/VB/advcl/1 Chad/NNP/obj/3 ././punct/1",
    "vow_help": "Norway/NNP/nsubj/1 vowed/VBD/ROOT/1 to/TO/mark/3 support/VB/xcomp/1 Chad/NNP/obj/3 ././punct/1",
    "warn": (
        "Norway/NNP/nsubj/1 warned/VBD/ROOT/1 Chad/NNP/obj/1 "
        "against/IN/mark/4 invading/VBG/advcl/1 Malta/NNP/obj/4 ././punct/1"
    ),
    "hypothetical_noun": (
        "Norway/NNP/nsubj/1 discussed/VBD/ROOT/1 a/DT/det/4 possible/JJ/amod/4 "
        "invasion/NN/obj/1 of/IN/case/6 Malta/NNP/nmod/4 ././punct/1"
    ),
    "money": (
        "Norway/NNP/nsubj/1 gave/VBD/ROOT/1 Malta/NNP/iobj/1 a/DT/det/4 loan/NN/obj/1 "
        "of/IN/case/6 $/$/nmod/4 5/CD/compound/8 billion/CD/nummod/6 ././punct/1"
    ),
    "prevented": (
        "Malta/NNP/nmod:poss/2 's/POS/case/0 minister/NN/nsubj/3 "
        "resigned/VBD/ROOT/3 in/IN/case/5 2015/CD/obl/3 ././punct/3"
    ),
    "their_pronoun": (
        "Norway/NNP/nsubj/1 massed/VBD/ROOT/1 its/PRP$/nmod:poss/3 "
        "troops/NNS/obj/1 near/IN/case/5 Chad/NNP/nmod/3 ././punct/1"
    ),
    "adj_willing": (
        "Norway/NNP/nsubj/2 is/VBZ/cop/2 willing/JJ/ROOT/2 to/TO/mark/4 "
        "negotiate/VB/xcomp/2 with/IN/case/6 Chad/NNP/obl/4 ././punct/2"
    ),
    "letter": (
        "Norway/NNP/nsubj/1 drafted/VBD/ROOT/1 a/DT/det/3 letter/NN/obj/1 rejecting/VBG/acl/3 "
        "the/DT/det/6 demands/NNS/obj/4 of/IN/case/8 Chad/NNP/nmod/6 ././punct/1"
    ),
    "protest": (
        "Students/NNS/nsubj/1 protested/VBD/ROOT/1 against/IN/case/4 the/DT/det/4 minister/NN/obl/1 ././punct/1"
    ),
    "riot_faceless": "Riots/NNPS/nsubj/1 broke/VBD/ROOT/1 out/RP/compound:prt/1 ././punct/1",
    "talks_faceless": "The/DT/det/1 talks/NNS/nsubj/3 were/VBD/cop/3 long/JJ/ROOT/3 ././punct/3",
    "deny_report": (
        "Norway/NNP/nsubj/1 denied/VBD/ROOT/1 reports/NNS/obj/1 of/IN/case/5 "
        "an/DT/det/5 attack/NN/nmod/2 on/IN/case/7 Malta/NNP/nmod/5 ././punct/1"
    ),
    "request_noun": (
        "Chad/NNP/nsubj/1 rejected/VBD/ROOT/1 Norway/NNP/nmod:poss/4 's/POS/case/2 demand/NN/obj/1 ././punct/1"
    ),
    "face": "Chad/NNP/nsubj/2 will/MD/aux/2 face/VB/ROOT/2 sanctions/NNS/obj/2 ././punct/2",
    "withdraw": (
        "Norway/NNP/nsubj/1 withdrew/VBD/ROOT/1 its/PRP$/nmod:poss/3 "
        "troops/NNS/obj/1 from/IN/case/5 Malta/NNP/nmod/3 ././punct/1"
    ),
    "town": "Norway/NNP/nsubj/1 held/VBD/ROOT/1 talks/NNS/obj/1 in/IN/case/4 Bergen/NNP/nmod/2 ././punct/1",
    "region": (
        "Norway/NNP/nsubj/1 sent/VBD/ROOT/1 troops/NNS/obj/1 to/IN/case/5 the/DT/det/5 Sahel/NNP/obl/1 ././punct/1"
    ),
    "strayed_subject": (
        "Norway/NNP/nsubj/1 had/VBD/aux/2 sent/VBN/ROOT/2 troops/NNS/obj/2 to/IN/case/5 Chad/NNP/obl/2 ././punct/2"
    ),
    "charge": (
        "Malta/NNP/nsubj/1 criticized/VBD/ROOT/1 Chad/NNP/obj/1 for/IN/mark/4 arresting/VBG/advcl/1 "
        "students/NNS/obj/4 ././punct/1"
    ),
    "neighbour": (
        "Norway/NNP/nsubj/1 massed/VBD/ROOT/1 troops/NNS/obj/1 along/IN/case/5 its/PRP$/nmod:poss/5 "
        "border/NN/obl/1 with/IN/case/7 Chad/NNP/nmod/5 ././punct/1"
    ),
    "own_sanctions": (
        "Norway/NNP/nsubj/1 threatened/VBD/ROOT/1 Norwegian/JJ/amod/3 sanctions/NNS/obj/1 "
        "against/IN/case/5 Chad/NNP/nmod/3 ././punct/1"
    ),
    "next_week": (
        "Norway/NNP/nsubj/1 holds/VBZ/ROOT/1 talks/NNS/obj/1 with/IN/case/4 Chad/NNP/nmod/2 "
        "next/JJ/amod/6 week/NN/obl:unmarked/1 ././punct/1"
    ),
    "the_talks": (
        "Norway/NNP/nsubj/2 will/MD/aux/2 meet/VB/ROOT/2 Chad/NNP/obj/2 on/IN/case/5 Monday/NNP/obl/2 ././punct/2 "
        "After/IN/case/9 the/DT/det/9 talks/NNS/obl/14 with/IN/case/11 Chad/NNP/nmod/9 Norway/NNP/nsubj/14 "
        "will/MD/aux/14 condemn/VB/ROOT/14 Malta/NNP/obj/14 on/IN/case/17 Friday/NNP/obl/14 ././punct/14"
    ),
    "those_demands": (
        "Chad/NNP/nsubj/2 has/VBZ/aux/2 demanded/VBN/ROOT/2 a/DT/det/4 base/NN/obj/2 ././punct/2 "
        "Norway/NNP/nsubj/7 rejected/VBD/ROOT/7 those/DT/det/9 demands/NNS/obj/7 ././punct/7"
    ),
    "buildup": (
        "Malta/NNP/nsubj/1 hopes/VBZ/ROOT/1 amid/IN/case/6 a/DT/det/6 Norwegian/JJ/amod/6 troop/NN/compound/6 "
        "buildup/NN/obl/1 near/IN/case/8 Chad/NNP/obl/1 ././punct/1"
    ),
    "two_acts": (
        "Norway/NNP/nsubj/1 massed/VBD/ROOT/1 troops/NNS/obj/1 "
        "and/CC/cc/4 held/VBD/conj/1 maneuvers/NNS/obj/4 ././punct/1"
    ),
    "two_words": (
        "Norway/NNP/nsubj/1 shot/VBD/ROOT/1 and/CC/cc/3 wounded/VBD/conj/1 "
        "three/CD/nummod/5 soldiers/NNS/obj/3 ././punct/1"
    ),
}


def doc_of(name: str) -> Doc:
    """Return the document of a tree."""
    rows = [word.rsplit("/", 3) for word in TREES[name].split(" ")]
    pos = [
        "AUX" if label in AUXILIARY and tag in VERBS else NOMINAL.get(tag, "VERB" if tag in VERBS else "X")
        for _, tag, label, _ in rows
    ]
    return Doc(
        VOCABULARY, words=[row[0] for row in rows], tags=[row[1] for row in rows], pos=pos,
        deps=[row[2] for row in rows], heads=[int(row[3]) for row in rows],
    )  # fmt: skip


def index_of(doc: Doc) -> MentionIndex:
    """Return the mentions of a document: the words that KNOWN lists."""
    known = {word.lower(): facts for word, facts in KNOWN.items()}
    return MentionIndex(
        doc,
        [
            Mention(number, token.idx, token.idx + len(token), token.text, kind, "name", country, sector)
            for number, token in enumerate(doc)
            if token.lower_ in known
            for kind, country, sector in [known[token.lower_]]
        ],
    )
