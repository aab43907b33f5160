#include "model_pack.hpp"

#ifndef __wasi__

#include "command.hpp"
#include "files.hpp"
#include "service/bundle.hpp"
#include "service/deployment.hpp"

namespace scorelet::cli {
namespace {

ExitCode writeBundle(const std::string& path, std::string_view bytes) {
  Output output(path);
  if (output.write(bytes) && output.close()) return ExitCode::ok;
  return failFile(output.failure());
}

}  // namespace

ExitCode packBundle(const PackOptions& options, std::uint64_t now) {
  service::BundleContent content{options.name, options.by, options.why, now, {}, {}};
  std::string failure, texts[4], key;
  const auto read = [&](const std::string& path, std::string& text) {
    if (path.empty()) return true;
    auto bytes = readAll(path, failure);
    if (bytes) text = std::move(*bytes);
    return bytes.has_value();
  };
  if (!read(options.document, texts[0]) || !read(options.background, texts[1]) || !read(options.baseline, texts[2]) ||
      !read(options.labelled, texts[3]) || !read(options.about, content.about) || !read(options.key, key))
    return failFile(failure);
  const std::string_view names[] = {service::kModelPart, service::kBackgroundPart, service::kBaselinePart,
                                    service::kLabelledPart};
  for (std::size_t i = 0; i < 4; ++i)
    if (!texts[i].empty()) content.parts.push_back({std::string(names[i]), texts[i]});
  auto bundle = service::makeBundle(content);
  if (bundle && !options.key.empty()) {
    const auto opened = service::Bundle::open(*bundle, {});
    const auto signature = !opened ? service::Answer<std::string>(std::unexpected(opened.error()))
                                   : service::signBytes(opened->manifest(), key, "scorelet bundle " + options.name);
    bundle = signature ? service::withSignature(*bundle, *signature) : signature;
  }
  if (!bundle) return complain(bundle.error().message), ExitCode::failed;
  const service::Settings settings;
  if (const auto fit = service::Deployment::create(options.name, *bundle, settings, now); !fit)
    return complain(fit.error().message), ExitCode::model;
  return writeBundle(options.output, *bundle);
}

ExitCode signBundle(const std::string& bundle, const std::string& signature) {
  std::string failure;
  const auto bytes = readAll(bundle, failure), made = readAll(signature, failure);
  if (!bytes || !made) return failFile(failure);
  auto done = service::withSignature(*bytes, *made);
  if (!done) return complain(done.error().message), ExitCode::failed;
  return writeBundle(bundle, *done);
}

}  // namespace scorelet::cli

#endif
