package dev.stagewright.controller.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Verifies that a request is from someone who knows the secret. All comparisons take the same time
 * for right and wrong values.
 *
 * @param secret the shared secret; not empty
 */
record SignatureCheck(String secret) {
  /** The largest difference of clocks, and age of a request with a signed time. */
  static final Duration TOLERANCE = Duration.ofMinutes(5);

  private static final String SHA256_PREFIX = "sha256=";

  /** The scheme of Standard Webhooks, which GitLab uses for its signing token. */
  private static final String STANDARD_SIGNATURE = "webhook-signature";

  private static final String STANDARD_PREFIX = "v1,";
  private static final String STANDARD_SECRET = "whsec_";

  /** Whether the request has a valid signature, or the right token. */
  boolean accepts(Sender sender, Delivery delivery, Instant now) {
    return switch (sender) {
      case GITHUB -> hex(delivery, delivery.header("x-hub-signature-256"), SHA256_PREFIX);
      case BITBUCKET -> hex(delivery, delivery.header("x-hub-signature"), SHA256_PREFIX);
      case GITEA ->
          hex(
              delivery,
              delivery.header("x-forgejo-signature").or(() -> delivery.header("x-gitea-signature")),
              "");
      case GITLAB ->
          delivery.header(STANDARD_SIGNATURE).isPresent()
              ? standard(delivery, now)
              : text(delivery.header("x-gitlab-token"));
      case HARBOR -> text(delivery.header("authorization"));
    };
  }

  private boolean hex(Delivery delivery, Optional<String> signature, String prefix) {
    var expected = HexFormat.of().formatHex(hmac(key(), delivery.body()));
    return isEqual(prefix + expected, signature.orElse(""));
  }

  /** A token that is sent as it is; its length must not be visible in the time either. */
  private boolean text(Optional<String> token) {
    var key = key();
    return MessageDigest.isEqual(
        hmac(key, key), hmac(key, token.orElse("").getBytes(StandardCharsets.UTF_8)));
  }

  private boolean standard(Delivery delivery, Instant now) {
    var id = delivery.header("webhook-id").orElse("");
    var time = delivery.header("webhook-timestamp").orElse("");
    var head = (id + "." + time + ".").getBytes(StandardCharsets.UTF_8);
    var signed = new byte[head.length + delivery.body().length];
    System.arraycopy(head, 0, signed, 0, head.length);
    System.arraycopy(delivery.body(), 0, signed, head.length, delivery.body().length);
    var expected = Base64.getEncoder().encodeToString(hmac(standardKey(), signed));
    var isValid = false;
    for (var signature : delivery.header(STANDARD_SIGNATURE).orElse("").split(" ", -1)) {
      isValid |= isEqual(STANDARD_PREFIX + expected, signature);
    }
    return isValid && isRecent(time, now);
  }

  private static boolean isRecent(String seconds, Instant now) {
    try {
      var sent = Instant.ofEpochSecond(Long.parseLong(seconds));
      return Duration.between(sent, now).abs().compareTo(TOLERANCE) <= 0;
    } catch (NumberFormatException | DateTimeException | ArithmeticException _) {
      return false;
    }
  }

  private byte[] standardKey() {
    if (!secret.startsWith(STANDARD_SECRET)) {
      return key();
    }
    try {
      return Base64.getDecoder().decode(secret.substring(STANDARD_SECRET.length()));
    } catch (IllegalArgumentException _) {
      return key();
    }
  }

  private byte[] key() {
    return secret.getBytes(StandardCharsets.UTF_8);
  }

  private static boolean isEqual(String expected, String actual) {
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.UTF_8), actual.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] hmac(byte[] key, byte[] content) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(content);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  @Override
  public String toString() {
    return "SignatureCheck[]";
  }
}
