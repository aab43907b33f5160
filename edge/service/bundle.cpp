#include "service/bundle.hpp"

#include <algorithm>

#include "api/json_writer.hpp"
#include "cli/digest.hpp"

namespace scorelet::service {
namespace {

constexpr std::string_view kFormat = "scorelet-bundle/1";
constexpr std::string_view kOwn[] = {"format", "name", "created", "by", "why", "parts"};
constexpr std::size_t kManifestValues = 10'000;

std::unexpected<Failure> refusedBundle(const std::string& what) { return fail(400, "The bundle is refused: " + what); }

bool isText(JsonValue value) { return value.is(JsonKind::text); }

bool areTexts(JsonValue values) {
  for (const JsonValue value : values)
    if (!isText(value)) return false;
  return values.is(JsonKind::array);
}

/// What a manifest says beyond its parts; whatever else it says is for its readers.
Answer<void> checkAbout(JsonValue manifest) {
  for (const JsonValue member : manifest) {
    if (member.name() == "owners" && !areTexts(member)) return refusedBundle("\"owners\" is an array of texts.");
    if (member.name() == "trainingWindow" && !(isText(member.member("from")) && isText(member.member("to"))))
      return refusedBundle("\"trainingWindow\" is {\"from\": date, \"to\": date}.");
    if (member.name() == "thresholds" && !member.is(JsonKind::array))
      return refusedBundle("\"thresholds\" is an array.");
  }
  return {};
}

}  // namespace

std::string_view Bundle::file(std::string_view name) const noexcept {
  const auto found = std::ranges::find(files_, name, &TarFile::name);
  return found == files_.end() ? std::string_view() : found->bytes;
}

Answer<Bundle> Bundle::open(std::string_view bytes, const std::vector<PublicKey>& keys) {
  Bundle bundle;
  auto files = readTar(bytes);
  if (!files) return std::unexpected(files.error());
  bundle.files_ = std::move(*files);
  const std::string_view signature = bundle.file(kSignatureFile);
  if (!keys.empty()) {
    if (signature.empty()) return refusedBundle("it is not signed.");
    if (const auto known = checkSignature(bundle.manifest(), signature, keys); !known)
      return refusedBundle(known.error().message);
  }
  const auto manifest = JsonTree::read(bundle.manifest(), kManifestValues);
  if (!manifest || manifest->root().member("format").text() != kFormat)
    return refusedBundle("its manifest.json is none of the format " + std::string(kFormat) + ".");
  if (auto ok = bundle.check(manifest->root()); !ok) return std::unexpected(ok.error());
  return bundle;
}

/// Whether the parts are those of the manifest, all of them, and no others.
Answer<void> Bundle::check(JsonValue manifest) {
  name_ = manifest.member("name").text();
  const JsonValue parts = manifest.member("parts");
  for (const JsonValue part : parts) {
    const std::string name(part.name());
    const auto found = std::ranges::find(files_, name, &TarFile::name);
    if (found == files_.end()) return refusedBundle("its part \"" + name + "\" is not there.");
    if (part.member("sha256").text() != cli::hexadecimal(cli::digestOf(found->bytes)))
      return refusedBundle("its part \"" + name + "\" was altered.");
  }
  for (const TarFile& file : files_)
    if (file.name != kManifestFile && file.name != kSignatureFile && !parts.member(file.name))
      return refusedBundle("its manifest does not know \"" + file.name + "\".");
  if (file(kModelPart).empty()) return refusedBundle("it has no " + std::string(kModelPart) + ".");
  return checkAbout(manifest);
}

Answer<std::string> makeBundle(const BundleContent& content) {
  JsonWriter out;
  out.open('{').name("format").text(kFormat).name("name").text(content.name);
  out.name("created").number(static_cast<double>(content.created));
  out.name("by").text(content.by).name("why").text(content.why);
  if (!content.about.empty()) {
    const auto about = JsonTree::read(content.about, kManifestValues);
    if (!about || !about->root().is(JsonKind::object)) return fail(400, "What is said about a model is a JSON object.");
    for (const JsonValue member : about->root()) {
      if (std::ranges::find(kOwn, member.name()) != std::end(kOwn))
        return fail(400, "\"" + std::string(member.name()) + "\" is not said there.");
      out.name(member.name()).raw(member.raw());
    }
    if (auto ok = checkAbout(about->root()); !ok) return std::unexpected(ok.error());
  }
  out.name("parts").open('{');
  for (const TarFile& part : content.parts) {
    out.name(part.name).open('{').name("bytes").number(static_cast<double>(part.bytes.size()));
    out.name("sha256").text(cli::hexadecimal(cli::digestOf(part.bytes))).close('}');
  }
  const std::string manifest = out.close('}').close('}').take() + "\n";
  std::vector<TarFile> files{{std::string(kManifestFile), manifest}};
  files.insert(files.end(), content.parts.begin(), content.parts.end());
  return writeTar(files);
}

Answer<std::string> withSignature(std::string_view bundle, std::string_view signature) {
  auto files = readTar(bundle);
  if (!files) return std::unexpected(files.error());
  std::erase_if(*files, [](const TarFile& file) { return file.name == kSignatureFile; });
  const auto place = files->empty() ? files->end() : files->begin() + 1;
  files->insert(place, {std::string(kSignatureFile), signature});
  return writeTar(*files);
}

}  // namespace scorelet::service
