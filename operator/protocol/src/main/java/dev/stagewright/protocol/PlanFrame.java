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
 * The line of the log of the prepare Pod that contains the plan: {@code stagewright-plan <digest of
 * the JSON> <base64 of the gzipped JSON>}.
 */
public final class PlanFrame {
  private static final String PREFIX = "stagewright-plan ";

  private PlanFrame() {}

  /** The line for this plan, without a line break. */
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
   * Finds the plan with this digest in a log.
   *
   * @return the JSON of the plan; empty if no line contains it completely
   */
  public static Optional<String> find(String log, Digest digest) {
    var start = PREFIX + digest + " ";
    return log.lines()
        .filter(line -> line.startsWith(start))
        .flatMap(line -> unpack(line.substring(start.length()).strip()).stream())
        .filter(json -> Digest.of(json.getBytes(StandardCharsets.UTF_8)).equals(digest))
        .findFirst();
  }

  /** Whether a line of the log of the prepare Pod is meant for the operator and not for people. */
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
