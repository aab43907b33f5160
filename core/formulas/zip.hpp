// A ZIP archive of stored files, which is what an .xlsx is.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace scorelet::formulas {

class Zip {
 public:
  void add(std::string_view name, std::string_view content);
  [[nodiscard]] std::vector<std::byte> finish();

 private:
  struct Entry {
    std::string name;
    std::uint32_t crc, size, offset;
  };
  void header(std::string& to, const Entry& e, bool isCentral) const;
  std::string bytes_;
  std::vector<Entry> entries_;
};

}  // namespace scorelet::formulas
