// Bench ENGINE CASE PASSES: JPMML-Evaluator or PMML4S on the rows of a case (cases.py), on a warm virtual machine. A line of
// JSON for each figure, as bench_native prints them; throughput is CPU time of the thread.
import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

public class Bench {
  /** An engine with a model. Rows are made ready in the form that the engine takes; the answers are numbers. */
  public interface Engine {
    void load(File model) throws Exception;

    Object ready(String[] names, Object[] row);

    void score(Object row, double[] answers, int from) throws Exception;
  }

  static final long WARM_UP = 2_000_000_000L, PASS = 300_000_000L;
  static String about;

  public static void main(String[] args) throws Exception {
    java.util.logging.LogManager.getLogManager().reset();
    String name = args[0];
    Path folder = Path.of(args[1]);
    int passes = Integer.parseInt(args[2]);
    String said = Files.readString(folder.resolve("case.json"));
    about = "{\"case\":\"" + folder.getFileName() + "\",\"peer\":\"" + name + "\",";
    List<String> names = new ArrayList<>();
    List<List<String>> categories = new ArrayList<>();
    fields(said, names, categories);
    List<String> outputs = texts(part(said, "answers"));
    double[] values = doubles(folder.resolve("rows.f64")), expected = doubles(folder.resolve("expected.f64"));
    Engine engine = (Engine) Class.forName(name.equals("jpmml") ? "Jpmml" : "Pmml4s").getConstructor(List.class).newInstance(outputs);

    File model = folder.resolve("model.pmml").toFile();
    long least = Long.MAX_VALUE;
    long begun = cpu();
    for (int pass = 0; pass < passes || cpu() - begun < PASS; ++pass) {
      long start = cpu();
      engine.load(model);
      least = Math.min(least, cpu() - start);
    }

    int rows = values.length / names.size();
    Object[] ready = new Object[rows];
    for (int r = 0; r < rows; ++r) {
      Object[] row = new Object[names.size()];
      for (int f = 0; f < row.length; ++f) {
        double x = values[r * row.length + f];
        if (Double.isNaN(x)) continue;
        row[f] = categories.get(f).isEmpty() ? (Object) x : categories.get(f).get((int) x);
      }
      ready[r] = engine.ready(names.toArray(new String[0]), row);
    }
    double[] answers = new double[expected.length];
    int width = outputs.size(), scored = 0;
    for (long start = cpu(); scored < rows && (scored < 1000 || cpu() - start < PASS); ++scored)
      engine.score(ready[scored], answers, scored * width);
    if (differs(said, answers, expected, scored, width)) return;
    print("load_ns", least);
    measure(engine, ready, answers, passes);
  }

  static void measure(Engine engine, Object[] ready, double[] answers, int passes) throws Exception {
    long warm = cpu();
    int done = 0;
    while (cpu() - warm < WARM_UP) engine.score(ready[done++ % ready.length], answers, 0);
    int rows = (int) Math.max(1000, Math.min(ready.length, PASS / Math.max(1, (cpu() - warm) / done)));
    double p50 = Double.MAX_VALUE, p99 = Double.MAX_VALUE, least = Double.MAX_VALUE;
    for (int pass = 0; pass < passes; ++pass) {
      long[] times = new long[rows];
      for (int r = 0; r < rows; ++r) {
        long start = System.nanoTime();
        engine.score(ready[r], answers, 0);
        times[r] = System.nanoTime() - start;
      }
      Arrays.sort(times);
      p50 = Math.min(p50, times[rows / 2]);
      p99 = Math.min(p99, times[(int) (0.99 * (rows - 1))]);
      long start = cpu();
      for (int r = 0; r < rows; ++r) engine.score(ready[r], answers, 0);
      least = Math.min(least, (double) (cpu() - start) / rows);
    }
    print("single_p50", p50);
    print("single_p99", p99);
    for (String batch : new String[] {"batch_1", "batch_100", "batch_10000"}) print(batch, least); // neither has batches
  }

  static boolean differs(String said, double[] answers, double[] expected, int rows, int width) {
    double absolute = Math.max(1e-5, number(said, "absolute")), relative = Math.max(1e-5, number(said, "relative"));
    int wrong = 0;
    double largest = 0;
    for (int r = 0; r < rows; ++r) {
      boolean fits = true;
      for (int i = r * width; i < (r + 1) * width; ++i) {
        double difference = Math.abs(answers[i] - expected[i]);
        if (difference <= absolute + relative * Math.abs(expected[i])) continue;
        fits = false;
        largest = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(largest, difference);
      }
      if (!fits) ++wrong;
    }
    if (wrong > 0) System.out.println(about + "\"wrong\":\"" + wrong + " of " + rows + " rows differ, by up to " + largest + "\"}");
    return wrong > 0;
  }

  static void print(String measure, double value) {
    System.out.println(about + "\"measure\":\"" + measure + "\",\"value\":" + value + "}");
  }

  static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  static double[] doubles(Path path) throws Exception {
    DoubleBuffer in = ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer();
    double[] out = new double[in.remaining()];
    in.get(out);
    return out;
  }

  // case.json is ours: flat enough to be read with patterns.
  static String part(String said, String name) {
    Matcher m = Pattern.compile("\"" + name + "\": \\[(.*?)\\]", Pattern.DOTALL).matcher(said);
    m.find();
    return m.group(1);
  }

  static double number(String said, String name) {
    Matcher m = Pattern.compile("\"" + name + "\": ([0-9.e-]+)").matcher(said);
    m.find();
    return Double.parseDouble(m.group(1));
  }

  static List<String> texts(String list) {
    List<String> out = new ArrayList<>();
    for (Matcher m = Pattern.compile("\"(.*?)\"").matcher(list); m.find(); ) out.add(m.group(1));
    return out;
  }

  static void fields(String said, List<String> names, List<List<String>> categories) {
    String list = said.substring(said.indexOf("\"fields\""), said.indexOf("\"answers\""));
    for (Matcher m = Pattern.compile("\\{(.*?)\\}", Pattern.DOTALL).matcher(list); m.find(); ) {
      Matcher name = Pattern.compile("\"name\": \"(.*?)\"").matcher(m.group(1));
      name.find();
      names.add(name.group(1));
      categories.add(m.group(1).contains("categories") ? texts(part(m.group(1), "categories")) : List.of());
    }
  }
}
