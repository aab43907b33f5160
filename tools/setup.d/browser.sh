# A Chromium for the page tests: the machine's own, else Debian's.
packages_browser() {
  local name
  for name in chromium chromium-browser google-chrome; do ! own_command $name > /dev/null || return 0; done
  PACKAGES+=(chromium)
}

setup_browser() { :; }
