// A host of functions in the import module "scorelet" (module.h).
#include <cstdint>

#include "module/instance.hpp"

extern "C" {
[[clang::import_module("scorelet"), clang::import_name("now")]] double hostNow();
[[clang::import_module("scorelet"), clang::import_name("random")]] std::uint32_t hostRandom();
[[clang::import_module("scorelet"), clang::import_name("log")]] void hostLog(const char* line, std::size_t size);
[[clang::import_module("scorelet"), clang::import_name("waiting")]] std::int32_t hostWaiting();
}

namespace scorelet::module {
namespace {

class ImportedHost final : public service::Host {
 public:
  std::uint64_t now() override { return static_cast<std::uint64_t>(hostNow()); }
  std::uint64_t random() override { return std::uint64_t{hostRandom()} << 32 | hostRandom(); }
  void log(std::string_view line) override { hostLog(line.data(), line.size()); }
  bool isWaiting() override { return hostWaiting() != 0; }
};

}  // namespace

service::Host& host() {
  static ImportedHost it;
  return it;
}

}  // namespace scorelet::module
