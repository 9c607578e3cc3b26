package dev.stagewright.cache.record;

import static dev.stagewright.cache.TestPlans.digest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.cache.key.CacheKey;
import dev.stagewright.cache.key.KeyInput;
import dev.stagewright.cache.key.SelectedFiles;
import dev.stagewright.cache.key.StepKey;
import dev.stagewright.cache.record.LatestRecord.LatestStep;
import dev.stagewright.cache.record.LatestRecord.Stage;
import dev.stagewright.protocol.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What remains of a record that is too large. */
class LatestSizeTest {
  private static final CacheKey KEY = new CacheKey(digest("key"));
  private static final LatestRecord RECORD =
      new LatestRecord(
          "team/app",
          1,
          List.of(
              new Stage("a", "alpine", List.of(step(1000), step(10))),
              new Stage("b", "alpine", List.of(step(100)))));

  private static LatestStep step(int files) {
    var digests = new TreeMap<String, String>();
    for (var i = 0; i < files; i++) {
      digests.put("src/file" + i, "0123456789ab");
    }
    return new LatestStep(
        "COPY . .",
        new StepKey(
            KEY,
            KEY,
            List.of(new KeyInput("destination", "/")),
            Optional.of(new SelectedFiles(digest("files"), digests))),
        true);
  }

  @Test
  void aSmallRecordStays() {
    assertThat(new LatestSize(1_000_000).fit(RECORD)).isEqualTo(RECORD);
  }

  @Test
  void theLargestListOfFilesIsDroppedFirst() {
    var fit = new LatestSize(20_000).fit(RECORD);

    assertThat(files(fit)).containsExactly(0, 10, 100);
    assertThat(Json.write(fit).length()).isLessThan(20_000);
  }

  @Test
  void keysRemainWhenAllElseIsDropped() {
    var fit = new LatestSize(1).fit(RECORD);

    assertThat(files(fit)).containsExactly(0, 0, 0);
    assertThat(fit.stages())
        .flatExtracting(Stage::steps)
        .extracting(LatestStep::key)
        .containsOnly(
            new StepKey(
                KEY, KEY, List.of(), Optional.of(new SelectedFiles(digest("files"), Map.of()))));
  }

  private static List<Integer> files(LatestRecord record) {
    return record.stages().stream()
        .flatMap(stage -> stage.steps().stream())
        .map(step -> step.key().files().orElseThrow().files().size())
        .toList();
  }
}
