package dev.stagewright.protocol;

import dev.stagewright.layers.oci.Digest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * The one line of prepare's log that carries the plan: {@code stagewright-plan <digest of the JSON>
 * <base64 of its gzip>}.
 */
public final class PlanFrame {
  private static final String PREFIX = "stagewright-plan ";

  private PlanFrame() {}

  /** The line for this plan, without its end. */
  public static String format(String planJson) {
    var json = planJson.getBytes(StandardCharsets.UTF_8);
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return PREFIX
        + Digest.of(json)
        + " "
        + Base64.getEncoder().encodeToString(packed.toByteArray());
  }

  /**
   * Finds the plan of this digest in a log.
   *
   * @return its JSON; empty where no line holds it whole
   */
  public static Optional<String> find(String log, Digest digest) {
    var start = PREFIX + digest + " ";
    return log.lines()
        .filter(line -> line.startsWith(start))
        .flatMap(line -> unpack(line.substring(start.length()).strip()).stream())
        .filter(json -> Digest.of(json.getBytes(StandardCharsets.UTF_8)).equals(digest))
        .findFirst();
  }

  /** Whether a line of prepare's log is for the operator, and nothing to people. */
  public static boolean isFrame(String line) {
    return line.startsWith(PREFIX);
  }

  private static Optional<String> unpack(String base64) {
    try (var gzip =
        new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(base64)))) {
      return Optional.of(new String(gzip.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
