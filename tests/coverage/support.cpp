// Prints what this build scores, from the tables that it scores by: the first half of docs/support.md.
#include <cstdio>
#include <string>

#include "compile/model.hpp"
#include "functions/builtins.hpp"

namespace {

using namespace scorelet;

constexpr const char* kFunctionNames[] = {"classification", "regression", "clustering", "associationRules",
                                          "sequences",      "timeSeries", "mixed"};

std::string functionsOf(const compile::ModelType& type) {
  std::string out;
  for (unsigned bit = 0; bit < std::size(kFunctionNames); ++bit)
    if ((type.functions >> bit & 1) != 0) out += (out.empty() ? "" : ", ") + std::string(kFunctionNames[bit]);
  return type.functions == 0xFFFF ? "any" : out;
}

std::string argumentsOf(const functions::Builtin& f) {
  const std::string least = std::to_string(f.minArguments);
  if (f.maxArguments == f.minArguments) return least;
  return f.maxArguments == 255 ? least + " or more" : least + " to " + std::to_string(f.maxArguments);
}

std::string code(std::string_view text) {
  std::string out = "`";
  for (const char c : text) out += c == '|' ? std::string("\\|") : std::string(1, c);
  return out + "`";
}

}  // namespace

int main() {
  std::puts("## Model types\n\n| element | `functionName` |\n|---|---|");
  for (const compile::ModelType& t : compile::modelTypes())
    std::printf("| `%s` | %s |\n", std::string(t.element).c_str(), functionsOf(t).c_str());
  std::puts("\n## Built-in functions\n\n| function | arguments | what | of |\n|---|---|---|---|");
  for (const functions::Builtin& f : functions::all())
    std::printf("| %s | %s | %s | %s |\n", code(f.name).c_str(), argumentsOf(f).c_str(), std::string(f.summary).c_str(),
                f.isVendor ? "producers" : "PMML 4.4.1");
}
