#include "formulas/steps.hpp"

namespace scorelet::formulas {

void translateStep(Translation& t, const program::Wiring::Known& step) {
  for (const auto translate :
       {translateExpression, translateTarget, translateRegression, translateGeneral, translateTree, translateMining,
        translateScorecard, translateNaiveBayes, translateNetwork})
    if (translate(t, step)) return;
}

}  // namespace scorelet::formulas
