# JavaScript hosts that only tests start: npm packages that carry the programs (tests/hosts/package.json).
packages_hosts() { packages_node; }

setup_hosts() {
  setup_node
  npm_ci "$SOURCE/tests/hosts"
}
