package dev.stagewright.controller.observe;

import dev.stagewright.api.v1alpha1.Cache;
import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import dev.stagewright.controller.cluster.Cluster;
import dev.stagewright.controller.config.CacheConfig;
import dev.stagewright.controller.logs.ContainerLog.WorkerLog;
import dev.stagewright.controller.logs.ContainerLogs;
import dev.stagewright.controller.podstatus.PodFacts;
import dev.stagewright.controller.podstatus.PodReader;
import dev.stagewright.controller.run.BuildRun;
import dev.stagewright.controller.run.CacheUse;
import dev.stagewright.controller.run.Labels;
import dev.stagewright.controller.run.Task;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Observes the state of a run.
 *
 * <p>Most objects come from caches, which may lag behind recent changes of the operator itself. An
 * object that should exist but is not in the cache counts as gone only after a request to the API
 * server.
 *
 * @param logs follows the logs of containers
 * @param cacheConfig of the operator
 */
public record Observer(Cluster cluster, ContainerLogs logs, Clock clock, CacheConfig cacheConfig) {
  /**
   * Observes a run.
   *
   * @param build with the spec of the run
   */
  public Observation observe(BuildRun run, ImageBuild build, BuildObjects cached) {
    var objects = cached.ofBuild(run.uid());
    var previous = statusOf(run, build);
    var pods = podsOf(run, previous, objects);
    var workspace = workspace(run, previous, objects);
    var diagnosis = new PendingPodDiagnosis(cluster, build, workspace, previous, clock.instant());
    var read =
        pods.stream()
            .flatMap(
                pod -> diagnosis.diagnose(PodReader.read(pod), cacheClaim(build, pod)).stream())
            .toList();
    var followed = new LogReader(cluster, logs, run, previous, clock.instant()).read(read);
    var facts = read.stream().map(pod -> withReport(pod, followed)).toList();
    var plan = new PlanReader(cluster, run, previous).find(objects.configMaps(), facts, followed);
    var caches = new CacheClaimReader(cluster, cacheConfig, previous, clock.instant());
    return new Observation(
        run,
        build.getSpec(),
        isCancelled(build, run),
        previous,
        facts,
        find(objects.configMaps(), run.names().request()).map(CacheUse::of),
        ignoresRecords(build),
        workspace,
        caches.find(build, plan.known()),
        plan,
        followed,
        present(objects, object -> !run.owns(object)),
        present(objects, run::owns),
        kept(build),
        objects.pods().stream().anyMatch(pod -> !run.owns(pod) && mayPublish(pod)),
        Map.of(),
        Map.of(),
        new RunHistory(build, run, clock.instant()).records(),
        clock.instant(),
        () -> cluster.pullSecrets(run.namespace(), serviceAccount(build)),
        () -> outputConfigMap(run, build));
  }

  private Optional<ConfigMap> outputConfigMap(BuildRun run, ImageBuild build) {
    return Optional.ofNullable(build.getSpec().output().configMap())
        .flatMap(target -> cluster.configMap(run.namespace(), target.name()));
  }

  /**
   * Prepare and publish report their results in their logs before the kubelet reports their end.
   */
  private PodFacts withReport(PodFacts pod, RunLogs followed) {
    return pod.hasEnded()
        ? pod
        : followed
            .worker(pod)
            .flatMap(WorkerLog::result)
            .map(result -> pod.reported(result, clock.instant()))
            .orElse(pod);
  }

  private static String serviceAccount(ImageBuild build) {
    return Optional.ofNullable(build.getSpec().serviceAccountName()).orElse("default");
  }

  /** The claim must exist while the run is active; afterwards it may be deleted. */
  private Optional<PersistentVolumeClaim> workspace(
      BuildRun run, Optional<ImageBuildStatus> previous, BuildObjects objects) {
    var name = run.names().workspace();
    var isExpected =
        previous.filter(status -> !status.hasEnded() && !status.attempts().isEmpty()).isPresent();
    return objects.claims().stream()
        .filter(claim -> claim.getMetadata().getName().equals(name))
        .findFirst()
        .or(() -> isExpected ? cluster.claim(run.namespace(), name) : Optional.empty());
  }

  /** The name of the claim for cache mounts, if a Pod has it. */
  private static Optional<String> cacheClaim(ImageBuild build, Pod pod) {
    return Optional.ofNullable(pod.getMetadata().getLabels().get(Labels.CACHE_CLAIM))
        .map(label ->
            label.equals(CacheClaim.OF_OPERATOR)
                ? label
                : build.getSpec().cache().mounts().claimName());
  }

  private static Optional<String> kept(ImageBuild build) {
    return GitOpsTool.applying(build.getMetadata())
        .map(tool -> tool + " manages the ImageBuild, and would create and build it again")
        .or(() ->
            Optional.ofNullable(build.getSpec().schedule())
                .map(_ -> "spec.schedule starts further runs"));
  }

  private static boolean ignoresRecords(ImageBuild build) {
    return annotation(build, Cache.IGNORE_ANNOTATION).filter("true"::equals).isPresent();
  }

  private static boolean isCancelled(ImageBuild build, BuildRun run) {
    return annotation(build, ImageBuild.CANCEL_ANNOTATION)
        .map(String::strip)
        .filter(Long.toString(run.number())::equals)
        .isPresent();
  }

  private static Optional<String> annotation(ImageBuild build, String name) {
    return Optional.ofNullable(build.getMetadata().getAnnotations())
        .flatMap(annotations -> Optional.ofNullable(annotations.get(name)));
  }

  private static Optional<ImageBuildStatus> statusOf(BuildRun run, ImageBuild build) {
    return Optional.ofNullable(build.getStatus())
        .filter(status -> status.runNumber() == run.number());
  }

  private List<Pod> podsOf(
      BuildRun run, Optional<ImageBuildStatus> previous, BuildObjects objects) {
    var pods = new ArrayList<>(objects.pods().stream().filter(run::owns).toList());
    if (previous.isPresent() && !previous.get().hasEnded()) {
      previous
          .get()
          .attempts()
          .forEach((key, attempt) -> {
            var name = run.names().pod(key, attempt);
            if (!has(pods, name)) {
              cluster.pod(run.namespace(), name).filter(run::owns).ifPresent(pods::add);
            }
          });
    }
    return pods;
  }

  private static boolean mayPublish(Pod pod) {
    return PodReader.read(pod).stream()
        .anyMatch(facts -> facts.task().equals(new Task.Publish()) && !facts.hasEnded());
  }

  private static List<HasMetadata> present(BuildObjects objects, Predicate<HasMetadata> condition) {
    return objects
        .all()
        .filter(condition)
        .filter(object -> object.getMetadata().getDeletionTimestamp() == null)
        .toList();
  }

  private static boolean has(List<? extends HasMetadata> objects, String name) {
    return find(objects, name).isPresent();
  }

  private static <T extends HasMetadata> Optional<T> find(List<T> objects, String name) {
    return objects.stream()
        .filter(object -> object.getMetadata().getName().equals(name))
        .findFirst();
  }
}
