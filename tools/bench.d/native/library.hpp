// A peer's shared library, opened at run time: nothing of it is linked.
#pragma once

#include <dlfcn.h>

#include <string>

namespace bench {

class Library {
 public:
  bool open(const std::string& path, std::string& reason) {
    handle_ = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (handle_ == nullptr) reason = dlerror();
    return handle_ != nullptr;
  }
  // A function by its name; null if the library lacks it.
  template <class F>
  void bind(F*& function, const char* name) const {
    function = reinterpret_cast<F*>(dlsym(handle_, name));
  }

 private:
  void* handle_ = nullptr;  // stays open: the engines' threads and tables outlive what we know of them
};

}  // namespace bench
