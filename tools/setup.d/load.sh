# What tools/load needs beside the hosts: wrk, which makes the load, and what it measures beside them: JPMML-Evaluator
# behind Jersey. A test tool only: never linked, never shipped.
packages_load() { packages_bench_java; need wrk wrk; need mvn maven; }

setup_load() {
  setup_bench_java
  local pom=$SOURCE/tools/load.d/pom.xml name
  name=load-jersey-$(cksum < "$pom" | cut -d ' ' -f 1)
  ! done_already "$name" || return 0
  say "Jersey, Jackson and Grizzly"
  rm -rf "${BENCH:?}/jersey"
  mvn --quiet --batch-mode --file "$pom" dependency:copy-dependencies "-DoutputDirectory=$BENCH/jersey"
  stamp "$name"
}
