// JPMML-Evaluator behind the JDK's HTTP server, with Openscoring's requests: POST /model/m and /model/m/batch.
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.jpmml.evaluator.Evaluator;
import org.jpmml.evaluator.EvaluatorUtil;
import org.jpmml.evaluator.LoadingModelEvaluatorBuilder;

public class JpmmlServer {
  private static Evaluator evaluator;

  /** JSON without escapes in texts: what the requests here are. */
  private static final class Json {
    private final String text;
    private int at = 0;

    Json(String text) {
      this.text = text;
    }

    private char next() {
      while (Character.isWhitespace(text.charAt(at))) ++at;
      return text.charAt(at);
    }

    private String string() {
      int end = text.indexOf('"', at + 1);
      String out = text.substring(at + 1, end);
      at = end + 1;
      return out;
    }

    Object value() {
      char first = next();
      if (first == '"') return string();
      if (first == '{') {
        Map<String, Object> out = new LinkedHashMap<>();
        for (++at; next() != '}'; ) {
          if (next() == ',') ++at;
          next();
          String name = string();
          next();
          ++at;
          out.put(name, value());
        }
        ++at;
        return out;
      }
      if (first == '[') {
        List<Object> out = new ArrayList<>();
        for (++at; next() != ']'; ) {
          if (next() == ',') ++at;
          out.add(value());
        }
        ++at;
        return out;
      }
      int from = at;
      while (",]} \n".indexOf(text.charAt(at)) < 0) ++at;
      String word = text.substring(from, at);
      return word.equals("null") ? null : Double.valueOf(word);
    }
  }

  private static void write(StringBuilder out, Object value) {
    if (value == null || value instanceof Number) out.append(value);
    else out.append('"').append(value).append('"');
  }

  @SuppressWarnings("unchecked")
  private static void score(Object request, StringBuilder out) {
    Map<String, Object> arguments = (Map<String, Object>) ((Map<String, Object>) request).get("arguments");
    Map<String, ?> results = EvaluatorUtil.decodeAll(evaluator.evaluate(arguments));
    String separator = "{\"results\":{";
    for (Map.Entry<String, ?> result : results.entrySet()) {
      out.append(separator).append('"').append(result.getKey()).append("\":");
      write(out, result.getValue());
      separator = ",";
    }
    out.append("}}");
  }

  @SuppressWarnings("unchecked")
  private static void answer(HttpExchange exchange) throws java.io.IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Map<String, Object> request = (Map<String, Object>) new Json(body).value();
    StringBuilder out = new StringBuilder();
    if (request.containsKey("requests")) {
      String separator = "{\"responses\":[";
      for (Object one : (List<Object>) request.get("requests")) {
        out.append(separator);
        score(one, out);
        separator = ",";
      }
      out.append("]}");
    } else {
      score(request, out);
    }
    byte[] bytes = out.toString().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("content-type", "application/json");
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  public static void main(String[] words) throws Exception {
    evaluator = new LoadingModelEvaluatorBuilder().load(new File(words[0])).build();
    evaluator.verify();
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 1024);
    server.createContext("/model/m", JpmmlServer::answer);
    server.setExecutor(Executors.newFixedThreadPool(16));
    server.start();
    System.err.println("serving http://127.0.0.1:" + server.getAddress().getPort());
  }
}
