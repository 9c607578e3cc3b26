package dev.stagewright.worker.download;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A checksum of a file, {@code sha256:…}, {@code sha384:…} or {@code sha512:…}.
 *
 * @param algorithm the part before the colon
 * @param hex the lower-case hex digits
 */
public record Checksum(String algorithm, String hex) {
  /** The algorithm of {@link Download#digest}. */
  static final String SHA256 = "sha256";

  private static final Map<String, Algorithm> ALGORITHMS =
      Map.of(
          SHA256,
          new Algorithm("SHA-256", 64),
          "sha384",
          new Algorithm("SHA-384", 96),
          "sha512",
          new Algorithm("SHA-512", 128));
  private static final Pattern HEX = Pattern.compile("[0-9a-f]*");

  private record Algorithm(String name, int digits) {}

  /**
   * @throws IllegalArgumentException if the algorithm is unknown, or the digits are not those of
   *     the algorithm
   */
  public Checksum {
    var known = ALGORITHMS.get(algorithm);
    if (known == null) {
      throw new IllegalArgumentException(
          "the algorithm " + algorithm + " is not supported: use sha256, sha384 or sha512");
    }
    if (hex.length() != known.digits() || !HEX.matcher(hex).matches()) {
      throw new IllegalArgumentException(
          "%s must be followed by %d lower-case hex digits".formatted(algorithm, known.digits()));
    }
  }

  /**
   * Parses a checksum with its algorithm.
   *
   * @throws IllegalArgumentException if it is malformed
   */
  public static Checksum parse(String text) {
    var colon = text.indexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("must have the form sha256:<64 hex digits>");
    }
    return new Checksum(text.substring(0, colon), text.substring(colon + 1));
  }

  /** Starts a computation with an algorithm that {@link #algorithm} may have. */
  static MessageDigest newMessageDigest(String algorithm) {
    var known =
        Optional.ofNullable(ALGORITHMS.get(algorithm))
            .orElseThrow(() -> new IllegalArgumentException("unknown algorithm " + algorithm));
    try {
      return MessageDigest.getInstance(known.name());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has the SHA-2 algorithms", e);
    }
  }

  /** Completes a computation. */
  static Checksum of(String algorithm, MessageDigest finished) {
    return new Checksum(algorithm, HexFormat.of().formatHex(finished.digest()));
  }

  /** Returns the form {@code sha256:<hex>}. */
  @Override
  public String toString() {
    return algorithm + ":" + hex;
  }
}
