package dev.stagewright.registry.tls;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import java.util.Optional;

/**
 * Parses private keys in PEM: PKCS #8, and PKCS #1 for RSA and SEC 1 for EC, which are wrapped in
 * PKCS #8, the only format that Java reads.
 */
final class PrivateKeys {
  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");
  private static final byte[] VERSION_0 = {Der.INTEGER, 1, 0};

  /** {@code rsaEncryption} with the parameter NULL (RFC 8017, appendix A.1). */
  private static final byte[] RSA = {
    0x06, 9, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 1, 1, 0x05, 0
  };

  /** {@code id-ecPublicKey} (RFC 5480). */
  private static final byte[] EC = {0x06, 7, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 2, 1};

  private PrivateKeys() {}

  /**
   * Parses the first private key of a PEM file.
   *
   * @param name the name of the file, for error messages
   */
  static PrivateKey parse(String name, String pem) throws MalformedPemException {
    for (var block : PemBlock.parse(name, pem)) {
      try {
        var encoded = pkcs8(name, block);
        if (encoded.isPresent()) {
          return key(name, encoded.get());
        }
      } catch (IllegalArgumentException | BufferUnderflowException _) {
        throw new MalformedPemException(name, "the key is malformed");
      }
    }
    throw new MalformedPemException(
        name, "contains no private key; PEM with -----BEGIN PRIVATE KEY----- is expected");
  }

  private static Optional<byte[]> pkcs8(String name, PemBlock block) throws MalformedPemException {
    return switch (block.label()) {
      case "PRIVATE KEY" -> Optional.of(block.der());
      case "RSA PRIVATE KEY" -> Optional.of(wrap(RSA, block.der()));
      case "EC PRIVATE KEY" -> Optional.of(wrapSec1(block.der()));
      case "ENCRYPTED PRIVATE KEY" ->
          throw new MalformedPemException(
              name, "an encrypted key cannot be used; decrypt it first");
      default -> Optional.empty();
    };
  }

  private static byte[] wrap(byte[] algorithm, byte[] key) {
    return Der.element(
        Der.SEQUENCE,
        VERSION_0,
        Der.element(Der.SEQUENCE, algorithm),
        Der.element(Der.OCTET_STRING, key));
  }

  /** SEC 1 has the curve inside the key (RFC 5915), PKCS #8 outside. */
  private static byte[] wrapSec1(byte[] key) {
    var fields = Der.readElement(ByteBuffer.wrap(key), Der.SEQUENCE);
    var _ = Der.readElement(fields, Der.INTEGER);
    var _ = Der.readElement(fields, Der.OCTET_STRING);
    var curve = Der.bytes(Der.readElement(fields, Der.CONTEXT_0));
    return Der.element(
        Der.SEQUENCE,
        VERSION_0,
        Der.element(Der.SEQUENCE, EC, curve),
        Der.element(Der.OCTET_STRING, key));
  }

  private static PrivateKey key(String name, byte[] pkcs8) throws MalformedPemException {
    for (var algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      } catch (InvalidKeySpecException | NoSuchAlgorithmException _) {
        // The key has another algorithm.
      }
    }
    throw new MalformedPemException(
        name, "the key is malformed, or is not an RSA, EC or EdDSA key");
  }
}
