"""One vocabulary of dependencies: Universal Dependencies, whatever a pipeline was trained on.

spaCy's en_core_web pipelines speak ClearNLP (Choi and Palmer 2012, after the Stanford labels): prepositions head their
nouns and "be" heads its predicate. Universal Dependencies (de Marneffe et al. 2021) makes content words the heads. What
follows rewrites the first into the second, as far as a tree without names allows: a person's first name stays a
`compound` of the last.
"""

from collections.abc import Iterable
from typing import Any

import numpy as np
from spacy.attrs import DEP, HEAD
from spacy.language import Language
from spacy.tokens import Doc

COMPONENT = "annals_universal_dependencies"
CLEARNLP_ONLY = {"dobj", "nsubjpass", "pobj"}
PREPOSITIONS = {"prep", "agent", "dative"}
NOMINALS = {"NOUN", "PROPN", "PRON", "NUM", "SYM"}
RELABELLED = {
    "dobj": "obj", "nsubjpass": "nsubj:pass", "csubjpass": "csubj:pass", "auxpass": "aux:pass", "relcl": "acl:relcl",
    "prt": "compound:prt", "poss": "nmod:poss", "dative": "iobj", "neg": "advmod", "intj": "discourse", "meta": "dep",
    "oprd": "xcomp", "attr": "xcomp", "acomp": "xcomp", "quantmod": "advmod", "predet": "det:predet",
    "preconj": "cc:preconj", "prep": "advmod", "agent": "advmod", "pobj": "obl", "pcomp": "advcl",
}  # fmt: skip


def is_clearnlp(labels: Iterable[str]) -> bool:
    """Return whether a parser's labels are ClearNLP's, as those of spaCy's en_core_web pipelines are."""
    return bool(CLEARNLP_ONLY & set(labels))


@Language.component(COMPONENT)
def universal(doc: Doc) -> Doc:
    """Return the document with its ClearNLP dependencies rewritten, in place, to Universal Dependencies."""
    tree = _Tree(doc)
    for i in range(len(doc)):
        tree.lift_from_preposition(i)
    for i in range(len(doc)):
        tree.lift_from_copula(i)
    for i in range(len(doc)):
        tree.flatten_coordination(i)
    for i in range(len(doc)):
        tree.relabel(i)
    return tree.written()


class _Tree:
    """Heads and labels of a document while they are rewritten; a root is its own head."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.heads = [token.head.i for token in doc]
        self.deps = [token.dep_ for token in doc]

    def children(self, i: int, *labels: str) -> list[int]:
        return [
            child for child in range(len(self.heads))
            if self.heads[child] == i and child != i and (not labels or self.deps[child] in labels)
        ]  # fmt: skip

    def attach(self, i: int, head: int, dep: str) -> None:
        self.heads[i], self.deps[i] = head, dep

    def is_nominal(self, i: int) -> bool:
        return self.doc[i].pos_ in NOMINALS and not self.children(i, "nsubj", "nsubjpass", "cop")

    def lift_from_preposition(self, i: int) -> None:
        """Hang an object of a preposition where the preposition hangs, and the preposition below it."""
        if self.deps[i] not in ("pobj", "pcomp") or self.deps[self.heads[i]] not in PREPOSITIONS:
            return
        preposition = self.heads[i]
        role, head, above = self.deps[preposition], self.heads[preposition], []
        while self.deps[head] in PREPOSITIONS and self.heads[head] != head:
            above.append(head)
            head = self.heads[head]
        is_clause = self.deps[i] == "pcomp" and self.doc[i].pos_ in ("VERB", "AUX")
        for child in self.children(preposition):
            if child != i:
                self.heads[child] = i
        for word in (preposition, *above):
            self.attach(word, i, "mark" if is_clause else "case")
        self.attach(i, head, self._role(role, head, is_clause))

    def _role(self, role: str, head: int, is_clause: bool) -> str:
        if is_clause:
            return "acl" if self.is_nominal(head) else "advcl"
        if role == "agent":
            return "obl:agent"
        return "nmod" if self.is_nominal(head) and role == "prep" else "obl"

    def lift_from_copula(self, i: int) -> None:
        """Make the predicate of "be" the head of its clause, and the subject of what "there is" names."""
        predicates = self.children(i, "attr", "acomp")
        if self.doc[i].lemma_ != "be" or not predicates:
            return
        predicate = predicates[0]
        if self.children(i, "expl"):
            self.deps[predicate] = "nsubj"
            return
        is_root = self.heads[i] == i
        self.attach(predicate, predicate if is_root else self.heads[i], self.deps[i])
        for child in self.children(i):
            if child != predicate:
                self.heads[child] = predicate
        self.attach(i, predicate, "cop")

    def flatten_coordination(self, i: int) -> None:
        """Hang every conjunct on the first one, and a conjunction on the conjunct that follows it."""
        if self.deps[i] == "conj":
            while self.deps[self.heads[i]] == "conj":
                self.heads[i] = self.heads[self.heads[i]]
        elif self.deps[i] == "cc":
            following = [child for child in self.children(self.heads[i], "conj") if child > i]
            if following:
                self.heads[i] = following[0]

    def relabel(self, i: int) -> None:
        """Give the token the label of Universal Dependencies that its new place has."""
        dep = self.deps[i]
        if dep == "aux" and self.doc[i].tag_ == "TO":
            self.deps[i] = "mark"
        elif dep == "npadvmod":
            self.deps[i] = "nmod:unmarked" if self.is_nominal(self.heads[i]) else "obl:unmarked"
        else:
            self.deps[i] = RELABELLED.get(dep, dep)

    def written(self) -> Doc:
        strings = self.doc.vocab.strings
        columns: Any = np.zeros((len(self.heads), 2), dtype="uint64")
        columns[:, 0] = (np.array(self.heads, dtype="int64") - np.arange(len(self.heads))).astype("uint64")
        columns[:, 1] = [strings.add(dep) for dep in self.deps]
        return self.doc.from_array([HEAD, DEP], columns)
