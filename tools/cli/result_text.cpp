#include "result_text.hpp"

namespace scorelet::cli {

void ResultText::header() {
  if (format_.format != Format::csv) return;
  lead_.clear();
  for (const std::string& id : format_.ids) appendCsvCell(lead_.emplace_back(), id, format_.record.separator);
  appendCsvHeader(text_, model_, format_.record, lead_);
  text_ += '\n';
}

void ResultText::scored(const Scorer& scorer, const Row& row) {
  makeLead(row);
  if (format_.format == Format::csv) {
    appendResultCsv(text_, scorer, row.index, format_.record, lead_);
  } else {
    appendResultJson(text_, scorer, row.index, format_.record, lead_);
  }
  text_ += '\n';
}

void ResultText::refused(const Row& row) {
  makeLead(row);
  if (format_.format == Format::csv) {
    appendRefusedCsv(text_, model_, row.refused, format_.record, lead_);
  } else {
    appendRefusedJson(text_, model_, row.refused, format_.record, lead_);
  }
  text_ += '\n';
}

void ResultText::makeLead(const Row& row) {
  lead_.clear();
  for (std::size_t i = 0; i < format_.ids.size(); ++i) {
    std::string& out = lead_.emplace_back();
    const IdValue& id = row.ids[i];
    if (format_.format == Format::csv) {
      if (id.isText || id.value != "null") appendCsvCell(out, id.value, format_.record.separator);
    } else {
      appendJsonString(out, format_.ids[i]);
      out += ':';
      if (id.isText) {
        appendJsonString(out, id.value);
      } else {
        out += id.value;
      }
    }
  }
}

}  // namespace scorelet::cli
