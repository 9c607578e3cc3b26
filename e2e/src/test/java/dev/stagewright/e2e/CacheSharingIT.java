package dev.stagewright.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Builds that need the same stage at the same time run it once. */
@ExtendWith(StagewrightExtension.class)
class CacheSharingIT {
  private static final String RANDOM = "cat /proc/sys/kernel/random/uuid";

  @Test
  void theSharedStageOfFiveBuildsRunsOnce(TestNamespace namespace) {
    var latch = namespace.latch("dependencies");
    var builds =
        IntStream.rangeClosed(1, 5)
            .mapToObj(number -> service(namespace, "service-" + number, latch.command()))
            .toList();
    latch.awaitArrival();
    builds.forEach(build -> build.await(CacheSharingIT::hasDecided));
    assertThat(waiting(builds)).hasSize(4);
    latch.release();
    builds.forEach(Build::awaitSuccess);

    assertThat(builds).extracting(build -> content(build, "id")).containsOnly(id(builds));
    assertThat(builds).extracting(build -> content(build, "name")).doesNotHaveDuplicates();
    assertThat(builds).filteredOn(build -> hadPod(build, "deps")).hasSize(1);
    assertThat(builds)
        .extracting(build -> build.stage("deps").text("cached"))
        .containsOnlyOnce("None")
        .contains("All");
  }

  @Test
  void anotherBuildTakesOverWhenTheFirstOneIsDeleted(TestNamespace namespace) {
    var latch = namespace.latch("dependencies");
    var first = service(namespace, "first", latch.command());
    latch.awaitArrival();
    var second = service(namespace, "second", latch.command());
    second.await(CacheSharingIT::isWaiting);
    var third = service(namespace, "third", latch.command());
    third.await(CacheSharingIT::isWaiting);
    assertThat(second.stage("deps").text("message"))
        .isEqualTo("waits for ImageBuild first, which runs the same instructions");

    first.delete();
    second.await(build -> build.hasStage("deps", "Running"));
    latch.release();
    second.awaitSuccess();
    third.awaitSuccess();

    assertThat(content(third, "id")).isEqualTo(content(second, "id"));
    assertThat(hadPod(third, "deps")).isFalse();
  }

  @Test
  void equalBuildsRunOnce(TestNamespace namespace) {
    var latch = namespace.latch("app");
    var dockerfile =
        """
        FROM busybox
        RUN %s && %s > /id
        RUN %s > /second
        """
            .formatted(latch.command(), RANDOM, RANDOM);
    var builds =
        List.of(
            namespace.build("one", cache(namespace) + Specs.inline(dockerfile, Map.of())),
            namespace.build("two", cache(namespace) + Specs.inline(dockerfile, Map.of())));
    latch.awaitArrival();
    builds.forEach(build -> build.await(it -> isWaiting(it, "0") || it.hasStage("0", "Running")));
    latch.release();
    builds.forEach(Build::awaitSuccess);

    var layers = builds.getFirst().image().manifest().at("/layers");
    assertThat(builds.getLast().image().manifest().at("/layers")).isEqualTo(layers);
    assertThat(builds).filteredOn(build -> hadPod(build, "0")).hasSize(1);
  }

  /** A service with a stage for dependencies that all services have in common. */
  private static Build service(TestNamespace namespace, String name, String dependencies) {
    var dockerfile =
        """
        FROM busybox AS deps
        RUN %s && %s > /id
        FROM busybox
        RUN echo %s > /name
        COPY --from=deps /id /id
        """
            .formatted(dependencies, RANDOM, name);
    return namespace.build(name, cache(namespace) + Specs.inline(dockerfile, Map.of()));
  }

  private static String cache(TestNamespace namespace) {
    var image = namespace.image("shared-cache");
    return "cache: {repository: '" + image.substring(0, image.lastIndexOf(':')) + "'}\n";
  }

  private static boolean hasDecided(Build build) {
    return isWaiting(build) || build.hasStage("deps", "Running");
  }

  private static List<Build> waiting(List<Build> builds) {
    return builds.stream().filter(CacheSharingIT::isWaiting).toList();
  }

  private static boolean isWaiting(Build build) {
    return isWaiting(build, "deps");
  }

  private static boolean isWaiting(Build build, String stage) {
    return build.stages().stream()
        .filter(entry -> entry.text("name").equals(stage))
        .anyMatch(entry -> entry.text("reason").equals("WaitsForBuild"));
  }

  /** The Pod itself is deleted if the run ends before the kubelet reports its end. */
  private static boolean hadPod(Build build, String stage) {
    return !build.stage(stage).text("pod").isEmpty();
  }

  private static String id(List<Build> builds) {
    return content(builds.getFirst(), "id");
  }

  private static String content(Build build, String path) {
    return build
        .namespace()
        .run("cat-" + Environment.randomId(), build.image().reference(), "cat", "/" + path)
        .log()
        .strip();
  }
}
