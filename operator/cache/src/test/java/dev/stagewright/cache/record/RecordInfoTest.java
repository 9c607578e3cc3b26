package dev.stagewright.cache.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.cache.key.CacheKey;
import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.Manifest;
import dev.stagewright.layers.oci.MediaTypes;
import dev.stagewright.protocol.StageResult;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecordInfoTest {
  private static final CacheKey KEY = new CacheKey(digest("a key"));
  private static final CacheKey OTHER = new CacheKey(digest("another key"));
  private static final Instant MADE = Instant.parse("2026-11-01T10:00:00Z");
  private static final Instant USED = Instant.parse("2026-11-20T12:00:00Z");

  private static Digest digest(String text) {
    return Digest.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Descriptor blob(String name, long size) {
    return new Descriptor(MediaTypes.LAYER_GZIP, digest(name), size);
  }

  private static StageResult.Layer layer(int step, String name, long size) {
    return new StageResult.Layer(
        step, blob(name, size), digest(name), Optional.empty(), Optional.of(1L));
  }

  private static RecordArtifact step() {
    return RecordWriter.write(
        new StepRecord(
            "RUN make",
            "team/app",
            MADE.getEpochSecond(),
            1500,
            2000,
            List.of(layer(0, "lower", 1000), layer(1, "upper", 30)),
            List.of()));
  }

  private static RecordInfo read(String tag, RecordArtifact artifact) {
    return RecordInfo.read(tag, artifact.manifest().bytes()).orElseThrow();
  }

  @Test
  void ofAStepHasItsInstructionAndTheSizeOfItsOwnLayer() {
    var artifact = step().marked(RecordKind.STEP.tag(KEY), USED);

    var info = read(RecordKind.STEP.tag(KEY), artifact);

    assertThat(info.kind()).isEqualTo(RecordKind.STEP);
    assertThat(info.instruction()).contains("RUN make");
    assertThat(info.build()).contains("team/app");
    assertThat(info.created()).isEqualTo(MADE);
    assertThat(info.lastUsed()).isEqualTo(USED);
    assertThat(info.digest()).isEqualTo(artifact.manifest().descriptor().digest());
    assertThat(info.size()).isEqualTo(artifact.manifest().bytes().length + 30);
    assertThat(info.blobs()).containsExactly(blob("lower", 1000), blob("upper", 30));
  }

  @Test
  void ofOtherKindsHasWhatIsKnown() {
    var files =
        new FilesRecord("team/app", MADE.getEpochSecond(), 1, blob("files", 70), 200, Map.of());
    var latest = new LatestRecord("team/app", MADE.getEpochSecond(), List.of());
    var image = new ImageRecord(0, digest("an image"));

    var ofFiles = read(RecordKind.FILES.tag(KEY), RecordWriter.write(files));
    assertThat(ofFiles.build()).contains("team/app");
    assertThat(ofFiles.blobs()).containsExactly(blob("files", 70));
    assertThat(read(RecordKind.LATEST.tag(KEY), RecordWriter.write(latest)).build())
        .contains("team/app");
    var ofImage =
        read(
            RecordKind.IMAGE.tag(KEY),
            RecordWriter.write(image).marked(RecordKind.IMAGE.tag(KEY), USED));
    assertThat(ofImage.blobs()).isEmpty();
    assertThat(ofImage.lastUsed()).isEqualTo(USED);
  }

  @Test
  void withoutATimeOfUseWasUsedWhenItWasMade() {
    assertThat(read(RecordKind.STEP.tag(KEY), step()).lastUsed()).isEqualTo(MADE);
  }

  @Test
  void equalRecordsOfTwoKeysHaveManifestsOfTheirOwn() {
    var record = RecordWriter.write(new ImageRecord(0, digest("an image")));
    var one = record.marked(RecordKind.IMAGE.tag(KEY), USED);
    var two = record.marked(RecordKind.IMAGE.tag(OTHER), USED);

    assertThat(one.manifest().descriptor()).isNotEqualTo(two.manifest().descriptor());
    assertThat(read(RecordKind.IMAGE.tag(KEY), one).ownsManifest()).isTrue();
    assertThat(read(RecordKind.IMAGE.tag(KEY), two).ownsManifest()).isFalse();
    assertThat(read(RecordKind.IMAGE.tag(KEY), record).ownsManifest()).isFalse();
  }

  @Test
  void marksDoNotChangeTheRecord() {
    var marked = step().marked(RecordKind.STEP.tag(KEY), USED);
    assertThat(RecordReader.step(marked.manifest().bytes()).value())
        .isEqualTo(RecordReader.step(step().manifest().bytes()).value())
        .isPresent();
  }

  @Test
  void aUseIsNotedADayAfterTheLastOne() {
    var marked = step().marked(RecordKind.STEP.tag(KEY), USED).manifest();

    assertThat(RecordUse.isOutdated(marked, USED.plus(Duration.ofDays(1)))).isFalse();
    assertThat(RecordUse.isOutdated(marked, USED.plus(Duration.ofDays(1)).plusSeconds(1))).isTrue();
    assertThat(RecordUse.isOutdated(step().manifest(), USED)).isTrue();
  }

  private static Manifest prefixImage() {
    var layer =
        new PrefixRecord.Layer(digest("layer"), Optional.empty(), blob("own", 70), digest("own"));
    var image = Manifest.of(blob("config", 2), List.of(blob("base", 1000), blob("own", 70)));
    return RecordUse.marked(
        new PrefixRecord("RUN make", "team/app", List.of(layer)).in(image),
        RecordKind.PREFIX.tag(KEY),
        MADE);
  }

  @Test
  void ofAPrefixImageHasItsOwnLayers() {
    var manifest = prefixImage();

    var info = RecordInfo.read(RecordKind.PREFIX.tag(KEY), manifest.bytes()).orElseThrow();

    assertThat(info.kind()).isEqualTo(RecordKind.PREFIX);
    assertThat(info.ownsManifest()).isTrue();
    assertThat(info.instruction()).contains("RUN make");
    assertThat(info.build()).contains("team/app");
    assertThat(info.created()).isEqualTo(MADE);
    assertThat(info.blobs()).containsExactly(blob("config", 2), blob("own", 70));
    assertThat(info.size()).isEqualTo(manifest.bytes().length + 72);
  }

  @Test
  void ofAPrefixImageIsUsedWithTheRecordOfItsStep() {
    var info = RecordInfo.read(RecordKind.PREFIX.tag(KEY), prefixImage().bytes()).orElseThrow();
    var tag = RecordKind.STEP.tag(KEY);

    assertThat(info.usedWith()).contains(tag);
    assertThat(info.usedWith(read(tag, step().marked(tag, USED))).lastUsed()).isEqualTo(USED);
    assertThat(read(tag, step()).usedWith()).isEmpty();
  }

  @Test
  void recordsOfOtherVersionsAreListed() {
    var manifest =
        Manifest.of(RecordArtifact.EMPTY.descriptor(), List.of(blob("a", 10)))
            .withArtifactType("application/vnd.stagewright.cache.step.v9")
            .withAnnotations(Map.of(RecordUse.LAST_USED, USED.toString()));

    var info = RecordInfo.read(RecordKind.STEP.tag(KEY), manifest.bytes()).orElseThrow();

    assertThat(info.lastUsed()).isEqualTo(USED);
    assertThat(info.instruction()).isEmpty();
  }

  @Test
  void whatIsNotARecordIsNotListed() {
    var image = Manifest.of(blob("config", 2), List.of(blob("a", 10)));

    assertThat(RecordInfo.read(RecordKind.STEP.tag(KEY), image.bytes())).isEmpty();
    assertThat(RecordInfo.read(RecordKind.PREFIX.tag(KEY), image.bytes())).isEmpty();
    assertThat(RecordInfo.read("latest", step().manifest().bytes())).isEmpty();
    assertThat(RecordInfo.read(RecordKind.STEP.tag(KEY), new byte[] {'{'})).isEmpty();
  }
}
