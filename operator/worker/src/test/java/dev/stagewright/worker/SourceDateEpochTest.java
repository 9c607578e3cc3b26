package dev.stagewright.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.layers.oci.Platform;
import dev.stagewright.protocol.BuildRequest;
import dev.stagewright.protocol.LayerOptions;
import dev.stagewright.protocol.SourceRequest;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SourceDateEpochTest {
  @Test
  void prefersOutput() {
    assertThat(SourceDateEpoch.of(request(Optional.of(5L), "7")))
        .contains(Instant.ofEpochSecond(5));
  }

  @Test
  void fallsBackToBuildArgument() {
    assertThat(SourceDateEpoch.of(request(Optional.empty(), "7")))
        .contains(Instant.ofEpochSecond(7));
    assertThat(SourceDateEpoch.of(request(Optional.empty(), ""))).isEmpty();
  }

  @Test
  void rejectsInvalidNumber() {
    assertThatThrownBy(() -> SourceDateEpoch.of(request(Optional.empty(), "yesterday")))
        .hasMessageStartingWith("invalid SOURCE_DATE_EPOCH: yesterday");
  }

  @Test
  void addsBuildArgument() {
    assertThat(SourceDateEpoch.buildArgs(request(Optional.of(5L), Map.of())))
        .containsExactly(Map.entry("SOURCE_DATE_EPOCH", "5"));
    assertThat(SourceDateEpoch.buildArgs(request(Optional.of(5L), "7")))
        .containsExactly(Map.entry("SOURCE_DATE_EPOCH", "7"));
  }

  private static BuildRequest request(Optional<Long> epoch, String argument) {
    return request(epoch, Map.of("SOURCE_DATE_EPOCH", argument));
  }

  private static BuildRequest request(Optional<Long> epoch, Map<String, String> arguments) {
    return BuildRequest.builder(
            "team/app",
            new SourceRequest.Inline(Map.of()),
            Platform.LINUX_AMD64,
            BuildRequest.Output.to(
                ImageReference.parse("registry.example.com/app:1"),
                new LayerOptions(LayerOptions.Algorithm.GZIP, epoch)))
        .buildArgs(arguments)
        .build();
  }
}
