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
 * Reads logs of running stages beside the reconciliations, none of which then waits for a node that
 * is slow or gone, and wakes the build of one that has come to another step.
 */
public final class LogFollower extends TriggerEventSource implements RunningLogs {
  private static final Logger LOG = LoggerFactory.getLogger(LogFollower.class);
  private static final int THREADS = 4;

  private final LogTails logs;
  private final Clock clock;
  private final Map<ResourceID, Map<String, Followed>> builds = new ConcurrentHashMap<>();
  private final ScheduledThreadPoolExecutor timer;

  /** A Pod, and what its log said last. */
  private static final class Followed {
    private final ResourceID build;
    private final String name;
    private final Instant since;
    private volatile Optional<LogTail> said = Optional.empty();

    private Followed(ResourceID build, String name, Instant since) {
      this.build = build;
      this.name = name;
      this.since = since;
    }
  }

  /** Reads logs from there. */
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
    var now = new HashMap<String, Followed>();
    var said = new HashMap<String, LogTail>();
    runningSince.forEach((name, since) -> {
      var known = before.get(name);
      var pod = known != null ? known : new Followed(build, name, since);
      now.put(name, pod);
      pod.said.ifPresent(facts -> said.put(name, facts));
    });
    builds.put(build, Map.copyOf(now));
    now.values().stream()
        .filter(pod -> !before.containsValue(pod))
        .forEach(pod -> readAfter(LogPollInterval.FIRST, pod));
    return Map.copyOf(said);
  }

  private void readAfter(Duration delay, Followed pod) {
    if (!timer.isShutdown()) {
      var _ = timer.schedule(() -> read(pod), delay.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void read(Followed pod) {
    if (!isFollowed(pod)) {
      return;
    }
    try {
      var facts = logs.read(pod.build.getNamespace().orElseThrow(), pod.name);
      var before = pod.said;
      pod.said = Optional.of(facts);
      if (facts.isNewsAfter(before.orElse(LogTail.of(""))) && isFollowed(pod)) {
        trigger(pod.build);
      }
    } catch (RuntimeException e) {
      LOG.warn("log of Pod {} in {} not read: {}", pod.name, pod.build, e.toString());
    } finally {
      var age = Duration.between(pod.since, clock.instant());
      readAfter(LogPollInterval.next(age, timer.getQueue().size()), pod);
    }
  }

  private boolean isFollowed(Followed pod) {
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
