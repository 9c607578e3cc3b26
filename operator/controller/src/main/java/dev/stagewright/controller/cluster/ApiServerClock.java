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
 * The API server's time, as its answers tell it. Decisions compare the time with what the API
 * server has stamped, and so do not depend on the clock of the node that the operator happens to be
 * on, nor change with the replica that leads.
 *
 * <p>An answer tells whole seconds and was under way for a while, so this clock may be off by
 * {@link #SLACK}. A local clock that is right by that measure is left alone, and so is one while
 * there are no answers.
 */
public final class ApiServerClock extends Clock implements Interceptor {
  /** Under which the client knows this interceptor. */
  public static final String NAME = "stagewright-clock";

  /** For what an answer cuts off its time, and for its way. */
  static final Duration SLACK = Duration.ofSeconds(3);

  private final Clock local;
  private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

  /** Until the first answer the time is that of a clock of this machine. */
  public ApiServerClock(Clock local) {
    this.local = local;
  }

  @Override
  public void after(
      HttpRequest request, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> body) {
    var date = response.header("Date");
    if (date != null) {
      try {
        hear(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from));
      } catch (DateTimeException e) {
        // It was not the API server that has written this.
      }
    }
  }

  /** The API server has just told its time. */
  public void hear(Instant told) {
    var least = Duration.between(local.instant(), told);
    var most = least.plus(SLACK);
    ahead.updateAndGet(known -> {
      var raised = known.compareTo(least) < 0 ? least : known;
      return raised.compareTo(most) > 0 ? most : raised;
    });
  }

  @Override
  public Instant instant() {
    return local.instant().plus(ahead.get());
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
