// The formulas of each class of steps.
#pragma once

#include "formulas/translation.hpp"
#include "models/tree/tree.hpp"

namespace scorelet::formulas {

/// Sets the lanes that a step fills; those of a class without a formula stay refused.
void translateStep(Translation& t, const program::Wiring::Known& step);

// Each is true if the step is of a class that it knows.
bool translateExpression(Translation& t, const program::Wiring::Known& step);  // expressions.cpp
bool translateTarget(Translation& t, const program::Wiring::Known& step);      // targets.cpp
bool translateRegression(Translation& t, const program::Wiring::Known& step);  // regression.cpp
bool translateGeneral(Translation& t, const program::Wiring::Known& step);     // general_regression.cpp
bool translateTree(Translation& t, const program::Wiring::Known& step);        // trees.cpp
void translateTree(Translation& t, const models::tree::TreeStep& step);
bool translateMining(Translation& t, const program::Wiring::Known& step);      // mining.cpp
bool translateScorecard(Translation& t, const program::Wiring::Known& step);   // scorecard.cpp
bool translateNaiveBayes(Translation& t, const program::Wiring::Known& step);  // naive_bayes.cpp
bool translateNetwork(Translation& t, const program::Wiring::Known& step);     // neural_network.cpp

}  // namespace scorelet::formulas
