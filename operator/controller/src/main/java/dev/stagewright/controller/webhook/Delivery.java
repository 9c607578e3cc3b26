package dev.stagewright.controller.webhook;

import dev.stagewright.layers.oci.Digest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * A request of a sender.
 *
 * @param namespace namespace of the ImageBuild, from the path
 * @param name name of the ImageBuild, from the path
 * @param headers headers, with names in lower case
 * @param body the body, as received
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and not modified
record Delivery(String namespace, String name, Map<String, String> headers, byte[] body) {

  /** The first header of this name, which must be in lower case. */
  Optional<String> header(String lowerCase) {
    return Optional.ofNullable(headers.get(lowerCase));
  }

  /** The build in the path, for logs. */
  String build() {
    return namespace + "/" + name;
  }

  /**
   * Identifies the content that the sender signed. The id of a delivery is not used, because most
   * senders do not sign it.
   */
  String fingerprint() {
    var build = build().getBytes(StandardCharsets.UTF_8);
    return Digest.of(build).hex() + Digest.of(body).hex();
  }

  /** Hides the headers, which contain tokens. */
  @Override
  public String toString() {
    return "Delivery[" + build() + "]";
  }
}
