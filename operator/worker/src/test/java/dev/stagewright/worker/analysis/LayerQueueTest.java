package dev.stagewright.worker.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagewright.analysis.layer.LayerContent;
import dev.stagewright.analysis.layer.LayerFile;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.worker.registries.SmallImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Reading layers in the background. */
@Timeout(60)
class LayerQueueTest {
  private static final long LARGE = 10 * 1024 * 1024;
  private static final long SMALL = 1000;

  @TempDir private Path directory;
  private final NamesOnly format = new NamesOnly();
  private final Map<Digest, LayerContent> recorded = new HashMap<>();
  private final LayerQueue contents =
      new LayerQueue(
          format,
          new LayerRecords() {
            @Override
            public Optional<LayerContent> find(Digest diffId) {
              return Optional.ofNullable(recorded.get(diffId));
            }

            @Override
            public void put(Digest diffId, LayerContent content) {
              recorded.put(diffId, content);
            }
          });

  @AfterEach
  void close() {
    contents.close();
  }

  private LayerInput layer(String file, long size) throws IOException {
    var layer = SmallImage.layer(directory, file, "text");
    var blob = directory.resolve(layer.blob().digest().hex());
    return new LayerInput(layer.diffId(), size, file, () -> Files.newInputStream(blob));
  }

  @Test
  void layersAreReadOnce() throws Exception {
    var layer = layer("program", SMALL);
    contents.startNew(layer);
    contents.startNew(layer);
    contents.startOld(layer);

    assertThat(contents.await(layer).files())
        .extracting(LayerFile::path)
        .containsExactly("program");
    assertThat(format.layersRead()).isEqualTo(1);
  }

  @Test
  void largeLayerIsRecorded() throws Exception {
    var layer = layer("program", LARGE);
    contents.startNew(layer);

    var content = contents.await(layer);
    contents.finish(Duration.ofSeconds(50));

    assertThat(recorded).containsOnly(Map.entry(layer.diffId(), content));
  }

  @Test
  void recordedLayerIsNotRead() throws Exception {
    var layer = layer("program", LARGE);
    recorded.put(layer.diffId(), LayerContent.EMPTY);
    contents.startOld(layer);

    assertThat(contents.await(layer)).isEqualTo(LayerContent.EMPTY);
    assertThat(format.layersRead()).isZero();
  }

  @Test
  void smallLayerIsReadWithoutARecord() throws Exception {
    var layer = layer("program", SMALL);
    recorded.put(layer.diffId(), LayerContent.EMPTY);
    contents.startOld(layer);

    assertThat(contents.await(layer).files()).hasSize(1);
  }

  @Test
  void failureIsThatOfTheLayer() throws Exception {
    var bad = "not a tar".repeat(1000).getBytes(StandardCharsets.UTF_8);
    var layer = new LayerInput(Digest.of(bad), SMALL, "bad", () -> new ByteArrayInputStream(bad));
    contents.startNew(layer);

    assertThatThrownBy(() -> contents.await(layer)).isInstanceOf(IOException.class);
  }
}
