package dev.stagewright.stage.ssh;

import java.security.GeneralSecurityException;

/** A private key with its public key and comment. */
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
    /** A signature in the encoding of SSH: its type and its bytes. */
    byte[] sign(byte[] data, int flags) throws GeneralSecurityException;
  }

  /** The public key in the encoding of RFC 4253 §6.6. */
  byte[] publicKey() {
    return publicKey.clone();
  }

  /** The comment of the key. */
  String comment() {
    return comment;
  }

  /**
   * Signs data.
   *
   * @param flags flags of the agent protocol, which select the digest for an RSA key
   */
  byte[] sign(byte[] data, int flags) throws GeneralSecurityException {
    return signer.sign(data, flags);
  }
}
