package dev.stagewright.worker.source.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.SourceRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.sshd.client.config.hosts.KnownHostDigest;
import org.apache.sshd.client.config.hosts.KnownHostHashValue;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources over SSH, from a real SSH server. */
class GitSshTest {
  private static final Instant FUTURE = Instant.parse("2100-01-01T00:00:00Z");
  private static final Instant PAST = Instant.parse("2001-01-01T00:00:00Z");

  @TempDir private Path directory;
  private KeyPair hostKey;
  private KeyPair userKey;
  private String commit;

  @BeforeEach
  void commit() throws Exception {
    hostKey = SshKeys.ed25519();
    userKey = SshKeys.ed25519();
    var repository = GitRepository.create(directory.resolve("team/hello"));
    repository.write("Dockerfile", "FROM scratch\n");
    commit = repository.commit("first");
  }

  @Test
  void fetchesWithKeyOfEachTypeAndFormat() throws Exception {
    var ecdsa = SshKeys.ofType("ecdsa-sha2-nistp256", 256);
    var rsa = SshKeys.ofType("ssh-rsa", 2048);
    for (var entry :
        Map.of(
                SshKeys.openSsh(userKey), userKey,
                SshKeys.openSsh(ecdsa), ecdsa,
                SshKeys.openSsh(rsa), rsa,
                SshKeys.pkcs8(rsa), rsa,
                SshKeys.pkcs8(ecdsa), ecdsa)
            .entrySet()) {
      try (var server = server(entry.getValue())) {
        var values =
            Map.of("ssh-privatekey", entry.getKey(), "known_hosts", known(server, hostKey));
        assertThat(fetch(server, values)).contains(commit);
      }
    }
  }

  @Test
  void readsKeysOfASecretForFlux() throws Exception {
    try (var server = server(userKey)) {
      var values =
          Map.of(
              "identity", SshKeys.openSsh(userKey),
              "identity.pub", PublicKeyEntry.toString(userKey.getPublic()),
              "known_hosts", known(server, hostKey));

      assertThat(fetch(server, values)).contains(commit);
    }
  }

  @Test
  void printsTheLineThatMakesAnUnknownServerKnown() throws Exception {
    try (var server = server(userKey)) {
      var withoutHosts = Map.of("ssh-privatekey", SshKeys.openSsh(userKey));
      var failure = failureOf(server, withoutHosts);

      assertThat(failure.reason()).isEqualTo(FailureReason.HostKeyNotTrusted);
      assertThat(failure.message())
          .contains(
              "Secret login has no key known_hosts",
              "ssh-keyscan -p " + server.port() + " 127.0.0.1");
      var line = Pattern.compile("to known_hosts: (\\S+ \\S+ \\S+)").matcher(failure.message());
      assertThat(line.find()).isTrue();
      assertThat(
              fetch(
                  server,
                  Map.of("ssh-privatekey", SshKeys.openSsh(userKey), "known_hosts", line.group(1))))
          .contains(commit);
    }
  }

  @Test
  void refusesServersWithoutLineOfTheirOwn() throws Exception {
    try (var server = server(userKey)) {
      for (var line :
          List.of(
              "127.0.0.1 " + PublicKeyEntry.toString(hostKey.getPublic()),
              "git.example.com " + PublicKeyEntry.toString(hostKey.getPublic()))) {
        assertThat(failureOf(server, keyAnd(line)))
            .satisfies(failure -> {
              assertThat(failure.reason()).isEqualTo(FailureReason.HostKeyNotTrusted);
              assertThat(failure.message())
                  .startsWith(
                      "127.0.0.1:" + server.port() + " is not in known_hosts of Secret login");
            });
      }
    }
  }

  @Test
  void refusesChangedAndRevokedHostKeys() throws Exception {
    try (var server = server(userKey)) {
      var changed = known(server, SshKeys.ed25519());
      assertThat(failureOf(server, keyAnd(changed)).message())
          .contains("differs from the one in known_hosts of Secret login", "intercepts");

      var revoked =
          known(server, hostKey) + "\n@revoked * " + PublicKeyEntry.toString(hostKey.getPublic());
      assertThat(failureOf(server, keyAnd(revoked)))
          .satisfies(failure -> {
            assertThat(failure.reason()).isEqualTo(FailureReason.HostKeyNotTrusted);
            assertThat(failure.message()).contains("is marked @revoked in known_hosts");
          });
    }
  }

  @Test
  void acceptsHashedEntriesAndPatterns() throws Exception {
    try (var server = server(userKey)) {
      var hash = new KnownHostHashValue();
      var salt = new byte[20];
      hash.setDigester(KnownHostDigest.SHA1);
      hash.setSaltValue(salt);
      hash.setDigestValue(
          KnownHostHashValue.calculateHashValue(
              SshGitServer.HOST, server.port(), KnownHostDigest.SHA1, salt));
      var key = PublicKeyEntry.toString(hostKey.getPublic());

      assertThat(fetch(server, keyAnd(hash + " " + key))).contains(commit);
      assertThat(fetch(server, keyAnd("# a comment\n\n[127.0.0.*]:" + server.port() + " " + key)))
          .contains(commit);
    }
  }

  @Test
  void reportsMalformedLine() throws Exception {
    try (var server = server(userKey)) {
      assertThat(failureOf(server, keyAnd("# hosts\nonly-a-host\n")).message())
          .contains("the key known_hosts line 2 is malformed");
    }
  }

  @Test
  void acceptsHostCertificatesOfKnownAuthorities() throws Exception {
    var authority = SshKeys.ed25519();
    var certificate = SshKeys.host(hostKey, authority, SshGitServer.HOST, FUTURE);
    try (var server =
        SshGitServer.start(directory, hostKey, List.of(certificate), userKey.getPublic())) {
      var line = authority(server, authority);
      assertThat(fetch(server, keyAnd(line))).contains(commit);

      assertThat(failureOf(server, keyAnd(authority(server, SshKeys.ed25519()))))
          .satisfies(failure -> {
            assertThat(failure.reason()).isEqualTo(FailureReason.HostKeyNotTrusted);
            assertThat(failure.message())
                .contains("add the line: @cert-authority [127.0.0.1]:" + server.port());
          });
      var revoked = line + "\n@revoked * " + PublicKeyEntry.toString(authority.getPublic());
      assertThat(failureOf(server, keyAnd(revoked)).message()).contains("@revoked");
    }
  }

  @Test
  void refusesHostCertificatesOfOtherHostsAndOutdatedOnes() throws Exception {
    var authority = SshKeys.ed25519();
    for (var certificate :
        List.of(
            SshKeys.host(hostKey, authority, "git.example.com", FUTURE),
            SshKeys.host(hostKey, authority, SshGitServer.HOST, PAST))) {
      try (var server =
          SshGitServer.start(directory, hostKey, List.of(certificate), userKey.getPublic())) {
        var failure = failureOf(server, keyAnd(authority(server, authority)));
        assertThat(failure.reason())
            .as(failure.message())
            .isEqualTo(FailureReason.HostKeyNotTrusted);
      }
    }
  }

  @Test
  void offersCertificateOfUser() throws Exception {
    var authority = SshKeys.ed25519();
    try (var server = SshGitServer.start(directory, hostKey, List.of(), authority.getPublic())) {
      var values =
          Map.of(
              "ssh-privatekey", SshKeys.openSsh(userKey),
              "ssh-privatekey-cert.pub",
                  PublicKeyEntry.toString(SshKeys.user(userKey, authority, FUTURE)),
              "known_hosts", known(server, hostKey));
      assertThat(fetch(server, values)).contains(commit);

      var expired =
          Map.of(
              "ssh-privatekey", SshKeys.openSsh(userKey),
              "ssh-privatekey-cert.pub",
                  PublicKeyEntry.toString(SshKeys.user(userKey, authority, PAST)),
              "known_hosts", known(server, hostKey));
      assertThat(failureOf(server, expired))
          .satisfies(failure -> {
            assertThat(failure.reason()).isEqualTo(FailureReason.SourceUnauthorized);
            assertThat(failure.message()).contains("whose certificate has expired");
          });
    }
  }

  @Test
  void reportsRejectedKeyByFingerprint() throws Exception {
    try (var server = server(SshKeys.ed25519())) {
      assertThat(failureOf(server, keyAnd(known(server, hostKey))))
          .satisfies(failure -> {
            assertThat(failure.reason()).isEqualTo(FailureReason.SourceUnauthorized);
            assertThat(failure.message())
                .contains(
                    server.url("team/hello")
                        + " rejects the SSH key of Secret login (ssh-ed25519 SHA256:");
          });
    }
  }

  @Test
  void reportsUnusablePrivateKeys() throws Exception {
    for (var row :
        Map.of(
                SshKeys.encrypted(userKey),
                "has a passphrase",
                "garbage",
                "is not a private key",
                PublicKeyEntry.toString(userKey.getPublic()),
                "is a public key")
            .entrySet()) {
      try (var server = server(userKey)) {
        assertThat(failureOf(server, Map.of("ssh-privatekey", row.getKey())))
            .satisfies(failure -> {
              assertThat(failure.reason()).isEqualTo(FailureReason.SourceUnauthorized);
              assertThat(failure.message())
                  .startsWith(
                      "Secret login of spec.source.git.credentials: the key ssh-privatekey "
                          + row.getValue());
            });
      }
    }
  }

  @Test
  void reportsMissingSecretRepositoryAndServer() throws Exception {
    try (var server = server(userKey)) {
      assertThat(failureOf(server, Map.of()).message())
          .contains("requires an SSH key", "kubernetes.io/ssh-auth");
      var absent = source(server.url("absent"), keyAnd(known(server, hostKey)));
      assertThat(failureOf(absent))
          .isEqualTo(
              Failure.of(
                  FailureReason.SourceNotFound,
                  "there is no git repository at "
                      + server.url("absent")
                      + ", or the SSH key has no access to it"));
    }
    int closed;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }
    for (var url : List.of("ssh://127.0.0.1:" + closed + "/x", "git@git.invalid:team/x")) {
      var failure = failureOf(source(url, keyAnd("")));
      assertThat(failure.reason()).as(failure.message()).isEqualTo(FailureReason.SourceUnavailable);
      assertThat(failure.message()).startsWith("cannot reach ");
    }
  }

  @Test
  void fetchesSubmodulesWithTheSameKey() throws Exception {
    GitRepository.create(directory.resolve("team/lib")).commit("lib");
    var parent = new GitRepository(directory.resolve("team/hello"));
    parent.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", "../lib", "lib");
    parent.commit("submodule");
    try (var server = server(userKey)) {
      var source = source(server.url("team/hello"), keyAnd(known(server, hostKey)));
      try (var tree = source.fetch(false)) {
        tree.walk(_ -> {});
        assertThat(tree.entry("lib")).isPresent();
      }
    }
  }

  private SshGitServer server(KeyPair accepted) throws IOException {
    return SshGitServer.start(directory, hostKey, List.of(), accepted.getPublic());
  }

  private static String known(SshGitServer server, KeyPair key) {
    return "[127.0.0.1]:" + server.port() + " " + PublicKeyEntry.toString(key.getPublic());
  }

  private static String authority(SshGitServer server, KeyPair key) {
    return "@cert-authority " + known(server, key);
  }

  private Map<String, String> keyAnd(String knownHosts) throws Exception {
    return Map.of("ssh-privatekey", SshKeys.openSsh(userKey), "known_hosts", knownHosts);
  }

  private GitSource source(String url, Map<String, String> secret) {
    return new GitSource(
        new SourceRequest.Git(url, Optional.empty(), Optional.empty()),
        TestMounts.credentials(directory.resolve("mounts-" + secret.hashCode()), secret),
        directory.resolve("scratch"),
        Duration.ofSeconds(20));
  }

  private Optional<String> fetch(SshGitServer server, Map<String, String> secret)
      throws IOException {
    try (var tree = source(server.url("team/hello"), secret).fetch(false)) {
      return tree.revision();
    }
  }

  private Failure failureOf(SshGitServer server, Map<String, String> secret) {
    return failureOf(source(server.url("team/hello"), secret));
  }

  private static Failure failureOf(GitSource source) {
    return catchThrowableOfType(BuildFailedException.class, () -> source.fetch(false)).failure();
  }
}
