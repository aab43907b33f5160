// JPMML-Evaluator behind Jersey, Jackson and Grizzly, of which Openscoring's server is made, with its requests:
// POST /model/m and /model/m/batch.
import java.io.File;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.ws.rs.Consumes;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.MediaType;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.jersey.grizzly2.httpserver.GrizzlyHttpServerFactory;
import org.glassfish.jersey.jackson.JacksonFeature;
import org.glassfish.jersey.server.ResourceConfig;
import org.jpmml.evaluator.Evaluator;
import org.jpmml.evaluator.EvaluatorUtil;
import org.jpmml.evaluator.LoadingModelEvaluatorBuilder;

public class JerseyServer {
  private static Evaluator evaluator;

  public static class Request {
    public String id;
    public Map<String, Object> arguments;
  }

  public static class Response {
    public String id;
    public Map<String, ?> results;
  }

  public static class Requests {
    public String id;
    public List<Request> requests;
  }

  public static class Responses {
    public String id;
    public List<Response> responses;
  }

  @Path("model/m")
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  public static class Model {
    @POST
    public Response evaluate(Request request) {
      Response response = new Response();
      response.id = request.id;
      response.results = EvaluatorUtil.decodeAll(evaluator.evaluate(request.arguments));
      return response;
    }

    @POST
    @Path("batch")
    public Responses evaluate(Requests requests) {
      Responses responses = new Responses();
      responses.id = requests.id;
      responses.responses = requests.requests.stream().map(this::evaluate).toList();
      return responses;
    }
  }

  public static void main(String[] words) throws Exception {
    Logger.getLogger("").setLevel(Level.WARNING);
    evaluator = new LoadingModelEvaluatorBuilder().load(new File(words[0])).build();
    evaluator.verify();
    ResourceConfig config = new ResourceConfig(Model.class).register(JacksonFeature.class);
    HttpServer server = GrizzlyHttpServerFactory.createHttpServer(URI.create("http://127.0.0.1:0/"), config);
    System.err.println("serving http://127.0.0.1:" + server.getListener("grizzly").getPort());
    Thread.currentThread().join();
  }
}
