package dev.stagewright.stage.ssh;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Arrays;

/** Signers for each type of key: RFC 8709, RFC 5656, RFC 8332. */
final class Signers {
  private static final int RSA_SHA2_256 = 2;
  private static final int RSA_SHA2_512 = 4;

  private Signers() {}

  static SshKey.Signer ed25519(PrivateKey key) {
    return (data, _) ->
        new WireWriter().text("ssh-ed25519").string(sign("Ed25519", key, data)).bytes();
  }

  /**
   * A signer on a NIST curve.
   *
   * @param type type of the key in SSH
   * @param algorithm algorithm of the JDK in the format P1363, which is the concatenation of both
   *     numbers
   */
  static SshKey.Signer ecdsa(String type, String algorithm, PrivateKey key) {
    return (data, _) -> {
      var both = sign(algorithm, key, data);
      var half = both.length / 2;
      var numbers =
          new WireWriter()
              .integer(new BigInteger(1, Arrays.copyOf(both, half)))
              .integer(new BigInteger(1, Arrays.copyOfRange(both, half, both.length)))
              .bytes();
      return new WireWriter().text(type).string(numbers).bytes();
    };
  }

  static SshKey.Signer rsa(PrivateKey key) {
    return (data, flags) -> {
      if ((flags & RSA_SHA2_512) != 0) {
        return rsa("rsa-sha2-512", "SHA512withRSA", key, data);
      }
      return (flags & RSA_SHA2_256) != 0
          ? rsa("rsa-sha2-256", "SHA256withRSA", key, data)
          : rsa("ssh-rsa", "SHA1withRSA", key, data);
    };
  }

  private static byte[] rsa(String type, String algorithm, PrivateKey key, byte[] data)
      throws GeneralSecurityException {
    return new WireWriter().text(type).string(sign(algorithm, key, data)).bytes();
  }

  private static byte[] sign(String algorithm, PrivateKey key, byte[] data)
      throws GeneralSecurityException {
    var signature = Signature.getInstance(algorithm);
    signature.initSign(key);
    signature.update(data);
    return signature.sign();
  }
}
