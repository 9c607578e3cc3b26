package dev.stagewright.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Pushes to a registry with several replicas, as in a highly available Harbor, while replicas are
 * killed.
 */
@ExtendWith(StagewrightExtension.class)
class HighAvailabilityIT {
  private static final Duration QUICK = Duration.ofMinutes(1);

  /** Slow enough that a push takes minutes longer than all faults of the test. */
  private static final int BYTES_PER_SECOND = 50_000;

  /** Random data, which does not compress. */
  private static final String DOCKERFILE =
      """
      FROM busybox
      RUN head -c 8000000 /dev/urandom > /one
      RUN head -c 8000000 /dev/urandom > /two
      RUN head -c 8000000 /dev/urandom > /three
      """;

  @Test
  void pushSurvivesLossOfEachReplica(TestNamespace namespace) {
    var registry = ReplicatedRegistry.start(namespace);
    var tagged = new PushedImage(namespace.environment(), registry.host() + "/team/app:1", "");
    var before = pushPreviousImage(namespace, tagged);

    try (var route = SlowRoute.to(registry.host(), BYTES_PER_SECOND);
        var reader = TagReader.start(tagged.reference())) {
      var build =
          namespace.build(
              "app",
              "output: {image: '%s/team/app:1', insecure: true}\n".formatted(route.host())
                  + Specs.inline(DOCKERFILE, Map.of()));
      build.awaitPhase("Pushing");
      for (var replica : registry.replicas()) {
        route.awaitMore(100_000);
        registry.replace(replica);
      }
      assertThat(build.phase()).isEqualTo("Pushing");
      assertThat(route.interrupted()).as("connections closed by a killed replica").isPositive();
      route.open();
      build.awaitSuccess();

      var after = build.text("image", "digest");
      Awaitility.await().atMost(QUICK).until(() -> reader.seen().contains(after));
      assertThat(reader.seen()).containsExactly(before, after);
      assertThat(reader.gaps()).isEmpty();
      assertThat(tagged.validate()).contains("PASS");
      assertThat(build.get("attempts")).contains(Map.of("worker", 1, "s0", 1));
    }
    for (var layer : tagged.manifest().at("/layers")) {
      assertThat(registry.isCached(layer.at("/digest").asText())).isTrue();
    }
  }

  /** Sets the tag to another image; returns the digest of that image. */
  private static String pushPreviousImage(TestNamespace namespace, PushedImage tagged) {
    var environment = namespace.environment();
    var busybox = environment.registry() + "/library/busybox";
    environment.tools().output(QUICK, "crane", "copy", "--insecure", busybox, tagged.reference());
    return tagged.taggedDigest();
  }
}
