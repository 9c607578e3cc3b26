package dev.stagewright.harbor.standin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import java.util.Map;

/** An HTTP client for a stand-in, with requests like those of curl. */
final class StandInClient implements AutoCloseable {
  static final String PUSHER = "robot$alpha+pusher:S3cret";
  static final String PULLER = "robot$alpha+puller:S3cret";
  static final String PUSHONLY = "robot$alpha+pushonly:S3cret";
  static final String DELETER = "robot$alpha+deleter:S3cret";
  static final String ADMIN = "admin:Harbor12345";

  private final HarborStandIn harbor = HarborStandIn.start();
  private final HttpClient http = HttpClient.newHttpClient();

  /** Starts a Harbor with the projects and accounts of the recorded responses. */
  StandInClient() {
    var world = harbor.world();
    world.admin("admin", "Harbor12345");
    world.project("alpha");
    world.project("imm").immutable("rel-*");
    world.project("pub").openToAll();
    world.project("small").limit(1 << 20);
    world.robot("alpha", "pusher", "S3cret", "repository:push", "repository:pull");
    world.robot("alpha", "puller", "S3cret", "repository:pull");
    world.robot("alpha", "pushonly", "S3cret", "repository:push");
    world.robot("alpha", "deleter", "S3cret", "repository:delete");
    world.robot("alpha", "off", "S3cret", "repository:push", "repository:pull");
    world.disable("robot$alpha+off");
  }

  HarborStandIn harbor() {
    return harbor;
  }

  static String basic(String pair) {
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
  }

  String bearer(String pair, String scope) throws IOException, InterruptedException {
    return "Bearer "
        + Json.read(token(pair, "&scope=" + scope).body().getBytes(UTF_8)).path("token").asText();
  }

  HttpResponse<String> token(String pair, String query) throws IOException, InterruptedException {
    var headers = pair.isEmpty() ? Map.<String, String>of() : Map.of("Authorization", basic(pair));
    return send("GET", "/service/token?service=harbor-registry" + query, headers, new byte[0]);
  }

  HttpResponse<String> send(String line, String authorization)
      throws IOException, InterruptedException {
    var parts = line.split(" ", 2);
    return send(
        parts[0],
        parts[1],
        authorization.isEmpty() ? Map.of() : Map.of("Authorization", authorization),
        new byte[0]);
  }

  HttpResponse<String> send(String method, String path, Map<String, String> headers, byte[] body)
      throws IOException, InterruptedException {
    var address = path.startsWith("http") ? path : harbor.origin() + path;
    var request =
        HttpRequest.newBuilder(URI.create(address))
            .method(method, BodyPublishers.ofByteArray(body));
    headers.forEach(request::header);
    return http.send(request.build(), BodyHandlers.ofString());
  }

  /** Pushes a blob in one request. */
  HttpResponse<String> pushBlob(String repository, String pair, byte[] blob)
      throws IOException, InterruptedException {
    var start = send("POST /v2/" + repository + "/blobs/uploads/", basic(pair));
    var location = start.headers().firstValue("Location").orElseThrow();
    return send(
        "PUT",
        location + "&digest=" + Digests.of(blob),
        Map.of("Authorization", basic(pair)),
        blob);
  }

  HttpResponse<String> pushManifest(String image, String pair, byte[] manifest)
      throws IOException, InterruptedException {
    return send(
        "PUT",
        "/v2/" + image,
        Map.of(
            "Authorization",
            basic(pair),
            "Content-Type",
            "application/vnd.oci.image.manifest.v1+json"),
        manifest);
  }

  @Override
  public void close() {
    http.close();
    harbor.close();
  }
}
