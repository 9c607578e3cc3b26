package dev.stagewright.registry.real;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A certificate authority for tests, created with the JDK's keytool. */
public final class TestAuthority {
  private static final String PASSWORD = "changeit";
  private static final String AUTHORITY = "authority";

  private final Path directory;

  private TestAuthority(Path directory) {
    this.directory = directory;
  }

  /** Creates an authority with files in this directory. */
  public static TestAuthority create(Path directory) throws Exception {
    var authority = new TestAuthority(Files.createDirectories(directory));
    authority.keytool(
        "-genkeypair",
        "-alias",
        AUTHORITY,
        "-keyalg",
        "EC",
        "-dname",
        "CN=Test Authority",
        "-ext",
        "bc:c",
        "-ext",
        "ku:c=keyCertSign",
        "-validity",
        "2");
    return authority;
  }

  /**
   * Issues a certificate.
   *
   * @param name the name of the files and of the subject
   * @param algorithm the algorithm of the key: {@code RSA} or {@code EC}
   * @param extension for example {@code san=ip:127.0.0.1}
   */
  public void issue(String name, String algorithm, String extension) throws Exception {
    keytool(
        "-genkeypair",
        "-alias",
        name,
        "-keyalg",
        algorithm,
        "-dname",
        "CN=" + name,
        "-signer",
        AUTHORITY,
        "-ext",
        extension,
        "-validity",
        "2");
    var store = store();
    Files.writeString(certificate(name), pem("CERTIFICATE", store.getCertificate(name)));
    Files.writeString(key(name), pem("PRIVATE KEY", key(store, name)));
  }

  /** Returns the certificate of the authority in PEM. */
  public String pem() throws Exception {
    return pem("CERTIFICATE", store().getCertificate(AUTHORITY));
  }

  /** The file of an issued certificate, in PEM. */
  public Path certificate(String name) {
    return directory.resolve(name + ".crt");
  }

  /** The file of the private key of an issued certificate, in PEM. */
  public Path key(String name) {
    return directory.resolve(name + ".key");
  }

  private KeyStore store() throws GeneralSecurityException, IOException {
    return KeyStore.getInstance(directory.resolve("store.p12").toFile(), PASSWORD.toCharArray());
  }

  private static Key key(KeyStore store, String name) throws GeneralSecurityException {
    return store.getKey(name, PASSWORD.toCharArray());
  }

  private static String pem(String label, Certificate certificate) throws GeneralSecurityException {
    return pem(label, certificate.getEncoded());
  }

  private static String pem(String label, Key key) {
    return pem(label, key.getEncoded());
  }

  private static String pem(String label, byte[] der) {
    var base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(label, base64);
  }

  private void keytool(String... arguments) throws IOException {
    var command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/keytool"));
    command.addAll(List.of(arguments));
    command.addAll(
        List.of(
            "-keystore",
            directory.resolve("store.p12").toString(),
            "-storetype",
            "PKCS12",
            "-storepass",
            PASSWORD));
    var log = directory.resolve("keytool.log");
    var code =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start()
            .onExit()
            .join()
            .exitValue();
    if (code != 0) {
      throw new IOException("keytool: " + Files.readString(log));
    }
  }
}
