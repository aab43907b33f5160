// How a build that leaves parts of the standard out (wasm/CMakeLists.txt) refuses them.
#pragma once

#include <string>
#include <string_view>

#include "xml/document.hpp"

namespace scorelet::compile {

inline void reportLeftOut(xml::Element at, std::string_view what) {
  at.error(Code::leftOut,
           std::string(what) +
               " left out of this build; the full one has all (in JavaScript import \"scorelet\" instead of "
               "\"scorelet/lite\"; the module is its scorelet-full.wasm).");
}

}  // namespace scorelet::compile
