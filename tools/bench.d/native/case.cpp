#include "case.hpp"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

namespace bench {
namespace {

std::vector<double> doubles(const std::string& bytes) {
  std::vector<double> out(bytes.size() / sizeof(double));
  std::memcpy(out.data(), bytes.data(), out.size() * sizeof(double));
  return out;
}

}  // namespace

std::string readFile(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

Case readCase(const std::string& folder) {
  const auto said = nlohmann::json::parse(readFile(folder + "/case.json"), nullptr, false);
  if (said.is_discarded()) {
    std::fprintf(stderr, "no case in %s\n", folder.c_str());
    std::exit(2);
  }
  Case out;
  out.folder = folder;
  out.id = said["id"];
  for (const auto& field : said["fields"])
    out.fields.push_back({field["name"], field.value("categories", std::vector<std::string>())});
  out.answers = said["answers"].get<std::vector<std::string>>();
  out.rows = said["rows"];
  out.nodes = said["nodes"];
  out.absolute = said["tolerance"]["absolute"];
  out.relative = said["tolerance"]["relative"];
  out.values = doubles(readFile(folder + "/rows.f64"));
  out.expected = doubles(readFile(folder + "/expected.f64"));
  return out;
}

}  // namespace bench
