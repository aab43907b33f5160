// Versions of models, which of them are in use, and who changed that when and why.
//
// The record of changes is all that is ever changed: JSON lines of which each holds the digest of the one before. What
// is in use follows from it, so a change is one line, there or not.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "service/hash_chain.hpp"
#include "service/host.hpp"
#include "service/http.hpp"
#include "service/mutex.hpp"
#include "service/release_settings.hpp"
#include "service/storage.hpp"

namespace scorelet::service {

inline constexpr std::string_view kChampion = "champion";  ///< the alias that is served

/// Who changes something, and why.
struct Author {
  std::string by, why;
};

struct StoredVersion {
  std::string sha256;
  std::uint64_t added = 0;
  Author author;
  bool isRetired = false;
  std::string retired;  ///< what was said to that
};

struct StoredModel {
  std::vector<StoredVersion> versions;  ///< as they were added
  std::map<std::string, std::vector<std::string>, std::less<>>
      aliases;           ///< digests, the one in use last; empty: none is
  std::string settings;  ///< of its release, or of a group's members; JSON, empty: none

  /// The digest that an alias has, empty if none.
  [[nodiscard]] std::string_view current(std::string_view alias) const;
};

class ModelStore {
 public:
  ModelStore(Storage& storage, Host& host) : storage_(storage), host_(host) {}

  /// Takes in the record, as it is by now. Fails if it was tampered with.
  Answer<void> refresh();
  [[nodiscard]] std::map<std::string, StoredModel, std::less<>> models() const;
  [[nodiscard]] std::optional<StoredModel> model(std::string_view name) const;
  /// The lines of the record.
  [[nodiscard]] std::vector<std::string> log() const;

  /// Keeps a document; returns its digest. What is there already stays as it is.
  Answer<std::string> add(const std::string& model, std::string_view document, const Author& author);
  /// The same of many in one change: each is kept first; all, or none, are added and, with an alias, promoted.
  Answer<std::string> keep(std::string_view content);
  struct Kept {
    std::string model, sha256;
    auto operator<=>(const Kept&) const = default;
  };
  Answer<void> addAll(const std::vector<Kept>& kept, const std::string& alias, const Author& author);
  /// Lets an alias mean a version, which whoever calls has found to be fit.
  Answer<void> promote(const std::string& model, std::string_view version, const std::string& alias,
                       const Author& author);
  /// Lets an alias mean what it meant before, as far as that is not retired. Returns its digest.
  Answer<std::string> rollback(const std::string& model, const std::string& alias, const Author& author);
  /// Lets an alias mean nothing.
  Answer<void> withdraw(const std::string& model, const std::string& alias, const Author& author);
  /// Says how the versions of a model, or of a group's members, share requests.
  Answer<void> configure(const std::string& model, const ReleaseSettings& settings, const Author& author);
  /// Takes a version out of use for good; `author.why` is the message.
  Answer<void> retire(const std::string& model, std::string_view version, const Author& author);

  /// Whether a version of a model is fit to be used.
  using Check = std::function<Answer<void>(const std::string& model, std::string document)>;
  /// Goes on with a record that begins as this one does and was continued elsewhere; its documents are here already.
  Answer<void> extend(std::string_view record, const Check& check);

  /// The digest that is meant: by an alias, or by its first digits.
  [[nodiscard]] Answer<std::string> find(const std::string& model, std::string_view version) const;
  /// A document; fails if it is not what its digest says.
  [[nodiscard]] Answer<std::string> document(const std::string& sha256);

 private:
  struct Change {
    std::string event, model, sha256, alias;
    Author author;
    std::uint64_t time = 0;
    std::string settings = {};
  };
  [[nodiscard]] static std::string lineOf(const Change& change, std::string_view previous);
  Answer<void> read(std::string_view line);
  Answer<void> apply(const Change& change);
  [[nodiscard]] std::set<Kept> changedSince(const ModelStore& before) const;
  [[nodiscard]] Answer<std::string> findLocked(const std::string& model, std::string_view version) const;
  Answer<void> refreshLocked();
  template <class Make>
  Answer<void> changeAll(const Make& make);
  template <class Make>
  Answer<std::string> change(const Make& make);

  Storage& storage_;
  Host& host_;
  mutable Mutex mutex_;
  std::map<std::string, StoredModel, std::less<>> models_;
  std::vector<std::string> lines_;
  std::size_t size_ = 0;  // of the whole lines
  HashChain chain_;
};

}  // namespace scorelet::service
