# What tools/load needs beside the hosts: wrk, which makes the load, and JPMML-Evaluator, which is measured beside them.
packages_load() { packages_bench_java; need wrk wrk; }
setup_load() { setup_bench_java; }
