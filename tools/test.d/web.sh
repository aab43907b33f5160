# Part web: the npm package and the pages.
suite web package native,wasm,web,browser "npm package: TypeScript tests, packed tarball, bundler"
suite web page native,wasm,web,browser "what-if page in headless Chromium"

suite_package() {
  build wasm scorelet_wasm
  npm run build --prefix web --workspace scorelet
  node_tests npm test --prefix web --workspace scorelet
}

suite_page() {
  build wasm scorelet_wasm
  npm run build --prefix web --workspace scorelet
  npm run build --prefix web --workspace scorelet-what-if
  node_tests npm test --prefix web --workspace scorelet-what-if
}
