package dev.stagewright.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The options of the output that change layers. */
@ExtendWith(StagewrightExtension.class)
class LayerOptionsIT {
  private static final long EPOCH = 1_700_000_000;
  private static final String SOURCE =
      Specs.inline("FROM busybox\nRUN date +%s%N > /tmp/x && rm /tmp/x && echo a > /a\n", Map.of());

  @Test
  void zstdWithEpochIsReproducible(TestNamespace namespace) {
    var first = build(namespace, "first");
    var second = build(namespace, "second");

    var layers = first.manifest().at("/layers");
    assertThat(layers.get(layers.size() - 1).at("/mediaType").asText()).endsWith("tar+zstd");
    assertThat(first.config().at("/created").asText()).isEqualTo("2023-11-14T22:13:20Z");
    assertThat(first.digest()).isEqualTo(second.digest());
    assertThat(namespace.run("run", first.reference(), "cat", "/a").log()).isEqualTo("a\n");
  }

  private static PushedImage build(TestNamespace namespace, String name) {
    var output =
        "output: {image: '%s', compression: zstd, sourceDateEpoch: %d}\n"
            .formatted(namespace.image(name), EPOCH);
    return namespace.build(name, output + SOURCE).awaitSuccess().image();
  }
}
