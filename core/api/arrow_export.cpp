#include "api/arrow_export.hpp"

#include <cmath>
#include <cstring>
#include <limits>

#include <scorelet/records.hpp>
#include "api/arrow_owner.hpp"
#include "api/result_columns.hpp"
#include "base/value.hpp"

namespace scorelet::arrow {
namespace {

using Result = std::expected<ArrowArray, std::string>;

void setBit(std::uint8_t* bits, std::size_t i) noexcept { bits[i / 8] |= static_cast<std::uint8_t>(1u << (i % 8)); }

/// A column of fixed width: `store(i)` writes lane `i` and says whether it holds a value.
template <class T, class Store>
ArrowArray fixedWidth(std::size_t rows, std::size_t items, Store store) {
  Buffers buffers;
  std::uint8_t* validity = buffers.addValidity(rows);
  T* data = buffers.add<T>(items);
  std::size_t nulls = 0;
  for (std::size_t i = 0; i < rows; ++i) {
    if (store(data, i)) {
      setBit(validity, i);
    } else {
      ++nulls;
    }
  }
  if (nulls == 0) buffers.forgetValidity();
  return makeArray(rows, nulls, std::move(buffers));
}

template <class T>
ArrowArray numbers(std::span<const double> lanes) {
  return fixedWidth<T>(lanes.size(), lanes.size(), [&](T* data, std::size_t i) {
    if (!isPresent(lanes[i])) return false;
    data[i] = static_cast<T>(lanes[i]);
    return true;
  });
}

/// Lanes in units of 1/`scale` as whole numbers of type T; what does not fit is null.
template <class T>
ArrowArray wholes(std::span<const double> lanes, double scale) {
  constexpr double end = -static_cast<double>(std::numeric_limits<T>::min());  // a power of two, so exact
  return fixedWidth<T>(lanes.size(), lanes.size(), [&](T* data, std::size_t i) {
    const double x = std::rint(lanes[i] * scale);
    if (!(x >= -end && x < end)) return false;
    data[i] = static_cast<T>(x);
    return true;
  });
}

ArrowArray booleans(std::span<const double> lanes) {
  return fixedWidth<std::uint8_t>(lanes.size(), (lanes.size() + 7) / 8, [&](std::uint8_t* data, std::size_t i) {
    if (isPresent(lanes[i]) && lanes[i] != 0) setBit(data, i);
    return isPresent(lanes[i]);
  });
}

/// A column of texts: `append(i, bytes)` adds text `i` and says whether there is one.
template <class Append>
Result texts(std::size_t rows, Append append) {
  Buffers buffers;
  std::uint8_t* validity = buffers.addValidity(rows);
  auto* offsets = buffers.add<std::int32_t>(rows + 1);
  std::string bytes;
  std::size_t nulls = 0;
  for (std::size_t i = 0; i < rows; ++i) {
    if (append(i, bytes)) {
      setBit(validity, i);
    } else {
      ++nulls;
    }
    if (bytes.size() > std::numeric_limits<std::int32_t>::max()) {
      return std::unexpected("a result column has more than 2 GiB of text; score fewer rows at once");
    }
    offsets[i + 1] = static_cast<std::int32_t>(bytes.size());
  }
  std::memcpy(buffers.add<char>(bytes.size()), bytes.data(), bytes.size());
  if (nulls == 0) buffers.forgetValidity();
  return makeArray(rows, nulls, std::move(buffers));
}

void appendItem(std::string& out, const ResultValue& item) {
  if (item.kind == ResultValue::Kind::text) {
    out += item.text;
  } else {
    appendJson(out, item);
  }
}

/// Lists of text; numbers among the items are printed.
Result lists(const Scorer& scorer, std::size_t c) {
  const std::size_t rows = scorer.rows();
  Buffers buffers;
  std::uint8_t* validity = buffers.addValidity(rows);
  auto* offsets = buffers.add<std::int32_t>(rows + 1);
  std::vector<ResultValue> items;
  std::size_t nulls = 0;
  for (std::size_t i = 0; i < rows; ++i) {
    ResultValue value = scorer.value(c, i);
    if (value.kind == ResultValue::Kind::missing) {
      ++nulls;
    } else {
      setBit(validity, i);
      for (ResultValue& item : value.items) items.push_back(std::move(item));
    }
    offsets[i + 1] = static_cast<std::int32_t>(items.size());
  }
  if (nulls == 0) buffers.forgetValidity();
  Result child = texts(items.size(), [&](std::size_t i, std::string& bytes) {
    if (items[i].kind == ResultValue::Kind::missing) return false;
    appendItem(bytes, items[i]);
    return true;
  });
  if (!child) return child;
  return makeArray(rows, nulls, std::move(buffers), {*child});
}

Result column(const Scorer& scorer, std::size_t c) {
  const auto lanes = scorer.column(c);
  switch (scorer.model().results()[c].dataType) {
    case DataType::string:
      return texts(scorer.rows(), [&](std::size_t i, std::string& bytes) {
        if (!isPresent(lanes[i])) return false;
        bytes += scorer.view(c, i);
        return true;
      });
    case DataType::integer: return wholes<std::int64_t>(lanes, 1);
    case DataType::float32: return numbers<float>(lanes);
    case DataType::boolean: return booleans(lanes);
    case DataType::date: return wholes<std::int32_t>(lanes, 1);
    case DataType::time:
    case DataType::dateTime: return wholes<std::int64_t>(lanes, 1e6);
    case DataType::list: return lists(scorer, c);
    default: return numbers<double>(lanes);
  }
}

Result diagnostics(const Scorer& scorer) {
  return texts(scorer.rows(), [&](std::size_t i, std::string& bytes) {
    if (scorer.ok(i)) return false;
    appendDiagnosticsJson(bytes, scorer.diagnostics(i));
    return true;
  });
}

}  // namespace

std::expected<ArrowArray, std::string> exportResults(const Scorer& scorer, const RecordOptions& options) {
  std::vector<ArrowArray> children;
  std::string error;
  const auto take = [&](Result child) {
    if (child) {
      children.push_back(*child);
    } else {
      error = child.error();
    }
  };
  forEachColumn(scorer.model(), options, [&](std::size_t c) { take(column(scorer, c)); });
  if (options.diagnostics) take(diagnostics(scorer));
  if (!error.empty()) {
    for (ArrowArray& child : children) child.release(&child);
    return std::unexpected(error);
  }
  Buffers buffers;
  buffers.addValidity(0);
  buffers.forgetValidity();
  return makeArray(scorer.rows(), 0, std::move(buffers), std::move(children));
}

}  // namespace scorelet::arrow
