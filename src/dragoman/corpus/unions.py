"""Things that belong together, joined pair by pair."""


class Unions:
    """Sets of the numbers 0 to `size` - 1 that grow by joining (union-find).

    >>> unions = Unions(4)
    >>> unions.join(0, 2)
    >>> unions.groups()
    [[0, 2], [1], [3]]
    """

    def __init__(self, size: int) -> None:
        self._above = list(range(size))

    def top(self, i: int) -> int:
        """Return the least number of the set that `i` is in."""
        above = self._above
        while above[i] != i:
            above[i] = above[above[i]]
            i = above[i]
        return i

    def join(self, i: int, j: int) -> None:
        """Make one set of those that two numbers are in."""
        low, high = sorted((self.top(i), self.top(j)))
        self._above[high] = low

    def groups(self) -> list[list[int]]:
        """Return the sets, each in order, by their least number."""
        groups: dict[int, list[int]] = {}
        for i in range(len(self._above)):
            groups.setdefault(self.top(i), []).append(i)
        return list(groups.values())
