package dev.stagewright.kubectl.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.analysis.image.LayerOrigin;
import dev.stagewright.layers.oci.History;
import dev.stagewright.layers.oci.ImageConfig;
import dev.stagewright.layers.oci.Platform;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Layers and the history of an image; entries with an asterisk have no layer. */
class HistoryOriginsTest {
  private static List<LayerOrigin> origins(int layers, String... entries) {
    var history =
        Stream.of(entries)
            .map(entry ->
                new History(
                    Optional.empty(),
                    Optional.of(entry.replace("*", "")),
                    Optional.empty(),
                    Optional.empty(),
                    entry.endsWith("*")))
            .toList();
    return HistoryOrigins.of(
        ImageConfig.scratch(Platform.LINUX_AMD64).withHistory(history), layers);
  }

  private static List<Boolean> bases(List<LayerOrigin> origins) {
    return origins.stream().map(LayerOrigin::base).toList();
  }

  @Test
  void theBaseEndsWithTheCommandOfTheBaseImage() {
    var origins =
        origins(
            3, "ADD rootfs /", "CMD [\"sh\"]*", "RUN make", "ENV A=1*", "COPY . .", "CMD [\"x\"]*");

    assertThat(bases(origins)).containsExactly(true, false, false);
    assertThat(origins.getLast().instruction()).contains("COPY . .");
  }

  @Test
  void anImageWithoutLayersAfterTheCommandHasNoBase() {
    assertThat(
            bases(
                origins(
                    1, "/bin/sh -c #(nop) ADD file:1 in / ", "/bin/sh -c #(nop)  CMD [\"sh\"]*")))
        .containsExactly(false);
    assertThat(bases(origins(2, "COPY a /", "COPY b /", "ENTRYPOINT [\"/a\"]*")))
        .containsExactly(false, false);
  }

  @Test
  void nothingIsKnownIfTheHistoryIsIncomplete() {
    assertThat(origins(2, "COPY a /"))
        .hasSize(2)
        .allSatisfy(origin -> assertThat(origin.instruction()).isEmpty());
  }
}
