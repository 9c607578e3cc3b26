package dev.stagewright.stage.ssh;

import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPrivateCrtKeySpec;

/** RSA keys in PEM files: RFC 8017 appendix A.1.2 (PKCS #1), RFC 5208 (PKCS #8). */
final class RsaKey {
  private static final int SEQUENCE = 0x30;
  private static final int INTEGER = 2;
  private static final int LONG_LENGTH = 0x80;

  private RsaKey() {}

  /** Reads PKCS #1. */
  static SshKey parse(byte[] der, String name) throws GeneralSecurityException {
    var in = ByteBuffer.wrap(der);
    length(in, SEQUENCE);
    integer(in); // The version.
    var modulus = integer(in);
    var publicExponent = integer(in);
    var exponent = integer(in);
    var first = integer(in);
    var second = integer(in);
    integer(in); // The exponents for each prime can be computed from the others.
    integer(in);
    return key(privateKey(modulus, publicExponent, exponent, first, second, integer(in)), name);
  }

  /** Reads PKCS #8. */
  static SshKey parseWrapped(byte[] der, String name) throws GeneralSecurityException {
    var key = KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
    return key((RSAPrivateCrtKey) key, name);
  }

  /** The key of the JDK for these numbers. */
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

  private static BigInteger integer(ByteBuffer in) {
    var bytes = new byte[length(in, INTEGER)];
    in.get(bytes);
    return new BigInteger(bytes);
  }

  /** Reads the header of a value of this type and returns the length of the value. */
  private static int length(ByteBuffer in, int type) {
    if ((in.get() & 0xff) != type) {
      throw new IllegalArgumentException("unexpected type of value");
    }
    var length = in.get() & 0xff;
    if (length >= LONG_LENGTH) {
      var octets = length - LONG_LENGTH;
      length = 0;
      for (var i = 0; i < octets; i++) {
        length = (length << 8) | (in.get() & 0xff);
      }
    }
    if (length < 0 || length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    return length;
  }
}
