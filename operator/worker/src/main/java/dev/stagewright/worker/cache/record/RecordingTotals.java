package dev.stagewright.worker.cache.record;

import dev.stagewright.protocol.PrintableText;
import dev.stagewright.registry.push.BlobTransfer;
import dev.stagewright.worker.ByteCount;
import dev.stagewright.worker.Log;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Counts what was recorded, and keeps the first failure. Thread-safe. */
final class RecordingTotals {
  private static final int LONGEST_REASON = 500;

  private final Map<BlobTransfer, Integer> blobs = new EnumMap<>(BlobTransfer.class);
  private int steps;
  private int files;
  private int failures;
  private long uploadedBytes;
  private Optional<String> firstFailure = Optional.empty();

  synchronized void addStep() {
    steps++;
  }

  synchronized void addFiles() {
    files++;
  }

  synchronized void addBlob(BlobTransfer transfer, long size) {
    blobs.merge(transfer, 1, Integer::sum);
    uploadedBytes += transfer == BlobTransfer.UPLOADED ? size : 0;
  }

  /** Counts records that were not written. */
  synchronized void addFailures(int records, String reason) {
    failures += records;
    firstFailure = firstFailure.or(() -> Optional.of(reason));
  }

  /** Counts a record that was not written. */
  void addFailure(String reason) {
    addFailures(1, reason);
  }

  /** Writes at most two lines: what was recorded, and what was not. */
  synchronized void print(Log log, String repository) {
    if (steps + files > 0) {
      log.print(
          "cache: recorded in %s: steps: %d, stages with files: %d, blobs: %d uploaded (%s), %d mounted, %d already there"
              .formatted(
                  repository,
                  steps,
                  files,
                  count(BlobTransfer.UPLOADED),
                  new ByteCount(uploadedBytes),
                  count(BlobTransfer.MOUNTED),
                  count(BlobTransfer.PRESENT)));
    }
    firstFailure.ifPresent(reason ->
        log.print(
            "cache: records that were not written: %d; %s"
                .formatted(failures, PrintableText.line(reason, LONGEST_REASON))));
  }

  private int count(BlobTransfer transfer) {
    return blobs.getOrDefault(transfer, 0);
  }
}
