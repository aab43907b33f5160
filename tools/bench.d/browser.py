"""Group browser: what a page downloads, and how long it takes to its first prediction in Chromium."""

import os

import cases
import programs
import web

SETUP = [*web.SETUP, "browser"]
CASE = "p4_xgb_100_depth6"


def run(folders: list, wanted, quick: bool, add):
    folder = next((f for f in folders if os.path.basename(f) == CASE), None)
    if folder is None:
        return
    web.build()
    cases.ydf_model(folder)
    peers = ["scorelet", "scorelet-parts", "loop"] + [peer for peer in ("onnxruntime-web", "ydf-inference") if wanted(peer)]
    command = ["node", os.path.join(cases.HERE, "web", "browser.mjs"), folder, str(programs.PASSES[quick]), *peers]
    programs.lines(command, add, {"case": CASE, "peer": "browser"})
