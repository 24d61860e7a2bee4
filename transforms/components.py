"""Connected components, which turn pairwise decisions into clusters."""


class Components:
    """Union-find over numbered things; the root of a component is its smallest number."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))

    def root(self, member: int) -> int:
        """Return the smallest member of the component."""
        parent = self._parent
        while parent[member] != member:
            parent[member] = parent[parent[member]]
            member = parent[member]
        return member

    def join(self, left: int, right: int) -> None:
        """Make one component of the components of both members."""
        left, right = self.root(left), self.root(right)
        self._parent[max(left, right)] = min(left, right)

    def joined(self, left: int, right: int) -> bool:
        """Return whether both members are in one component."""
        return self.root(left) == self.root(right)

    def roots(self) -> list[int]:
        """Return the root of every member."""
        return [self.root(member) for member in range(len(self._parent))]
