# Node, the npm packages of web/, and a Chromium for the page tests.
own_chromium() {
  local name
  for name in chromium chromium-browser google-chrome; do own_command $name && return 0; done
  return 1
}

packages_web() {
  packages_node
  own_chromium > /dev/null || PACKAGES+=(chromium)
}

setup_web() {
  setup_node
  npm_ci "$SOURCE/web"
}
