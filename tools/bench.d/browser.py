"""Group browser."""

SETUP = []


def run(folders: list, wanted, quick: bool, add):
    pass
