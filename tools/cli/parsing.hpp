// What the parsers of commands share.
#pragma once

#include <args.hxx>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "command.hpp"

namespace scorelet::cli {

using Text = args::ValueFlag<std::string>;
using Texts = args::ValueFlagList<std::string>;

/// The parser of one command; it has no help texts of its own.
struct Parser {
  Parser() { parser.LongSeparator("="); }

  /// Empty if all is well.
  std::string parse(const Arguments& arguments) {
    parser.ParseArgs(arguments);
    return parser.GetError() == args::Error::None ? std::string() : parser.GetErrorMsg();
  }

  args::ArgumentParser parser{""};
  args::Flag help{parser, "", "", {'h', "help"}};
};

/// Lists may be given in parts: `--id a --id b` and `--columns a,b` alike, names with commas quoted as in CSV.
std::vector<std::string> names(Texts& flag);

bool readNumber(const std::string& word, double& x);

/// A whole number, 1 or more.
std::optional<std::uint32_t> readCount(const std::string& word);

}  // namespace scorelet::cli
