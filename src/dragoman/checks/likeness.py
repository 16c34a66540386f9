"""How far apart two words are: what checks of spelling share."""


def distance(a: str, b: str) -> int:
    """Return the slips between two words: letters changed, added, left out, or two changed about.

    >>> distance("Radulovic", "Radulovich"), distance("untied", "united")
    (1, 1)
    """
    rows = [list(range(len(b) + 1))]
    for i, x in enumerate(a, 1):
        row = [i]
        for j, y in enumerate(b, 1):
            best = min(row[-1] + 1, rows[-1][j] + 1, rows[-1][j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                best = min(best, rows[-2][j - 2] + 1)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]
