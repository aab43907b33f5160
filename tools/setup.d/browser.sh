# A Chromium for the page tests: the machine's own, else Debian's (with one font family: pages are measured).
own_chromium() {
  local name
  for name in chromium chromium-browser google-chrome; do own_command $name && return 0; done
  return 1
}

packages_browser() { own_chromium > /dev/null || PACKAGES+=(chromium fonts-liberation); }

setup_browser() { environment browser "export CHROMIUM=\"\${CHROMIUM:-$(own_chromium)}\""; }
