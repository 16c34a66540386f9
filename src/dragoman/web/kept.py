"""Answers that take long, kept until anybody writes into the ledger; who asks for one that is in the making waits."""

import os
from collections.abc import Callable, Hashable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from threading import Lock
from typing import Any, TypeVar, cast

from sqlalchemy import func, select

from dragoman.ledger import Ledger, schema

T = TypeVar("T")
MOST = 300  # answers; that of a common side takes megabytes
AT_ONCE = max(1, (os.cpu_count() or 2) // 2)  # answers in the making for pages that do not wait for them
LARGE = 100_000  # events: a ledger with fewer answers anything soon
SHORT, LONG = 0.05, 30.0  # seconds that a page of a large ledger waits for a part of it, and of any other


class Kept:
    """The answers to a ledger's long questions.

    >>> Kept(ledger).get("counts", ledger.counts) == ledger.counts()
    True
    """

    def __init__(self, ledger: Ledger, most: int = MOST) -> None:
        self._ledger, self._most, self._lock = ledger, most, Lock()
        self._state = ""
        self._answers: dict[Hashable, Future[Any]] = {}
        self._makers = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="kept")

    def get(self, question: Hashable, make: Callable[[], T]) -> T:
        """Return the answer to a question, made now unless the ledger is as it was when it was made."""
        found, is_new = self._claimed(question)
        if is_new:
            self._make(question, found, make)
        try:
            return cast(T, found.result())
        except CancelledError:
            return self.get(question, make)

    def soon(self, question: Hashable, make: Callable[[], T]) -> T | None:
        """Return the answer to a question, None while it takes long to make; who asks again later gets it.

        `make` may `get` other answers, but no question is asked both ways: its maker could wait for itself.
        """
        found, is_new = self._claimed(question)
        if is_new:
            self._makers.submit(self._make, question, found, make)
        try:
            return cast(T, found.result(SHORT if self.get("large", self._is_large) else LONG))
        except CancelledError:
            return self.soon(question, make)
        except TimeoutError:
            if found.done():
                raise
            return None

    def begin(self, question: Hashable, make: Callable[[], object]) -> None:
        """Begin to make the answer to a question that will soon be asked for."""
        found, is_new = self._claimed(question)
        if is_new:
            self._makers.submit(self._make, question, found, make)

    def _claimed(self, question: Hashable) -> tuple[Future[Any], bool]:
        """Return where the answer will be, and whether it is for the one who asks to make it."""
        # The state is taken first: what is written meanwhile makes the answer too new, never too old.
        state = self._ledger.state()
        with self._lock:
            if state != self._state or len(self._answers) >= self._most:
                for one in self._answers.values():
                    one.cancel()  # what nobody has begun to make is not made for a ledger that is no more
                self._state, self._answers = state, {}
            found = self._answers.get(question)
            if found is not None:
                return found, False
            made = self._answers[question] = Future()
            return made, True

    def _make(self, question: Hashable, into: Future[Any], make: Callable[[], object]) -> None:
        if not into.set_running_or_notify_cancel():
            return
        try:
            into.set_result(make())
        except BaseException as error:  # it is raised where the answer is asked for
            with self._lock:
                if self._answers.get(question) is into:
                    del self._answers[question]
            into.set_exception(error)

    def _is_large(self) -> bool:
        with self._ledger.reading() as connection:
            some = select(schema.events.c.report).limit(LARGE + 1).subquery()
            return connection.execute(select(func.count()).select_from(some)).scalar_one() > LARGE
