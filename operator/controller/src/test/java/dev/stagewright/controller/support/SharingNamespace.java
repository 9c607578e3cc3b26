package dev.stagewright.controller.support;

import dev.stagewright.controller.run.BuildRun;
import dev.stagewright.controller.sharing.SharedStages;
import dev.stagewright.protocol.BuildPlan;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/** A namespace with several builds, which one operator reconciles. */
public final class SharingNamespace {
  private static final String SPEC = "source: {inline: {dockerfile: FROM x}}\n";

  private final Map<String, Walk> builds = new LinkedHashMap<>();
  private final Map<String, PublishLog> logs = new LinkedHashMap<>();
  private final Queue<String> triggered = new ArrayDeque<>();
  private SharedStages stages = new SharedStages(this::trigger);
  private Duration age = Duration.ZERO;

  private void trigger(BuildRun run) {
    triggered.add(run.build());
  }

  /** Adds a build, whose stages are about to run; those that were added before are older. */
  public Walk add(String name, BuildPlan plan) {
    return add("team", name, plan);
  }

  /** Adds a build in another namespace. */
  public Walk add(String namespace, String name, BuildPlan plan) {
    var build = Builds.hello(SPEC);
    build.getMetadata().setNamespace(namespace);
    build.getMetadata().setName(name);
    build.getMetadata().setUid("uid-of-" + namespace + "-" + name);
    var walk = new Walk(build, Builds.cachingConfig()).share(stages).pass(age);
    age = age.plusSeconds(1);
    builds.values().forEach(other -> other.pass(Duration.ofSeconds(1)));
    builds.put(name, walk);
    logs.put(name, new PublishLog(walk));
    walk.reconcile().completePreparePod(name + "-1-worker/prepare", plan).reconcile();
    return walk;
  }

  /** A build that was added. */
  public Walk build(String name) {
    return Optional.ofNullable(builds.get(name)).orElseThrow();
  }

  /** Publish of a build prints these lines. */
  public SharingNamespace print(String name, String... lines) {
    Optional.ofNullable(logs.get(name)).orElseThrow().printInPod(name + "-1-worker", lines);
    return settle();
  }

  /** Reconciles a build, and those that it triggers. */
  public SharingNamespace reconcile(String name) {
    build(name).reconcile();
    return settle();
  }

  /** Time passes, and the operator reconciles the builds that asked for it. */
  public SharingNamespace pass(Duration time) {
    for (var walk : builds.values()) {
      walk.pass(time);
    }
    builds.forEach((name, walk) -> {
      if (walk.requeueAfter().filter(after -> after.compareTo(time) <= 0).isPresent()) {
        walk.reconcile();
      }
    });
    return settle();
  }

  /** A user deletes an ImageBuild. */
  public SharingNamespace delete(String name) {
    var now = build(name).now();
    builds.remove(name);
    stages.deleted("uid-of-team-" + name, now);
    return settle();
  }

  /** The operator is restarted. */
  public SharingNamespace restart() {
    stages = new SharedStages(this::trigger);
    builds.values().forEach(walk -> walk.share(stages));
    return this;
  }

  private SharingNamespace settle() {
    for (var name = triggered.poll(); name != null; name = triggered.poll()) {
      Optional.ofNullable(builds.get(name)).ifPresent(Walk::reconcile);
    }
    return this;
  }

  /** Whether a stage of a build has a Pod. */
  public boolean runs(String name, String stage) {
    return build(name).cluster().names().contains(name + "-1-" + stage);
  }

  /** The message of a stage that waits for another build. */
  public String waiting(String name, String stage) {
    var status = build(name).stage(stage);
    return "WaitsForBuild".equals(status.reason()) ? String.valueOf(status.message()) : "";
  }
}
