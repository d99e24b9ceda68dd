"""Where words begin and end, and of what kind they are: the one module that imports the segmenters, when it is asked.

rjieba, where it is installed, cuts like jieba and twenty times faster. Loading takes 0.1 s (rjieba) or 0.9 s (jieba).
Words that are listed (`tui.search.listed`) are cut whole, whichever segmenter it is.
"""

from __future__ import annotations

import re
import warnings
from contextlib import suppress
from itertools import accumulate, pairwise
from threading import Lock
from typing import TYPE_CHECKING, Any

from tui.search.folding import simplified
from tui.search.listed import Listed, listed, own_words, whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    Tagger = Callable[[str], Iterable[tuple[str, str]]]

_LINE = re.compile(r"[^\n]+")
_TAGGED_AT_ONCE = re.compile(r"[^\n]{1,4000}")  # the taggers let no other thread run meanwhile
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_PIECE = re.compile(r"\S+")
_SPACE = re.compile(r"\s")
_lock = Lock()
_cut: Callable[[str], list[str]] | None = None
_is_fast = False
_tag: Tagger | None = None
_listed: Listed | None = None  # None until the user's words are known: the program's own then

CONTENT = frozenset({"n", "nr", "nrfg", "nrt", "ns", "nt", "nz", "vn", "j"})
"""jieba's tags of the words that a text is about."""
MODIFIER = "b"  # jieba's tag of words that only stand before a noun
_OTHER = "x"  # its tag of what is no word


def load() -> None:
    """Make the segmenter ready; what another thread has begun is waited for."""
    _segmenter()


def loaded() -> bool:
    """Whether `word_ranges` will answer at once."""
    return _cut is not None


def fast() -> bool:
    """Whether the segmenter is the fast one; loads it if need be."""
    _segmenter()
    return _is_fast


def word_ranges(text: str) -> tuple[tuple[int, int], ...]:
    """The words of `text`: half-open ranges of code points, ascending, that cover everything but white space.

    A mark of punctuation is a word of its own, and no word goes past a line feed. Traditional text is cut like its
    simplified form. Loads the segmenter if need be.
    """
    cut = _segmenter()
    plain = _SURROGATE.sub("\ufffd", simplified(text))
    return tuple(found for line in _LINE.finditer(plain) for found in _line_ranges(cut, line[0], line.start()))


def tokens(text: str) -> list[str]:
    """What stands in the ranges of `word_ranges`, in simplified characters: faster where only that counts."""
    cut = _segmenter()
    plain = _SURROGATE.sub("\ufffd", simplified(text))
    return [line[0][start:end] for line in _LINE.finditer(plain) for start, end in _line_ranges(cut, line[0], 0)]


def tagged(text: str) -> list[tuple[str, str]]:
    """The words of `text` in simplified characters with jieba's tags; white space is a word tagged `x`.

    The words are those of `word_ranges`, but for one here and there in lines of thousands of characters. Loads the
    segmenter if need be.
    """
    tag = _tagger()
    plain = _SURROGATE.sub("\ufffd", simplified(text))
    known = _known()
    return [word for line in _TAGGED_AT_ONCE.finditer(plain) for word in _line_tagged(tag, line[0], known)]


def use_words(tags: Mapping[str, str]) -> bool:
    """Cut these words whole from now on, besides the program's own; False where that changes nothing."""
    global _listed  # noqa: PLW0603  like the segmenter, one for the whole process
    found = listed({**own_words(), **tags})
    changed = found != _known()
    _listed = found
    return changed


def is_listed(word: str) -> bool:
    """Whether a word, in simplified characters, is one of those that are cut whole by a list."""
    return word in _known().tags


def listed_words() -> Mapping[str, str]:
    """The words that are cut whole by a list, in simplified characters, with their tags."""
    return _known().tags


def _known() -> Listed:
    global _listed  # noqa: PLW0603
    if _listed is None:
        _listed = listed(own_words())
    return _listed


def _line_ranges(cut: Callable[[str], list[str]], line: str, at: int) -> Iterator[tuple[int, int]]:
    ends = whole(line, list(accumulate(map(len, cut(line)))), _known())
    if not _SPACE.search(line):  # nearly always: three times as fast
        yield from pairwise((at, *(at + end for end in ends)))
        return
    start = 0
    for end in ends:
        for piece in _PIECE.finditer(line, start, end):
            yield at + piece.start(), at + piece.end()
        start = end


def _line_tagged(tag: Tagger, line: str, known: Listed) -> Iterable[tuple[str, str]]:
    pieces = list(tag(line))
    ends = list(accumulate(len(word) for word, _ in pieces))
    now = whole(line, ends, known)
    if now is ends:
        return pieces
    before = {(end - len(word), end): kind for end, (word, kind) in zip(ends, pieces, strict=True)}
    spans = list(zip([0, *now], now, strict=False))
    words = [line[start:end] for start, end in spans]
    return [(word, known.tags.get(word) or before.get(span, _OTHER)) for word, span in zip(words, spans, strict=True)]


def _segmenter() -> Callable[[str], list[str]]:
    global _cut, _is_fast  # noqa: PLW0603  one segmenter for the whole process: it weighs 60 MB
    with _lock:
        if _cut is None:
            _cut = _rjieba()
            _is_fast = _cut is not None
            _cut = _cut or _jieba()
            _cut("剪报")
        return _cut


def _rjieba() -> Callable[[str], list[str]] | None:
    try:
        import rjieba
    except ImportError:
        return None
    cut: Callable[[str], list[str]] = rjieba.cut
    return cut


def _jieba() -> Callable[[str], list[str]]:
    """Jieba's cut, with its cache in the user's cache folder: its default is a fixed name where everyone can write."""
    from platformdirs import user_cache_path

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
    jieba.setLogLevel(60)
    folder = user_cache_path("jianbao")
    with suppress(OSError):  # without a folder jieba goes without a cache
        folder.mkdir(parents=True, exist_ok=True)
    tokenizer: Any = jieba.dt
    tokenizer.tmp_dir = str(folder)
    tokenizer.initialize()
    cut: Callable[[str], list[str]] = jieba.lcut
    return cut


def _tagger() -> Tagger:
    global _tag  # noqa: PLW0603
    cut = _segmenter()
    with _lock:
        if _tag is None:
            _tag = _rjieba_tagger() or _jieba_tagger(cut)
        return _tag


def _rjieba_tagger() -> Tagger | None:
    try:
        import rjieba
    except ImportError:
        return None
    tag: Tagger = rjieba.tag
    return tag


def _jieba_tagger(cut: Callable[[str], list[str]]) -> Tagger:
    """Jieba's words with the tags of its dictionary.

    Its own tagger finds tags for unknown words as well, six times slower; here they are nouns: most are names. Only
    the words of other kinds are kept, which are the fewer.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
    others: set[str] = set()
    modifiers: set[str] = set()
    with jieba.get_dict_file() as lines:
        for line in lines:
            word, _, tag = line.decode("utf-8").split()
            if tag not in CONTENT and len(word) > 1:
                (modifiers if tag == MODIFIER else others).add(word)

    def kind(word: str) -> str:
        if len(word) < 2 or word in others or not word.isalpha() or word.isascii():
            return _OTHER
        return MODIFIER if word in modifiers else "n"

    return lambda line: [(word, kind(word)) for word in cut(line)]
