package dev.stagewright.worker.source.git.verify;

/** Whether a signature is one of a known key. */
sealed interface SignatureResult {
  /**
   * The signature is valid.
   *
   * @param signer the name of the owner of the key, with the fingerprint of the key
   */
  record Verified(String signer) implements SignatureResult {}

  /**
   * The signature does not count.
   *
   * @param problem the problem, to follow "the commit …"
   */
  record Rejected(String problem) implements SignatureResult {}

  /** The key is not one of the known keys. */
  static Rejected unknownKey(String key, String source) {
    return new Rejected("is signed by the key " + key + ", which " + source + " does not contain");
  }

  /** The owner or an administrator revoked the key. */
  static Rejected revokedKey(String key) {
    return new Rejected("is signed by the key " + key + ", which is revoked");
  }

  /** The key is not valid any more, or not yet. */
  static Rejected expiredKey(String key) {
    return new Rejected("is signed by the key " + key + ", which has expired or is not valid yet");
  }

  /** The content was changed after it was signed. */
  static Rejected wrongSignature(String key) {
    return new Rejected("has a signature of the key " + key + " that does not match its content");
  }
}
