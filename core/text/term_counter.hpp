// How often each term of a dictionary stands in a text, found in one pass over its words.
//
// Words are cut as TextIndex does by default and compared without regard to case. A term of several words stands where
// its words follow one another.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/strings.hpp"
#include "text/text_index.hpp"

namespace scorelet::text {

class TermCounter {
 public:
  /// Each time that `term` is met, 1 is added at all of `counts`.
  void add(std::string_view term, std::span<const std::uint32_t> counts);
  /// To be called once all terms are there.
  void finish();

  /// Adds the terms of `text` to `counts`. Answers `Reason::none`, or why they could not be counted.
  Reason count(std::string_view text, Regexes& regexes, Workspace& work, std::uint32_t textBytes,
               std::span<double> counts) const;
  [[nodiscard]] std::size_t bytes() const noexcept;

 private:
  // The terms as a tree of words: an edge leads from a node by a word to a node; node 0 is the root.
  struct Edge {
    std::uint32_t node, word, to;
    [[nodiscard]] std::pair<std::uint32_t, std::uint32_t> key() const noexcept { return {node, word}; }
  };
  [[nodiscard]] const Edge* follow(std::uint32_t node, std::uint32_t word) const noexcept;

  struct Term {
    std::string text;
    std::vector<std::uint32_t> counts;
  };
  std::vector<Term> terms_;  // until `finish`
  Symbols words_;
  std::vector<Edge> edges_;          // sorted by key
  std::vector<std::uint32_t> ends_;  // node n adds at counts_[ends_[n], ends_[n+1])
  std::vector<std::uint32_t> counts_;
};

}  // namespace scorelet::text
