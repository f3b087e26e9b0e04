"""Which sentences make one claim, which are copies of one text, which articles are strangers.

The parts of the work are the modules here; what the claims are worth is for `plan`.
"""

from summarizer.group.claims import group, salience_of_rows
from summarizer.group.copies import copies, passages
from summarizer.group.primary import primaries
from summarizer.group.strangers import opinions, strangers

__all__ = [
    "copies",
    "group",
    "opinions",
    "passages",
    "primaries",
    "salience_of_rows",
    "strangers",
]
