package dev.stagewright.protocol;

import dev.stagewright.layers.oci.Digest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * A line of a container's log that is meant for the operator: {@code stagewright-<kind> <digest of
 * the JSON> <base64 of the gzipped JSON>}. The operator reads it long before the kubelet reports
 * the end of the container.
 *
 * <p>A container writes a frame only when what the frame says is true: files are synced, tags have
 * moved. The log of a stage also contains what its commands print, so a frame there proves nothing.
 *
 * @param kind of the JSON
 * @param digest of the JSON, as the line states it
 * @param packed base64 of the gzipped JSON
 */
public record LogFrame(Kind kind, String digest, String packed) {
  private static final String PREFIX = "stagewright-";

  /** A plan has at most 1 MiB; a line that unpacks to more is not a frame. */
  private static final int LARGEST = 4 * 1024 * 1024;

  /** What the JSON of a frame describes. */
  public enum Kind {
    /** The {@link ReceivedSource}, by prepare, if a client sends the source. */
    SOURCE,
    /** A {@link BuildPlan}, by prepare. */
    PLAN,
    /** The {@link StageCache} of a stage, by publish, before the stage starts. */
    CACHE,
    /** The {@link StageOutcome} of a stage whose result is on the workspace, by publish. */
    STAGE,
    /** The {@link ImageChecks} of the image, by publish, before its result. */
    CHECKS,
    /** The {@link Termination} of the container; its last line. */
    RESULT;

    private String start() {
      return PREFIX + name().toLowerCase(Locale.ROOT) + " ";
    }
  }

  /** The line for this JSON, without a line break. */
  public static String format(Kind kind, String json) {
    var bytes = json.getBytes(StandardCharsets.UTF_8);
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return kind.start()
        + Digest.of(bytes)
        + " "
        + Base64.getEncoder().encodeToString(packed.toByteArray());
  }

  /** Parses a line; empty if it is not a frame. The JSON is not verified yet. */
  public static Optional<LogFrame> parse(String line) {
    if (!line.startsWith(PREFIX)) {
      return Optional.empty();
    }
    return Arrays.stream(Kind.values())
        .filter(kind -> line.startsWith(kind.start()))
        .findFirst()
        .flatMap(kind -> parse(kind, line.substring(kind.start().length()).strip()));
  }

  private static Optional<LogFrame> parse(Kind kind, String rest) {
    var space = rest.indexOf(' ');
    return space < 0
        ? Optional.empty()
        : Optional.of(new LogFrame(kind, rest.substring(0, space), rest.substring(space + 1)));
  }

  /** Whether a line of a log is meant for the operator and not for people. */
  public static boolean isFrame(String line) {
    return parse(line).isPresent();
  }

  /** Text of others, for example of a registry, with a space before lines that look like frames. */
  public static String escape(String text) {
    return text.contains(PREFIX)
        ? text.lines()
            .map(line -> isFrame(line) ? " " + line : line)
            .collect(Collectors.joining("\n"))
        : text;
  }

  /**
   * Finds the JSON with this digest in a log.
   *
   * @return empty if no line contains it completely
   */
  public static Optional<String> find(String log, Kind kind, Digest digest) {
    return log.lines()
        .flatMap(line -> parse(line).stream())
        .filter(frame -> frame.kind == kind && frame.digest.equals(digest.toString()))
        .flatMap(frame -> frame.json().stream())
        .findFirst();
  }

  /** The JSON; empty unless it is complete and has the digest that the line states. */
  public Optional<String> json() {
    try (var gzip =
        new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(packed)))) {
      var bytes = gzip.readNBytes(LARGEST + 1);
      return bytes.length <= LARGEST && Digest.of(bytes).toString().equals(digest)
          ? Optional.of(new String(bytes, StandardCharsets.UTF_8))
          : Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
