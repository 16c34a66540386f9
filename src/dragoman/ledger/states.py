"""Whether anything in a ledger changed: what lets an answer be kept for as long as it is right."""

from threading import Lock
from typing import Any

from sqlalchemy import Engine

ASKED = {
    # Of a connection: another one's commit changes it. So it is asked of one that never writes.
    "sqlite": "PRAGMA data_version",
    # Which transactions are seen: none that wrote can be seen without changing it.
    "postgresql": "SELECT pg_current_snapshot()::text",
}


class Watch:
    """A connection of its own that is asked again and again; any thread may ask."""

    def __init__(self, engine: Engine) -> None:
        self._engine, self._lock = engine, Lock()
        self._connection: Any = None

    def state(self) -> str:
        """Return what the database says of its state."""
        with self._lock:
            if self._connection is None:
                self._connection = self._engine.raw_connection()
            cursor = self._connection.cursor()
            cursor.execute(ASKED[self._engine.dialect.name])
            [found] = cursor.fetchone()
            self._connection.rollback()  # nothing stays open between two questions
            return str(found)

    def close(self) -> None:
        """Let the connection go."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None
