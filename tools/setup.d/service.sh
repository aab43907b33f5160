# Other people's clients that the scoring service is tested with: Triton's of the Open Inference Protocol, Schemathesis.
TRITONCLIENT=2.73.0 SCHEMATHESIS=4.32.5

packages_service() { need_venv; }

setup_service() {
  ! done_already "service-$TRITONCLIENT-$SCHEMATHESIS" || return 0
  say "tritonclient $TRITONCLIENT, schemathesis $SCHEMATHESIS"
  pip_install "tritonclient[http]==$TRITONCLIENT" "schemathesis==$SCHEMATHESIS"
  stamp "service-$TRITONCLIENT-$SCHEMATHESIS"
}
