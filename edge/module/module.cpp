#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "api/json_writer.hpp"
#include "module/instance.hpp"
#include "service/json_tree.hpp"

extern "C" {
#include "module.h"
}

namespace {

using namespace scorelet::service;

/// What a host says of its storage.
struct Kept {
  bool store = false;
  std::optional<AuditPolicy> audit;  ///< none: predictions are not recorded
};

constexpr std::size_t kSegmentBytes = std::size_t{4} << 20;  // one is read as a whole, and memory is dear here

struct Instance {
  Instance(Settings s, Kept kept) : settings(std::move(s)), host(scorelet::module::host()) {
    if (kept.store) store.emplace(*scorelet::module::storage(), host);
    if (kept.audit) audit.emplace(*scorelet::module::auditStorage(), host, std::move(*kept.audit), kSegmentBytes);
    service.emplace(settings, host, store ? &*store : nullptr, audit ? &*audit : nullptr);
  }
  Settings settings;
  Host& host;
  std::optional<ModelStore> store;
  std::optional<AuditLog> audit;
  bool isAuditOpen = false;
  std::optional<Service> service;
};

std::unique_ptr<Instance> instance;
std::string answers[2];

int refuse(std::string why) {
  answers[0] = std::move(why);
  return 0;
}

Answer<Kept> readKept(std::string_view json) {
  Kept kept;
  const auto tree = JsonTree::read(json, 10'000);
  if (!tree) return std::unexpected(tree.error());
  kept.store = tree->root().member("store").node().number != 0;
  if (const JsonValue policy = tree->root().member("audit")) {
    auto read = AuditPolicy::read(policy.raw());
    if (!read) return std::unexpected(read.error());
    kept.audit = std::move(*read);
  }
  const bool hasNone = (kept.store && scorelet::module::storage() == nullptr) ||
                       (kept.audit && scorelet::module::auditStorage() == nullptr);
  if (hasNone) return fail(400, "This module has no storage.");
  return kept;
}

Request requestOf(std::string_view head, std::string_view body) {
  Request request;
  const auto tree = JsonTree::read(head, 10'000);
  if (!tree) return request;  // of no method: refused as any other that is malformed
  const JsonValue root = tree->root();
  request.method = root.member("method").text();
  request.target = root.member("target").text();
  request.isLoopback = root.member("isLoopback").node().number != 0;
  request.isAgain = root.member("isAgain").node().number != 0;
  for (const JsonValue header : root.member("headers")) {
    std::string_view parts[2];
    std::size_t n = 0;
    for (const JsonValue part : header)
      if (n < 2) parts[n++] = part.text();
    request.headers.push_back({std::string(parts[0]), std::string(parts[1])});
  }
  request.body = body;
  return request;
}

std::string headOf(const Response& response) {
  scorelet::JsonWriter out;
  const auto header = [&](std::string_view name, std::string_view value) {
    out.open('[').text(name).text(value).close(']');
  };
  out.open('{').name("status").number(response.status).name("headers").open('[');
  if (!response.type.empty()) header("content-type", response.type);
  for (const Header& h : response.headers) header(h.name, h.value);
  return out.close(']').close('}').take();
}

}  // namespace

namespace scorelet::module {

service::Service* service() noexcept { return instance == nullptr ? nullptr : &*instance->service; }
const service::Settings& settings() noexcept { return instance->settings; }

}  // namespace scorelet::module

extern "C" {

void* service_alloc(size_t size) {
  void* memory = std::malloc(size > 0 ? size : 1);
  if (memory == nullptr) __builtin_trap();
  return memory;
}

void service_free(void* memory) { std::free(memory); }

int service_start(const char* settings, size_t size, const char* kept, size_t kept_size) {
  auto read = readSettings(size == 0 ? "{}" : std::string_view(settings, size));
  if (!read) return refuse(read.error().field + ": " + read.error().message);
  auto said = readKept(kept_size == 0 ? "{}" : std::string_view(kept, kept_size));
  if (!said) return refuse(said.error().message);
  instance = std::make_unique<Instance>(std::move(*read), std::move(*said));
  return 1;
}

int service_follow() {
  if (instance == nullptr) return refuse("service_start comes first");
  Answer<void> done;
  if (instance->audit && !instance->isAuditOpen) {
    done = instance->audit->open();
    instance->isAuditOpen = done.has_value();
  }
  if (done && instance->store) done = instance->service->followStore();
  return done ? 1 : refuse(done.error().message);
}

int service_deploy(const char* name, size_t name_size, const char* document, size_t size) {
  if (instance == nullptr) return refuse("service_start comes first");
  const auto ok = instance->service->deploy(std::string(name, name_size), std::string(document, size));
  return ok ? 1 : refuse(ok.error().message);
}

int service_handle(const char* head, size_t head_size, const char* body, size_t size) {
  if (instance == nullptr) __builtin_trap();
  Response response = instance->service->handle(requestOf({head, head_size}, {body, size}));
  if (response.isWaiting) return 0;
  answers[0] = headOf(response);
  answers[1] = std::move(response.body);
  return 1;
}

void service_drain() {
  if (instance != nullptr) instance->service->drain();
}

const char* service_answer(int part) { return answers[part != 0].data(); }
size_t service_answer_size(int part) { return answers[part != 0].size(); }

}  // extern "C"
