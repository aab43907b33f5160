#include <scorelet/scorelet.h>
#include <stdio.h>

int main(void) {
  static char pmml[1 << 16];
  scorelet_model* model;
  scorelet_diagnostics* faults;
  if (scorelet_load(pmml, fread(pmml, 1, sizeof pmml, stdin), NULL, &model, &faults) != SCORELET_OK) {
    puts(scorelet_diagnostics_text(faults, 0, NULL));
    return 1;
  }
  scorelet_scorer* scorer;
  scorelet_scorer_new(model, NULL, &scorer);
  const char row[] = "{\"income\": 2500, \"debts\": 5000, \"home\": \"rent\"}", *result;
  scorelet_score_json(scorer, row, sizeof row - 1, &result, NULL);
  fputs(result, stdout);
  scorelet_scorer_release(scorer);
  scorelet_model_release(model);
}
