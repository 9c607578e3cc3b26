package dev.stagewright.controller.logs;

import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.controller.cluster.ContainerReference;
import dev.stagewright.controller.cluster.LogStreams;
import dev.stagewright.controller.cluster.TriggerEventSource;
import dev.stagewright.controller.metrics.LogMetrics;
import dev.stagewright.controller.run.BuildRun;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Follows the logs of the containers of all active runs as streams, and triggers a reconciliation
 * when a log says something new.
 *
 * <p>A stream is opened when the status of the Pod says that the container runs: the kubelet serves
 * a log from the moment when it reports the start, and not earlier.
 */
public final class LogFollower extends TriggerEventSource implements ContainerLogs {
  private final LogStreams streams;
  private final LogMetrics metrics;
  private final LogTimer timer;
  private final ReconcileTrigger trigger;
  private final Map<ResourceID, Map<ContainerReference, FollowedContainer>> builds =
      new ConcurrentHashMap<>();
  private volatile boolean isStopped;

  /** Follows logs with these streams, which it closes at its end. */
  public LogFollower(LogStreams streams, LogMetrics metrics) {
    this(streams, metrics, new SingleThreadTimer());
  }

  LogFollower(LogStreams streams, LogMetrics metrics, LogTimer timer) {
    super("logs");
    this.streams = streams;
    this.metrics = metrics;
    this.timer = timer;
    trigger = new ReconcileTrigger(timer, this::trigger);
  }

  @Override
  public Map<ContainerReference, ContainerLog> follow(
      BuildRun run, List<StartedContainer> containers) {
    var build = new ResourceID(run.build(), run.namespace());
    var before = builds.getOrDefault(build, Map.of());
    var now = new HashMap<ContainerReference, FollowedContainer>();
    var started = new ArrayList<FollowedContainer>();
    for (var container : containers) {
      var known = before.get(container.container());
      if (known != null) {
        now.put(container.container(), known);
        if (container.hasEnded()) {
          known.containerEnded();
        }
      } else if (!container.hasEnded() && !isStopped) {
        var followed = follow(build, container);
        now.put(container.container(), followed);
        started.add(followed);
      }
    }
    before.forEach((container, followed) -> {
      if (!now.containsKey(container)) {
        followed.close();
      }
    });
    if (now.isEmpty()) {
      forget(build);
      return Map.of();
    }
    builds.put(build, Map.copyOf(now));
    started.forEach(FollowedContainer::start);
    if (isStopped) {
      forget(build);
    }
    var logs = new HashMap<ContainerReference, ContainerLog>();
    now.forEach((container, followed) -> logs.put(container, followed.log()));
    return Map.copyOf(logs);
  }

  private FollowedContainer follow(ResourceID build, StartedContainer container) {
    return new FollowedContainer(
        container.container(),
        container.runsUserCode(),
        streams,
        timer,
        metrics,
        change -> trigger.changed(build, change));
  }

  private void forget(ResourceID build) {
    var followed = builds.remove(build);
    if (followed != null) {
      followed.values().forEach(FollowedContainer::close);
    }
    trigger.forget(build);
  }

  @Override
  public void onResourceDeleted(ImageBuild build) {
    forget(ResourceID.fromResource(build));
  }

  @Override
  public void stop() {
    isStopped = true;
    List.copyOf(builds.keySet()).forEach(this::forget);
    timer.close();
    streams.close();
    super.stop();
  }
}
