"""Names of organisations: which forms can mean the same organisation."""

from rapidfuzz import fuzz

from transforms.entities import spelling
from transforms.lookups import facts

SAME_SPELLING = 88.0
LEAST_LETTERS = 5
LEAST_SHORT = 3
SHORTEST, LONGEST_ACRONYM = 2, 8
Words = tuple[str, ...]


@facts.cached
def parts(name: str) -> Words:
    """Return the words of an organisation's name as they are compared: no article, legal form or possessive."""
    words = _words(name)
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    endings = facts.words("name_endings", "text", "entity_type")
    while len(words) > 1 and endings.get(words[-1]) == "ORG":
        words = words[:-1]
    return tuple(words)


def _words(name: str) -> list[str]:
    folded = facts.fold(name).replace("''", "").removesuffix("'s").removesuffix("'").replace(",", " ")
    return [bare for word in folded.split() if (bare := word.strip("`'\"()"))]


@facts.cached
def standard(words: Words) -> Words:
    """Return the words in one spelling: Defence Organisation and Defense Organization are the same."""
    spelled = tuple(spelling.standard(word, "organisation") for word in words)
    return tuple(word for word in spelled if word) or words


@facts.cached
def acronym(name: str) -> str:
    """Return the letters of a name that is written as an acronym, such as "OSCE" or "U.N.", else nothing."""
    letters = facts.plain(name).removesuffix("'s").removeprefix("the ").replace(".", "")
    return letters if SHORTEST <= len(letters) <= LONGEST_ACRONYM and letters.isalpha() and letters.isupper() else ""


@facts.cached
def acronyms(name: str) -> frozenset[str]:
    """Return the acronyms that a name can have: of all its words, or without "and", "the" or a legal form."""
    unsaid = facts.words_of("entity_words", "unsaid in acronyms")
    forms = (_words(name.replace("-", " ")), list(parts(name.replace("-", " "))))
    said = [words for form in forms for words in (form, [word for word in form if word not in unsaid])]
    without_the = [[word for word in words if word != "the"] for words in said]
    return frozenset("".join(word[0].upper() for word in words) for words in (*said, *without_the) if len(words) > 1)


def is_acronym(short: str, long: str) -> bool:
    """Return whether a name in capitals is made of the initials of another: "OSCE", with or without its "and"s."""
    return bool(letters := acronym(short)) and letters in acronyms(long)


def same(left: str, right: str) -> bool:
    """Return whether two names are one organisation's: equal but for the spelling of one word, which is no number."""
    return same_words(parts(left), parts(right))


def same_words(left: Words, right: Words) -> bool:
    """Return whether the words of two names, as `parts` gives them, are the same but for spelling."""
    ours, theirs = standard(left), standard(right)
    if "".join(ours) == "".join(theirs):
        return True
    if len(ours) != len(theirs):
        return False
    other = [pair for pair in zip(ours, theirs, strict=True) if pair[0] != pair[1]]
    return len(other) == 1 and _alike(*other[0])


def _alike(left: str, right: str) -> bool:
    long_enough = min(len(left), len(right)) >= LEAST_LETTERS
    return long_enough and (left + right).isalpha() and fuzz.ratio(left, right) >= SAME_SPELLING


def shortens(short: Words, long: Words) -> bool:
    """Return whether a name begins or ends a longer one: "Red Sox" for "Boston Red Sox"; nothing else is near enough.

    What only follows a preposition is none: "England" is not short for "Bank of England".
    """
    if not 0 < len(short) < len(long) or len("".join(short)) < LEAST_SHORT or " ".join(short) in _nouns():
        return False
    unsaid = facts.words_of("entity_words", "unsaid in acronyms")
    rest = long[: -len(short)]
    return long[: len(short)] == short or (long[-len(short) :] == short and rest[-1] not in unsaid)


@facts.cached
def _nouns() -> frozenset[str]:
    """Nouns for bodies of a kind, which alone name none of them."""
    return facts.words_of("entity_words", "body noun") | frozenset(facts.words("collective_nouns"))


def same_nearby(left: str, right: str) -> bool:
    """Return whether two names of one document or story can be one organisation's: also by acronym or short form."""
    if same(left, right) or is_acronym(left, right) or is_acronym(right, left):
        return True
    short, long = sorted((parts(left), parts(right)), key=len)
    return shortens(short, long)
