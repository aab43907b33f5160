// Functions of any number of arguments; the caller leaves out missing ones. Summation is left to right.
#include <cmath>

#include "functions/functions.hpp"

namespace scorelet::functions {

Value min(Call&, Arguments a) {
  double least = a[0];
  for (const Value v : a) least = v < least ? v : least;
  return least;
}

Value max(Call&, Arguments a) {
  double largest = a[0];
  for (const Value v : a) largest = v > largest ? v : largest;
  return largest;
}

Value sum(Call&, Arguments a) {
  double total = 0;
  for (const Value v : a) total += v;
  return checked(total);
}

Value product(Call&, Arguments a) {
  double total = 1;
  for (const Value v : a) total *= v;
  return checked(total);
}

Value avg(Call& call, Arguments a) {
  const Value total = sum(call, a);
  return isPresent(total) ? total / static_cast<double>(a.size()) : total;
}

namespace {

/// The value with `rank` smaller or equal ones before it, found by counting: arguments are few and stay in place.
double nth(Arguments a, std::size_t rank) {
  for (const Value candidate : a) {
    std::size_t smaller = 0, equal = 0;
    for (const Value v : a) {
      smaller += v < candidate;
      equal += v == candidate;
    }
    if (smaller <= rank && rank < smaller + equal) return candidate;
  }
  return missing();
}

}  // namespace

Value median(Call&, Arguments a) {
  const std::size_t half = a.size() / 2;
  if (a.size() % 2 == 1) return nth(a, half);
  return checked((nth(a, half - 1) + nth(a, half)) / 2);
}

}  // namespace scorelet::functions
