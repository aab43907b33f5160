// Scorelet: portable scoring of PMML models.
//
//   auto model = scorelet::Model::load(pmmlText);
//   if (!model) { for (auto& d : model.error()) std::puts(d.text().c_str()); return 1; }
//   scorelet::Scorer scorer(*model);
//   scorelet::Cell row[] = {scorelet::Cell::of(38.0), scorelet::Cell::of("Private")};
//   scorelet::Batch batch{1, {scorelet::Column::ofCells(&row[0]), scorelet::Column::ofCells(&row[1])}};
//   scorer.score(batch);
//   std::puts(scorer.text(0, 0).c_str());
#pragma once

#include <scorelet/background.hpp>
#include <scorelet/batch.hpp>
#include <scorelet/compiled.hpp>
#include <scorelet/diagnostics.hpp>
#include <scorelet/evaluation.hpp>
#include <scorelet/explain.hpp>
#include <scorelet/fields.hpp>
#include <scorelet/inquiry.hpp>
#include <scorelet/json_rows.hpp>
#include <scorelet/model.hpp>
#include <scorelet/records.hpp>
#include <scorelet/trace.hpp>
#include <scorelet/what_if.hpp>
