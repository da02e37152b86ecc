"""BM25 over lists of terms."""

from collections.abc import Iterable, Sequence

import bm25s
import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float32]


class TermScorer:
    """BM25 over token lists (bm25s, Lucene's variant); a term can be weighed."""

    def __init__(self, documents: Sequence[Sequence[str]]) -> None:
        self._size = len(documents)
        self._bm25 = bm25s.BM25(method="lucene", k1=1.2, b=0.6)
        self._has_terms = any(documents)
        if self._has_terms:
            self._bm25.index([list(d) for d in documents], show_progress=False)

    def scores(self, terms: Iterable[str]) -> Scores:
        """A score a document, in their order; terms that no document has count nothing."""
        known = [term for term in terms if self._has_terms and term in self._bm25.vocab_dict]
        if not known:
            return np.zeros(self._size, dtype=np.float32)
        return np.asarray(self._bm25.get_scores(known), dtype=np.float32)
