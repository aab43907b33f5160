// In place of the describe.cpp of steps in builds that explain nothing: what steps say of their lanes (Step::describe)
// takes more room than many a model type.
#include "compile/target_steps.hpp"
#include "models/general_regression/steps.hpp"
#include "models/mining/forest.hpp"
#include "models/regression/regression.hpp"
#include "models/rule_set/rule_set.hpp"
#include "models/scorecard/scorecard.hpp"
#include "models/tree/tree.hpp"
#include "program/steps.hpp"

namespace scorelet::program {

void TreatStep::describe(Wiring&) const {}
void CastStep::describe(Wiring&) const {}
void CastItemsStep::describe(Wiring&) const {}
void ReplaceMissingStep::describe(Wiring&) const {}
void CopyStep::describe(Wiring&) const {}
void CallStep::describe(Wiring&) const {}
void FunctionResultStep::describe(Wiring&) const {}
void NormContinuousStep::describe(Wiring&) const {}
void NormDiscreteStep::describe(Wiring&) const {}
void DiscretizeStep::describe(Wiring&) const {}
void MapValuesStep::describe(Wiring&) const {}
void TextIndexStep::describe(Wiring&) const {}
void AggregateStep::describe(Wiring&) const {}

}  // namespace scorelet::program

namespace scorelet::compile {

void RescaleStep::describe(program::Wiring&) const {}
void PriorStep::describe(program::Wiring&) const {}

}  // namespace scorelet::compile

namespace scorelet::models {

void general_regression::MeanStep::describe(program::Wiring&) const {}
void general_regression::ClassStep::describe(program::Wiring&) const {}
void mining::SegmentStep::describe(program::Wiring&) const {}
void mining::SelectStep::describe(program::Wiring&) const {}
void mining::PickStep::describe(program::Wiring&) const {}
void mining::CombineStep::describe(program::Wiring&) const {}
void mining::ForestStep::describe(program::Wiring&) const {}
void regression::RegressionStep::describe(program::Wiring&) const {}
void rule_set::RuleSetStep::describe(program::Wiring&) const {}
void scorecard::ScorecardStep::describe(program::Wiring&) const {}
void tree::TreeStep::describe(program::Wiring&) const {}

}  // namespace scorelet::models
