package dev.stagewright.controller.health;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Finds a reconciliation that does not end. All requests of a reconciliation have timeouts; one
 * that lasts longer blocks a thread and perhaps the start of other runs for ever.
 */
public final class ReconciliationCheck implements HealthCheck {
  /** Longer than all retries of the requests to an API server that does not respond. */
  static final Duration MAXIMUM = Duration.ofMinutes(15);

  private final Supplier<Duration> elapsed;
  private final Map<ResourceID, Active> active = new ConcurrentHashMap<>();

  private record Active(Thread thread, Duration start) {}

  /** A check that measures time from some moment in the past. */
  public ReconciliationCheck() {
    this(() -> Duration.ofNanos(System.nanoTime()));
  }

  ReconciliationCheck(Supplier<Duration> elapsed) {
    this.elapsed = elapsed;
  }

  /** A reconciliation, to be closed at its end. */
  public interface Reconciliation extends AutoCloseable {
    @Override
    void close();
  }

  /** A reconciliation begins in this thread; there is at most one at a time for a build. */
  public Reconciliation begin(ResourceID build) {
    active.put(build, new Active(Thread.currentThread(), elapsed.get()));
    return () -> active.remove(build);
  }

  @Override
  public Optional<String> problem() {
    var now = elapsed.get();
    return active.entrySet().stream()
        .filter(entry -> now.minus(entry.getValue().start()).compareTo(MAXIMUM) > 0)
        .map(entry -> description(entry.getKey(), entry.getValue().thread()))
        .findFirst();
  }

  private static String description(ResourceID build, Thread thread) {
    return Arrays.stream(thread.getStackTrace())
        .map(frame -> "\n\tat " + frame)
        .collect(
            Collectors.joining(
                "",
                "the reconciliation of %s/%s does not end:"
                    .formatted(build.getNamespace().orElse(""), build.getName()),
                "\n"));
  }
}
