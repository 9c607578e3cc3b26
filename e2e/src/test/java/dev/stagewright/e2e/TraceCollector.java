package dev.stagewright.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;

/** A collector of traces that Pods of the cluster can reach. */
final class TraceCollector implements AutoCloseable {
  private final HttpServer server;
  private final List<ExportTraceServiceRequest> requests = new CopyOnWriteArrayList<>();

  private TraceCollector(HttpServer server) {
    this.server = server;
  }

  static TraceCollector start(Environment environment) {
    try {
      var http = HttpServer.create(new InetSocketAddress(environment.host(), 0), 0);
      var collector = new TraceCollector(http);
      http.createContext("/v1/traces", collector::receive);
      http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      http.start();
      return collector;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The endpoint for {@code OTEL_EXPORTER_OTLP_ENDPOINT}. */
  String endpoint() {
    var address = server.getAddress();
    return "http://" + address.getHostString() + ":" + address.getPort();
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      var body = new GZIPInputStream(exchange.getRequestBody()).readAllBytes();
      requests.add(ExportTraceServiceRequest.parseFrom(body));
      exchange.sendResponseHeaders(200, -1);
    }
  }

  /** The spans of each trace that was received. */
  List<List<Span>> traces() {
    return requests.stream()
        .map(request -> request.getResourceSpans(0).getScopeSpans(0).getSpansList())
        .toList();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
