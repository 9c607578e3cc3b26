package dev.stagewright.bench.compare.builder;

import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.bench.compare.breakdown.BuildObserver;
import dev.stagewright.bench.compare.breakdown.PodObserver;
import dev.stagewright.bench.compare.breakdown.Timeline;
import dev.stagewright.bench.compare.cpu.Cgroups;
import dev.stagewright.bench.compare.cpu.PodCpuSampler;
import dev.stagewright.bench.compare.workload.Workload.Trait;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The operator in the cluster. A build lasts from the request that creates the ImageBuild until a
 * client that watches it sees its end.
 *
 * @param operator value of the label that selects the operator
 * @param contexts directory of the claim with the contexts
 * @param registry host and port of the registry
 * @param checks whether images are checked, as by default
 */
public record Stagewright(
    ComparisonNamespace namespace,
    String operator,
    Path contexts,
    String registry,
    String version,
    boolean checks,
    BuildObserver builds,
    PodObserver pods,
    Timeline timeline,
    Cgroups cgroups)
    implements ImageBuilder {
  /** The name on the command line. */
  public static final String NAME = "stagewright";

  /** The name of builds without checks, to find out what those cost. */
  public static final String UNCHECKED = "stagewright-unchecked";

  private static final List<String> OTHERS = List.of("buildkitd", "buildkit", "bench");
  private static final Duration TIMEOUT = Duration.ofMinutes(30);

  /** Time after the end of a build in which publish writes records and images for later builds. */
  private static final Duration PODS_END = Duration.ofMinutes(3);

  private static final long POLL_MILLIS = 100;

  @Override
  public String name() {
    return checks ? NAME : UNCHECKED;
  }

  @Override
  public boolean uses(String component) {
    return !OTHERS.contains(component);
  }

  @Override
  public BuildOutcome build(List<BuildJob> jobs) throws IOException, InterruptedException {
    var resources = jobs.stream().map(this::resource).toList();
    var client = namespace.client().resources(ImageBuild.class).inNamespace(namespace.name());
    try (var sampler = PodCpuSampler.start(cgroups)) {
      var startedAt = Instant.now();
      var start = System.nanoTime();
      var uids = new ArrayList<String>();
      for (var resource : resources) {
        uids.add(client.resource(resource).create().getMetadata().getUid());
      }
      double seconds;
      try {
        for (var job : jobs) {
          awaitSuccess(job);
        }
        seconds = (System.nanoTime() - start) / 1e9;
      } finally {
        awaitEndOfPods(uids);
      }
      return outcome(seconds, jobs.getFirst(), uids, startedAt, sampler);
    }
  }

  /** The measured builds are further ImageBuilds, as in a pipeline. */
  @Override
  public void buildEarlier(List<BuildJob> jobs, int number, boolean fails)
      throws IOException, InterruptedException {
    var earlier = jobs.stream().map(job -> job.earlier(number)).toList();
    ImageBuilder.super.buildEarlier(earlier, number, fails);
    afterBuild(earlier);
  }

  private BuildOutcome outcome(
      double seconds, BuildJob job, List<String> uids, Instant startedAt, PodCpuSampler sampler) {
    var uid = uids.getFirst();
    var tag = Timeline.tagFile(job.repository(), job.tag());
    return new BuildOutcome(
        seconds,
        uids.stream().mapToInt(pods::count).sum(),
        Optional.of(pods.usePrefixImages(uid)),
        timeline.of(job.name(), uid, startedAt, tag),
        timeline.cpuSeconds(job.name(), uid, sampler));
  }

  private void awaitSuccess(BuildJob job) throws IOException, InterruptedException {
    try {
      var status = builds.end(job.name()).get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
      if (status.phase() != BuildPhase.Succeeded) {
        throw new IOException(job.name() + " ended as " + status.phase() + ": " + status.failure());
      }
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException(job.name() + " did not end within " + TIMEOUT, e);
    }
  }

  /** The end of a Pod costs processor time even after the build has ended. */
  private void awaitEndOfPods(List<String> uids) throws InterruptedException {
    var deadline = System.nanoTime() + PODS_END.toNanos();
    while (!uids.stream().allMatch(pods::haveEnded) && System.nanoTime() < deadline) {
      Thread.sleep(POLL_MILLIS);
    }
  }

  @Override
  public void afterBuild(List<BuildJob> jobs) throws InterruptedException {
    var client = namespace.client();
    for (var job : jobs) {
      client
          .resources(ImageBuild.class)
          .inNamespace(namespace.name())
          .withName(job.name())
          .delete();
    }
    var deadline = System.nanoTime() + PODS_END.toNanos();
    while (!client.pods().inNamespace(namespace.name()).list().getItems().isEmpty()
        && System.nanoTime() < deadline) {
      Thread.sleep(POLL_MILLIS);
    }
  }

  private ImageBuild resource(BuildJob job) {
    return namespace
        .client()
        .getKubernetesSerialization()
        .unmarshal(
            """
            apiVersion: stagewright.dev/v1alpha1
            kind: ImageBuild
            metadata:
              name: %s
              namespace: %s
              labels: {stagewright.dev/operator: %s}
            spec:
              source: {persistentVolumeClaim: {claimName: %s, path: %s}}
              output: {image: '%s'}
              workspace: {size: 8Gi}
              cache: {%s}
              checks: {disabled: %s}
            """
                .formatted(
                    job.name(),
                    namespace.name(),
                    operator,
                    ComparisonNamespace.CLAIM,
                    contexts.relativize(job.context()),
                    job.reference(registry),
                    cache(job),
                    !checks),
            ImageBuild.class);
  }

  /** The fields of {@code spec.cache}, whose defaults are used as far as possible. */
  private String cache(BuildJob job) {
    if (job.workload().has(Trait.CACHE_CLAIM)) {
      return "mounts: {claimName: %s}".formatted(ComparisonNamespace.CACHE_CLAIM);
    }
    return job.workload().has(Trait.SHARED_STAGE)
        ? "repository: '%s/%s/shared-cache'".formatted(registry, operator)
        : "";
  }
}
