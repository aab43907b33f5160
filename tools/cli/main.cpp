// scorelet: score, inspect, verify, compile and serve PMML models from the command line.
#ifndef __wasi__
#include <csignal>
#endif
#include <string>
#include <vector>

#include "command.hpp"

int main(int argc, char** argv) {
#ifndef __wasi__
  std::signal(SIGPIPE, SIG_IGN);  // a reader that went away is an error to report, not a reason to vanish
#endif
  const std::vector<std::string> arguments(argv + (argc > 0 ? 1 : 0), argv + argc);
  return static_cast<int>(scorelet::cli::runProgram(arguments));
}
