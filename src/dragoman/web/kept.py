"""Answers that take long, kept until anybody writes into the ledger; who asks for one that is in the making waits."""

from collections.abc import Callable, Hashable
from concurrent.futures import Future
from threading import Lock
from typing import Any, TypeVar, cast

from dragoman.ledger import Ledger

T = TypeVar("T")
MOST = 1000  # answers


class Kept:
    """The answers to a ledger's long questions.

    >>> Kept(ledger).get("counts", ledger.counts) == ledger.counts()
    True
    """

    def __init__(self, ledger: Ledger, most: int = MOST) -> None:
        self._ledger, self._most, self._lock = ledger, most, Lock()
        self._state = ""
        self._answers: dict[Hashable, Future[Any]] = {}

    def get(self, question: Hashable, make: Callable[[], T]) -> T:
        """Return the answer to a question, made now unless the ledger is as it was when it was made."""
        # The state is taken first: what is written meanwhile makes the answer too new, never too old.
        state = self._ledger.state()
        with self._lock:
            if state != self._state or len(self._answers) >= self._most:
                self._state, self._answers = state, {}
            found = self._answers.get(question)
            mine = found is None
            if found is None:
                found = self._answers[question] = Future()
        if mine:
            try:
                found.set_result(make())
            except BaseException as error:
                with self._lock:
                    if self._answers.get(question) is found:
                        del self._answers[question]
                found.set_exception(error)
        return cast(T, found.result())
