// Where Boost would throw: nothing here calls what does so but for lack of memory or of the system's own means.
#include <boost/assert/source_location.hpp>
#include <boost/throw_exception.hpp>
#include <cstdlib>

namespace boost {

void throw_exception(const std::exception&) { std::abort(); }
void throw_exception(const std::exception&, const source_location&) { std::abort(); }

}  // namespace boost
