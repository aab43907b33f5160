// A model with what belongs to it in one file: an archive (tar) of parts, a manifest with the SHA-256 of each, and the
// manifest's signature. So `tar xf` and `minisign -V -m manifest.json` look into one, too.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "service/http.hpp"
#include "service/json_tree.hpp"
#include "service/minisign.hpp"
#include "service/tar.hpp"

namespace scorelet::service {

/// Names of files in a bundle; others may be there and are only checked.
inline constexpr std::string_view kManifestFile = "manifest.json", kSignatureFile = "manifest.json.minisig";
inline constexpr std::string_view kModelPart = "model.pmml";            ///< the document, compiled or not
inline constexpr std::string_view kBackgroundPart = "background.json";  ///< records that explanations compare with
inline constexpr std::string_view kBaselinePart = "baseline.json";      ///< of drift (scorelet baseline)
inline constexpr std::string_view kLabelledPart = "labelled.csv";       ///< rows with what came true, for thresholds

/// Views the bytes it was opened from.
class Bundle {
 public:
  /// With keys it must be signed by one of them; without, signatures are not looked at.
  [[nodiscard]] static Answer<Bundle> open(std::string_view bytes, const std::vector<PublicKey>& keys);

  [[nodiscard]] std::string_view manifest() const noexcept { return file(kManifestFile); }
  /// The model's name that it was made for.
  [[nodiscard]] std::string_view name() const noexcept { return name_; }
  /// A part, or one of the two files about them; empty if there is none.
  [[nodiscard]] std::string_view file(std::string_view name) const noexcept;
  [[nodiscard]] const std::vector<TarFile>& files() const noexcept { return files_; }

 private:
  [[nodiscard]] Answer<void> check(JsonValue manifest);
  std::vector<TarFile> files_;
  std::string name_;
};

/// What a bundle is made of.
struct BundleContent {
  std::string name, by, why;
  std::uint64_t created = 0;  ///< milliseconds since 1970
  std::string about;          ///< more members of the manifest, a JSON object; may be empty
  std::vector<TarFile> parts;
};

/// Makes a bundle, not signed yet.
[[nodiscard]] Answer<std::string> makeBundle(const BundleContent& content);

/// The same bundle with this signature, in place of the one that it may have.
[[nodiscard]] Answer<std::string> withSignature(std::string_view bundle, std::string_view signature);

}  // namespace scorelet::service
