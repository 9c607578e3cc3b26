package dev.stagewright.controller.cluster;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Follows the clock of the API server, from the {@code Date} header of its responses. Decisions
 * compare the time with timestamps of the API server, so they must not depend on the clock of the
 * operator's node, and must not change with the leading replica.
 *
 * <p>A response has a resolution of one second and takes some time, so this clock can be off by
 * {@link #TOLERANCE}. The local clock is used without correction if it is within the tolerance, and
 * until the first response.
 */
public final class ApiServerClock extends Clock implements Interceptor {
  /** The name of this interceptor in the client. */
  public static final String NAME = "stagewright-clock";

  /** Allows for the resolution and the latency of a response. */
  static final Duration TOLERANCE = Duration.ofSeconds(3);

  private final Clock local;
  private final AtomicReference<Duration> offset = new AtomicReference<>(Duration.ZERO);

  /** A clock that has the time of the local clock until the first response. */
  public ApiServerClock(Clock local) {
    this.local = local;
  }

  @Override
  public void after(
      HttpRequest request, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> body) {
    var date = response.header("Date");
    if (date != null) {
      try {
        update(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from));
      } catch (DateTimeException e) {
        // The header is not from the API server.
      }
    }
  }

  /** Adjusts this clock to the time of a response that has just arrived. */
  public void update(Instant serverTime) {
    var min = Duration.between(local.instant(), serverTime);
    var max = min.plus(TOLERANCE);
    offset.updateAndGet(current -> {
      var raised = current.compareTo(min) < 0 ? min : current;
      return raised.compareTo(max) > 0 ? max : raised;
    });
  }

  @Override
  public Instant instant() {
    return local.instant().plus(offset.get());
  }

  @Override
  public ZoneId getZone() {
    return local.getZone();
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
