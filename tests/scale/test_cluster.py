"""Ray on this machine: the output of one process, after a kill as well."""

import importlib.util
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dragoman import Reader
from dragoman.scale.manifest import MANIFEST, records_in

from .archives import write_jsonl, write_warc
from .conftest import report, written

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(importlib.util.find_spec("ray") is None, reason='needs pip install "dragoman[ray]"'),
]
# Small slices, so that a run has parts enough to be killed between two of them.
RUN = """
import sys
from dragoman.scale.cluster import read_on_ray
from dragoman.scale.manifest import How
for made in read_on_ray([sys.argv[1]], How(sys.argv[2]), workers=1, size=1500):
    print(getattr(made, "part", made), flush=True)
"""


def test_a_run_that_is_killed_is_gone_on_with_and_holds_what_one_process_reads(tmp_path: Path, reader: Reader) -> None:
    news = tmp_path / "news"
    news.mkdir()
    write_jsonl(news / "a.jsonl", [report(n) for n in range(24)])
    write_warc(news / "b.warc.gz", [report(n) for n in range(12)], packed=True)
    out = tmp_path / "out"
    command = [sys.executable, "-c", RUN, str(news), str(out)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as first:
        assert first.stdout is not None
        done = [first.stdout.readline().strip() for _ in range(2)]
        first.send_signal(signal.SIGKILL)
    assert all((out / name).is_file() for name in done)
    before = (out / MANIFEST).read_text()
    time.sleep(3)  # Ray ends what a killed run has left
    second = subprocess.run(command, capture_output=True, text=True, check=True)
    assert (out / MANIFEST).read_text().startswith(before)
    assert not set(done) & set(second.stdout.split())
    assert sorted(map(written, records_in(out))) == sorted(map(written, reader.read([str(news)])))
