package dev.stagewright.controller.tracing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Identifies a run in traces. The ids of its trace and spans follow from it, so that every replica
 * of the operator computes the same ones.
 *
 * @param uid of the ImageBuild
 */
record RunIdentity(String uid, long generation, long run) {
  private static final int TRACE_ID_BYTES = 16;
  private static final int SPAN_ID_BYTES = 8;

  /** The id of the trace of the run, for a run that is not part of another trace. */
  String traceId() {
    return hash("trace", TRACE_ID_BYTES);
  }

  /** The id of a span of the run. */
  String spanId(String path) {
    return hash("span/" + path, SPAN_ID_BYTES);
  }

  private String hash(String what, int bytes) {
    try {
      var text = uid + "/" + generation + "/" + run + "/" + what;
      var digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
