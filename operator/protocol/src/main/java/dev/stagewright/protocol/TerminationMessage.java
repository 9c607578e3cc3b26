package dev.stagewright.protocol;

import java.nio.charset.StandardCharsets;

/** A {@link Termination} as a Pod writes it: JSON, within what Kubernetes keeps of it. */
public final class TerminationMessage {
  /** Bytes of a container's termination message that Kubernetes keeps. */
  public static final int LIMIT = 4096;

  private TerminationMessage() {}

  /** The bytes of the message; that of a failure is shortened until it fits. */
  public static byte[] encode(Termination termination) {
    var bytes = Json.write((Record) termination).getBytes(StandardCharsets.UTF_8);
    if (bytes.length > LIMIT && termination instanceof Termination.Failed(var failure, var scan)) {
      return encode(new Termination.Failed(shortened(failure), scan));
    }
    return bytes;
  }

  /** By a quarter each time: escapes in JSON defy a better guess. */
  private static Failure shortened(Failure failure) {
    var length = failure.message().getBytes(StandardCharsets.UTF_8).length;
    return new Failure(
        failure.reason(),
        PrintableText.message(failure.message(), length * 3 / 4),
        failure.stage(),
        failure.position(),
        failure.exitCode());
  }
}
