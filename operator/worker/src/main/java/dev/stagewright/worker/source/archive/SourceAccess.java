package dev.stagewright.worker.source.archive;

import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.Mounts;
import dev.stagewright.registry.http.Connection;
import dev.stagewright.registry.tls.Certificates;
import dev.stagewright.registry.tls.ClientIdentity;
import dev.stagewright.registry.tls.MalformedPemException;
import dev.stagewright.registry.tls.TlsSettings;
import dev.stagewright.worker.download.DownloadAccess;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The credentials and certificates of a source, from mounted Secrets and ConfigMaps.
 *
 * @param header the value of the header {@code Authorization}; empty for anonymous access
 * @param connection certificates
 * @param field the field of the spec with the source, for messages
 */
record SourceAccess(Optional<String> header, Connection connection, String field)
    implements DownloadAccess {
  private static final String TOKEN = "token";
  private static final String USER = "username";
  private static final String PASSWORD = "password";

  /** No credentials, and the certificates of the runtime. */
  static SourceAccess anonymous(String field) {
    return new SourceAccess(Optional.empty(), Connection.DEFAULT, field);
  }

  /**
   * Reads what is mounted.
   *
   * @param directory see {@link Mounts#SOURCE_ACCESS}; may be missing
   * @throws BuildFailedException if a Secret is unusable; the message names it, and what to do
   */
  static SourceAccess read(Path directory, String field) throws IOException {
    var credentials = secret(directory.resolve(Mounts.ACCESS_CREDENTIALS));
    var certificate = secret(directory.resolve(Mounts.ACCESS_CERTIFICATE));
    var authorities = directory.resolve(Mounts.ACCESS_AUTHORITIES).resolve("ca.crt");
    try {
      var trusted =
          Files.exists(authorities)
              ? Certificates.parse(field + ".caBundle", Files.readString(authorities))
              : List.<X509Certificate>of();
      var identity =
          certificate.isPresent()
              ? Optional.of(identity(certificate.get(), field))
              : Optional.<ClientIdentity>empty();
      return new SourceAccess(
          credentials.isPresent()
              ? Optional.of(header(credentials.get(), field))
              : Optional.empty(),
          new Connection(new TlsSettings(trusted, identity), Optional.empty()),
          field);
    } catch (MalformedPemException e) {
      throw new BuildFailedException(
          Failure.of(FailureReason.InvalidRequest, String.valueOf(e.getMessage())), e);
    }
  }

  /** The directory has one directory, with the name of the Secret. */
  private static Optional<Path> secret(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return Optional.empty();
    }
    try (var secrets = Files.list(directory)) {
      return secrets.filter(Files::isDirectory).findFirst();
    }
  }

  private static ClientIdentity identity(Path secret, String field)
      throws IOException, MalformedPemException {
    var certificate = secret.resolve("tls.crt");
    var key = secret.resolve("tls.key");
    if (!Files.exists(certificate) || !Files.exists(key)) {
      throw unusable(
          secret,
          field + ".clientCertificate",
          "it needs the keys tls.crt and tls.key, as in a Secret of type kubernetes.io/tls");
    }
    return ClientIdentity.parse(
        "Secret " + secret.getFileName() + " of " + field + ".clientCertificate",
        Files.readString(certificate),
        Files.readString(key));
  }

  private static String header(Path secret, String field) throws IOException {
    var token = text(secret, TOKEN);
    if (token.isPresent()) {
      return "Bearer " + token.get();
    }
    var user = text(secret, USER);
    var password = text(secret, PASSWORD);
    if (user.isEmpty() && password.isEmpty()) {
      throw unusable(
          secret,
          field + ".credentials",
          "it needs the keys username and password, or the key token, but has "
              + (keys(secret).isEmpty() ? "no keys" : "only " + keys(secret)));
    }
    var account = user.orElse("") + ":" + password.orElse("");
    return "Basic " + Base64.getEncoder().encodeToString(account.getBytes(StandardCharsets.UTF_8));
  }

  private static Optional<String> text(Path secret, String key) throws IOException {
    var file = secret.resolve(key);
    return Files.isRegularFile(file)
        ? Optional.of(Files.readString(file).strip()).filter(text -> !text.isEmpty())
        : Optional.empty();
  }

  private static String keys(Path secret) throws IOException {
    try (var files = Files.list(secret)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .sorted()
          .collect(Collectors.joining(", "));
    }
  }

  private static BuildFailedException unusable(Path secret, String field, String problem) {
    return new BuildFailedException(
        Failure.of(
            FailureReason.SourceUnauthorized,
            "Secret " + secret.getFileName() + " of " + field + ": " + problem));
  }

  @Override
  public Optional<String> authorization(URI url) {
    return header;
  }

  @Override
  public String deniedHint(URI url) {
    return header.isPresent()
        ? "; the server does not accept the credentials of " + field + ".credentials"
        : "; if the server requires credentials, name a Secret in " + field + ".credentials";
  }

  @Override
  public String toString() {
    return "SourceAccess[" + field + "]";
  }
}
