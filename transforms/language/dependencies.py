"""One vocabulary of dependencies: Universal Dependencies, whatever a pipeline was trained on."""

from collections.abc import Iterable

from spacy.language import Language
from spacy.tokens import Doc

COMPONENT = "annals_universal_dependencies"
CLEARNLP_ONLY = {"dobj", "nsubjpass", "pobj", "prep"}
RELABELLED = {
    "dobj": "obj", "nsubjpass": "nsubj:pass", "csubjpass": "csubj:pass", "auxpass": "aux:pass",
    "relcl": "acl:relcl", "prt": "compound:prt", "poss": "nmod:poss", "dative": "iobj", "neg": "advmod",
    "npadvmod": "obl:unmarked", "intj": "discourse", "meta": "dep", "oprd": "xcomp", "quantmod": "advmod",
    "predet": "det:predet", "preconj": "cc:preconj",
}  # fmt: skip


def is_clearnlp(labels: Iterable[str]) -> bool:
    """Return whether a parser's labels are ClearNLP's, as those of spaCy's en_core_web pipelines are."""
    return bool(CLEARNLP_ONLY & set(labels))


@Language.component(COMPONENT)
def universal(doc: Doc) -> Doc:
    """Return the document with its dependencies rewritten to UD."""
    for token in doc:
        token.dep_ = RELABELLED.get(token.dep_, token.dep_)
    return doc
