package dev.stagewright.kubectl.logs;

import dev.stagewright.kubectl.cluster.BuildPod;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A Pod's log while it is read. A node that is gone leaves a stream that neither says anything nor
 * ends, so one that nothing more is to come from is waited for only as long as it speaks.
 */
final class Reading {
  private static final Duration GLANCE = Duration.ofMillis(100);

  private final BuildPod pod;
  private final AtomicLong heardAt = new AtomicLong(System.nanoTime());
  private final Thread thread;

  private Reading(BuildPod pod, Body body) {
    this.pod = pod;
    this.thread = Thread.ofVirtual().name(pod.name()).unstarted(() -> read(body));
  }

  /** Reads a log to its end. */
  interface Body {
    /**
     * Does it.
     *
     * @param heard to be told of each sign of life
     */
    void read(Runnable heard) throws InterruptedException;
  }

  static Reading start(BuildPod pod, Body body) {
    var reading = new Reading(pod, body);
    reading.thread.start();
    return reading;
  }

  private void read(Body body) {
    try {
      body.read(() -> heardAt.set(System.nanoTime()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  BuildPod pod() {
    return pod;
  }

  /** Waits until it is over, or has been silent for so long; then it is given up. */
  void await(Duration patience) throws InterruptedException {
    while (!thread.join(GLANCE)) {
      if (System.nanoTime() - heardAt.get() > patience.toNanos()) {
        thread.interrupt();
        return;
      }
    }
  }
}
