// Batches that lie about themselves through the Arrow C Data Interface: refused or scored, and released once.
//
// What an importer cannot know it has to trust: that a buffer is as long as lengths and offsets say. So buffers hold
// small numbers of 4 or 8 bytes, which are no offset beyond their end however they are read (utf8_view, which would
// need more than that, is left to tests/c_api). All else, formats, lengths, counts, pointers, is up to the input.
#include <cstdint>
#include <cstdlib>
#include <deque>
#include <string>
#include <vector>

#include <fuzzer/FuzzedDataProvider.h>
#include <scorelet/scorelet.h>

#include "support/files.hpp"

namespace {

constexpr std::int64_t kMostRows = 40;
constexpr std::size_t kBufferBytes = 4096;  // holds kMostRows + 1 of anything, and every offset below is smaller

std::size_t released = 0;

scorelet_model* loan() {
  static scorelet_model* const model = [] {
    const auto bytes = scorelet::test::readFile(scorelet::test::projectRoot() + "/tests/data/examples/loan.pmml");
    scorelet_model* loaded = nullptr;
    if (!bytes || scorelet_load(bytes->data(), bytes->size(), nullptr, &loaded, nullptr) != SCORELET_OK) std::abort();
    return loaded;
  }();
  return model;
}

/// Memory of one batch; lives until the batch has been scored.
class Maker {
 public:
  explicit Maker(FuzzedDataProvider& data) : data_(data) {}

  void make(ArrowSchema& schema, ArrowArray& array, int depth) {
    static constexpr const char* kFormats[] = {
        "n",   "b",   "c",    "C",    "s",       "S",   "i",   "I",   "l",   "L",  "f",  "g",  "u", "U", "u",
        "tdD", "tdm", "tss:", "tsm:", "tsn:UTC", "tts", "ttm", "ttu", "ttn", "+l", "+L", "+s", "z", "e", "d:3,1"};
    schema = {};
    array = {};
    schema.format = data_.ConsumeIntegralInRange(0, 30) == 0 ? nullptr : data_.PickValueInArray(kFormats);
    schema.name = name();
    schema.release = [](ArrowSchema* s) { s->release = nullptr; };
    array.length = size();
    array.null_count = data_.ConsumeIntegralInRange<std::int64_t>(-2, kMostRows);
    array.offset = data_.ConsumeBool() ? 0 : size() / 4;
    array.n_buffers = data_.ConsumeIntegralInRange(0, 4);
    array.release = [](ArrowArray* a) { a->release = nullptr; };
    auto& pointers = pointers_.emplace_back(4, nullptr);
    for (const void*& p : pointers)
      if (data_.ConsumeIntegralInRange(0, 7) != 0) p = buffer();
    array.buffers = pointers.data();
    const auto children = depth == 0 ? 0 : data_.ConsumeIntegralInRange<std::int64_t>(0, 3);
    addChildren(schema, array, children, depth);
    if (depth > 0 && data_.ConsumeIntegralInRange(0, 3) == 0) {
      schema.dictionary = &schemas_.emplace_back();
      array.dictionary = &arrays_.emplace_back();
      make(*schema.dictionary, *array.dictionary, depth - 1);
    }
  }

  void addChildren(ArrowSchema& schema, ArrowArray& array, std::int64_t count, int depth) {
    auto& schemaChildren = schemaLists_.emplace_back();
    auto& arrayChildren = arrayLists_.emplace_back();
    for (std::int64_t i = 0; i < count; ++i) {
      ArrowSchema& childSchema = schemas_.emplace_back();
      ArrowArray& childArray = arrays_.emplace_back();
      make(childSchema, childArray, depth - 1);
      schemaChildren.push_back(&childSchema);
      arrayChildren.push_back(&childArray);
    }
    schema.n_children = array.n_children = count;
    schema.children = schemaChildren.data();
    array.children = arrayChildren.data();
  }

 private:
  std::int64_t size() {
    static constexpr std::int64_t kOdd[] = {-1, INT64_MAX, INT64_MIN, std::int64_t{1} << 40};
    return data_.ConsumeIntegralInRange(0, 30) == 0 ? data_.PickValueInArray(kOdd)
                                                    : data_.ConsumeIntegralInRange<std::int64_t>(0, kMostRows);
  }

  const char* name() {
    static constexpr const char* kNames[] = {"income", "debts", "home", "income", "debts", "", "\xff"};
    return data_.ConsumeIntegralInRange(0, 30) == 0 ? nullptr : data_.PickValueInArray(kNames);
  }

  /// Small numbers in some width, as offsets are, or plain bytes.
  const void* buffer() {
    auto& words = words_.emplace_back(kBufferBytes / 8, 0);
    auto* bytes = reinterpret_cast<std::uint8_t*>(words.data());
    const int width = data_.ConsumeBool() ? 4 : 8;
    const auto values = data_.ConsumeBytes<std::int8_t>(static_cast<std::size_t>(kMostRows) + 1);
    std::int64_t last = 0;
    const bool ascends = data_.ConsumeBool();
    for (std::size_t i = 0; i < values.size(); ++i) {
      last = ascends ? last + (values[i] & 15) : values[i];
      for (int b = 0; b < width; ++b)
        bytes[i * static_cast<std::size_t>(width) + static_cast<std::size_t>(b)] =
            static_cast<std::uint8_t>(last >> (8 * b));
    }
    return words.data();
  }

  FuzzedDataProvider& data_;
  std::deque<ArrowSchema> schemas_;
  std::deque<ArrowArray> arrays_;
  std::deque<std::vector<const void*>> pointers_;
  std::deque<std::vector<ArrowSchema*>> schemaLists_;
  std::deque<std::vector<ArrowArray*>> arrayLists_;
  std::deque<std::vector<std::uint64_t>> words_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  FuzzedDataProvider data(bytes, size);
  Maker maker(data);
  ArrowSchema schema{}, outSchema{};
  ArrowArray rows{}, out{};
  schema.format = "+s";
  schema.name = "";
  schema.release = [](ArrowSchema* s) { s->release = nullptr; };
  rows.length = data.ConsumeIntegralInRange<std::int64_t>(0, kMostRows);
  rows.offset = data.ConsumeBool() ? 0 : 1;
  const void* noValidity[] = {nullptr};
  rows.n_buffers = 1;
  rows.buffers = noValidity;
  released = 0;
  rows.release = [](ArrowArray* a) {
    a->release = nullptr;
    ++released;
  };
  maker.addChildren(schema, rows, data.ConsumeIntegralInRange(0, 5), 3);
  // Most columns are as long as the batch, so that their values are looked at.
  for (std::int64_t i = 0; i < rows.n_children; ++i)
    if (data.ConsumeIntegralInRange(0, 7) != 0) {
      rows.children[i]->length = rows.length + rows.offset;
      rows.children[i]->null_count = -1;
      rows.children[i]->offset = 0;
    }

  scorelet_scorer* scorer = nullptr;
  if (scorelet_scorer_new(loan(), nullptr, &scorer) != SCORELET_OK) std::abort();
  const std::int64_t expected = rows.length;
  if (scorelet_score(scorer, &schema, &rows, &outSchema, &out) == SCORELET_OK) {
    if (out.length != expected) std::abort();
    out.release(&out);
    outSchema.release(&outSchema);
  }
  if (released != 1) std::abort();
  scorelet_scorer_release(scorer);
  return 0;
}
