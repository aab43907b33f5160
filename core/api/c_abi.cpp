// The functions of scorelet.h about models, text and diagnostics: argument checks and translation, nothing else.
#include "api/arrow_export.hpp"
#include "api/handles.hpp"

using scorelet::Diagnostic;

namespace {

const char* give(std::string_view terminated, size_t* size) {
  if (size != nullptr) *size = terminated.size();
  return terminated.data();
}

const char* giveNothing(size_t* size) {
  if (size != nullptr) *size = 0;
  return nullptr;
}

template <class Limit, class Given>
void limit(Limit& value, Given given) {
  if (given != 0) value = given;
}

scorelet::LoadOptions loadOptionsOf(const scorelet_load_options* given) {
  const scorelet_load_options o = scorelet::optionsOf(given);
  scorelet::LoadOptions options;
  if (o.model_name != nullptr) options.modelName.assign(o.model_name, o.model_name_size);
  scorelet::Limits& l = options.limits;
  limit(l.documentBytes, o.document_bytes);
  limit(l.depth, o.depth);
  limit(l.elements, o.elements);
  limit(l.expressionDepth, o.expression_depth);
  limit(l.expressionNodes, o.expression_nodes);
  limit(l.segmentDepth, o.segment_depth);
  limit(l.regexSteps, o.regex_steps);
  limit(l.textBytes, o.text_bytes);
  limit(l.listItems, o.list_items);
  limit(l.reportedDiagnostics, o.reported_diagnostics);
  limit(options.horizon, o.horizon);
  limit(l.forecastSteps, o.forecast_steps);
  limit(l.matrixRows, o.matrix_rows);
  limit(l.inferenceCells, o.inference_cells);
  options.explains = o.explains != 0;
  return options;
}

const Diagnostic* at(const scorelet_diagnostics* list, size_t i) {
  return list != nullptr && i < list->list.size() ? &list->list[i] : nullptr;
}

}  // namespace

extern "C" {

const char* scorelet_version(void) { return SCORELET_VERSION; }
uint32_t scorelet_abi_version(void) { return SCORELET_ABI_VERSION; }

// ---- models

scorelet_status scorelet_load(const void* pmml, size_t size, const scorelet_load_options* options,
                              scorelet_model** model, scorelet_diagnostics** diagnostics) {
  if (model != nullptr) *model = nullptr;
  if (diagnostics != nullptr) *diagnostics = nullptr;
  if (model == nullptr || (pmml == nullptr && size > 0)) return SCORELET_BAD_ARGUMENT;
  auto loaded = scorelet::Model::load({static_cast<const std::byte*>(pmml), size}, loadOptionsOf(options));
  if (loaded) {
    *model = new scorelet_model(std::move(*loaded));
    return SCORELET_OK;
  }
  if (diagnostics != nullptr) {
    *diagnostics = new scorelet_diagnostics;
    (*diagnostics)->assign(std::move(loaded.error()));
  }
  return SCORELET_REJECTED;
}

scorelet_model* scorelet_model_retain(scorelet_model* model) {
  if (model != nullptr) model->owners.fetch_add(1, std::memory_order_relaxed);
  return model;
}

void scorelet_model_release(scorelet_model* model) {
  if (model != nullptr && model->owners.fetch_sub(1, std::memory_order_acq_rel) == 1) delete model;
}

const scorelet_diagnostics* scorelet_model_notes(const scorelet_model* model) {
  return model != nullptr ? &model->notes : nullptr;
}

int32_t scorelet_model_is_stateful(const scorelet_model* model) {
  return model != nullptr && model->model.isStateful() ? 1 : 0;
}

scorelet_status scorelet_model_number_of_text(const scorelet_model* model, const char* text, size_t size,
                                              double* number) {
  if (number != nullptr) *number = 0;
  if (model == nullptr || number == nullptr || (text == nullptr && size > 0)) return SCORELET_BAD_ARGUMENT;
  const auto known = model->model.numberOf({text, size});
  if (known) *number = *known;
  return known ? SCORELET_OK : SCORELET_REJECTED;
}

scorelet_status scorelet_model_describe_json(const scorelet_model* model, scorelet_text** json) {
  if (json != nullptr) *json = nullptr;
  if (model == nullptr || json == nullptr) return SCORELET_BAD_ARGUMENT;
  *json = new scorelet_text{model->model.describeJson()};
  return SCORELET_OK;
}

scorelet_status scorelet_model_verify(const scorelet_model* model, scorelet_text** report) {
  if (report != nullptr) *report = nullptr;
  if (model == nullptr || report == nullptr) return SCORELET_BAD_ARGUMENT;
  const auto verified = scorelet::verify(model->model);
  *report = new scorelet_text;
  scorelet::appendVerificationJson((*report)->bytes, verified);
  return verified.passed() ? SCORELET_OK : SCORELET_MISMATCH;
}

scorelet_status scorelet_model_input_schema(const scorelet_model* model, ArrowSchema* out) {
  if (out != nullptr) *out = ArrowSchema{};
  if (model == nullptr || out == nullptr) return SCORELET_BAD_ARGUMENT;
  *out = scorelet::arrow::inputSchema(model->model);
  return SCORELET_OK;
}

scorelet_status scorelet_model_result_schema(const scorelet_model* model, const scorelet_score_options* options,
                                             ArrowSchema* out) {
  if (out != nullptr) *out = ArrowSchema{};
  if (model == nullptr || out == nullptr) return SCORELET_BAD_ARGUMENT;
  *out = scorelet::arrow::resultSchema(model->model, scorelet::recordOptionsOf(scorelet::optionsOf(options)));
  return SCORELET_OK;
}

// ---- text and diagnostics

const char* scorelet_text_data(const scorelet_text* text, size_t* size) {
  return text != nullptr ? give(text->bytes, size) : giveNothing(size);
}

void scorelet_text_release(scorelet_text* text) { delete text; }

size_t scorelet_diagnostics_count(const scorelet_diagnostics* list) { return list != nullptr ? list->list.size() : 0; }

const char* scorelet_diagnostics_code(const scorelet_diagnostics* list, size_t i, size_t* size) {
  const Diagnostic* d = at(list, i);
  return d != nullptr ? give(scorelet::codeName(d->code), size) : giveNothing(size);
}

const char* scorelet_diagnostics_severity(const scorelet_diagnostics* list, size_t i, size_t* size) {
  const Diagnostic* d = at(list, i);
  return d != nullptr ? give(scorelet::severityName(d->severity), size) : giveNothing(size);
}

const char* scorelet_diagnostics_message(const scorelet_diagnostics* list, size_t i, size_t* size) {
  const Diagnostic* d = at(list, i);
  return d != nullptr ? give(d->message, size) : giveNothing(size);
}

const char* scorelet_diagnostics_path(const scorelet_diagnostics* list, size_t i, size_t* size) {
  const Diagnostic* d = at(list, i);
  return d != nullptr ? give(d->path, size) : giveNothing(size);
}

const char* scorelet_diagnostics_field(const scorelet_diagnostics* list, size_t i, size_t* size) {
  const Diagnostic* d = at(list, i);
  return d != nullptr ? give(d->field, size) : giveNothing(size);
}

const char* scorelet_diagnostics_text(const scorelet_diagnostics* list, size_t i, size_t* size) {
  return at(list, i) != nullptr ? give(list->lines[i], size) : giveNothing(size);
}

uint32_t scorelet_diagnostics_line(const scorelet_diagnostics* list, size_t i) {
  const Diagnostic* d = at(list, i);
  return d != nullptr ? d->line : 0;
}

uint32_t scorelet_diagnostics_column(const scorelet_diagnostics* list, size_t i) {
  const Diagnostic* d = at(list, i);
  return d != nullptr ? d->column : 0;
}

size_t scorelet_diagnostics_row(const scorelet_diagnostics* list, size_t i) {
  return at(list, i) != nullptr ? list->row : SCORELET_NO_ROW;
}

void scorelet_diagnostics_release(scorelet_diagnostics* list) { delete list; }

}  // extern "C"
