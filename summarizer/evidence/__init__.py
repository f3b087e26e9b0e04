"""Which sentences make one claim, which are copies of one text, which articles are outliers.

Each step is a module here; which claims a summary tells is for `selection`.
"""

from summarizer.evidence.claims import group, salience_of_rows
from summarizer.evidence.duplicates import copies, passages
from summarizer.evidence.outliers import opinions, strangers
from summarizer.evidence.provenance import primaries

__all__ = [
    "copies",
    "group",
    "opinions",
    "passages",
    "primaries",
    "salience_of_rows",
    "strangers",
]
