package dev.stagewright.stage.ssh;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;

/** The format of private keys of OpenSSH, as described in its {@code PROTOCOL.key}. */
final class OpenSshKey {
  private static final byte[] MAGIC = "openssh-key-v1\0".getBytes(StandardCharsets.US_ASCII);
  private static final String NOT_ENCRYPTED = "none";
  private static final int SEED = 32;

  private OpenSshKey() {}

  static SshKey parse(byte[] bytes, String name) throws KeyException, GeneralSecurityException {
    var in = new WireReader(bytes);
    if (!in.skip(MAGIC)) {
      throw new KeyException("it is corrupt");
    }
    if (!in.text().equals(NOT_ENCRYPTED)) {
      throw new KeyException("it is encrypted; remove the passphrase with ssh-keygen -p -f <key>");
    }
    in.string(); // The key derivation function,
    in.string(); // and its options.
    if (in.int32() != 1) {
      throw new KeyException("the file contains several keys");
    }
    var publicKey = in.string();
    return parsePrivate(new WireReader(in.string()), publicKey, name);
  }

  private static SshKey parsePrivate(WireReader in, byte[] publicKey, String name)
      throws KeyException, GeneralSecurityException {
    var check = in.int32();
    if (check != in.int32()) {
      throw new KeyException("it is corrupt");
    }
    var type = in.text();
    var signer =
        switch (type) {
          case "ssh-ed25519" -> ed25519(in);
          case "ecdsa-sha2-nistp256" -> ecdsa(in, type, "secp256r1", "SHA256");
          case "ecdsa-sha2-nistp384" -> ecdsa(in, type, "secp384r1", "SHA384");
          case "ecdsa-sha2-nistp521" -> ecdsa(in, type, "secp521r1", "SHA512");
          case "ssh-rsa" -> rsa(in);
          default -> throw new KeyException("its type, " + type + ", is not supported");
        };
    var comment = in.text();
    return new SshKey(publicKey, comment.isEmpty() ? name : comment, signer);
  }

  private static SshKey.Signer ed25519(WireReader in) throws GeneralSecurityException {
    in.string(); // The public key, which is also the end of the private key.
    var seed = Arrays.copyOf(in.string(), SEED);
    return Signers.ed25519(
        KeyFactory.getInstance("Ed25519")
            .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed)));
  }

  private static SshKey.Signer ecdsa(WireReader in, String type, String curve, String digest)
      throws GeneralSecurityException {
    in.string(); // The curve, which is also part of the type,
    in.string(); // and the public point.
    return Signers.ecdsa(type, digest + "withECDSAinP1363Format", ecKey(curve, in.integer()));
  }

  private static PrivateKey ecKey(String curve, BigInteger number) throws GeneralSecurityException {
    var parameters = AlgorithmParameters.getInstance("EC");
    parameters.init(new ECGenParameterSpec(curve));
    return KeyFactory.getInstance("EC")
        .generatePrivate(
            new ECPrivateKeySpec(number, parameters.getParameterSpec(ECParameterSpec.class)));
  }

  private static SshKey.Signer rsa(WireReader in) throws GeneralSecurityException {
    var modulus = in.integer();
    var publicExponent = in.integer();
    var exponent = in.integer();
    var coefficient = in.integer();
    var first = in.integer();
    var second = in.integer();
    return Signers.rsa(
        RsaKey.privateKey(modulus, publicExponent, exponent, first, second, coefficient));
  }
}
