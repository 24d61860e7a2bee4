"""Finding and loading the language model: the package's own, or any spaCy pipeline that can be named."""

from functools import cache
from importlib.resources import as_file, files

import spacy
from spacy.language import Language

from schemas.errors import ModelError
from transforms.language import analyser, dependencies  # noqa: F401 (analyser registers its component)

OWN_MODEL = "en_annals"
NEEDED = {"token.tag": "tagger", "token.dep": "parser", "doc.ents": "ner"}
REMEDY = "Name en_annals, an installed spaCy pipeline or the folder of one in the setting [model] name"


@cache
def load(name: str = OWN_MODEL) -> Language:
    """Return the spaCy pipeline of that name, loaded once and with UD dependencies whatever its labels are.

    Args:
        name: "en_annals" for the model of this package, else an installed spaCy pipeline or the path of one.

    Raises:
        ModelError: there is no such pipeline, or it has no tagger, parser or names.
    """
    try:
        nlp = _own() if name == OWN_MODEL else spacy.load(name)
    except (OSError, ValueError, ImportError) as error:
        raise ModelError(f"the model does not load ({error})", where=f"model {name!r}", remedy=REMEDY) from error
    assigned = {name for pipe in nlp.pipe_names for name in nlp.get_pipe_meta(pipe).assigns}
    missing = [component for name, component in NEEDED.items() if name not in assigned]
    if missing:
        raise ModelError(f"the model has no {' and no '.join(missing)}", where=f"model {name!r}", remedy=REMEDY)
    if nlp.has_pipe("parser") and dependencies.is_clearnlp(getattr(nlp.get_pipe("parser"), "labels", ())):
        nlp.add_pipe(dependencies.COMPONENT, after="parser")
    return nlp


@cache
def blank() -> Language:
    """Return tokeniser and sentence ends alone, for texts that the model does not speak."""
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    return nlp


def _own() -> Language:
    with as_file(files("transforms.language") / OWN_MODEL) as folder:
        return spacy.load(folder)
