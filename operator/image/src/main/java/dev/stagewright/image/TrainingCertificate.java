package dev.stagewright.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A certificate for the loopback interface, for training runs.
 *
 * @param tls the context of a server with the certificate
 * @param pem the certificate, for clients that trust it
 */
record TrainingCertificate(SSLContext tls, String pem) {
  private static final String PASSWORD = "training";
  private static final String ALIAS = "training";

  /** Creates a certificate with the tools of the JDK. */
  static TrainingCertificate create(Path jdk) throws IOException, InterruptedException {
    var directory = Files.createTempDirectory("training");
    var file = directory.resolve("keys.p12");
    try {
      HostProgram.of(
              jdk.resolve("bin/keytool"),
              "-genkeypair",
              "-alias",
              ALIAS,
              "-keyalg",
              "EC",
              "-dname",
              "CN=training",
              "-ext",
              "san=ip:127.0.0.1",
              "-storetype",
              "PKCS12",
              "-storepass",
              PASSWORD,
              "-keystore",
              file)
          .run();
      return load(file);
    } catch (GeneralSecurityException e) {
      throw new IOException("cannot use the certificate of keytool", e);
    } finally {
      DirectoryOperations.delete(directory);
    }
  }

  private static TrainingCertificate load(Path file) throws IOException, GeneralSecurityException {
    var keys = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
    var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    var tls = SSLContext.getInstance("TLS");
    tls.init(managers.getKeyManagers(), null, null);
    var encoder = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
    var certificate = encoder.encodeToString(keys.getCertificate(ALIAS).getEncoded());
    return new TrainingCertificate(
        tls, "-----BEGIN CERTIFICATE-----\n" + certificate + "\n-----END CERTIFICATE-----\n");
  }
}
