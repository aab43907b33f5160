# What tools/bench measures beside Scorelet. Test tools only: never linked, never shipped. A peer that cannot be had is
# named and left out, so that the others are still measured. Not part of `all`.
BENCH=$CACHE/bench

# optional NAME COMMAND...
optional() {
  local name=$1; shift
  ( "$@" ) || say "absent: $name"
}

# wheels FOLDER NAME==VERSION... [pip option...]: PyPI packages unpacked as bench/FOLDER.
wheels() {
  local folder=$1 name; shift
  name=bench-$folder-$(printf %s "$*" | cksum | cut -d ' ' -f 1)
  ! done_already "$name" || return 0
  say "$*"
  rm -rf "${BENCH:?}/$folder"
  pip_install --target "$BENCH/$folder" "$@"
  stamp "$name"
}

packages_bench_native() { need_venv; }
setup_bench_native() {
  optional "XGBoost" wheels xgboost xgboost-cpu==3.2.0 --no-deps
  optional "LightGBM" wheels lightgbm lightgbm==4.7.0 --no-deps
  optional "ONNX Runtime" onnxruntime_library
  optional "headers of ONNX Runtime" onnxruntime_headers
  optional "onnx, which writes ONNX files of tree ensembles" wheels onnx onnx==1.23.2
  optional "YDF" wheels ydf ydf==0.16.1
  optional "shap" wheels shap shap==0.51.0
  optional "Treelite and tl2cgen" wheels treelite treelite==4.8.1 tl2cgen==1.0.0
  optional "pmmlruntime, which needs cargo" pmmlruntime
}

onnxruntime_library() {
  wheels onnxruntime onnxruntime==1.31.1 --no-deps
  ln -sfn libonnxruntime.so.1.31.1 "$BENCH/onnxruntime/onnxruntime/capi/libonnxruntime.so"
}

# The C interface only grows: headers of an earlier version fit.
onnxruntime_headers() {
  ! done_already bench-onnxruntime-headers || return 0
  download libonnxruntime-dev/trixie
  unpack "$BENCH/onnxruntime-headers" libonnxruntime-dev
  stamp bench-onnxruntime-headers
}

# The archives come along in Python packages.
pmmlruntime() {
  local folder=$SOURCE/tools/bench.d/pmmlruntime name
  name=bench-pmmlruntime-$(cat "$folder"/{Cargo.toml,lib.rs} | cksum | cut -d ' ' -f 1)
  ! done_already "$name" || return 0
  own_command cargo > /dev/null || return 1
  say "compiling pmmlruntime"
  logged pmmlruntime cargo build --release --manifest-path "$folder/Cargo.toml" --target-dir "$BENCH/pmmlruntime/target"
  cp "$BENCH/pmmlruntime/target/release/libbench_pmmlruntime.so" "$BENCH/pmmlruntime/"
  rm -rf "$BENCH/pmmlruntime/target"
  stamp "$name"
}

packages_bench_java() { need_venv; need javac default-jdk-headless; }
setup_bench_java() {
  optional "JPMML-Evaluator" wheels jpmml jpmml_evaluator==0.16.0 --no-deps
  optional "PMML4S" wheels pmml4s pypmml==1.5.8 --no-deps
}

packages_bench_web() { packages_node; }
setup_bench_web() {
  setup_node
  optional "npm packages of tools/bench.d/web" npm_ci "$SOURCE/tools/bench.d/web"
}
