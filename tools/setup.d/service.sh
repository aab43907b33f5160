# What others made that the scoring service is tested with: clients of the Open Inference Protocol (Triton) and of OpenAPI
# (Schemathesis), minisign.
TRITONCLIENT=2.73.0 SCHEMATHESIS=4.32.5

packages_service() {
  need_venv
  need minisign minisign
}

setup_service() {
  ! done_already "service-$TRITONCLIENT-$SCHEMATHESIS" || return 0
  say "tritonclient $TRITONCLIENT, schemathesis $SCHEMATHESIS"
  pip_install "tritonclient[http]==$TRITONCLIENT" "schemathesis==$SCHEMATHESIS"
  stamp "service-$TRITONCLIENT-$SCHEMATHESIS"
}
