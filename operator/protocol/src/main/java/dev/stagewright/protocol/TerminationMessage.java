package dev.stagewright.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Writes and reads a {@link Termination} as the termination message of a container.
 *
 * <p>Kubernetes keeps at most 4096 bytes for one container, and 12 KiB for all containers of a Pod,
 * divided equally. An admission webhook can add containers to the Pod, so the writer does not know
 * its share. The most important parts therefore come first, and a truncated message is read as far
 * as possible.
 */
public final class TerminationMessage {
  /** The largest termination message that Kubernetes keeps, in bytes. */
  public static final int LIMIT = 4096;

  private static final int LARGEST_INSTRUCTION = 400;
  private static final Pattern REASON = Pattern.compile("\"reason\":\"([A-Za-z]+)\"");
  private static final String SCAN = ",\"scan\":";

  private TerminationMessage() {}

  /** A failure in the order in which its parts matter. */
  private record Failed(
      String type, Cause failure, Optional<ScanResult> scan, Optional<Long> peakMemory) {
    private static Failed of(Termination.Failed termination, Failure failure) {
      return new Failed("Failed", Cause.of(failure), termination.scan(), termination.peakMemory());
    }
  }

  private record Cause(
      FailureReason reason,
      Optional<Integer> exitCode,
      Optional<String> stage,
      Optional<InstructionPosition> position,
      String message) {
    private static Cause of(Failure failure) {
      return new Cause(
          failure.reason(),
          failure.exitCode(),
          failure.stage(),
          failure.position().map(TerminationMessage::shorten),
          failure.message());
    }
  }

  private static InstructionPosition shorten(InstructionPosition position) {
    return new InstructionPosition(
        position.file(),
        position.line(),
        PrintableText.line(position.instruction(), LARGEST_INSTRUCTION));
  }

  /**
   * The message in UTF-8. That of a failure, and of an image without findings of lint, has at most
   * {@link #LIMIT} bytes.
   */
  public static byte[] write(Termination termination) {
    if (termination instanceof Termination.Pushed pushed) {
      return write(pushed);
    }
    if (!(termination instanceof Termination.Failed failed)) {
      return utf8(Json.write((Record) termination));
    }
    var failure = failed.failure();
    var message = utf8(Json.write(Failed.of(failed, failure)));
    var limit = LIMIT;
    while (message.length > LIMIT && limit > 0) {
      // Escape sequences are longer than the characters that they stand for.
      limit = limit * 7 / 8;
      var shorter = with(failure, PrintableText.message(failure.message(), limit));
      message = utf8(Json.write(Failed.of(failed, shorter)));
    }
    return message;
  }

  private static byte[] write(Termination.Pushed pushed) {
    var message = utf8(Json.write(pushed));
    var findings = pushed.checks().map(checks -> checks.findings().size()).orElse(0);
    while (message.length > LIMIT && findings > 0) {
      var limit = --findings;
      var shorter = pushed.withChecks(pushed.checks().map(checks -> checks.withAtMost(limit)));
      message = utf8(Json.write(shorter));
    }
    return message;
  }

  /**
   * Reads a termination message, even if Kubernetes has truncated it.
   *
   * @return empty if no phase runtime wrote the message, for example after a crash
   */
  public static Optional<Termination> read(String message) {
    return parse(message)
        .or(() -> message.startsWith("{\"type\":") ? readTruncated(message) : Optional.empty());
  }

  private static Optional<Termination> readTruncated(String message) {
    var scan = message.indexOf(SCAN);
    var withoutScan = scan < 0 ? message : message.substring(0, scan) + ",";
    return parse(TruncatedJson.complete(message))
        .or(() -> parse(TruncatedJson.complete(withoutScan)))
        .map(TerminationMessage::markTruncated)
        .or(() -> readReason(message));
  }

  private static Termination markTruncated(Termination termination) {
    return termination instanceof Termination.Failed(var failure, var scan, var peakMemory)
        ? new Termination.Failed(
            with(failure, failure.message() + PrintableText.CUT), scan, peakMemory)
        : termination;
  }

  private static Optional<Termination> readReason(String message) {
    var reason = REASON.matcher(message);
    return reason.find()
        ? reason(reason.group(1))
            .map(name ->
                new Termination.Failed(
                    Failure.of(
                        name,
                        "the termination message of the Pod was truncated; see the log of the"
                            + " Pod")))
        : Optional.empty();
  }

  private static Optional<FailureReason> reason(String name) {
    try {
      return Optional.of(FailureReason.valueOf(name));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<Termination> parse(String json) {
    try {
      return Optional.of(Json.read(json, Termination.class));
    } catch (Json.MalformedJsonException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Failure with(Failure failure, String message) {
    return new Failure(
        failure.reason(), message, failure.stage(), failure.position(), failure.exitCode());
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
