"""The errors a user can cause, and what each means for the exit code.

    SummarizerError              anything a user can correct; the command line exits 2
    ├── BadInput                 an article, a story or a file that cannot be used
    │   ├── BadStory             a field is missing, of the wrong type, or an id is doubled
    │   ├── UnreadableFile       missing, binary, or in a form that is not read
    │   └── UnreadableLink       not on the public web, or no article behind it
    ├── BadOption                an option out of range, or two that exclude each other
    ├── BadOutput                the place to write to cannot be written
    ├── ModelError
    │   ├── UnknownModel         no such folder under models/ (the nearest name is offered)
    │   ├── WeightsMissing       not in the cache and no network: says the command to run
    │   ├── WeightsCorrupt       a hash differs, or the file was cut short
    │   └── ModelFailed          its memory ran out, or its server does not answer as it should
    ├── EngineFailed             the machines that a batch runs on gave up
    └── BadVectors               an encoder returned vectors of the wrong shape or length

Every message is one sentence: what is wrong, where, and how to correct it.
A traceback is a bug of ours, never the answer to bad input.
"""

from __future__ import annotations


class SummarizerError(Exception):
    """Base of every error that a user can correct. `str(error)` is one plain sentence."""


class BadInput(SummarizerError):
    """What was given to read cannot be used."""


class BadStory(BadInput):
    """A story's field is missing, of the wrong type, or an id is given twice."""


class UnreadableFile(BadInput):
    """A file is missing, binary, or in a form that is not read."""


class UnreadableLink(BadInput):
    """A link is no web link, leads off the public web, costs too much, or has no article."""


class BadOption(SummarizerError):
    """An option is out of its range, or two options exclude each other."""


class BadOutput(SummarizerError):
    """The place to write to cannot be written."""


class ModelError(SummarizerError):
    """A model could not be found or loaded."""


class UnknownModel(ModelError):
    """No model of that name is known."""


class WeightsMissing(ModelError):
    """Weights are neither given, nor cached, nor reachable."""


class WeightsCorrupt(ModelError):
    """Weights have a wrong hash or were cut short."""


class ModelFailed(ModelError):
    """A model that was loaded could not do its work: out of memory, or its server failed."""


class EngineFailed(SummarizerError):
    """The machines that a batch runs on gave up; what is done stays."""


class BadVectors(SummarizerError):
    """An encoder returned vectors that do not fit the sentences they embed."""
