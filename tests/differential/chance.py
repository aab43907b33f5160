"""Random choices; the same seed gives the same document on every Python."""


class Chance:
    def __init__(self, *seeds):
        self.state = 0x9E3779B97F4A7C15
        for seed in seeds:
            for byte in str(seed).encode() + b"/":
                self.state = (self.state ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
            self.bits()

    def bits(self) -> int:
        """splitmix64"""
        self.state = (self.state + 0x9E3779B97F4A7C15) & 0xFFFFFFFFFFFFFFFF
        z = self.state
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9 & 0xFFFFFFFFFFFFFFFF
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB & 0xFFFFFFFFFFFFFFFF
        return z ^ (z >> 31)

    def below(self, n: int) -> int:
        return self.bits() % n

    def between(self, low: int, high: int) -> int:
        return low + self.below(high - low + 1)

    def percent(self, n: int) -> bool:
        return self.below(100) < n

    def of(self, choices):
        choices = list(choices)
        return choices[self.below(len(choices))]

    def some(self, choices, least: int = 1):
        """A part of the choices in their order, at least so many of them."""
        choices = list(choices)
        count = self.between(min(least, len(choices)), len(choices))
        kept = set()
        while len(kept) < count:
            kept.add(self.below(len(choices)))
        return [c for i, c in enumerate(choices) if i in kept]

    def shuffled(self, choices):
        out = list(choices)
        for i in range(len(out) - 1, 0, -1):
            j = self.below(i + 1)
            out[i], out[j] = out[j], out[i]
        return out
