# Part web: the npm package and the pages.
suite web lint lint "shellcheck, ruff, Biome"
suite web package native,wasm,web,browser,hosts "npm package: TypeScript tests, packed tarball, bundler"
suite web page native,wasm,web,browser,checks "what-if page in headless Chromium"
suite web excel native,wasm,excel,browser,formulas "Excel add-in: functions, pane, formulas and manifests, on a stand-in host"
suite web dashboard native,web,browser "page of scorelet monitor in headless Chromium, before a stand-in and before the monitor itself"
suite web chain native,wasm,web,monitoring,collector "hosts, Collector, Prometheus, Alertmanager and a store of events, as deployed"

suite_lint() {
  check "shell scripts" tools/check-lint shell
  check "Python" tools/check-lint python
  check "TypeScript, JavaScript, CSS" tools/check-lint web
}

suite_package() {
  build wasm scorelet_wasm
  npm run build --prefix web --workspace scorelet
  node_tests npm test --prefix web --workspace scorelet
  check "README snippet: JavaScript" readme_javascript
}

readme_javascript() {
  local answer
  answer=$(cd web && node --input-type=module - ../tests/data/examples/loan.pmml < ../tests/readme/example.mjs)
  diff <(printf '%s\n' "$answer") - <<'EXPECTED'
yes 0.96
[ 'yes', 'yes' ] Float64Array(2) [ 0.96, 0.7 ]
EXPECTED
}

suite_page() {
  build wasm scorelet_wasm
  npm run build --prefix web --workspace scorelet
  node_tests npm test --prefix web --workspace scorelet-what-if         # builds the page first
  node_tests npm run test:alone --prefix web --workspace scorelet-what-if
}

suite_dashboard() {
  build native scorelet_cli
  SCORELET=$PWD/build/native/bin/scorelet node_tests npm test --prefix web --workspace scorelet-monitor
}

suite_excel() {
  build native scorelet_cli   # what the pane writes is held against it
  build wasm scorelet_wasm
  npm run build --prefix web --workspace scorelet
  node_tests npm test --prefix addins/excel               # builds the add-in first
  node_tests npm run test:alone --prefix addins/excel
}

suite_chain() {
  build native scorelet_cli telemetry_bodies
  build wasm scorelet_wasm
  npm run build --prefix web --workspace scorelet
  summed tests/monitor/chain/run build/native/bin/scorelet build/native/tests/telemetry/telemetry_bodies
}
