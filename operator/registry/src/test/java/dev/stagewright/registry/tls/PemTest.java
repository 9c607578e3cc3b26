package dev.stagewright.registry.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.ECPrivateKey;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PemTest {
  /** Small, because the test does not depend on the size, and large keys take seconds. */
  private static final int RSA_BITS = 1024;

  private static KeyPair pair(String algorithm) throws NoSuchAlgorithmException {
    var generator = KeyPairGenerator.getInstance(algorithm);
    if (algorithm.equals("RSA")) {
      generator.initialize(RSA_BITS);
    }
    return generator.generateKeyPair();
  }

  private static String pem(String label, byte[] der) {
    var text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(label, text);
  }

  /** The key in PKCS #8, and the parameters of its algorithm. */
  private record Unwrapped(ByteBuffer parameters, ByteBuffer key) {
    static Unwrapped of(byte[] pkcs8) {
      var fields = Der.readElement(ByteBuffer.wrap(pkcs8), Der.SEQUENCE);
      var _ = Der.readElement(fields, Der.INTEGER);
      var algorithm = Der.readElement(fields, Der.SEQUENCE);
      var _ = Der.readElement(algorithm, 0x06);
      return new Unwrapped(algorithm, Der.readElement(fields, Der.OCTET_STRING));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC", "Ed25519"})
  void readsPkcs8(String algorithm) throws Exception {
    var key = pair(algorithm).getPrivate();

    assertThat(PrivateKeys.parse("tls.key", pem("PRIVATE KEY", key.getEncoded()))).isEqualTo(key);
  }

  @Test
  void readsPkcs1() throws Exception {
    var key = pair("RSA").getPrivate();
    var pkcs1 = Der.bytes(Unwrapped.of(key.getEncoded()).key());

    assertThat(PrivateKeys.parse("tls.key", pem("RSA PRIVATE KEY", pkcs1))).isEqualTo(key);
  }

  @Test
  void readsSec1WithParameters() throws Exception {
    var key = pair("EC").getPrivate();
    var unwrapped = Unwrapped.of(key.getEncoded());
    var curve = Der.bytes(unwrapped.parameters());
    var inner = Der.readElement(unwrapped.key(), Der.SEQUENCE);
    var _ = Der.readElement(inner, Der.INTEGER);
    var number = Der.bytes(Der.readElement(inner, Der.OCTET_STRING));
    var sec1 =
        Der.element(
            Der.SEQUENCE,
            new byte[] {Der.INTEGER, 1, 1},
            Der.element(Der.OCTET_STRING, number),
            Der.element(Der.CONTEXT_0, curve));
    var file = pem("EC PARAMETERS", curve) + pem("EC PRIVATE KEY", sec1);

    assertThat(PrivateKeys.parse("tls.key", file))
        .isInstanceOfSatisfying(
            ECPrivateKey.class,
            read -> {
              assertThat(read.getS()).isEqualTo(((ECPrivateKey) key).getS());
              assertThat(read.getParams()).isEqualTo(((ECPrivateKey) key).getParams());
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PRIVATE KEY           | aGlkZGVu | the key is malformed, or is not an RSA, EC or EdDSA key",
        "EC PRIVATE KEY        | aGlkZGVu | the key is malformed",
        "ENCRYPTED PRIVATE KEY | aGlkZGVu | an encrypted key cannot be used; decrypt it first",
        "CERTIFICATE           | aGlkZGVu | contains no private key; PEM with -----BEGIN PRIVATE KEY----- is expected",
      })
  void reportsUnusableKeyWithoutQuotingIt(String label, String text, String why) {
    assertThatThrownBy(
            () -> PrivateKeys.parse("tls.key", pem(label, Base64.getDecoder().decode(text))))
        .isInstanceOf(MalformedPemException.class)
        .hasMessage("tls.key: " + why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hello                                                          | contains no certificate; PEM with -----BEGIN CERTIFICATE----- is expected",
        "-----BEGIN CERTIFICATE-----aGlkZGVu-----END CERTIFICATE-----   | certificate 1 is malformed",
      })
  void reportsUnusableCertificate(String text, String why) {
    assertThatThrownBy(() -> Certificates.parse("ca.crt", text))
        .isInstanceOf(MalformedPemException.class)
        .hasMessage("ca.crt: " + why);
  }
}
