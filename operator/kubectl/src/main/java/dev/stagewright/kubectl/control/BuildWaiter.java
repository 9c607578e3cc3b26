package dev.stagewright.kubectl.control;

import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.kubectl.cluster.ClusterException;
import dev.stagewright.kubectl.cluster.NotFoundException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Reads a build again and again until something is true; goes on while the cluster does not answer.
 *
 * @param source reads the build
 * @param clock measures the timeout
 * @param pause waits between two reads
 */
public record BuildWaiter(Source source, InstantSource clock, Pause pause) {
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  /** Without a timeout, how long the cluster may not answer. */
  private static final Duration LONGEST_OUTAGE = Duration.ofMinutes(5);

  /** Reads a build. */
  @FunctionalInterface
  public interface Source {
    /** The current state of the build. */
    ImageBuild read() throws ClusterException, NotFoundException;
  }

  /** Waits between two reads. */
  @FunctionalInterface
  public interface Pause {
    /** Waits. */
    void pause() throws InterruptedException;
  }

  /** A waiter that reads once a second. */
  public BuildWaiter(Source source) {
    this(source, InstantSource.system(), () -> Thread.sleep(INTERVAL));
  }

  /**
   * Waits.
   *
   * @param timeout empty to wait for as long as it takes
   * @param listener receives every state
   * @return the first state with this property; empty after the timeout
   */
  public Optional<ImageBuild> await(
      Predicate<ImageBuild> condition, Optional<Duration> timeout, Consumer<ImageBuild> listener)
      throws ClusterException, NotFoundException, InterruptedException {
    var start = clock.instant();
    var lastAnswer = start;
    for (; ; pause.pause()) {
      try {
        var build = source.read();
        listener.accept(build);
        if (condition.test(build)) {
          return Optional.of(build);
        }
        lastAnswer = clock.instant();
      } catch (ClusterException e) {
        var outage = Duration.between(lastAnswer, clock.instant());
        if (!e.isTransient() || outage.compareTo(LONGEST_OUTAGE) > 0) {
          throw e;
        }
      }
      var elapsed = Duration.between(start, clock.instant());
      if (timeout.isPresent() && elapsed.compareTo(timeout.get()) >= 0) {
        return Optional.empty();
      }
    }
  }
}
