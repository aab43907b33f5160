"""Group java."""

SETUP = []


def run(folders: list, wanted, quick: bool, add):
    pass
