package dev.stagewright.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.layers.oci.ContainerConfig;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.Termination;
import dev.stagewright.registry.RegistryClient;
import dev.stagewright.registry.auth.Credentials;
import dev.stagewright.registry.host.RegistryHosts;
import dev.stagewright.worker.registries.LocalRegistry;
import dev.stagewright.worker.registries.SmallImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests of the phases with a real registry that accepts user {@code jane} with password {@code
 * secret}.
 */
class CredentialsTest {
  private static final String ACCOUNT =
      "jane:$2b$04$suBf63OBC4DB4tuIjWdW/e9LvT9mkv9aKeiKqPrUWKAtwwKmvdJRW\n";

  @TempDir private Path directory;
  private LocalRegistry registry;
  private Phases phases;

  @BeforeEach
  void start() throws Exception {
    var accounts = Files.writeString(directory.resolve("htpasswd"), ACCOUNT);
    registry = LocalRegistry.start(directory, Optional.of(accounts));
    phases = new Phases(directory, registry.host());
    var credentials =
        Credentials.parse("test", dockerConfig("secret").getBytes(StandardCharsets.UTF_8));
    try (var client = RegistryClient.create(RegistryHosts.defaults(), credentials)) {
      SmallImage.create(directory.resolve("base"), "a", "a", ContainerConfig.EMPTY)
          .push(client, ImageReference.parse(registry.host() + "/library/base:1"));
    }
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  @Test
  void pullsAndPushesWithMountedSecrets() throws Exception {
    pullSecret(0, "{\"auths\": {\"registry.example.com\": {}}}");
    pullSecret(1, dockerConfig("secret"));
    pushSecret(dockerConfig("secret"));

    assertThat(prepareOnBase()).isZero();
    phases.pretendStages();
    assertThat(phases.publish()).isZero();
  }

  @Test
  void reportsDeniedPull() throws Exception {
    pullSecret(0, dockerConfig("wrong"));

    assertThat(prepareOnBase()).isEqualTo(20);
    assertFailure(FailureReason.BaseImageUnauthorized, "cannot be pulled");
  }

  @Test
  void reportsDeniedPush() throws Exception {
    assertThat(phases.prepare("FROM scratch\nCOPY a /a\n", Map.of("a", "1"))).isZero();
    phases.pretendStages();
    pushSecret(dockerConfig("wrong"));

    assertThat(phases.publish()).isEqualTo(40);
    assertFailure(FailureReason.PushUnauthorized, registry.host() + "/team/app");
  }

  @Test
  void checkReportsDeniedPush() throws Exception {
    assertThat(phases.prepare("FROM scratch\nCOPY a /a\n", Map.of("a", "1"))).isZero();

    pushSecret(dockerConfig("wrong"));
    assertThat(phases.check()).isEqualTo(40);
    assertFailure(
        FailureReason.PushUnauthorized, "cannot push to " + registry.host() + "/team/app");

    pushSecret(dockerConfig("secret"));
    assertThat(phases.check()).isZero();
    assertThat(phases.termination()).isEqualTo(new Termination.Skipped());
  }

  @Test
  void reportsMalformedPullSecret() throws Exception {
    pullSecret(0, "jane:wrong");

    assertThat(prepareOnBase()).isEqualTo(20);
    assertFailure(
        FailureReason.InvalidRequest,
        "Secret pull of spec.imagePullSecrets, key .dockerconfigjson: not a Docker config");
  }

  @Test
  void usesServiceAccountSecretsAndReportsUnusableOnes() throws Exception {
    phases.mountSecret("account-0/broken", ".dockerconfigjson", "jane:wrong");
    assertThat(prepareOnBase()).isEqualTo(20);
    assertFailure(
        FailureReason.BaseImageUnauthorized,
        "Secret broken of the ServiceAccount, key .dockerconfigjson: not a Docker config");

    phases.mountSecret("account-1/login", ".dockerconfigjson", dockerConfig("secret"));
    assertThat(prepareOnBase()).isZero();
  }

  @Test
  void usesUserAndPasswordOfOutput() throws Exception {
    assertThat(phases.prepare("FROM scratch\nCOPY a /a\n", Map.of("a", "1"))).isZero();
    phases.mountSecret(Phases.PUSH_SECRET, "username", "jane");
    phases.mountSecret(Phases.PUSH_SECRET, "password", "secret\n");

    assertThat(phases.check()).isZero();
  }

  @Test
  void reportsOutputSecretWithoutMatchingEntry() throws Exception {
    assertThat(phases.prepare("FROM scratch\nCOPY a /a\n", Map.of("a", "1"))).isZero();
    pushSecret("{\"auths\": {\"quay.io\": {\"username\": \"jane\", \"password\": \"wrong\"}}}");

    assertThat(phases.check()).isEqualTo(40);
    assertFailure(
        FailureReason.PushUnauthorized,
        "the credentials have no entry for " + registry.host() + ", only for quay.io");
  }

  @Test
  void rejectsOutputWithoutRegistry() throws Exception {
    phases.output(Phases.output("team/app:1"));
    phases.request("FROM scratch\n", Map.of());

    assertThat(phases.check()).isEqualTo(40);
    assertFailure(
        FailureReason.InvalidRequest,
        "spec.output.image: the image would go to docker.io/team/app, which accepts no pushes without"
            + " an account, and spec.output.credentials has none for docker.io");
  }

  private void assertFailure(FailureReason reason, String words) throws IOException {
    var failure = ((Termination.Failed) phases.termination()).failure();
    assertThat(failure.reason()).isEqualTo(reason);
    assertThat(failure.message()).contains(words);
    assertThat(phases.log()).contains(words).doesNotContain("wrong");
  }

  private int prepareOnBase() throws IOException {
    return phases.prepare(
        "FROM " + registry.host() + "/library/base:1\nCOPY a /a\n", Map.of("a", "1"));
  }

  private String dockerConfig(String password) {
    return """
    {"auths": {"%s": {"username": "jane", "password": "%s"}}}\
    """
        .formatted(registry.host(), password);
  }

  private void pullSecret(int number, String dockerConfig) throws IOException {
    phases.mountSecret("pull-" + number + "/pull", ".dockerconfigjson", dockerConfig);
  }

  private void pushSecret(String dockerConfig) throws IOException {
    phases.mountSecret(Phases.PUSH_SECRET, ".dockerconfigjson", dockerConfig);
  }
}
