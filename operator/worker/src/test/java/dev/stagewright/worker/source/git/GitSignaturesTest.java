package dev.stagewright.worker.source.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.Mounts;
import dev.stagewright.protocol.SourceRequest;
import dev.stagewright.protocol.SourceRequest.SignatureMode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Signatures that git, ssh-keygen and GnuPG made, see {@code make-fixtures} in the resources of
 * this test.
 */
class GitSignaturesTest {
  @TempDir private Path directory;
  private GitServer server;
  private Map<String, String> keys;

  @BeforeEach
  void serve() throws Exception {
    var bundle = directory.resolve("signatures.bundle");
    Files.write(bundle, Base64.getMimeDecoder().decode(resource("signatures.bundle.base64")));
    var repository = GitRepository.create(directory.resolve("signed"));
    repository.git("fetch", "--quiet", bundle.toString(), "refs/*:refs/*");
    server = GitServer.start(directory);
    keys =
        Map.of(
            "jane.pub", resource("jane.pub").replace(" jane", " jane@example.com"),
            "pgp.asc", resource("pgp.asc"),
            "revoked.asc", resource("revoked.asc"),
            "expired.asc", resource("expired.asc"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "ssh, HEAD, jane@example.com (SHA256:",
    "pgp, HEAD, pgp <pgp@example.com> (",
    "tag-ssh, TAG, jane@example.com (SHA256:",
    "tag-pgp, TAG, pgp <pgp@example.com> (",
    "tag-pgp, TAG_AND_HEAD, pgp <pgp@example.com> (",
  })
  void returnsSignerOfVerifiedObjects(String revision, SignatureMode mode, String signer)
      throws Exception {
    try (var tree = source(revision, mode, keys).fetch(false)) {
      assertThat(tree.signer()).get().asString().startsWith(signer);
      assertThat(tree.entry("Dockerfile")).isPresent();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "unsigned, HEAD, is not signed",
    "ssh-stranger, HEAD, which Secret login does not contain",
    "pgp-unknown, HEAD, which Secret login does not contain",
    "ssh-changed, HEAD, does not match its content",
    "pgp-changed, HEAD, does not match its content",
    "pgp-revoked, HEAD, which is revoked",
    "pgp-expired, HEAD, which has expired",
    "tag-unsigned, TAG, the tag tag-unsigned of",
    "tag-unsigned, TAG, is not signed",
    "tag-ssh, TAG_AND_HEAD, is not signed",
    "light, TAG, the revision light of",
    "light, TAG, is not an annotated tag",
    "ssh, TAG, is not an annotated tag",
  })
  void failsWithReason(String revision, SignatureMode mode, String reason) {
    assertThat(messageOf(revision, mode, keys)).contains(reason);
    assertThat(directory.resolve("scratch")).doesNotExist();
  }

  @Test
  void failsForOutdatedAndRevokedSshKeys() throws Exception {
    var key = resource("jane.pub").strip();
    assertThat(
            messageOf(
                "ssh",
                SignatureMode.HEAD,
                Map.of("allowed_signers", "jane valid-before=\"20200101\" " + key)))
        .contains("which has expired or is not valid yet");
    assertThat(
            messageOf(
                "ssh",
                SignatureMode.HEAD,
                Map.of("allowed_signers", "jane " + key, "revoked_keys", key + "\n")))
        .contains("which is revoked");
    assertThat(
            messageOf(
                "ssh",
                SignatureMode.HEAD,
                Map.of("allowed_signers", "jane namespaces=\"file\" " + key)))
        .contains("is not valid");
  }

  @Test
  void usesNamesOfAllowedSigners() throws Exception {
    var signers = "jane@corp.example.com " + resource("jane.pub");
    try (var tree =
        source("ssh", SignatureMode.HEAD, Map.of("allowed_signers", signers)).fetch(false)) {
      assertThat(tree.signer()).get().asString().startsWith("jane@corp.example.com (SHA256:");
    }
  }

  @Test
  void failsWithoutUsableKeys() {
    assertThat(messageOf("ssh", SignatureMode.HEAD, Map.of()))
        .contains("spec.source.git.verify.keys: no Secret is mounted");
    assertThat(messageOf("ssh", SignatureMode.HEAD, Map.of("key.pub", "garbage")))
        .isEqualTo(
            "Secret login of spec.source.git.verify.keys: the key key.pub is neither an SSH nor an OpenPGP"
                + " public key");
    assertThat(messageOf("ssh", SignatureMode.HEAD, Map.of("allowed_signers", "# nobody\n")))
        .contains("which Secret login does not contain");
    assertThat(messageOf("ssh", SignatureMode.HEAD, Map.of("allowed_signers", "garbage\n")))
        .contains("allowed_signers or revoked_keys of Secret login is malformed");
  }

  @Test
  void verifiesNothingUnlessRequested() throws Exception {
    var request =
        new SourceRequest.Git(server.url("signed"), Optional.of("unsigned"), Optional.empty());
    try (var tree =
        new GitSource(
                request,
                new GitMounts(directory.resolve("mounts"), Map.of()),
                directory.resolve("scratch"),
                Duration.ofSeconds(20))
            .fetch(false)) {
      assertThat(tree.signer()).isEmpty();
    }
  }

  private static String resource(String name) throws IOException {
    try (var in = GitSignaturesTest.class.getResourceAsStream("signatures/" + name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private GitSource source(String revision, SignatureMode mode, Map<String, String> secret) {
    var request =
        new SourceRequest.Git(server.url("signed"), Optional.of(revision), Optional.empty())
            .withVerify(Optional.of(mode));
    return new GitSource(
        request,
        TestMounts.secret(
            directory.resolve("mounts-" + secret.hashCode()), Mounts.GIT_SIGNING_KEYS, secret),
        directory.resolve("scratch"),
        Duration.ofSeconds(20));
  }

  private String messageOf(String revision, SignatureMode mode, Map<String, String> secret) {
    var source = source(revision, mode, secret);
    var failure =
        catchThrowableOfType(BuildFailedException.class, () -> source.fetch(false)).failure();
    assertThat(failure.reason()).isEqualTo(FailureReason.SignatureNotVerified);
    return failure.message();
  }
}
