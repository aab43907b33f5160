// How the program ends; documented in scorelet.1.
#pragma once

namespace scorelet::cli {

enum class ExitCode {
  ok = 0,
  failed = 1,  ///< a bad row under --strict; a verification that did not pass
  usage = 2,
  model = 3,  ///< the document is refused
  files = 4,  ///< a file cannot be read, understood or written
};

}  // namespace scorelet::cli
