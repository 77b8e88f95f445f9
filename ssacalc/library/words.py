"""Text made fit for searching: words without case, accents or plural."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+")
_MARKS = re.compile(r"[\u0300-\u036f\u0591-\u05c7\u064b-\u065f]")
_UNSPACED = re.compile(r"([\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af])")


def folded(text: str) -> str:
    """Return text without case and accents; signs of scripts without spaces stand alone.

    >>> folded("Convenção – États")
    'convencao – etats'
    """
    if text.isascii():
        return text.lower()
    plain = _MARKS.sub("", unicodedata.normalize("NFKD", text.casefold()))
    return _UNSPACED.sub(r" \1 ", plain)


def words(text: str) -> Iterator[str]:
    """Yield the words of text as they are looked up; single letters are left out.

    >>> list(words("The other State's periods of 12 months"))
    ['the', 'other', 'state', 'period', 'of', '12', 'month']
    """
    for word in _WORD.findall(folded(text)):
        if len(word) > 1 or not ("a" <= word <= "z"):
            yield stem(word)


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """Return a word without the sign of the plural.

    >>> [stem(w) for w in ("states", "bodies", "class", "gas")]
    ['state', 'body', 'class', 'gas']
    """
    if len(word) <= _SHORT or not word.endswith("s") or word.endswith("ss"):
        return word
    return f"{word[:-3]}y" if word.endswith("ies") else word[:-1]


_SHORT = 3
"""Words of so many letters are kept as they are."""
