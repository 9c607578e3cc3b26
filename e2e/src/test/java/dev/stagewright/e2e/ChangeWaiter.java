package dev.stagewright.e2e;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Waits for a condition, which it tests when an object has changed, and once a second. Polling
 * several times a second instead takes a tenth of the processors if many tests wait.
 */
final class ChangeWaiter {
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final Semaphore changes = new Semaphore(0);

  /**
   * Waits.
   *
   * @return false if the condition was not met in this time
   */
  static boolean await(
      Resource<GenericKubernetesResource> object, Duration timeout, BooleanSupplier condition) {
    var waiter = new ChangeWaiter();
    // Closed by hand: the API server may be unavailable, and then there is no watch.
    var watch = waiter.watch(object);
    try {
      return waiter.await(timeout, condition);
    } finally {
      watch.ifPresent(Watch::close);
    }
  }

  private Optional<Watch> watch(Resource<GenericKubernetesResource> object) {
    try {
      return Optional.of(
          object.watch(
              new Watcher<>() {
                @Override
                public void eventReceived(Action action, GenericKubernetesResource resource) {
                  changes.release();
                }

                @Override
                public void onClose(WatcherException cause) {
                  // From now on, the condition is tested once a second.
                }
              }));
    } catch (KubernetesClientException _) {
      return Optional.empty();
    }
  }

  private boolean await(Duration timeout, BooleanSupplier condition) {
    var end = System.nanoTime() + timeout.toNanos();
    try {
      while (!condition.getAsBoolean()) {
        var left = end - System.nanoTime();
        if (left <= 0) {
          return false;
        }
        if (changes.tryAcquire(Math.min(left, INTERVAL.toNanos()), TimeUnit.NANOSECONDS)) {
          changes.drainPermits();
        }
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
