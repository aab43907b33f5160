# Linters of everything but C++: shellcheck from Debian, ruff from PyPI, Biome from npm (tools/lint/package.json).
RUFF=0.17.6

packages_lint() {
  need shellcheck shellcheck
  need_venv
  packages_node
}

setup_lint() {
  setup_node
  npm_ci "$SOURCE/tools/lint"
  ! done_already "ruff-$RUFF" || return 0
  say "ruff $RUFF"
  pip_install "ruff==$RUFF"
  stamp "ruff-$RUFF"
}
