package dev.stagewright.stage.ssh;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPrivateCrtKeySpec;

/** RSA keys in PEM files: RFC 8017 appendix A.1.2 (PKCS #1), RFC 5208 (PKCS #8). */
final class RsaKey {
  private static final int SEQUENCE = 0x30;
  private static final int OCTET_STRING = 0x04;

  /** Announces a length of two bytes. */
  private static final int TWO_BYTE_LENGTH = 0x82;

  private static final int HEADER = 4;

  /** PKCS #8 version 0, and the algorithm {@code rsaEncryption} with the parameter NULL. */
  private static final byte[] VERSION_AND_ALGORITHM = {
    0x02,
    1,
    0,
    0x30,
    13,
    0x06,
    9,
    0x2a,
    (byte) 0x86,
    0x48,
    (byte) 0x86,
    (byte) 0xf7,
    0x0d,
    1,
    1,
    1,
    0x05,
    0
  };

  private RsaKey() {}

  /** Parses PKCS #1, by wrapping it in PKCS #8, the only format that the JDK reads. */
  static SshKey parse(byte[] der, String name) throws GeneralSecurityException {
    var content = VERSION_AND_ALGORITHM.length + HEADER + der.length;
    var wrapped = ByteBuffer.allocate(HEADER + content);
    putHeader(wrapped, SEQUENCE, content);
    wrapped.put(VERSION_AND_ALGORITHM);
    putHeader(wrapped, OCTET_STRING, der.length);
    wrapped.put(der);
    return parseWrapped(wrapped.array(), name);
  }

  private static void putHeader(ByteBuffer out, int type, int length) {
    out.put((byte) type).put((byte) TWO_BYTE_LENGTH).putShort((short) length);
  }

  /** Parses PKCS #8. */
  static SshKey parseWrapped(byte[] der, String name) throws GeneralSecurityException {
    var key = KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
    return key((RSAPrivateCrtKey) key, name);
  }

  /** Creates the JDK's key from its numbers. */
  static RSAPrivateCrtKey privateKey(
      BigInteger modulus,
      BigInteger publicExponent,
      BigInteger exponent,
      BigInteger first,
      BigInteger second,
      BigInteger coefficient)
      throws GeneralSecurityException {
    var spec =
        new RSAPrivateCrtKeySpec(
            modulus,
            publicExponent,
            exponent,
            first,
            second,
            exponent.mod(first.subtract(BigInteger.ONE)),
            exponent.mod(second.subtract(BigInteger.ONE)),
            coefficient);
    return (RSAPrivateCrtKey) KeyFactory.getInstance("RSA").generatePrivate(spec);
  }

  private static SshKey key(RSAPrivateCrtKey key, String name) {
    var publicKey =
        new WireWriter()
            .text("ssh-rsa")
            .integer(key.getPublicExponent())
            .integer(key.getModulus())
            .bytes();
    return new SshKey(publicKey, name, Signers.rsa(key));
  }
}
