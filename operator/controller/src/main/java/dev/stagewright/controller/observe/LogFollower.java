package dev.stagewright.controller.observe;

import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.controller.cluster.TriggerEventSource;
import dev.stagewright.controller.run.BuildRun;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls the logs of running stages in background threads, so that no reconciliation waits for a
 * slow or lost node, and triggers a reconciliation when a stage starts another step.
 */
public final class LogFollower extends TriggerEventSource implements RunningLogs {
  private static final Logger LOG = LoggerFactory.getLogger(LogFollower.class);
  private static final int THREADS = 4;

  private final LogTails logs;
  private final Clock clock;
  private final Map<ResourceID, Map<String, FollowedPod>> builds = new ConcurrentHashMap<>();
  private final ScheduledThreadPoolExecutor timer;

  /** A Pod, and the end of its log when it was last read. */
  private static final class FollowedPod {
    private final ResourceID build;
    private final String name;
    private final Instant since;
    private volatile Optional<LogTail> log = Optional.empty();

    private FollowedPod(ResourceID build, String name, Instant since) {
      this.build = build;
      this.name = name;
      this.since = since;
    }
  }

  /** Polls these logs. */
  public LogFollower(LogTails logs, Clock clock) {
    super("logs");
    this.logs = logs;
    this.clock = clock;
    timer =
        new ScheduledThreadPoolExecutor(
            THREADS, Thread.ofPlatform().daemon().name("logs-", 0).factory());
  }

  @Override
  public Map<String, LogTail> follow(BuildRun run, Map<String, Instant> runningSince) {
    var build = new ResourceID(run.build(), run.namespace());
    if (runningSince.isEmpty()) {
      builds.remove(build);
      return Map.of();
    }
    var before = builds.getOrDefault(build, Map.of());
    var now = new HashMap<String, FollowedPod>();
    var known = new HashMap<String, LogTail>();
    runningSince.forEach((name, since) -> {
      var followed = before.get(name);
      var pod = followed != null ? followed : new FollowedPod(build, name, since);
      now.put(name, pod);
      pod.log.ifPresent(log -> known.put(name, log));
    });
    builds.put(build, Map.copyOf(now));
    now.values().stream()
        .filter(pod -> !before.containsValue(pod))
        .forEach(pod -> readAfter(LogPollInterval.FIRST, pod));
    return Map.copyOf(known);
  }

  private void readAfter(Duration delay, FollowedPod pod) {
    if (!timer.isShutdown()) {
      var _ = timer.schedule(() -> read(pod), delay.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void read(FollowedPod pod) {
    if (!isFollowed(pod)) {
      return;
    }
    try {
      var log = logs.read(pod.build.getNamespace().orElseThrow(), pod.name);
      var before = pod.log;
      pod.log = Optional.of(log);
      if (log.differsFrom(before.orElse(LogTail.of(""))) && isFollowed(pod)) {
        trigger(pod.build);
      }
    } catch (RuntimeException e) {
      LOG.warn(
          "cannot read the log of the Pod {} of the ImageBuild {}: {}",
          pod.name,
          pod.build,
          e.toString());
    } finally {
      var age = Duration.between(pod.since, clock.instant());
      readAfter(LogPollInterval.next(age, timer.getQueue().size()), pod);
    }
  }

  private boolean isFollowed(FollowedPod pod) {
    return builds.getOrDefault(pod.build, Map.of()).get(pod.name) == pod;
  }

  @Override
  public void onResourceDeleted(ImageBuild build) {
    builds.remove(ResourceID.fromResource(build));
  }

  @Override
  public void stop() {
    timer.shutdownNow();
    super.stop();
  }
}
