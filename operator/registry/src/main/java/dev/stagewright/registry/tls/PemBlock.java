package dev.stagewright.registry.tls;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/** A block of a PEM file (RFC 7468); text outside of blocks is ignored. */
final class PemBlock {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);

  private final String label;
  private final byte[] der;

  private PemBlock(String label, byte[] der) {
    this.label = label;
    this.der = der;
  }

  /**
   * Parses all blocks.
   *
   * @param name the name of the file, for error messages
   */
  static List<PemBlock> parse(String name, String text) throws MalformedPemException {
    var blocks = new ArrayList<PemBlock>();
    var matcher = BLOCK.matcher(text);
    while (matcher.find()) {
      var label = matcher.group(1);
      if (matcher.group(2).contains("4,ENCRYPTED")) {
        throw new MalformedPemException(name, "an encrypted key cannot be used; decrypt it first");
      }
      try {
        blocks.add(new PemBlock(label, Base64.getMimeDecoder().decode(matcher.group(2))));
      } catch (IllegalArgumentException _) {
        throw new MalformedPemException(name, "a block " + label + " is not base64");
      }
    }
    return blocks;
  }

  /** The label, for example {@code CERTIFICATE}. */
  String label() {
    return label;
  }

  byte[] der() {
    return der;
  }
}
