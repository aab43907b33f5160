// The model types that are scored: one line each.
#include "compile/model.hpp"

namespace scorelet {

namespace models {
compile::ModelResult compileAssociationModel(compile::ModelContext&);
void findAssociationLists(compile::Builder&, xml::Element model);
compile::ModelResult compileMiningModel(compile::ModelContext&);
compile::ModelResult compileRegressionModel(compile::ModelContext&);
compile::ModelResult compileSequenceModel(compile::ModelContext&);
void findSequenceLists(compile::Builder&, xml::Element model);
compile::ModelResult compileTextModel(compile::ModelContext&);
compile::ModelResult compileTreeModel(compile::ModelContext&);
}  // namespace models

namespace compile {

namespace {
constexpr ModelType kModelTypes[] = {
    {"AssociationModel", models::compileAssociationModel, models::findAssociationLists},
    {"MiningModel", models::compileMiningModel},
    {"RegressionModel", models::compileRegressionModel},
    {"SequenceModel", models::compileSequenceModel, models::findSequenceLists},
    {"TextModel", models::compileTextModel},
    {"TreeModel", models::compileTreeModel},
};
}  // namespace

const ModelType* findModelType(std::string_view element) noexcept {
  for (const ModelType& t : kModelTypes)
    if (t.element == element) return &t;
  return nullptr;
}

}  // namespace compile
}  // namespace scorelet
