#include "service/tar.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>

namespace scorelet::service {
namespace {

constexpr std::size_t kBlock = 512;
constexpr std::size_t kMostFiles = 100;

// Where what stands in a header.
struct Place {
  std::size_t at, size;
};
constexpr Place kName{0, 100}, kMode{100, 8}, kOwner{108, 8}, kGroup{116, 8}, kSize{124, 12}, kTime{136, 12},
    kSum{148, 8}, kType{156, 1}, kMagic{257, 6}, kPrefix{345, 155};

std::string_view at(std::string_view header, Place place) { return header.substr(place.at, place.size); }

std::string_view upToZero(std::string_view text) { return text.substr(0, text.find('\0')); }

std::optional<std::size_t> octal(std::string_view text) {
  text = trimmed(upToZero(text));
  if (text.empty() || text.size() > 11) return std::nullopt;
  std::uint64_t out = 0;
  for (const char c : text) {
    if (c < '0' || c > '7') return std::nullopt;
    out = out << 3 | static_cast<std::uint64_t>(c - '0');
  }
  if (out > std::numeric_limits<std::uint32_t>::max()) return std::nullopt;
  return static_cast<std::size_t>(out);
}

/// Of the header's bytes, those of the sum itself being blanks.
std::size_t sumOf(std::string_view header) {
  std::size_t sum = 0;
  for (std::size_t i = 0; i < kBlock; ++i)
    sum += i >= kSum.at && i < kSum.at + kSum.size ? ' ' : static_cast<unsigned char>(header[i]);
  return sum;
}

bool isZero(std::string_view bytes) {
  return std::ranges::all_of(bytes, [](char c) { return c == 0; });
}

std::size_t inBlocks(std::size_t size) { return (size + kBlock - 1) / kBlock * kBlock; }

void put(std::string& header, Place place, std::string_view text) {
  std::ranges::copy(text, header.begin() + static_cast<std::ptrdiff_t>(place.at));
}

void putOctal(std::string& header, Place place, std::size_t number) {
  std::string digits(place.size - 1, '0');
  for (std::size_t i = digits.size(); i-- > 0; number >>= 3) digits[i] = static_cast<char>('0' + (number & 7));
  put(header, place, digits);
}

}  // namespace

bool isTar(std::string_view bytes) noexcept {
  return bytes.size() >= kBlock && bytes.substr(kMagic.at).starts_with("ustar");
}

Answer<std::vector<TarFile>> readTar(std::string_view bytes) {
  std::vector<TarFile> out;
  const auto wrong = [](const std::string& what) {
    return fail(400, "The archive is not one of plain files: " + what);
  };
  for (;;) {
    if (bytes.size() < kBlock) return wrong("it ends too early.");
    const std::string_view header = bytes.substr(0, kBlock);
    if (isZero(header)) break;
    const std::string name(upToZero(at(header, kName)));
    const auto size = octal(at(header, kSize)), sum = octal(at(header, kSum));
    if (!at(header, kMagic).starts_with("ustar") || !size || !sum || *sum != sumOf(header))
      return wrong("a header is damaged.");
    const char type = header[kType.at];
    const bool isPlain = (type == '0' || type == 0) && !name.empty() && name.find('/') == std::string::npos &&
                         name[0] != '.' && header[kPrefix.at] == 0;
    if (!isPlain) return wrong("\"" + name + "\" is none.");
    if (std::ranges::any_of(out, [&](const TarFile& file) { return file.name == name; }))
      return wrong("there are two \"" + name + "\".");
    bytes.remove_prefix(kBlock);
    if (*size > bytes.size() || bytes.size() < inBlocks(*size)) return wrong("it ends too early.");
    if (!isZero(bytes.substr(*size, inBlocks(*size) - *size))) return wrong("there is something between its files.");
    if (out.size() == kMostFiles) return wrong("there are too many.");
    out.push_back({name, bytes.substr(0, *size)});
    bytes.remove_prefix(inBlocks(*size));
  }
  if (!isZero(bytes)) return wrong("there is something behind its end.");
  return out;
}

std::string writeTar(const std::vector<TarFile>& files) {
  std::string out;
  for (const TarFile& file : files) {
    std::string header(kBlock, '\0');
    put(header, kName, std::string_view(file.name).substr(0, kName.size));
    putOctal(header, kMode, 0644);
    for (const Place place : {kOwner, kGroup, kTime}) putOctal(header, place, 0);
    putOctal(header, kSize, file.bytes.size());
    put(header, kType, "0");
    put(header, kMagic, std::string_view("ustar\00000", 8));
    std::size_t sum = sumOf(header);
    std::string digits(6, '0');
    for (std::size_t i = digits.size(); i-- > 0; sum >>= 3) digits[i] = static_cast<char>('0' + (sum & 7));
    put(header, kSum, digits);
    header[kSum.at + 7] = ' ';
    out += header;
    out += file.bytes;
    out.append(inBlocks(file.bytes.size()) - file.bytes.size(), '\0');
  }
  return out.append(2 * kBlock, '\0');
}

}  // namespace scorelet::service
