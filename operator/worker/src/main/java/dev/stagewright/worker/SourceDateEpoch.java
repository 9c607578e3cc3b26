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
 * The creation time of reproducible images: the time that the output specifies, else the build
 * argument {@code SOURCE_DATE_EPOCH}.
 */
public final class SourceDateEpoch {
  private static final String ARGUMENT = "SOURCE_DATE_EPOCH";

  private SourceDateEpoch() {}

  /**
   * Returns the time; empty to use the current time.
   *
   * @throws BuildFailedException if the build argument is not a number
   */
  public static Optional<Instant> of(BuildRequest request) {
    return request
        .output()
        .layers()
        .sourceDateEpoch()
        .or(() -> argument(request))
        .map(Instant::ofEpochSecond);
  }

  /**
   * Returns the build arguments including {@code SOURCE_DATE_EPOCH}, which instructions may declare
   * with ARG.
   */
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
              "invalid "
                  + ARGUMENT
                  + ": "
                  + value
                  + "; the value must be a number of seconds since 1970"),
          e);
    }
  }
}
