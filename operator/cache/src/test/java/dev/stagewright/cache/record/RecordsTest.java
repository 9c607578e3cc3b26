package dev.stagewright.cache.record;

import static dev.stagewright.cache.TestPlans.FILES;
import static dev.stagewright.cache.TestPlans.copy;
import static dev.stagewright.cache.TestPlans.digest;
import static dev.stagewright.cache.TestPlans.image;
import static dev.stagewright.cache.TestPlans.keys;
import static dev.stagewright.cache.TestPlans.plan;
import static dev.stagewright.cache.TestPlans.run;
import static dev.stagewright.cache.TestPlans.stage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagewright.cache.key.CacheKey;
import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.Manifest;
import dev.stagewright.layers.oci.MediaTypes;
import dev.stagewright.protocol.StageResult.Layer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Records as OCI artifacts. */
class RecordsTest {
  private static final StepRecord STEP =
      new StepRecord("RUN make", "team/app", 100, 20, 30, List.of(layer(0), layer(1)), List.of());
  private static final FilesRecord FILES_OF_STAGE =
      new FilesRecord(
          "team/app",
          100,
          30,
          new Descriptor("application/vnd.stagewright.files", digest("tar"), 7),
          20,
          Map.of("ab", digest("selection")));
  private static final ImageRecord IMAGE = new ImageRecord(100, digest("manifest"));

  private static Layer layer(int step) {
    return new Layer(
        step,
        new Descriptor(MediaTypes.LAYER_GZIP, digest("blob " + step), 5),
        digest("diff " + step),
        Optional.empty(),
        Optional.of(90L + step));
  }

  private static LatestRecord latest() {
    var stage = stage("s0", image("alpine"), copy("a"), run("make", Map.of("A", "1")));
    var plan = plan(stage);
    return new LatestRecord(
        "team/app", 100, List.of(LatestRecord.Stage.of(plan, stage, keys(plan, stage, FILES))));
  }

  @Nested
  class Written {
    @Test
    void recordsAreReadAsTheyWereWritten() {
      assertThat(RecordReader.step(bytes(RecordWriter.write(STEP))).value()).contains(STEP);
      assertThat(RecordReader.files(bytes(RecordWriter.write(FILES_OF_STAGE))).value())
          .contains(FILES_OF_STAGE);
      assertThat(RecordReader.image(bytes(RecordWriter.write(IMAGE))).value()).contains(IMAGE);
    }

    @Test
    void theLatestBuildIsABlobOfItsOwn() {
      var artifact = RecordWriter.write(latest());
      var blob = artifact.content().getLast();

      assertThat(RecordReader.latestBlob(bytes(artifact)).value()).contains(blob.descriptor());
      assertThat(RecordReader.latest(blob.bytes()).value()).contains(latest());
    }

    @Test
    void contentsAreCompressedBlobs() {
      var content = "a file, and a file, and a file".repeat(100).getBytes(StandardCharsets.UTF_8);
      var artifact = RecordWriter.write(RecordKind.LAYER, new ContentRecord(100, content));
      var blob = artifact.content().getLast();

      assertThat(blob.bytes().length).isLessThan(content.length);
      assertThat(RecordReader.contentBlob(RecordKind.LAYER, bytes(artifact)).value())
          .contains(blob.descriptor());
      assertThat(RecordReader.contentBlob(RecordKind.CHECKS, bytes(artifact)).value()).isEmpty();
      assertThat(RecordReader.content(blob.bytes()).value()).contains(content);
      assertThat(RecordReader.content(content).value()).isEmpty();
    }

    @Test
    void manifestsReferToTheBlobsSoThatRegistriesKeepThem() {
      assertThat(RecordWriter.write(STEP).manifest().layers())
          .containsExactly(layer(0).blob(), layer(1).blob());
      assertThat(RecordWriter.write(FILES_OF_STAGE).manifest().layers())
          .containsExactly(FILES_OF_STAGE.files());
    }

    @Test
    void manifestsAreArtifactsWithoutAConfig() {
      assertThat(new String(bytes(RecordWriter.write(IMAGE)), StandardCharsets.UTF_8))
          .startsWith(
              "{\"annotations\":{\"dev.stagewright.cache.record\":\"{\\\"created\\\":100,\\\"manifest\\\":")
          .contains("\"artifactType\":\"application/vnd.stagewright.cache.image.v1\"")
          .contains("\"mediaType\":\"application/vnd.oci.empty.v1+json\",\"size\":2");
    }

    @Test
    void equalRecordsHaveEqualBytes() {
      assertThat(bytes(RecordWriter.write(STEP))).isEqualTo(bytes(RecordWriter.write(STEP)));
    }

    @Test
    void tagsAreOfTheKindAndTheKey() {
      var key = new CacheKey(digest("key"));

      assertThat(RecordKind.STEP.tag(key)).isEqualTo("step-" + digest("key").hex());
      assertThat(RecordKind.LATEST.tag(key)).matches("latest-[0-9a-f]{64}");
    }

    @Test
    void detailsOfLayersAreBlobsOfTheArtifact() {
      var details = new Descriptor(StepRecord.DETAILS, digest("details"), 9);
      var record = new StepRecord("RUN", "a/b", 1, 1, 1, List.of(detailed()), List.of(details));

      assertThat(RecordWriter.write(record).manifest().layers())
          .containsExactly(detailed().blob(), details);
      assertThat(RecordReader.step(bytes(RecordWriter.write(record))).value()).contains(record);
      assertThat(record.details(digest("details"))).contains(details);
    }

    @Test
    void aLayerWithoutItsDetailsIsNotWritten() {
      var record = new StepRecord("RUN", "a/b", 1, 1, 1, List.of(detailed()), List.of());

      assertThatThrownBy(() -> RecordWriter.write(record)).hasMessage("layer 0 lacks its details");
    }

    private static Layer detailed() {
      var layer = layer(0);
      return new Layer(
          0, layer.blob(), layer.diffId(), Optional.of(digest("details")), layer.created());
    }

    @Test
    void aRecordThatCannotBeReadIsNotWritten() {
      var gap = new StepRecord("RUN", "a/b", 1, 1, 1, List.of(layer(1)), List.of());

      assertThatThrownBy(() -> RecordWriter.write(gap))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("layer 0 is of step 1");
    }
  }

  @Nested
  class Invalid {
    @ParameterizedTest(name = "{0} instead of {1}: {2}")
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            step.v1 | step.v2 | is of another type or version
            cache.step              | cache.files              | is of another type or version
            oci.empty               | oci.image.config         | has a config of its own
            dev.stagewright.cache.record | other               | has no annotation
            \\"layers\\":           | \\"layer\\":             | is malformed: there are no layers
            \\"step\\":1            | \\"step\\":2             | is malformed: layer 1 is of step 2
            ,\\"created\\":91       |                          | is malformed: layer 1 has no time
            \\"millis\\":20         | \\"millis\\":40          | is malformed: a duration is wrong
            \\"millis\\":20         | \\"millis\\":99999999999999999999 | is malformed
            \\"size\\":5            | \\"size\\":6             | refers to other blobs
            \\"diffId\\":\\"sha256  | \\"diffId\\":\\"md5      | is malformed: not a sha256 digest
            RUN make\\",            | RUN make\\",,            | is malformed: not JSON
            \\"schemaVersion\\":2   | \\"schemaVersion\\":     | is malformed
            image.manifest.v1       | image.index.v1           | is not an OCI manifest
            """)
    void aChangedStepIsNotUsed(String text, String replacement, String reason) {
      var before = new String(bytes(RecordWriter.write(STEP)), StandardCharsets.UTF_8);
      // Of the parts that stand in the JSON of the annotation, the quotes are escaped.
      var after = before.replace(text, replacement == null ? "" : replacement);
      if (after.equals(before)) {
        after =
            before.replace(
                text.replace("\\\"", "\""),
                replacement == null ? "" : replacement.replace("\\\"", "\""));
      }

      assertThat(after).isNotEqualTo(before);
      assertThat(RecordReader.step(after.getBytes(StandardCharsets.UTF_8)))
          .isInstanceOfSatisfying(
              ReadRecord.Invalid.class, invalid -> assertThat(invalid.reason()).startsWith(reason));
    }

    @Test
    void aManifestThatLostABlobIsNotUsed() {
      var manifest = RecordWriter.write(STEP).manifest();
      var incomplete =
          Manifest.of(manifest.config(), List.of(layer(1).blob()))
              .withArtifactType(RecordKind.STEP.artifactType())
              .withAnnotations(manifest.annotations());

      assertThat(RecordReader.step(incomplete.bytes()).value()).isEmpty();
    }

    @Test
    void aRecordOfAnotherKindIsNotUsed() {
      assertThat(RecordReader.files(bytes(RecordWriter.write(STEP))).value()).isEmpty();
      assertThat(RecordReader.image(bytes(RecordWriter.write(FILES_OF_STAGE))).value()).isEmpty();
      assertThat(RecordReader.latestBlob(bytes(RecordWriter.write(STEP))).value()).isEmpty();
    }

    @Test
    void halfOfARecordIsNotUsed() {
      var manifest = bytes(RecordWriter.write(STEP));
      var blob = RecordWriter.write(latest()).content().getLast().bytes();

      for (var length = 0; length < manifest.length; length++) {
        assertThat(RecordReader.step(Arrays.copyOf(manifest, length)).value()).isEmpty();
      }
      for (var length = 0; length < blob.length; length++) {
        assertThat(RecordReader.latest(Arrays.copyOf(blob, length)).value()).isEmpty();
      }
    }

    @Test
    void aBlobThatIsTooLargeIsNotRead() {
      var huge =
          change(manifest ->
              manifest.replaceFirst(
                  "latest.v1\\+gzip\",\"size\":\\d+", "latest.v1+gzip\",\"size\":99999999"));

      assertThat(RecordReader.latestBlob(huge))
          .isEqualTo(new ReadRecord.Invalid<>("has a blob that is too large"));
    }

    @Test
    void aSmallBlobThatUnpacksToMuchIsNotRead() throws Exception {
      var packed = new ByteArrayOutputStream();
      try (var gzip = new GZIPOutputStream(packed)) {
        gzip.write(new byte[LatestJson.LARGEST + 1]);
      }

      assertThat(RecordReader.latest(packed.toByteArray()))
          .isEqualTo(new ReadRecord.Invalid<>("is too large"));
    }

    private static byte[] change(UnaryOperator<String> change) {
      var manifest = new String(bytes(RecordWriter.write(latest())), StandardCharsets.UTF_8);
      return change.apply(manifest).getBytes(StandardCharsets.UTF_8);
    }
  }

  private static byte[] bytes(RecordArtifact artifact) {
    return artifact.manifest().bytes();
  }
}
