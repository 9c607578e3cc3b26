package dev.stagewright.worker.cache.record;

import dev.stagewright.cache.record.StepRecord;
import dev.stagewright.layers.io.UntrustedFile;
import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.StageResult;
import dev.stagewright.protocol.StepResult;
import dev.stagewright.protocol.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The steps of a stage that have run, as the stage leaves them on the workspace. Thread-safe.
 *
 * <p>A step gets its time when it is found, and keeps it: the image and the record of the step have
 * the same time, so a later build makes the same image of the record.
 */
final class StageSteps {
  private static final Pattern FILE = Pattern.compile("([0-9]{1,6})\\.json");

  private final Path directory;
  private final NavigableMap<Integer, RecordedStep> steps = new ConcurrentSkipListMap<>();

  /**
   * Creates the steps of a stage.
   *
   * @param directory directory of the stage
   */
  StageSteps(Path directory) {
    this.directory = directory;
  }

  /** A file of the stage. */
  Path file(String name) {
    return directory.resolve(name);
  }

  /** The file of a blob of the stage. */
  Path blob(Digest digest) {
    return file(Workspace.blob(digest));
  }

  /**
   * Looks for steps that have ended since the last call.
   *
   * @param now time of these steps, in seconds since 1970
   * @return their indices, in order
   * @throws IOException if the result of the first of them cannot be read
   */
  synchronized List<Integer> look(long now) throws IOException {
    var found = new ArrayList<Integer>();
    for (var index : indices()) {
      if (!steps.containsKey(index)) {
        try {
          steps.put(index, read(index, now));
        } catch (IOException e) {
          if (found.isEmpty()) {
            throw e;
          }
          break;
        }
        found.add(index);
      }
    }
    return found;
  }

  private List<Integer> indices() {
    var names = Optional.ofNullable(file(Workspace.STEPS).toFile().list()).orElse(new String[0]);
    return Stream.of(names)
        .map(FILE::matcher)
        .filter(Matcher::matches)
        .map(matcher -> Integer.valueOf(matcher.group(1)))
        .sorted()
        .toList();
  }

  private RecordedStep read(int index, long now) throws IOException {
    try {
      var result =
          Json.read(new UntrustedFile(file(Workspace.step(index))).text(), StepResult.class);
      var details = result.layer().details();
      return new RecordedStep(
          result, now, details.isEmpty() ? Optional.empty() : Optional.of(details(details.get())));
    } catch (Json.MalformedJsonException e) {
      throw new IOException("the result of step " + index + " is malformed: " + e.getMessage(), e);
    }
  }

  private Descriptor details(Digest digest) throws IOException {
    return new Descriptor(StepRecord.DETAILS, digest, Files.size(blob(digest)));
  }

  /** The steps up to and including this one, in order. */
  List<RecordedStep> upTo(int index) {
    return List.copyOf(steps.headMap(index, true).values());
  }

  /** All steps, in order. */
  List<RecordedStep> all() {
    return List.copyOf(steps.values());
  }

  /** The index of the first step that has run; empty if none has. */
  Optional<Integer> first() {
    return steps.keySet().stream().findFirst();
  }

  Optional<RecordedStep> step(int index) {
    return Optional.ofNullable(steps.get(index));
  }

  /** The result of the stage with the times of its steps. */
  StageResult dated(StageResult result) {
    return new StageResult(
        result.stage(), result.layers().stream().map(this::dated).toList(), result.exports());
  }

  private StageResult.Layer dated(StageResult.Layer layer) {
    var time = layer.created().or(() -> step(layer.step()).map(RecordedStep::created));
    return new StageResult.Layer(layer.step(), layer.blob(), layer.diffId(), layer.details(), time);
  }
}
