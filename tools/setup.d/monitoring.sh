# The engines that rules of the monitor are tested in. Debian's packages may start them as services; the tests start their own.
packages_monitoring() {
  need promtool prometheus
  need amtool prometheus-alertmanager
}

setup_monitoring() { :; }
