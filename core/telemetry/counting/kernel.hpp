// The passes of counting.hpp for one instruction set: SCORELET_SET names it, SCORELET_BYTES is what its registers hold.
// Nothing but builtin types, constants and no inline function of another header may stand here: this is compiled for
// processors that the rest of the program may not run on.

namespace scorelet::telemetry::counting::SCORELET_SET {

namespace {

typedef float Floats __attribute__((vector_size(SCORELET_BYTES)));
typedef float FewFloats __attribute__((vector_size(SCORELET_BYTES / 2)));
typedef double Doubles __attribute__((vector_size(SCORELET_BYTES)));
typedef std::int32_t Words __attribute__((vector_size(SCORELET_BYTES)));
typedef std::int64_t LongWords __attribute__((vector_size(SCORELET_BYTES)));
typedef std::uint32_t Bits __attribute__((vector_size(SCORELET_BYTES)));
typedef std::uint64_t LongBits __attribute__((vector_size(SCORELET_BYTES)));

template <class Number>
struct Of;
template <>
struct Of<float> {
  using Lanes = Floats;
  using Marks = Words;
  using Bits = SCORELET_SET::Bits;
  using Word = std::uint32_t;
  static constexpr int kDigits = 23, kSign = 31;
  static constexpr float kLeast = 0x1p-126F;
};
template <>
struct Of<double> {
  using Lanes = Doubles;
  using Marks = LongWords;
  using Bits = LongBits;
  using Word = std::uint64_t;
  static constexpr int kDigits = 52, kSign = 63;
  static constexpr double kLeast = 0x1p-1022;
};

template <class Register, class T>
Register load(const T* p) {
  Register out;
  __builtin_memcpy(&out, p, sizeof out);
  return out;
}
template <class Register, class T>
void store(const Register& lanes, T* p) {
  __builtin_memcpy(p, &lanes, sizeof lanes);
}

template <class Register>
auto total(const Register& marks) {
  auto sum = marks[0];
  for (std::size_t i = 1; i < sizeof(Register) / sizeof(sum); ++i) sum += marks[i];
  return sum;
}

/// Where the numbers of one register after the other lie.
template <class Number>
class Ends {
 public:
  using Lanes = typename Of<Number>::Lanes;
  static constexpr std::size_t kLanes = sizeof(Lanes) / sizeof(Number);

  void take(const Lanes& v) {
    low_ = v < low_ ? v : low_;
    high_ = v > high_ ? v : high_;
    present_ -= v == v;
  }
  /// `x` are those that were taken.
  void tell(const Number* x, std::size_t n, Extent& out) const {
    out.present = static_cast<std::size_t>(total(present_));
    out.low = least(low_);
    out.high = -least(-high_) + 0.0;
    out.zeros = 0;
    out.leastAbove = out.low > 0 ? out.low : __builtin_inf();
    out.mostBelow = out.high < 0 ? out.high : -__builtin_inf();
    if (out.low <= 0 && out.high >= 0) tellNextToZero(x, n, out);
  }

 private:
  static void tellNextToZero(const Number* x, std::size_t n, Extent& out) {
    const Lanes infinite = static_cast<Number>(__builtin_inf()) - Lanes{}, zero{};
    Lanes above = infinite, below = -infinite;
    typename Of<Number>::Marks zeros{};
    for (std::size_t i = 0; i < n; i += kLanes) {
      const Lanes v = load<Lanes>(x + i);
      const Lanes positive = v > zero ? v : infinite, negative = v < zero ? v : -infinite;
      above = positive < above ? positive : above;
      below = negative > below ? negative : below;
      zeros -= v == zero;
    }
    out.zeros = static_cast<std::size_t>(total(zeros));
    out.leastAbove = least(above);
    out.mostBelow = -least(-below);
  }
  static double least(const Lanes& lanes) {
    Number found = lanes[0];
    for (std::size_t i = 1; i < kLanes; ++i) found = lanes[i] < found ? lanes[i] : found;
    return static_cast<double>(found) + 0.0;  // of -0 and 0, which are equal, neither stays
  }

  Lanes low_ = static_cast<Number>(__builtin_inf()) - Lanes{}, high_ = -low_;
  typename Of<Number>::Marks present_{};
};

void measure(const double* x, std::size_t n, Extent& out) {
  Ends<double> ends;
  for (std::size_t i = 0; i < n; i += Ends<double>::kLanes) ends.take(load<Doubles>(x + i));
  ends.tell(x, n, out);
}

Doubles widened(const FewFloats& few) { return __builtin_convertvector(few, Doubles); }

#if SCORELET_BYTES == 32
Floats joined(const FewFloats& a, const FewFloats& b) { return __builtin_shufflevector(a, b, 0, 1, 2, 3, 4, 5, 6, 7); }
#else
Floats joined(const FewFloats& a, const FewFloats& b) { return __builtin_shufflevector(a, b, 0, 1, 2, 3); }
#endif

bool measureFloats(const double* x, std::size_t n, float* floats, Extent& out) {
  constexpr std::size_t kHalf = sizeof(Doubles) / sizeof(double);
  Ends<float> ends;
  LongWords areSame = ~LongWords{};
  for (std::size_t i = 0; i < n; i += 2 * kHalf) {
    const Doubles a = load<Doubles>(x + i), b = load<Doubles>(x + i + kHalf);
    const FewFloats fewA = __builtin_convertvector(a, FewFloats), fewB = __builtin_convertvector(b, FewFloats);
    areSame &= ((LongWords)widened(fewA) == (LongWords)a) & ((LongWords)widened(fewB) == (LongWords)b);
    const Floats both = joined(fewA, fewB);
    ends.take(both);
    store(both, floats + i);
  }
  ends.tell(floats, n, out);
  bool isSame = true;
  for (std::size_t i = 0; i < kHalf; ++i) isSame = isSame && areSame[i] != 0;
  return isSame;
}

template <class Number>
void reach(const Number* x, std::size_t n, const Number* edges, std::size_t count, std::uint32_t* reached) {
  using Kind = Of<Number>;
  using Lanes = typename Kind::Lanes;
  using Marks = typename Kind::Marks;
  constexpr std::size_t kLanes = sizeof(Lanes) / sizeof(Number);
  for (std::size_t first = 0; first < count; first += kEdges) {
    Lanes edge[kEdges];
    Marks marks[kEdges] = {};
    for (std::size_t k = 0; k < kEdges; ++k) edge[k] = edges[first + k] - Lanes{};
    for (std::size_t i = 0; i < n; i += kLanes)
      for (std::size_t k = 0; k < kEdges; ++k) marks[k] -= load<Lanes>(x + i) >= edge[k];
    for (std::size_t k = 0; k < kEdges; ++k) reached[first + k] = static_cast<std::uint32_t>(total(marks[k]));
  }
}

template <class Number>
void place(const Number* x, std::size_t n, int scale, std::uint16_t (*counters)[kCounters]) {
  using Kind = Of<Number>;
  using Lanes = typename Kind::Lanes;
  using Bits = typename Kind::Bits;
  using Word = typename Kind::Word;
  constexpr std::size_t kLanes = sizeof(Lanes) / sizeof(Number);
  constexpr Word kMagnitude = (Word{1} << Kind::kSign) - 1;
  Bits none{};
  for (std::size_t i = 0; i < kLanes; ++i) none[i] = static_cast<Word>(2 * kPlaces + i);
  Word places[kBlock];
  for (std::size_t i = 0; i < n; i += kLanes)
    store(load<Bits>(x + i) >> (Kind::kDigits - kPrefix) & ((Word{1} << kPrefix) - 1), places + i);
  for (std::size_t i = 0; i < n; ++i) {
    Word offset = kBucketOffsets<Word, Kind::kDigits>.of[places[i]];
    asm("" : "+r"(offset));  // one by one: compilers would put them together into registers, which takes longer
    places[i] = offset;
  }
  for (std::size_t i = 0; i < n; i += kLanes) {
    const Lanes v = load<Lanes>(x + i);
    const Bits bits = load<Bits>(x + i), size = bits & kMagnitude;
    const Bits bucket = (size + load<Bits>(places + i)) >> (Kind::kDigits - scale);
    const Bits place = (bucket & (kPlaces - 1)) + (bits >> Kind::kSign) * kPlaces;
    const auto isNormal = (v >= Kind::kLeast) | (v <= -Kind::kLeast);
    store(isNormal ? place : none, places + i);
  }
  for (std::size_t i = 0; i < n; i += kTurns)
    for (std::size_t turn = 0; turn < kTurns; ++turn) ++counters[turn][places[i + turn]];
}

constexpr double kHalfDigits = 0x1.8p52;  // added, it leaves a number's whole part in the last digits

double powerOfTwo(int exponent) {
  return __builtin_bit_cast(double, static_cast<std::uint64_t>(exponent + 1023) << 52);
}

Doubles doublesAt(const double* p) { return load<Doubles>(p); }
Doubles doublesAt(const float* p) { return widened(load<FewFloats>(p)); }

template <bool isFiner, class Number>
void sum(const Number* x, std::size_t n, int exponent, Sum& out) {
  constexpr std::size_t kLanes = sizeof(Doubles) / sizeof(double);
  const double cut = kHalfDigits * powerOfTwo(exponent);
  const double finerCut = isFiner ? kHalfDigits * powerOfTwo(exponent - kFinerBy) : 0;
  LongBits units{}, finer{};
  for (std::size_t i = 0; i < n; i += kLanes) {
    const Doubles given = doublesAt(x + i);
    const Doubles v = given == given ? given : Doubles{};
    const Doubles high = v + cut;
    units += (LongBits)high;
    if (isFiner) finer += (LongBits)((v - (high - cut)) + finerCut);
  }
  const auto whole = [&](const LongBits& sums, double of) {
    return static_cast<std::int64_t>(total(sums) - n * __builtin_bit_cast(std::uint64_t, of));
  };
  out.units = whole(units, cut);
  out.finer = isFiner ? whole(finer, finerCut) : 0;
}

template <class Number>
void add(const Number* x, std::size_t n, int exponent, bool isFiner, Sum& out) {
  if (isFiner)
    sum<true>(x, n, exponent, out);
  else
    sum<false>(x, n, exponent, out);
}

template <class Number>
constexpr Passes<Number> kPasses{reach<Number>, place<Number>, add<Number>};

}  // namespace

// NOLINTNEXTLINE(misc-definitions-in-headers): included once for each set
extern const Kernel kKernel{measure, measureFloats, kPasses<float>, kPasses<double>};

}  // namespace scorelet::telemetry::counting::SCORELET_SET
