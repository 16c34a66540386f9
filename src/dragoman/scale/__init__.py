"""Archives: the same reading in many processes on one machine, and on many machines; the result is the same."""

from dragoman.scale.pool import REPORT_TIMEOUT
from dragoman.scale.reading import read_documents_with

__all__ = ["REPORT_TIMEOUT", "read_documents_with"]
