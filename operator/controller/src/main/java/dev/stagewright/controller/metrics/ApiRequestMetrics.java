package dev.stagewright.controller.metrics;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;

/** Counts the operator's requests to the API server, and those that fail. */
public record ApiRequestMetrics(MeterRegistry registry) implements Interceptor {
  /** The name of this interceptor in the client. */
  public static final String NAME = "stagewright-api-calls";

  private static final int FIRST_ERROR = 400;

  /** Expected answers: an object was deleted, exists already, or was changed by somebody else. */
  private static final Set<Integer> EXPECTED = Set.of(404, 409);

  private static final String NO_CONNECTION = "none";

  @Override
  public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
    var call = ApiRequestKind.of(request.method(), request.uri());
    Metric.API_REQUESTS.counter(registry, call.verb(), call.resource()).increment();
  }

  @Override
  public void after(
      HttpRequest request,
      HttpResponse<?> response,
      AsyncBody.Consumer<List<ByteBuffer>> consumer) {
    var code = response.code();
    if (code >= FIRST_ERROR && !EXPECTED.contains(code)) {
      failed(request, Integer.toString(code));
    }
  }

  @Override
  public void afterConnectionFailure(HttpRequest request, Throwable failure) {
    failed(request, NO_CONNECTION);
  }

  private void failed(HttpRequest request, String code) {
    var call = ApiRequestKind.of(request.method(), request.uri());
    Metric.API_ERRORS.counter(registry, call.verb(), call.resource(), code).increment();
  }
}
