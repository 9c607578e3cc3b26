package dev.stagewright.image;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.ImageReference;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/**
 * A registry on the loopback interface for training runs, which requires a token for every request.
 * It keeps what is pushed in memory, checks digests, and ignores repositories: a blob that exists
 * can be mounted from anywhere.
 */
final class TrainingRegistry implements AutoCloseable {
  /** The account that gets a token. */
  static final String ACCOUNT = "training:training";

  private static final String TOKEN = "training";
  private static final Pattern PATH =
      Pattern.compile("/v2/(?<name>.+)/(?<kind>blobs/uploads|blobs|manifests)/(?<reference>[^/]*)");

  private final HttpServer server;
  private final String scheme;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Blob> content = new ConcurrentHashMap<>();
  private final Map<String, ByteArrayOutputStream> uploads = new ConcurrentHashMap<>();
  private final AtomicInteger numbers = new AtomicInteger();
  private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();

  /** A blob or a manifest. */
  private static final class Blob {
    private final String mediaType;
    private final byte[] bytes;

    private Blob(String mediaType, byte[] bytes) {
      this.mediaType = mediaType;
      this.bytes = bytes;
    }
  }

  private TrainingRegistry(HttpServer server, String scheme) {
    this.server = server;
    this.scheme = scheme;
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** Starts a registry without TLS. */
  static TrainingRegistry http() throws IOException {
    return new TrainingRegistry(HttpServer.create(loopback(), 0), "http");
  }

  /** Starts a registry with TLS. */
  static TrainingRegistry https(SSLContext tls) throws IOException {
    var server = HttpsServer.create(loopback(), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    return new TrainingRegistry(server, "https");
  }

  private static InetSocketAddress loopback() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  /** Host and port, as references have them. */
  String host() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** Adds content by its digest, and by another reference. */
  Digest put(String mediaType, byte[] bytes, String... references) {
    var digest = Digest.of(bytes);
    content.put(digest.toString(), new Blob(mediaType, bytes));
    for (var reference : references) {
      content.put(reference, new Blob(mediaType, bytes));
    }
    return digest;
  }

  /**
   * Checks that all requests were served and that a manifest has been pushed.
   *
   * @throws IOException if a training run did not do what it was meant to
   */
  void requirePushed(ImageReference image) throws IOException {
    if (!failures.isEmpty()) {
      throw new IOException("the training registry rejected requests: " + failures);
    }
    if (!content.containsKey(image.tag().orElseThrow())) {
      throw new IOException("the training run did not push " + image);
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (exchange.getRequestURI().getPath().equals("/token")) {
        respond(exchange, 200, "application/json", bytes("{\"token\":\"" + TOKEN + "\"}"));
      } else if (!("Bearer " + TOKEN)
          .equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
        exchange
            .getResponseHeaders()
            .set(
                "WWW-Authenticate",
                "Bearer realm=\"%s://%s/token\",service=\"training\"".formatted(scheme, host()));
        exchange.getRequestBody().readAllBytes();
        respond(exchange, 401, "application/json", bytes("{\"errors\":[]}"));
      } else {
        serve(exchange);
      }
    } catch (RuntimeException e) {
      failures.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + ": " + e);
      throw e;
    }
  }

  private void serve(HttpExchange exchange) throws IOException {
    var path = PATH.matcher(exchange.getRequestURI().getPath());
    if (!path.matches()) {
      respond(exchange, 200, "application/json", bytes("{}"));
      return;
    }
    var reference = path.group("reference");
    switch (exchange.getRequestMethod()) {
      case "GET", "HEAD" -> get(exchange, reference);
      case "POST" -> startUpload(exchange);
      case "PATCH" -> {
        exchange.getRequestBody().transferTo(uploads.get(reference));
        continueUpload(exchange, reference);
      }
      case "PUT" -> {
        if (path.group("kind").equals("manifests")) {
          var type = exchange.getRequestHeaders().getFirst("Content-Type");
          put(type, exchange.getRequestBody().readAllBytes(), reference);
          created(exchange, reference);
        } else {
          finishUpload(exchange, reference);
        }
      }
      default -> throw new IllegalArgumentException(exchange.getRequestMethod());
    }
  }

  private void get(HttpExchange exchange, String reference) throws IOException {
    var found = content.get(reference);
    if (found == null) {
      respond(exchange, 404, "application/json", bytes("{\"errors\":[]}"));
      return;
    }
    exchange.getResponseHeaders().set("Docker-Content-Digest", Digest.of(found.bytes).toString());
    respond(exchange, 200, found.mediaType, found.bytes);
  }

  private void startUpload(HttpExchange exchange) throws IOException {
    var mount = query(exchange, "mount");
    if (content.containsKey(mount)) {
      created(exchange, mount);
      return;
    }
    var id = "upload-" + numbers.incrementAndGet();
    uploads.put(id, new ByteArrayOutputStream());
    continueUpload(exchange, id);
  }

  private void continueUpload(HttpExchange exchange, String id) throws IOException {
    var headers = exchange.getResponseHeaders();
    headers.set("Location", "/v2/training/blobs/uploads/" + id);
    headers.set("Range", "0-" + (upload(id).size() - 1));
    respond(exchange, 202, "text/plain", new byte[0]);
  }

  private ByteArrayOutputStream upload(String id) {
    return Optional.ofNullable(uploads.get(id))
        .orElseThrow(() -> new IllegalArgumentException("there is no upload " + id));
  }

  private void finishUpload(HttpExchange exchange, String id) throws IOException {
    var upload = upload(id);
    exchange.getRequestBody().transferTo(upload);
    var digest = put("application/octet-stream", upload.toByteArray());
    if (!digest.toString().equals(query(exchange, "digest"))) {
      throw new IllegalArgumentException("the content has the digest " + digest);
    }
    created(exchange, digest.toString());
  }

  private static void created(HttpExchange exchange, String reference) throws IOException {
    exchange.getResponseHeaders().set("Location", "/v2/training/blobs/" + reference);
    respond(exchange, 201, "text/plain", new byte[0]);
  }

  private static String query(HttpExchange exchange, String name) {
    var query = exchange.getRequestURI().getQuery();
    return List.of((query == null ? "" : query).split("&", -1)).stream()
        .filter(parameter -> parameter.startsWith(name + "="))
        .map(parameter -> parameter.substring(name.length() + 1))
        .findFirst()
        .orElse("");
  }

  private static void respond(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    var head = exchange.getRequestMethod().equals("HEAD");
    exchange.getResponseHeaders().set("Content-Type", type);
    if (head) {
      exchange.getResponseHeaders().set("Content-Length", String.valueOf(body.length));
    }
    exchange.sendResponseHeaders(status, head || body.length == 0 ? -1 : body.length);
    if (!head) {
      exchange.getResponseBody().write(body);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
