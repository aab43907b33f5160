#include "api/arrow_owner.hpp"

#include <cstring>

namespace scorelet::arrow {
namespace {

// `private_data` of what is made here. A child has a release of its own, since a consumer may move it out
// of its parent and release the parent first (Arrow C Data Interface, "Moving an array").
struct OwnedSchema {
  std::string format, name, metadata;
  std::vector<ArrowSchema> children;
  std::vector<ArrowSchema*> pointers;
};

struct OwnedArray {
  Buffers buffers;
  std::vector<const void*> bufferPointers;
  std::vector<ArrowArray> children;
  std::vector<ArrowArray*> pointers;
};

template <class Owned, class Structure>
void release(Structure* structure) {
  auto* owned = static_cast<Owned*>(structure->private_data);
  for (auto& child : owned->children) {
    if (child.release != nullptr) child.release(&child);
  }
  structure->release = nullptr;
  delete owned;
}

template <class Owned>
void pointToChildren(Owned& owned) {
  for (auto& child : owned.children) owned.pointers.push_back(&child);
}

void appendInt32(std::string& out, std::size_t n) {
  const auto value = static_cast<std::int32_t>(n);
  char bytes[sizeof value];
  std::memcpy(bytes, &value, sizeof value);  // native byte order, as the interface asks
  out.append(bytes, sizeof value);
}

std::string encode(const Metadata& metadata) {
  std::size_t count = 0;
  std::string pairs;
  for (const auto& [key, value] : metadata) {
    if (value.empty()) continue;
    ++count;
    for (std::string_view text : {key, value}) {
      appendInt32(pairs, text.size());
      pairs.append(text);
    }
  }
  std::string out;
  if (count == 0) return out;
  appendInt32(out, count);
  return out + pairs;
}

}  // namespace

ArrowSchema makeSchema(std::string_view format, std::string_view name, const Metadata& metadata,
                       std::vector<ArrowSchema> children) {
  auto* owned = new OwnedSchema{std::string(format), std::string(name), encode(metadata), std::move(children), {}};
  pointToChildren(*owned);
  ArrowSchema schema{};
  schema.format = owned->format.c_str();
  schema.name = owned->name.c_str();
  schema.metadata = owned->metadata.empty() ? nullptr : owned->metadata.data();
  schema.flags = ARROW_FLAG_NULLABLE;
  schema.n_children = static_cast<std::int64_t>(owned->children.size());
  schema.children = owned->pointers.data();
  schema.release = release<OwnedSchema, ArrowSchema>;
  schema.private_data = owned;
  return schema;
}

ArrowArray makeArray(std::size_t length, std::size_t nulls, Buffers buffers, std::vector<ArrowArray> children) {
  auto* owned = new OwnedArray{std::move(buffers), {}, std::move(children), {}};
  owned->bufferPointers = std::move(owned->buffers.pointers_);
  pointToChildren(*owned);
  ArrowArray array{};
  array.length = static_cast<std::int64_t>(length);
  array.null_count = static_cast<std::int64_t>(nulls);
  array.n_buffers = static_cast<std::int64_t>(owned->bufferPointers.size());
  array.n_children = static_cast<std::int64_t>(owned->children.size());
  array.buffers = owned->bufferPointers.data();
  array.children = owned->pointers.data();
  array.release = release<OwnedArray, ArrowArray>;
  array.private_data = owned;
  return array;
}

}  // namespace scorelet::arrow
