package dev.stagewright.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The text of a {@link Termination}, as a container's termination message.
 *
 * <p>Kubernetes keeps 12 KiB for all containers of a Pod, divided equally, and at most 4096 bytes
 * for one. Other containers may be added to the Pod after it was created, so the share is not known
 * to who writes. What matters most is therefore written first, and a text without its end is read
 * as far as it goes.
 */
public final class TerminationMessage {
  /** Bytes of a termination message that Kubernetes keeps at most. */
  public static final int LIMIT = 4096;

  private static final int INSTRUCTION_LIMIT = 400;
  private static final Pattern REASON = Pattern.compile("\"reason\":\"([A-Za-z]+)\"");
  private static final String SCAN = ",\"scan\":";

  private TerminationMessage() {}

  /** A failure with its longest part at the end. */
  private record Failed(String type, Cause failure, Optional<ScanResult> scan) {
    private Failed(Failure failure, Optional<ScanResult> scan) {
      this("Failed", Cause.of(failure), scan);
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
          failure.position().map(TerminationMessage::shortened),
          failure.message());
    }
  }

  private static InstructionPosition shortened(InstructionPosition position) {
    return new InstructionPosition(
        position.file(),
        position.line(),
        PrintableText.line(position.instruction(), INSTRUCTION_LIMIT));
  }

  /** The text, in UTF-8, of at most {@link #LIMIT} bytes. */
  public static byte[] write(Termination words) {
    if (!(words instanceof Termination.Failed(var failure, var scan))) {
      return utf8(Json.write((Record) words));
    }
    var text = utf8(Json.write(new Failed(failure, scan)));
    var room = LIMIT;
    while (text.length > LIMIT && room > 0) {
      // Escapes take more room than what they stand for, so this may take several rounds.
      room = room * 7 / 8;
      var message = PrintableText.message(failure.message(), room);
      text = utf8(Json.write(new Failed(with(failure, message), scan)));
    }
    return text;
  }

  /**
   * Reads a termination message, also one that was cut.
   *
   * @return empty where it is not one of ours, as after a crash
   */
  public static Optional<Termination> read(String message) {
    return parsed(message)
        .or(() -> message.startsWith("{\"type\":") ? readCut(message) : Optional.empty());
  }

  private static Optional<Termination> readCut(String message) {
    var scan = message.indexOf(SCAN);
    var withoutScan = scan < 0 ? message : message.substring(0, scan) + ",";
    return parsed(TruncatedJson.completed(message))
        .or(() -> parsed(TruncatedJson.completed(withoutScan)))
        .map(TerminationMessage::marked)
        .or(() -> reasonAlone(message));
  }

  private static Termination marked(Termination words) {
    return words instanceof Termination.Failed(var failure, var scan)
        ? new Termination.Failed(with(failure, failure.message() + PrintableText.CUT), scan)
        : words;
  }

  private static Optional<Termination> reasonAlone(String message) {
    var reason = REASON.matcher(message);
    return reason.find()
        ? reason(reason.group(1))
            .map(it ->
                new Termination.Failed(
                    Failure.of(it, "the Pod's termination message was cut; its log has it all")))
        : Optional.empty();
  }

  private static Optional<FailureReason> reason(String name) {
    try {
      return Optional.of(FailureReason.valueOf(name));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<Termination> parsed(String json) {
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
