package dev.stagewright.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;

/** A web server with archives that Pods of the cluster can reach. */
final class ArchiveServer implements AutoCloseable {
  private static final int BLOCK = 512;

  private final HttpServer server;
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final List<String> authorizations = new CopyOnWriteArrayList<>();

  private ArchiveServer(HttpServer server) {
    this.server = server;
  }

  static ArchiveServer start(Environment environment) {
    try {
      var http = HttpServer.create(new InetSocketAddress(environment.host(), 0), 0);
      var server = new ArchiveServer(http);
      http.createContext("/", server::serve);
      http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      http.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Serves an archive; returns its URL. */
  String add(String name, byte[] archive) {
    files.put("/" + name, archive);
    var address = server.getAddress();
    return "http://" + address.getHostString() + ":" + address.getPort() + "/" + name;
  }

  /** The headers of the requests. */
  List<String> authorizations() {
    return authorizations;
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      authorizations.add(
          String.join(",", exchange.getRequestHeaders().getOrDefault("Authorization", List.of())));
      var file = files.get(exchange.getRequestURI().getPath());
      exchange.sendResponseHeaders(file == null ? 404 : 200, file == null ? -1 : file.length);
      if (file != null) {
        exchange.getResponseBody().write(file);
      }
    }
  }

  static String digest(byte[] content) {
    try {
      var sha256 = MessageDigest.getInstance("SHA-256");
      return "sha256:" + HexFormat.of().formatHex(sha256.digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A tar.gz with files by name. */
  static byte[] tarGz(Map<String, String> texts) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(bytes)) {
      for (var file : new TreeMap<>(texts).entrySet()) {
        var content = file.getValue().getBytes(StandardCharsets.UTF_8);
        out.write(header(file.getKey(), content.length));
        out.write(content);
        out.write(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
      }
      out.write(new byte[2 * BLOCK]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] header(String name, int size) {
    var header = new byte[BLOCK];
    put(header, 0, name);
    put(header, 100, "0000644\0" + "0001750\0" + "0001750\0");
    put(header, 124, "%011o\0%011o\0".formatted(size, 1_700_000_000));
    put(header, 148, "        0");
    put(header, 257, "ustar\00000");
    var sum = 0;
    for (var value : header) {
      sum += value & 0xff;
    }
    put(header, 148, "%06o\0 ".formatted(sum));
    return header;
  }

  private static void put(byte[] header, int offset, String text) {
    var bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, header, offset, bytes.length);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
