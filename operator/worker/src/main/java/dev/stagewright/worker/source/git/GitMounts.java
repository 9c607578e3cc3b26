package dev.stagewright.worker.source.git;

import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.Mounts;
import dev.stagewright.registry.tls.Certificates;
import dev.stagewright.registry.tls.ClientIdentity;
import dev.stagewright.registry.tls.MalformedPemException;
import dev.stagewright.registry.tls.TlsSettings;
import dev.stagewright.worker.EnvironmentProxies;
import dev.stagewright.worker.source.git.http.HttpSettings;
import dev.stagewright.worker.source.git.verify.SigningKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The mounted Secrets and ConfigMaps of a git source.
 *
 * @param directory the directory of the mounts, see {@link Mounts#GIT}; may be missing
 * @param environment the environment variables of the process, which may configure proxies
 */
public record GitMounts(Path directory, Map<String, String> environment) {
  private static final String CREDENTIALS = "spec.source.git.credentials";
  private static final String CERTIFICATE = "spec.source.git.clientCertificate";
  private static final String AUTHORITIES = "spec.source.git.caBundle";
  private static final String KEYS = "spec.source.git.verify.keys";

  /**
   * Reads the credentials.
   *
   * @return empty if no Secret is mounted
   * @throws BuildFailedException if the Secret is unusable; the message names the Secret, its keys,
   *     and what to do
   */
  Optional<GitCredentials> credentials(GitUrl url) throws IOException {
    var secret = MountedSecret.in(directory.resolve(Mounts.GIT_CREDENTIALS));
    return secret.isEmpty()
        ? Optional.empty()
        : Optional.of(new GitSecret(secret.get(), CREDENTIALS).read(url));
  }

  /**
   * Reads certificates and proxies.
   *
   * @throws BuildFailedException if a certificate, a key or a proxy is malformed
   */
  HttpSettings http(GitUrl url) throws IOException {
    var proxies = new EnvironmentProxies(environment).parse();
    if (url.isSsh()) {
      return HttpSettings.of(proxies);
    }
    return new HttpSettings(
        new TlsSettings(authorities(), identity()), proxies, Optional.of(url.server()));
  }

  /**
   * Reads the keys of those who may sign.
   *
   * @throws BuildFailedException if no Secret is mounted, or it is unusable
   */
  SigningKeys signingKeys() throws IOException {
    var secret =
        MountedSecret.in(directory.resolve(Mounts.GIT_SIGNING_KEYS))
            .orElseThrow(() -> notVerified(KEYS + ": no Secret is mounted"));
    try {
      return SigningKeys.parse(secret);
    } catch (IllegalArgumentException e) {
      throw notVerified("Secret " + secret.name() + " of " + KEYS + ": " + e.getMessage());
    }
  }

  private static BuildFailedException notVerified(String message) {
    return new BuildFailedException(Failure.of(FailureReason.SignatureNotVerified, message));
  }

  private List<X509Certificate> authorities() throws IOException {
    var file = directory.resolve(Mounts.GIT_AUTHORITIES).resolve("ca.crt");
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      return Certificates.parse(AUTHORITIES, Files.readString(file));
    } catch (MalformedPemException e) {
      throw new BuildFailedException(
          Failure.of(FailureReason.InvalidRequest, String.valueOf(e.getMessage())), e);
    }
  }

  private Optional<ClientIdentity> identity() throws IOException {
    var mounted = MountedSecret.in(directory.resolve(Mounts.GIT_CLIENT_CERTIFICATE));
    if (mounted.isEmpty()) {
      return Optional.empty();
    }
    var secret = mounted.get();
    var name = "Secret " + secret.name() + " of " + CERTIFICATE;
    if (!secret.has("tls.crt") || !secret.has("tls.key")) {
      throw unauthorized(
          name
              + ": the Secret must have the keys tls.crt and tls.key, but has "
              + secret.describeKeys()
              + ": create a Secret of type kubernetes.io/tls");
    }
    try {
      return Optional.of(
          ClientIdentity.parse(name, secret.text("tls.crt"), secret.text("tls.key")));
    } catch (MalformedPemException e) {
      throw unauthorized(String.valueOf(e.getMessage()));
    }
  }

  private static BuildFailedException unauthorized(String message) {
    return new BuildFailedException(Failure.of(FailureReason.SourceUnauthorized, message));
  }
}
