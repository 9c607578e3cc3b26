package dev.stagewright.controller.logs;

import dev.stagewright.layers.oci.Digest;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.LogFrame;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A plan in a log.
 *
 * @param json of the plan
 * @param digest of the JSON
 */
public record PrintedPlan(BuildPlan plan, String json, Digest digest) {
  /** The plan with this JSON. */
  public static PrintedPlan of(String json) {
    return new PrintedPlan(
        Json.read(json, BuildPlan.class), json, Digest.of(json.getBytes(StandardCharsets.UTF_8)));
  }

  /** The plan of a frame; empty if the digest or the JSON is wrong. */
  static Optional<PrintedPlan> parse(LogFrame frame) {
    try {
      return frame.json().map(PrintedPlan::of);
    } catch (Json.MalformedJsonException _) {
      return Optional.empty();
    }
  }
}
