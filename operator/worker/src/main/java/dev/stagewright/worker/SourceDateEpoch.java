package dev.stagewright.worker;

import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.BuildRequest;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The time that a build pretends to take place at, so that equal sources give equal images: what
 * the output asks for, else the build argument {@code SOURCE_DATE_EPOCH}.
 */
public final class SourceDateEpoch {
  private static final String ARGUMENT = "SOURCE_DATE_EPOCH";

  private SourceDateEpoch() {}

  /**
   * The time; empty to say when it really was.
   *
   * @throws BuildFailedException if the build argument is no number
   */
  public static Optional<Instant> of(BuildRequest request) {
    return request
        .output()
        .layers()
        .sourceDateEpoch()
        .or(() -> argument(request))
        .map(Instant::ofEpochSecond);
  }

  /** The build's arguments, that of the time among them: instructions may ask for it by ARG. */
  public static Map<String, String> buildArgs(BuildRequest request) {
    var arguments = new LinkedHashMap<>(request.buildArgs());
    request
        .output()
        .layers()
        .sourceDateEpoch()
        .ifPresent(epoch -> arguments.putIfAbsent(ARGUMENT, Long.toString(epoch)));
    return Collections.unmodifiableMap(arguments);
  }

  private static Optional<Long> argument(BuildRequest request) {
    var value = request.buildArgs().getOrDefault(ARGUMENT, "");
    if (value.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Long.parseLong(value));
    } catch (NumberFormatException e) {
      throw new BuildFailedException(
          Failure.of(
              FailureReason.InvalidRequest,
              "invalid " + ARGUMENT + ": " + value + "; it is a number of seconds since 1970"),
          e);
    }
  }
}
