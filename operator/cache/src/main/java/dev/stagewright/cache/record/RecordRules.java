package dev.stagewright.cache.record;

import dev.stagewright.layers.oci.MediaTypes;
import java.util.Set;

/** The rules that a record has to follow so that it can be used. */
final class RecordRules {
  private static final Set<String> LAYERS =
      Set.of(MediaTypes.LAYER, MediaTypes.LAYER_GZIP, MediaTypes.LAYER_ZSTD);

  private RecordRules() {}

  static void check(StepRecord record) {
    require(record.created() >= 0, "a time is negative");
    require(record.millis() >= 0 && record.totalMillis() >= record.millis(), "a duration is wrong");
    require(!record.layers().isEmpty(), "there are no layers");
    for (var i = 0; i < record.layers().size(); i++) {
      var layer = record.layers().get(i);
      require(layer.step() == i, "layer %d is of step %d".formatted(i, layer.step()));
      require(layer.created().isPresent(), "layer %d has no time".formatted(i));
      require(LAYERS.contains(layer.blob().mediaType()), "layer %d is not a layer".formatted(i));
      require(layer.blob().size() > 0, "layer %d is empty".formatted(i));
      require(
          layer.details().stream().allMatch(digest -> record.details(digest).isPresent()),
          "layer %d lacks its details".formatted(i));
    }
    for (var details : record.details()) {
      require(details.mediaType().equals(StepRecord.DETAILS), "details have another media type");
    }
  }

  static void check(FilesRecord record) {
    require(record.created() >= 0, "a time is negative");
    require(record.totalMillis() >= 0, "a duration is negative");
    require(record.files().size() > 0 && record.size() >= 0, "a size is wrong");
  }

  static void check(ImageRecord record) {
    require(record.created() >= 0, "a time is negative");
  }

  private static void require(boolean valid, String problem) {
    if (!valid) {
      throw new IllegalArgumentException(problem);
    }
  }
}
