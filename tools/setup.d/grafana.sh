# Grafana's own definitions of a dashboard, which tests hold the generated one against (Grafana itself is not in the registries).
packages_grafana() { packages_collector; }

setup_grafana() { go_program dashboard-schema tests/monitor/engines/schema .; }
