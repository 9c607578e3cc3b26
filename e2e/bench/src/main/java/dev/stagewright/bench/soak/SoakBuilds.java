package dev.stagewright.bench.soak;

import dev.stagewright.api.v1alpha1.ImageBuild;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;

/** The builds of a soak test; creates them with limited concurrency. */
final class SoakBuilds implements AutoCloseable {
  /** Time without a finished build after which the unfinished builds count as lost. */
  private static final Duration TIMEOUT = Duration.ofMinutes(8);

  private final SoakCluster cluster;
  private final SoakOptions options;
  private final List<SoakBuild> builds = new CopyOnWriteArrayList<>();
  private final SharedIndexInformer<ImageBuild> informer;

  SoakBuilds(SoakCluster cluster, SoakOptions options) {
    this.cluster = cluster;
    this.options = options;
    informer =
        cluster
            .client()
            .resources(ImageBuild.class)
            .inAnyNamespace()
            .withLabel(SoakCluster.LABEL)
            .inform();
  }

  /** The builds that were created. */
  List<SoakBuild> builds() {
    return builds;
  }

  /** The builds whose latest spec is not finished. */
  List<SoakBuild> unfinished() {
    return builds.stream()
        .filter(build ->
            !BuildCheck.isFinished(build.desired(), informer.getStore().getByKey(build.toString())))
        .toList();
  }

  /**
   * Creates all builds and waits until they are finished or the timeout has passed.
   *
   * @param onPoll called at each poll
   */
  void runAll(RandomGenerator random, Runnable onPoll) throws InterruptedException {
    var active = 0;
    var lastFinished = Instant.now();
    while (builds.size() < options.builds() || active > 0) {
      var unfinished = unfinished().size();
      if (unfinished < active) {
        lastFinished = Instant.now();
      }
      active = unfinished;
      if (Instant.now().isAfter(lastFinished.plus(TIMEOUT))) {
        return;
      }
      if (active < options.concurrency() && builds.size() < options.builds()) {
        create(random);
        active++;
      }
      onPoll.run();
      Thread.sleep(200);
    }
  }

  private void create(RandomGenerator random) {
    var number = builds.size();
    var build = cluster.build(number);
    build.create(SoakSpec.random(random, options.versions()));
    builds.add(build);
  }

  @Override
  public void close() {
    informer.stop();
  }
}
