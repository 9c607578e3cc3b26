package dev.stagewright.worker.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.cache.record.ImageRecord;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.layers.oci.Platform;
import dev.stagewright.protocol.BuildRequest;
import dev.stagewright.protocol.LayerOptions;
import dev.stagewright.protocol.SourceRequest;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CreationTimeTest {
  private static final Instant NOW = Instant.parse("2026-11-28T10:00:00.5Z");
  private static final ImageRecord KNOWN = new ImageRecord(1000, Digest.of(new byte[0]));

  private static CreationTime time(Optional<Long> epoch, Optional<ImageRecord> known) {
    var output =
        BuildRequest.Output.to(
            ImageReference.parse("registry.example.com/app:1"),
            new LayerOptions(LayerOptions.Algorithm.GZIP, epoch));
    var request =
        BuildRequest.builder("team/app", new SourceRequest.Mounted(), Platform.LINUX_AMD64, output)
            .build();
    return CreationTime.of(request, NOW, known);
  }

  @Test
  void aNewImageIsCreatedNow() {
    assertThat(time(Optional.empty(), Optional.empty()))
        .isEqualTo(new CreationTime(Instant.parse("2026-11-28T10:00:00Z"), false));
  }

  @Test
  void aKnownImageKeepsItsTime() {
    assertThat(time(Optional.empty(), Optional.of(KNOWN)))
        .isEqualTo(new CreationTime(Instant.ofEpochSecond(1000), false));
  }

  @Test
  void aRequestedTimeIsFixed() {
    assertThat(time(Optional.of(5L), Optional.of(KNOWN)))
        .isEqualTo(new CreationTime(Instant.ofEpochSecond(5), true));
  }

  @Test
  void aRequestedTimeInTheFutureIsIgnored() {
    assertThat(time(Optional.of(NOW.getEpochSecond() + 100), Optional.empty()).fixed()).isFalse();
  }
}
