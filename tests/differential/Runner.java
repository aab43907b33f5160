// Scores documents with JPMML-Evaluator in one JVM: a line on standard input is a job "MODEL<tab>ROWS<tab>RESULTS",
// answered by a line when RESULTS is written. ROWS is a table separated by tabs; a cell is a text, \N (absent) or a list:
// \L followed by its items, separated by U+001F. RESULTS is a line of JSON about the model, then one for each row.
import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.transform.stream.StreamSource;
import org.jpmml.evaluator.Computable;
import org.jpmml.evaluator.Evaluator;
import org.jpmml.evaluator.HasAffinity;
import org.jpmml.evaluator.HasConfidence;
import org.jpmml.evaluator.HasEntityId;
import org.jpmml.evaluator.HasProbability;
import org.jpmml.evaluator.LoadingModelEvaluatorBuilder;
import org.jpmml.evaluator.ModelField;
import org.jpmml.evaluator.TargetField;
import org.jpmml.model.JAXBUtil;

public class Runner {
  public static void main(String[] args) throws Exception {
    System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "off");
    java.util.logging.LogManager.getLogManager().reset();
    PrintStream answers = System.out;
    System.setOut(System.err);
    BufferedReader jobs = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String job; (job = jobs.readLine()) != null; ) {
      String[] paths = job.split("\t");
      Files.write(Path.of(paths[2]), run(new File(paths[0]), Files.readAllLines(Path.of(paths[1]))));
      answers.println("done");
      answers.flush();
    }
  }

  private static List<String> run(File model, List<String> rows) {
    List<String> out = new ArrayList<>();
    Map<String, Object> about = new LinkedHashMap<>();
    Evaluator evaluator = null;
    try {
      JAXBUtil.getSchema().newValidator().validate(new StreamSource(model));
    } catch (Exception e) {
      about.put("schema", e.getMessage());
    }
    try {
      evaluator = new LoadingModelEvaluatorBuilder().load(model).build();
      evaluator.verify();
    } catch (Throwable e) {
      about.put("error", reason(e));
    }
    StringBuilder line = new StringBuilder();
    write(line, about);
    out.add(line.toString());
    if (about.containsKey("error")) return out;
    String[] names = rows.get(0).split("\t", -1);
    for (String row : rows.subList(1, rows.size())) {
      line = new StringBuilder();
      write(line, score(evaluator, names, row.split("\t", -1)));
      out.add(line.toString());
    }
    return out;
  }

  private static Map<String, Object> score(Evaluator evaluator, String[] names, String[] cells) {
    Map<String, Object> arguments = new LinkedHashMap<>();
    for (int i = 0; i < names.length; ++i) {
      if (cells[i].equals("\\N")) continue;
      if (cells[i].startsWith("\\L"))
        arguments.put(names[i],
            cells[i].length() == 2 ? List.of() : Arrays.asList(cells[i].substring(2).split("\u001f", -1)));
      else
        arguments.put(names[i], cells[i]);
    }
    Map<String, Object> results = new LinkedHashMap<>();
    try {
      Map<String, ?> found = evaluator.evaluate(arguments);
      for (TargetField field : evaluator.getTargetFields()) {
        Object value = found.get(field.getName());
        results.put(field.isSynthetic() ? "_target" : field.getName(), value);
        results.putIfAbsent("@details", details(value));
      }
      for (ModelField field : evaluator.getOutputFields()) results.put(field.getName(), found.get(field.getName()));
    } catch (Throwable e) {
      results.clear();
      results.put("@error", reason(e));
    }
    return results;
  }

  /** What a predicted value carries besides itself. */
  private static Map<String, Object> details(Object value) {
    Map<String, Object> out = new LinkedHashMap<>();
    try {
      if (value instanceof HasEntityId) out.put("entityId", ((HasEntityId)value).getEntityId());
    } catch (Throwable e) {
      // Without an identifier.
    }
    if (value instanceof HasProbability) {
      Map<String, Object> map = new LinkedHashMap<>();
      for (Object c : ((HasProbability)value).getCategories()) map.put(text(c), ((HasProbability)value).getProbability(c));
      if (!map.isEmpty()) out.put("probability", map);
    }
    if (value instanceof HasConfidence) {
      Map<String, Object> map = new LinkedHashMap<>();
      for (Object c : ((HasConfidence)value).getCategories()) map.put(text(c), ((HasConfidence)value).getConfidence(c));
      if (!map.isEmpty()) out.put("confidence", map);
    }
    if (value instanceof HasAffinity) {
      Map<String, Object> map = new LinkedHashMap<>();
      for (String c : ((HasAffinity)value).getCategories()) map.put(c, ((HasAffinity)value).getAffinity(c));
      if (!map.isEmpty()) out.put("affinity", map);
    }
    return out;
  }

  private static String reason(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null && root.getCause() != root) root = root.getCause();
    String text = e.getClass().getSimpleName() + ": " + e.getMessage();
    return root == e ? text : text + " <- " + root.getClass().getSimpleName() + ": " + root.getMessage();
  }

  private static String text(Object value) {
    return value instanceof Double && ((Double)value) == Math.rint((Double)value) ? String.valueOf(((Double)value).longValue())
                                                                                  : String.valueOf(value);
  }

  private static void write(StringBuilder out, Object value) {
    if (value instanceof Computable) {
      try {
        value = ((Computable)value).getResult();
      } catch (Throwable e) {
        value = null;
      }
    }
    if (value == null || value instanceof Boolean) {
      out.append(value);
    } else if (value instanceof Float || value instanceof Double) {
      double number = ((Number)value).doubleValue();
      if (Double.isNaN(number))
        out.append("\"NaN\"");
      else if (Double.isInfinite(number))
        out.append(number > 0 ? "\"INF\"" : "\"-INF\"");
      else
        out.append(number);
    } else if (value instanceof Number) {
      out.append(((Number)value).longValue());
    } else if (value instanceof Map) {
      String separator = "{";
      if (((Map<?, ?>)value).isEmpty()) out.append('{');
      for (Map.Entry<?, ?> entry : ((Map<?, ?>)value).entrySet()) {
        out.append(separator);
        string(out, String.valueOf(entry.getKey()));
        out.append(':');
        write(out, entry.getValue());
        separator = ",";
      }
      out.append('}');
    } else if (value instanceof Collection) {
      String separator = "[";
      if (((Collection<?>)value).isEmpty()) out.append('[');
      for (Object item : (Collection<?>)value) {
        out.append(separator);
        write(out, item);
        separator = ",";
      }
      out.append(']');
    } else if (value instanceof java.time.LocalDateTime) {
      string(out, ((java.time.LocalDateTime)value).format(java.time.format.DateTimeFormatter.ISO_LOCAL_DATE_TIME));
    } else if (value instanceof java.time.LocalTime) {
      string(out, ((java.time.LocalTime)value).format(java.time.format.DateTimeFormatter.ISO_LOCAL_TIME));
    } else {
      string(out, value.toString());
    }
  }

  private static void string(StringBuilder out, String text) {
    out.append('"');
    for (char c : text.toCharArray()) {
      if (c == '"' || c == '\\')
        out.append('\\').append(c);
      else if (c < 32)
        out.append(String.format("\\u%04x", (int)c));
      else
        out.append(c);
    }
    out.append('"');
  }
}
