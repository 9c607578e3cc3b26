package dev.stagewright.controller.logs;

import dev.stagewright.controller.logs.ContainerLogRecorder.Change;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Triggers reconciliations: for results at once, for mere progress at most once a second for each
 * build.
 */
final class ReconcileTrigger {
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final LogTimer timer;
  private final Consumer<ResourceID> reconcile;
  private final Map<ResourceID, Progress> builds = new HashMap<>();

  /** When a build was last reconciled because of its logs, and whether it will be again. */
  private record Progress(Duration last, boolean isScheduled) {}

  ReconcileTrigger(LogTimer timer, Consumer<ResourceID> reconcile) {
    this.timer = timer;
    this.reconcile = reconcile;
  }

  void changed(ResourceID build, Change change) {
    if (change == Change.RESULT || (change == Change.PROGRESS && isDue(build))) {
      reconcile.accept(build);
    }
  }

  private synchronized boolean isDue(ResourceID build) {
    var now = timer.elapsed();
    var before = builds.get(build);
    if (before == null || now.minus(before.last).compareTo(INTERVAL) >= 0) {
      builds.put(build, new Progress(now, false));
      return true;
    }
    if (!before.isScheduled) {
      builds.put(build, new Progress(before.last, true));
      timer.schedule(before.last.plus(INTERVAL).minus(now), () -> scheduled(build));
    }
    return false;
  }

  private void scheduled(ResourceID build) {
    synchronized (this) {
      if (!builds.containsKey(build)) {
        return;
      }
      builds.put(build, new Progress(timer.elapsed(), false));
    }
    reconcile.accept(build);
  }

  synchronized void forget(ResourceID build) {
    builds.remove(build);
  }
}
