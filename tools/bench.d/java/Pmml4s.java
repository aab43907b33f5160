// PMML4S: a row is an array in the order of the model's inputs.
import java.io.File;
import java.util.Arrays;
import java.util.List;
import org.pmml4s.model.Model;

public class Pmml4s implements Bench.Engine {
  private final List<String> outputs;
  private Model model;
  private int[] place;

  public Pmml4s(List<String> outputs) {
    this.outputs = outputs;
  }

  public void load(File file) {
    model = Model.fromFile(file);
    List<String> names = Arrays.asList(model.outputNames());
    place = outputs.stream().mapToInt(name -> outputs.size() == 1 ? 0 : names.indexOf(name)).toArray();
  }

  public Object ready(String[] names, Object[] row) {
    List<String> given = Arrays.asList(names);
    return Arrays.stream(model.inputNames()).map(name -> row[given.indexOf(name)]).toArray();
  }

  public void score(Object row, double[] answers, int from) {
    Object[] results = model.predict((Object[]) row);
    for (int i = 0; i < place.length; ++i) answers[from + i] = ((Number) results[place[i]]).doubleValue();
  }
}
