package dev.stagewright.controller.metrics;

import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts the operator's requests to the API server. */
public record ApiRequestMetrics(MeterRegistry registry) implements Interceptor {
  /** The name of this interceptor in the client. */
  public static final String NAME = "stagewright-api-calls";

  @Override
  public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
    var call = ApiRequestKind.of(request.method(), request.uri());
    registry
        .counter("stagewright.api.requests", "verb", call.verb(), "resource", call.resource())
        .increment();
  }
}
