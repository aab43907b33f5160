// Storage of the host's, by two functions in the import module "scorelet" (module.h).
#include <cstdint>
#include <cstdlib>

#include "module/instance.hpp"
#include "service/json_tree.hpp"

namespace {

struct Given {
  char* at = nullptr;
  std::size_t size = 0;
};

}  // namespace

extern "C" {
[[clang::import_module("scorelet"), clang::import_name("read")]] std::int32_t hostRead(const char* what,
                                                                                       std::size_t whatSize,
                                                                                       const char* key,
                                                                                       std::size_t keySize, Given* out);
[[clang::import_module("scorelet"), clang::import_name("write")]] void hostWrite(const char* what, std::size_t whatSize,
                                                                                 const char* key, std::size_t keySize,
                                                                                 const char* bytes, std::size_t size);
}

namespace scorelet::module {
namespace {

using service::Answer;
using service::fail;

Answer<std::string> read(std::string_view what, std::string_view key) {
  Given given;
  if (hostRead(what.data(), what.size(), key.data(), key.size(), &given) == 0)
    return fail(500, "Storage does not have what was kept there: " + std::string(what) + " " + std::string(key) + ".");
  std::string out(given.at, given.size);
  std::free(given.at);
  return out;
}

/// The host keeps the answer back until this is done for good; if it cannot be, there is none, and the instance is
/// lost.
Answer<void> write(std::string_view what, std::string_view key, std::string_view bytes) {
  hostWrite(what.data(), what.size(), key.data(), key.size(), bytes.data(), bytes.size());
  return {};
}

class ImportedStorage final : public service::Storage {
 public:
  Answer<std::string> readLog() override { return read("readLog", ""); }
  Answer<void> appendLog(std::string_view lines, std::size_t size) override {
    return write("appendLog", std::to_string(size), lines);
  }
  Answer<std::string> readObject(const std::string& sha256) override { return read("readObject", sha256); }
  Answer<void> writeObject(const std::string& sha256, std::string_view bytes) override {
    return write("writeObject", sha256, bytes);
  }
};

class ImportedAuditStorage final : public service::AuditStorage {
 public:
  Answer<std::vector<std::uint64_t>> segments() override {
    const auto list = module::read("segments", "");
    if (!list) return std::unexpected(list.error());
    const auto tree = service::JsonTree::read(*list, 1'000'000);
    if (!tree) return std::unexpected(tree.error());
    std::vector<std::uint64_t> out;
    for (const service::JsonValue one : tree->root()) out.push_back(static_cast<std::uint64_t>(one.node().number));
    return out;
  }
  Answer<std::string> read(std::uint64_t segment) override { return module::read("read", std::to_string(segment)); }
  Answer<void> append(std::uint64_t segment, std::string_view lines) override {
    if (lines.empty()) return {};
    return write("append", std::to_string(segment), lines);
  }
  Answer<void> replace(std::uint64_t segment, std::string_view lines) override {
    return write("replace", std::to_string(segment), lines);
  }
  Answer<void> remove(std::uint64_t segment) override { return write("remove", std::to_string(segment), ""); }
};

}  // namespace

service::Storage* storage() {
  static ImportedStorage it;
  return &it;
}

service::AuditStorage* auditStorage() {
  static ImportedAuditStorage it;
  return &it;
}

}  // namespace scorelet::module
