"""Names of organisations: which forms can mean the same organisation."""

from rapidfuzz import fuzz

from transforms.lookups import facts

SAME_SPELLING = 93.0


@facts.cached
def parts(name: str) -> tuple[str, ...]:
    """Return the words of an organisation's name as they are compared: no article, legal form or possessive."""
    words = facts.fold(name).removesuffix("'s").removesuffix("'").replace(",", " ").split()
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    endings = facts.words("name_endings", "text", "entity_type")
    while len(words) > 1 and endings.get(words[-1]) == "ORG":
        words = words[:-1]
    return tuple(word.strip("'\"()") for word in words)


def is_acronym(short: str, long: str) -> bool:
    """Return whether a name in capitals is made of the initials of another: "OSCE", with or without its "and"s."""
    letters = short.replace(".", "")
    if not (2 <= len(letters) <= 8 and letters.isupper()):
        return False
    words = long.replace("-", " ").split()
    unsaid = facts.words_of("entity_words", "unsaid in acronyms")
    strong = [word[0].upper() for word in words if word.casefold() not in unsaid]
    every = [word[0].upper() for word in words if word.casefold() != "the"]
    return len(words) > 1 and letters in ("".join(strong), "".join(every))


def same(left: str, right: str) -> bool:
    """Return whether two names are one organisation's wherever they stand: equal but for spelling."""
    a, b = " ".join(parts(left)), " ".join(parts(right))
    return a == b or (min(len(a), len(b)) > 7 and fuzz.ratio(a, b) >= SAME_SPELLING)


def same_nearby(left: str, right: str) -> bool:
    """Return whether two names of one document or story can be one organisation's: also by acronym or short form."""
    if same(left, right) or is_acronym(left, right) or is_acronym(right, left):
        return True
    short, long = sorted((parts(left), parts(right)), key=len)
    return len(short) == 1 and len(long) > 1 and len(short[0]) > 2 and short[0] in (long[0], long[-1])
