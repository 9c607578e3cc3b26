package dev.stagewright.worker.source.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.Mounts;
import dev.stagewright.protocol.SourceRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Credentials, certificates and proxies of sources over HTTP. */
class GitHttpTest {
  @TempDir private Path directory;
  private Path mounts;
  private String commit = "";

  @BeforeEach
  void commit() throws Exception {
    mounts = directory.resolve("mounts");
    for (var path : new String[] {"hello", "private/hello", "bearer/hello"}) {
      commit = GitRepository.create(directory.resolve(path)).commit("first");
    }
  }

  @Test
  void sendsBearerToken() throws Exception {
    try (var server = GitServer.start(directory)) {
      secret(Mounts.GIT_CREDENTIALS, Map.of("bearerToken", "secret"));
      assertThat(fetch(server.url("bearer/hello"))).contains(commit);

      secret(Mounts.GIT_CREDENTIALS, Map.of("bearerToken", "wrong"));
      assertThat(failureOf(server.url("bearer/hello")))
          .satisfies(failure -> {
            assertThat(failure.reason()).isEqualTo(FailureReason.SourceUnauthorized);
            assertThat(failure.message()).contains("rejects").doesNotContain("wrong");
          });
    }
  }

  @Test
  void sendsTokenAsPasswordWithDefaultUser() throws Exception {
    try (var server = GitServer.start(directory)) {
      secret(Mounts.GIT_CREDENTIALS, Map.of("token", "secret"));
      var _ = failureOf(server.url("private/hello"));

      assertThat(server.authorizations()).contains(GitServer.basic("x-access-token", "secret"));
    }
  }

  @Test
  void sendsNoCredentialsToOtherServers() throws Exception {
    try (var other = GitServer.start(directory);
        var server = GitServer.start(directory)) {
      server.redirect("/moved", other.url(""));
      for (var secret :
          Map.of(
                  "private", Map.of("username", "jane", "password", "secret"),
                  "bearer", Map.of("bearerToken", "secret"))
              .entrySet()) {
        secret(Mounts.GIT_CREDENTIALS, secret.getValue());

        assertThat(failureOf(server.url("moved/" + secret.getKey() + "/hello")))
            .satisfies(failure -> {
              assertThat(failure.reason()).isEqualTo(FailureReason.SourceUnauthorized);
              assertThat(failure.message())
                  .contains("redirects to 127.0.0.1", "not sent to another server");
            });
      }
      assertThat(other.authorizations()).isEmpty();
      assertThat(fetch(server.url("moved/hello"))).contains(commit);
    }
  }

  @Test
  void trustsAuthoritiesOfBundle() throws Exception {
    var identity = TlsIdentity.create(directory.resolve("server.p12"));
    try (var server = GitServer.startTls(directory, identity.server(identity), false)) {
      assertThat(failureOf(server.url("hello")))
          .satisfies(failure -> {
            assertThat(failure.reason()).isEqualTo(FailureReason.SourceUnavailable);
            assertThat(failure.message())
                .startsWith("cannot establish a trusted connection to " + server.url("hello"))
                .contains("spec.source.git.caBundle");
          });

      trust(identity);
      assertThat(fetch(server.url("hello"))).contains(commit);
    }
  }

  @Test
  void presentsClientCertificate() throws Exception {
    var identity = TlsIdentity.create(directory.resolve("server.p12"));
    var client = TlsIdentity.create(directory.resolve("client.p12"));
    try (var server = GitServer.startTls(directory, identity.server(client), true)) {
      trust(identity);
      assertThat(failureOf(server.url("hello")).reason())
          .isEqualTo(FailureReason.SourceUnavailable);

      secret(
          Mounts.GIT_CLIENT_CERTIFICATE,
          Map.of("tls.crt", client.certificate(), "tls.key", client.key()));
      assertThat(fetch(server.url("hello"))).contains(commit);
    }
  }

  @Test
  void reportsUnusableCertificates() {
    secret(Mounts.GIT_CLIENT_CERTIFICATE, Map.of("tls.crt", "x"));
    assertThat(failureOf("https://git.invalid/hello"))
        .satisfies(failure -> {
          assertThat(failure.reason()).isEqualTo(FailureReason.SourceUnauthorized);
          assertThat(failure.message())
              .contains("Secret login of spec.source.git.clientCertificate", "but has tls.crt");
        });

    TestMounts.write(mounts.resolve(Mounts.GIT_AUTHORITIES), Map.of("ca.crt", "x"));
    assertThat(failureOf("https://git.invalid/hello").message())
        .contains("spec.source.git.caBundle", "no certificate");
  }

  @Test
  void fetchesFromPathsWithEscapes() throws Exception {
    var spaced = GitRepository.create(directory.resolve("my team/hello")).commit("first");
    try (var server = GitServer.start(directory)) {
      assertThat(fetch(server.url("my%20team/hello"))).contains(spaced);
    }
  }

  @Test
  void reportsHostsThatAreNotHostNames() {
    assertThat(failureOf("https://my_host/hello"))
        .satisfies(failure -> {
          assertThat(failure.reason()).isEqualTo(FailureReason.InvalidRequest);
          assertThat(failure.message())
              .startsWith("spec.source.git.url https://my_host/hello is not a valid URL");
        });
  }

  @Test
  void usesProxyOfEnvironment() throws Exception {
    try (var proxy = GitServer.start(directory)) {
      var address = proxy.url("").replaceFirst("/$", "").replace("http://", "http://me:pass@");

      assertThat(revision(source("http://git.example.com/hello", Map.of("HTTP_PROXY", address))))
          .contains(commit);
      assertThat(proxy.hosts()).contains("git.example.com");
      assertThat(proxy.proxyAuthorizations()).contains(GitServer.basic("me", "pass"));
    }
  }

  private void secret(String volume, Map<String, String> values) {
    var _ = TestMounts.secret(mounts, volume, values);
  }

  private void trust(TlsIdentity identity) throws Exception {
    TestMounts.write(
        mounts.resolve(Mounts.GIT_AUTHORITIES), Map.of("ca.crt", identity.certificate()));
  }

  private GitSource source(String url, Map<String, String> environment) {
    return new GitSource(
        new SourceRequest.Git(url, Optional.empty(), Optional.empty()),
        new GitMounts(mounts, environment),
        directory.resolve("scratch"),
        Duration.ofSeconds(20));
  }

  private Optional<String> fetch(String url) throws IOException {
    return revision(source(url, Map.of()));
  }

  private static Optional<String> revision(GitSource source) throws IOException {
    try (var tree = source.fetch(false)) {
      return tree.revision();
    }
  }

  private Failure failureOf(String url) {
    var source = source(url, Map.of());
    return catchThrowableOfType(BuildFailedException.class, () -> source.fetch(false)).failure();
  }
}
