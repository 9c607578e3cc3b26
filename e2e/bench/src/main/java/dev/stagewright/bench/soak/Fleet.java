package dev.stagewright.bench.soak;

import dev.stagewright.api.v1alpha1.ImageBuild;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;

/** All builds of a soak, so many at a time. */
final class Fleet implements AutoCloseable {
  /** So long nothing may end before those that are left count as lost. */
  private static final Duration PATIENCE = Duration.ofMinutes(8);

  private final SoakCluster cluster;
  private final Settings settings;
  private final List<SoakBuild> builds = new CopyOnWriteArrayList<>();
  private final SharedIndexInformer<ImageBuild> seen;

  Fleet(SoakCluster cluster, Settings settings) {
    this.cluster = cluster;
    this.settings = settings;
    seen =
        cluster
            .client()
            .resources(ImageBuild.class)
            .inAnyNamespace()
            .withLabel(SoakCluster.MARK)
            .inform();
  }

  /** Those that were created. */
  List<SoakBuild> builds() {
    return builds;
  }

  /** Those whose latest spec is still to be built, or at it. */
  List<SoakBuild> underWay() {
    return builds.stream()
        .filter(
            build -> !Outcome.isOver(build.wanted(), seen.getStore().getByKey(build.toString())))
        .toList();
  }

  /**
   * Creates one after the other, and waits until all have ended, or nothing ends any more.
   *
   * @param each is called now and then
   */
  void build(RandomGenerator random, Runnable each) throws InterruptedException {
    var open = 0;
    var latestEnd = Instant.now();
    while (builds.size() < settings.builds() || open > 0) {
      var underWay = underWay().size();
      if (underWay < open) {
        latestEnd = Instant.now();
      }
      open = underWay;
      if (Instant.now().isAfter(latestEnd.plus(PATIENCE))) {
        return;
      }
      if (open < settings.atATime() && builds.size() < settings.builds()) {
        create(random);
        open++;
      }
      each.run();
      Thread.sleep(200);
    }
  }

  private void create(RandomGenerator random) {
    var number = builds.size();
    var build = cluster.build(number);
    build.create(Recipe.random(random, "b" + number));
    builds.add(build);
  }

  @Override
  public void close() {
    seen.stop();
  }
}
