package dev.stagewright.stage.ssh;

import java.security.GeneralSecurityException;

/** A private key with what others know of it. */
public final class SshKey {
  private final byte[] publicKey;
  private final String comment;
  private final Signer signer;

  SshKey(byte[] publicKey, String comment, Signer signer) {
    this.publicKey = publicKey.clone();
    this.comment = comment;
    this.signer = signer;
  }

  /** Signs with one private key. */
  interface Signer {
    /** A signature as SSH encodes it: its kind and its bytes. */
    byte[] sign(byte[] data, int flags) throws GeneralSecurityException;
  }

  /** The public key as RFC 4253 §6.6 encodes it. */
  byte[] publicKey() {
    return publicKey.clone();
  }

  /** What its owner calls it. */
  String comment() {
    return comment;
  }

  /**
   * A signature over data.
   *
   * @param flags which digest an RSA key shall use, as the agent protocol has them
   */
  byte[] sign(byte[] data, int flags) throws GeneralSecurityException {
    return signer.sign(data, flags);
  }
}
