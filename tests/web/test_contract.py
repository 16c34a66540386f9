"""Any request that the API's description allows, and many that it does not: no fault of ours, answers as described."""

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from dragoman import Ledger, Record
from dragoman.web.app import app_of
from dragoman.web.settings import Settings

OPERATIONS = (
    ("GET", "/api/reports"), ("GET", "/api/reports/{id}"), ("GET", "/api/events"), ("GET", "/api/statements"),
    ("GET", "/api/negotiations"), ("GET", "/api/flags"), ("GET", "/api/occurrences"), ("GET", "/api/entities"),
    ("GET", "/api/series"), ("POST", "/api/read"),
)  # fmt: skip
MODES = {"sense": GenerationMode.POSITIVE, "nonsense": GenerationMode.NEGATIVE}


@pytest.fixture(scope="module")
def api(ledger: Ledger, read: list[Record]) -> Any:
    # Any Host: what is tested here is behind the door.
    app = app_of(ledger, Settings(hosts=frozenset(), read=lambda document: read[0]))
    return schemathesis.openapi.from_asgi("/api/openapi.json", app)


def test_every_operation_is_tested(api: Any) -> None:
    described = {(found.ok().method.upper(), found.ok().path) for found in api.get_all_operations()}
    assert described == set(OPERATIONS)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_every_answer_is_as_it_is_described(api: Any, method: str, path: str, mode: str) -> None:
    @given(case=api[path][method].as_strategy(generation_mode=MODES[mode]))
    @settings(
        max_examples=20, deadline=None, derandomize=True, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    def asked(case: Any) -> None:
        # That a filter means something, or a day is not before another, is more than a schema can say.
        case.call_and_validate(excluded_checks=[positive_data_acceptance])

    asked()
