"""C code for an XGBoost model, by tl2cgen; a program of its own, run with the treelite and tl2cgen packages.

    tl2cgen_model.py XGBOOST.ubj FOLDER     FOLDER/predict.so
"""

import glob
import os
import subprocess
import sys

import tl2cgen
import treelite


def main(source: str, folder: str):
    model = treelite.frontend.load_xgboost_model(source)
    tl2cgen.generate_c_code(model, dirpath=folder, params={"parallel_comp": 8})
    code = sorted(glob.glob(os.path.join(folder, "*.c")))
    subprocess.run(["cc", "-O2", "-fPIC", "-shared", "-o", os.path.join(folder, "predict.so"), *code, "-lm"], check=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
