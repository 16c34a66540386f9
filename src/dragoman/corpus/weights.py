"""The weights of matching, in bits: log2 of how often a level is seen between tellings of one act over between others.

Counted by `python benchmarks/corpus.py --weights --seed 2 --reports 4000` (5,461 pairs of one act, 100,464 of two) and
rounded. Marked rows are by hand, milder: there the archive is stricter than the news, which names one place by its
town and its province, changes its mind about modes, and counts the dead in one way with what kind of act it was.
`PRIOR` is what speaks against any pair that is compared.
"""

PRIOR = -4.2

WEIGHTS: dict[str, dict[str, float]] = {
    "type": {
        "same mode": 5.0,  # by hand
        "same": 2.6,
        "other mode": -2.0,  # by hand
        "family": -1.0,  # by hand: there errors are often within the family, in the archive anywhere
        "quad": -1.0,
        "other": -1.5,
    },
    "sides": {
        "both": 2.6,
        "recipient": 0.9,
        "actor": -0.2,
        "actor, other recipient": -2.0,  # by hand, as the rows below: not seen among pairs of one dyad
        "recipient, other actor": -2.0,
        "reversed": -2.8,
        "none": -4.0,
    },
    "persons": {"same": 0.5, "unknown": 0.0, "other": -0.7},
    "date": {
        "day": 3.5,
        "1 day": 0.1,
        "2 days": -1.5,
        "days apart": -6.0,
        "within 0": 2.3,
        "within 1": 1.7,
        "within 2": -1.0,
        "within long": -0.7,
        "undated 0": 1.4,
        "undated 1": 0.4,
        "undated 2": -1.8,
        "just outside": -3.8,
        "outside": -4.4,
        "unknown": -6.0,
    },
    "place": {"same": 4.0, "unknown": 0.0, "country": -1.0, "other": -3.0},  # by hand, but for "unknown"
    "killed": {"same": 4.0, "near": 2.5, "unknown": 0.0, "far": -0.5, "other": -4.0},  # by hand, but for "unknown"
    "words": {"0": -1.3, "0.02": 1.6, "0.1": 2.8, "0.2": 4.1, "0.35": 6.0, "0.6": 6.7},
}
