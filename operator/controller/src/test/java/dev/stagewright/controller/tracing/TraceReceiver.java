package dev.stagewright.controller.tracing;

import com.google.protobuf.UnknownFieldSet;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;

/** A collector that accepts only requests as the specification of OTLP over HTTP requires them. */
final class TraceReceiver implements AutoCloseable {
  private final HttpServer server;
  private final List<ExportTraceServiceRequest> requests = new CopyOnWriteArrayList<>();
  private final List<String> violations = new CopyOnWriteArrayList<>();
  private final ConcurrentLinkedQueue<Integer> refusals = new ConcurrentLinkedQueue<>();

  TraceReceiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  URI endpoint() {
    return URI.create("http://localhost:" + server.getAddress().getPort() + "/v1/traces");
  }

  TracingConfig config(Map<String, String> headers) {
    return TracingConfig.of(
            Map.of(
                "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
                endpoint().toString(),
                "OTEL_EXPORTER_OTLP_HEADERS",
                String.join(
                    ",",
                    headers.entrySet().stream()
                        .map(it -> it.getKey() + "=" + it.getValue())
                        .toList())))
        .orElseThrow();
  }

  /** Answers the next request with this status. */
  void refuseOnce(int status) {
    refusals.add(status);
  }

  List<ExportTraceServiceRequest> requests() {
    return requests;
  }

  List<String> violations() {
    return violations;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var headers = exchange.getRequestHeaders();
      require("POST".equals(exchange.getRequestMethod()), "method");
      require("/v1/traces".equals(exchange.getRequestURI().getPath()), "path");
      require("application/x-protobuf".equals(headers.getFirst("Content-Type")), "type");
      require("gzip".equals(headers.getFirst("Content-Encoding")), "encoding");
      require("team-a".equals(headers.getFirst("X-Tenant")), "header of the configuration");
      var body = new GZIPInputStream(exchange.getRequestBody()).readAllBytes();
      var refusal = refusals.poll();
      if (refusal != null) {
        exchange.sendResponseHeaders(refusal, -1);
        return;
      }
      var request = ExportTraceServiceRequest.parseFrom(body);
      require(request.getUnknownFields().equals(UnknownFieldSet.getDefaultInstance()), "fields");
      requests.add(request);
      var response = ExportTraceServiceResponse.getDefaultInstance().toByteArray();
      exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
      exchange.sendResponseHeaders(200, response.length == 0 ? -1 : response.length);
    }
  }

  private void require(boolean isMet, String what) {
    if (!isMet) {
      violations.add(what);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
