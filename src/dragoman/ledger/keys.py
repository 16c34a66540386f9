"""Numbers of rows: a record's row is numbered from its report's number, so that rows are made without asking.

A report has room for 524,288 records of a kind in each of its two readings.
"""

RECORDS = 1 << 19
SHORT = 16  # hex digits of a report's id that a person types; of a million reports, two share them once in 10^7 ledgers


def key_of(report: int, n: int, *, corrected: bool = False) -> int:
    """Return the number of the n-th record of its kind in a report, in what was read or in the corrected reading.

    >>> key_of(1, 0), key_of(1, 0, corrected=True), key_of(2, 3)
    (1048576, 1572864, 2097155)
    """
    if n >= RECORDS:
        raise ValueError(f"a report has room for {RECORDS} records of a kind")
    return (report * 2 + corrected) * RECORDS + n


def report_of(key: int) -> int:
    """Return the number of the report that a record's row belongs to.

    >>> report_of(key_of(7, 12, corrected=True))
    7
    """
    return key // (2 * RECORDS)


def short_of(report_id: str) -> str:
    """Return what a person types for a report.

    >>> short_of("sha256:e3b0c44298fc1c149afbf4c8996fb924")
    'e3b0c44298fc1c14'
    """
    return report_id.removeprefix("sha256:")[:SHORT]
