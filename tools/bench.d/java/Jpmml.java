// JPMML-Evaluator: a row is a map that was built beforehand.
import java.io.File;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jpmml.evaluator.Evaluator;
import org.jpmml.evaluator.EvaluatorUtil;
import org.jpmml.evaluator.LoadingModelEvaluatorBuilder;

public class Jpmml implements Bench.Engine {
  private final List<String> outputs;
  private Evaluator evaluator;

  public Jpmml(List<String> outputs) {
    this.outputs = outputs;
  }

  public void load(File model) throws Exception {
    evaluator = new LoadingModelEvaluatorBuilder().load(model).build();
  }

  public Object ready(String[] names, Object[] row) {
    Map<String, Object> out = new LinkedHashMap<>();
    for (int i = 0; i < names.length; ++i) out.put(names[i], row[i]);
    return out;
  }

  @SuppressWarnings("unchecked")
  public void score(Object row, double[] answers, int from) {
    Map<String, ?> results = evaluator.evaluate((Map<String, Object>) row);
    for (int i = 0; i < outputs.size(); ++i)
      answers[from + i] = ((Number) EvaluatorUtil.decode(results.get(outputs.get(i)))).doubleValue();
  }
}
