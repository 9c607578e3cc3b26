package dev.stagewright.cache.record;

import dev.stagewright.cache.key.KeyInput;
import dev.stagewright.cache.key.SelectedFiles;
import dev.stagewright.cache.key.StepKey;
import dev.stagewright.cache.record.LatestRecord.LatestStep;
import dev.stagewright.cache.record.LatestRecord.Stage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Reduces a {@link LatestRecord} to a limited size: the lists of files of the largest steps are
 * dropped first, then the inputs of steps. The keys stay.
 *
 * @param limit largest size of the JSON in bytes
 */
record LatestSize(long limit) {
  /** JSON of a step without inputs and files: three digests and the names of properties. */
  private static final int STEP = 400;

  /** Quotes and separators of an entry. */
  private static final int ENTRY = 24;

  LatestRecord fit(LatestRecord record) {
    var steps = record.stages().stream().flatMap(stage -> stage.steps().stream()).toList();
    var size = steps.stream().mapToLong(LatestSize::size).sum();
    if (size <= limit) {
      return record;
    }
    var reduced = new ArrayList<>(steps);
    size = drop(reduced, size, LatestSize::filesSize, LatestSize::withoutFiles);
    drop(reduced, size, LatestSize::inputsSize, LatestSize::withoutInputs);
    return withSteps(record, reduced);
  }

  private interface Size {
    long of(LatestStep step);
  }

  private interface Reduction {
    LatestStep of(LatestStep step);
  }

  /** Reduces steps, the largest first, until the rest fits; returns the new size. */
  private long drop(List<LatestStep> steps, long total, Size size, Reduction reduction) {
    var left = total;
    var bySize =
        IntStream.range(0, steps.size())
            .boxed()
            .sorted(Comparator.comparingLong((Integer i) -> size.of(steps.get(i))).reversed())
            .toList();
    for (var i : bySize) {
      if (left <= limit) {
        break;
      }
      left -= size.of(steps.get(i));
      steps.set(i, reduction.of(steps.get(i)));
    }
    return left;
  }

  private static LatestRecord withSteps(LatestRecord record, List<LatestStep> steps) {
    var stages = new ArrayList<Stage>();
    var first = 0;
    for (var stage : record.stages()) {
      var next = first + stage.steps().size();
      stages.add(new Stage(stage.name(), stage.base(), List.copyOf(steps.subList(first, next))));
      first = next;
    }
    return new LatestRecord(record.build(), record.created(), stages);
  }

  private static LatestStep withoutFiles(LatestStep step) {
    var key = step.key();
    return new LatestStep(
        step.instruction(),
        new StepKey(
            key.key(),
            key.parent(),
            key.inputs(),
            key.files().map(files -> new SelectedFiles(files.digest()))),
        step.isCompleted());
  }

  private static LatestStep withoutInputs(LatestStep step) {
    var key = step.key();
    return new LatestStep(
        step.instruction(),
        new StepKey(key.key(), key.parent(), List.of(), key.files()),
        step.isCompleted());
  }

  private static long size(LatestStep step) {
    return STEP + bytes(step.instruction()) + inputsSize(step) + filesSize(step);
  }

  private static long inputsSize(LatestStep step) {
    return step.key().inputs().stream().mapToLong(LatestSize::size).sum();
  }

  private static long size(KeyInput input) {
    return ENTRY + bytes(input.name()) + bytes(input.value());
  }

  private static long filesSize(LatestStep step) {
    return Optional.of(step.key()).stream()
        .flatMap(key -> key.files().stream())
        .flatMap(files -> files.files().entrySet().stream())
        .mapToLong(file -> ENTRY + bytes(file.getKey()) + bytes(file.getValue()))
        .sum();
  }

  /** Escaped characters are longer, but rare. */
  private static long bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
