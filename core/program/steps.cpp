#include "program/steps.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/datetime.hpp"
#include "program/interval.hpp"

namespace scorelet::program {

void TreatStep::run(const Frame& frame) const {
  const double* in = frame.at(from);
  double* out = frame.at(to);
  if (!isList) {
    std::copy_n(in, frame.n, out);
    treatment.apply({out, frame.n});
    return;
  }
  auto& items = frame.buffers.numbers;
  for (std::size_t i = 0; i < frame.n; ++i) {
    out[i] = treatment.applyToList(in[i]);
    if (!isPresent(in[i])) continue;
    items.clear();
    for (const Value v : frame.lists[in[i]]) items.push_back(treatment.apply(v));
    out[i] = frame.lists.add(items);
  }
}

void CastStep::run(const Frame& frame) const {
  const double* in = frame.at(from.slot);
  double* out = frame.at(to.slot);
  if (to.type == DataType::float32 && from.type != DataType::string && isNumeric(from.type)) {
    for (std::size_t i = 0; i < frame.n; ++i) out[i] = toFloat(in[i]);
    return;
  }
  for (std::size_t i = 0; i < frame.n; ++i)
    out[i] = isPresent(in[i]) ? castValue(in[i], from.type, to.type, frame.strings) : in[i];
}

void CastItemsStep::run(const Frame& frame) const {
  std::vector<double>& items = frame.buffers.numbers;
  for (std::size_t i = 0; i < frame.n; ++i) {
    const Value list = frame.at(from.slot)[i];
    Value& out = frame.at(to.slot)[i];
    out = list;
    if (!isPresent(list)) continue;
    const std::span<const Value> source = frame.lists[list];
    items.assign(source.begin(), source.end());
    for (Value& v : items)
      if (isPresent(v)) v = castValue(v, from.item, to.item, frame.strings);
    out = frame.lists.add(items);
  }
}

void ReplaceMissingStep::run(const Frame& frame) const {
  const double* in = frame.at(from);
  double* out = frame.at(to);
  for (std::size_t i = 0; i < frame.n; ++i) out[i] = isMissing(in[i]) ? value : in[i];
}

void CopyStep::run(const Frame& frame) const { std::copy_n(frame.at(from), frame.n, frame.at(to)); }

Value CallStep::call(const Frame& frame, std::span<const Value> values) const {
  using functions::MissingRule;
  functions::Call call{frame.strings, frame.regexes, types, frame.limits.textBytes};
  Value result;
  if (function->missing == MissingRule::own) {
    result = function->function(call, values);
    // Poison that an argument brought is not this function's to treat.
    if (isInvalid(result))
      for (const Value v : values)
        if (std::bit_cast<std::uint64_t>(v) == std::bit_cast<std::uint64_t>(result)) return result;
  } else {
    for (const Value v : values)
      if (isInvalid(v)) return v;
    const bool anyMissing = std::any_of(values.begin(), values.end(), [](Value v) { return isMissing(v); });
    if (!anyMissing) {
      result = function->function(call, values);
    } else if (function->missing == MissingRule::propagate) {
      result = missing();
    } else {  // skip: the rest, in order
      Value rest[256];
      DataType restTypes[256];
      std::size_t count = 0;
      for (std::size_t i = 0; i < values.size(); ++i)
        if (isPresent(values[i])) {
          rest[count] = values[i];
          restTypes[count++] = types[i];
        }
      call.types = {restTypes, count};
      result = count == 0 ? missing() : function->function(call, {rest, count});
    }
  }
  if (roundsToFloat) result = toFloat(result);
  if (isInvalid(result)) {
    if (!invalidIsMissing) return invalid(reasonOf(result), place);
    result = missing();
  }
  return isMissing(result) ? defaultValue : result;
}

// Apart from the loops: its place for arguments is large.
[[gnu::noinline]] Value CallStep::one(const Frame& frame, std::size_t i) const {
  Value values[256];
  bool anyMissing = false, anyInvalid = false;
  for (std::size_t a = 0; a < arguments.size(); ++a) {
    values[a] = frame.at(arguments[a])[i];
    anyMissing |= isMissing(values[a]);
    anyInvalid |= isInvalid(values[a]);
  }
  // An invalid argument ends the record before anything is mapped.
  return anyMissing && mapsMissing && !anyInvalid ? mapMissingTo : call(frame, {values, arguments.size()});
}

void CallStep::run(const Frame& frame) const {
  double* out = frame.at(to);
  if (columns == nullptr) {
    for (std::size_t i = 0; i < frame.n; ++i) out[i] = one(frame, i);
    return;
  }
  const double* in[functions::kColumnArguments];
  for (std::size_t a = 0; a < arguments.size(); ++a) in[a] = frame.at(arguments[a]);
  columns(in, frame.n, out);
  if (frame.n == 1) {
    const Value result = roundsToFloat ? toFloat(*out) : *out;
    *out = isPresent(result) ? result : one(frame, 0);
    return;
  }
  for (std::size_t i = 0; i < frame.n && roundsToFloat; ++i) out[i] = toFloat(out[i]);
  for (std::size_t i = 0; i < frame.n; ++i)
    if (!isPresent(out[i])) out[i] = one(frame, i);
}

void FunctionResultStep::run(const Frame& frame) const {
  const double* in = frame.at(from);
  double* out = frame.at(to);
  for (std::size_t i = 0; i < frame.n; ++i) {
    bool anyMissing = false, anyInvalid = false;
    for (const Slot a : arguments) {
      anyMissing |= isMissing(frame.at(a)[i]);
      anyInvalid |= isInvalid(frame.at(a)[i]);
    }
    // As in CallStep: an invalid argument is not this call's to treat.
    if (anyMissing && mapsMissing && !anyInvalid) {
      out[i] = mapMissingTo;
    } else {
      const Value v = isInvalid(in[i]) && invalidIsMissing && !anyInvalid ? missing() : in[i];
      out[i] = isMissing(v) ? defaultValue : v;
    }
  }
}

void NormContinuousStep::run(const Frame& frame) const {
  const double* in = frame.at(from);
  double* out = frame.at(to);
  const std::size_t last = orig.size() - 1;
  const auto round = [this](double x) { return roundsToFloat ? toFloat(x) : x; };
  for (std::size_t i = 0; i < frame.n; ++i) {
    const double x = in[i];
    if (!isPresent(x)) {
      out[i] = isMissing(x) ? mapMissingTo : x;
      continue;
    }
    std::size_t segment;
    if (x < orig[0] || x > orig[last]) {
      if (outliers == Outliers::asMissingValues) {
        out[i] = missing();
        continue;
      }
      if (outliers == Outliers::asExtremeValues) {
        out[i] = x < orig[0] ? norm[0] : norm[last];
        continue;
      }
      segment = x < orig[0] ? 0 : last - 1;
    } else {
      segment = static_cast<std::size_t>(std::upper_bound(orig.begin() + 1, orig.end() - 1, x) - orig.begin()) - 1;
    }
    const double share = round(round(x - orig[segment]) / round(orig[segment + 1] - orig[segment]));
    out[i] = checked(round(norm[segment] + round(share * round(norm[segment + 1] - norm[segment]))));
  }
}

void NormDiscreteStep::run(const Frame& frame) const {
  const double* in = frame.at(from);
  double* out = frame.at(to);
  for (std::size_t i = 0; i < frame.n; ++i)
    out[i] = isPresent(in[i]) ? fromBool(in[i] == value) : isMissing(in[i]) ? mapMissingTo : in[i];
}

void DiscretizeStep::run(const Frame& frame) const {
  const double* in = frame.at(from);
  double* out = frame.at(to);
  for (std::size_t i = 0; i < frame.n; ++i)
    out[i] = isPresent(in[i]) ? defaultValue : isMissing(in[i]) ? mapMissingTo : in[i];
  // From the last bin to the first, which prevails; without branches, which no processor could foresee.
  for (auto bin = bins.rbegin(); bin != bins.rend(); ++bin) {
    const auto [interval, value] = *bin;
    for (std::size_t i = 0; i < frame.n; ++i) {
      const Value other = out[i];
      out[i] = inInterval(interval, in[i]) ? value : other;
    }
  }
}

void MapValuesStep::run(const Frame& frame) const {
  double* out = frame.at(to);
  const std::size_t width = keys.size(), count = values.size();
  for (std::size_t i = 0; i < frame.n; ++i) {
    Value poison = missing();
    bool complete = true;
    for (const Slot key : keys) {
      const Value v = frame.at(key)[i];
      if (isInvalid(v)) poison = v;
      complete &= isPresent(v);
    }
    if (!complete) {
      out[i] = isInvalid(poison) ? poison : mapMissingTo;
      continue;
    }
    std::size_t low = 0, high = count;
    while (low < high) {  // first row not less than the record's keys
      const std::size_t middle = (low + high) / 2;
      int order = 0;
      for (std::size_t k = 0; k < width && order == 0; ++k) {
        const Value a = rows[middle * width + k], b = frame.at(keys[k])[i];
        order = a < b ? -1 : a > b ? 1 : 0;
      }
      if (order < 0)
        low = middle + 1;
      else
        high = middle;
    }
    bool isEqual = low < count;
    for (std::size_t k = 0; k < width && isEqual; ++k) isEqual = rows[low * width + k] == frame.at(keys[k])[i];
    out[i] = isEqual ? values[low] : defaultValue;
  }
}

void TextIndexStep::run(const Frame& frame) const {
  const double* texts = frame.at(text);
  const double* terms = frame.at(term);
  double* out = frame.at(to);
  for (std::size_t i = 0; i < frame.n; ++i) {
    if (!isPresent(texts[i]) || !isPresent(terms[i])) {
      out[i] = isInvalid(texts[i]) ? texts[i] : isInvalid(terms[i]) ? terms[i] : missing();
      continue;
    }
    out[i] = text::evaluate(index, frame.strings.text(texts[i]), frame.strings.text(terms[i]), frame.regexes,
                            frame.text, frame.limits.textBytes);
  }
}

void AggregateStep::run(const Frame& frame) const {
  const double* in = frame.at(from);
  double* out = frame.at(to);
  for (std::size_t i = 0; i < frame.n; ++i) {
    if (isInvalid(in[i]) || (isMissing(in[i]) && function != Function::count)) {
      out[i] = in[i];
      continue;
    }
    if (function == Function::multiset) {  // the items themselves, as one set-valued field
      out[i] = in[i];
      continue;
    }
    const std::span<const Value> items = isMissing(in[i]) ? std::span<const Value>{} : frame.lists[in[i]];
    std::size_t count = 0;
    double sum = 0, least = std::numeric_limits<double>::infinity(), most = -least;
    Value poison = missing();
    for (const Value v : items) {
      if (isInvalid(v)) poison = v;
      if (!isPresent(v)) continue;
      ++count;
      sum += v;
      least = std::min(least, v);
      most = std::max(most, v);
    }
    if (isInvalid(poison))
      out[i] = poison;
    else if (function == Function::count)
      out[i] = static_cast<double>(count);
    else if (count == 0)
      out[i] = missing();
    else if (function == Function::sum)
      out[i] = sum;
    else if (function == Function::average)
      out[i] = sum / static_cast<double>(count);
    else
      out[i] = function == Function::min ? least : most;
  }
}

}  // namespace scorelet::program
