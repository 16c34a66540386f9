"""An error about one source, as the row that takes the document's place."""

from dragoman.errors import UnreadableSource
from dragoman.records import Failure


def failure_of(error: UnreadableSource) -> Failure:
    """Return the failure that an error stands for.

    >>> failure_of(UnreadableSource("a.txt", "is empty")).reason
    'is empty'
    """
    return Failure(uri=error.uri, reason=error.reason, remedy=error.remedy)
