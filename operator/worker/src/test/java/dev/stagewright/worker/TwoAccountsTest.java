package dev.stagewright.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.harbor.standin.HarborStandIn;
import dev.stagewright.layers.oci.ContainerConfig;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.protocol.BuildRequest.Destination;
import dev.stagewright.protocol.BuildRequest.Output;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.Termination;
import dev.stagewright.registry.RegistryClient;
import dev.stagewright.registry.auth.Credentials;
import dev.stagewright.registry.host.RegistryHosts;
import dev.stagewright.worker.registries.SmallImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests with one Harbor where one robot may read the base image, and others may push, each to its
 * own project.
 */
class TwoAccountsTest {
  private static final String SECRET = "a-secret-of-a-robot";

  @TempDir private Path directory;
  private final HarborStandIn harbor = HarborStandIn.start();
  private Phases phases;

  @BeforeEach
  void start() throws Exception {
    var world = harbor.world();
    for (var project : List.of("base", "team", "mirror")) {
      world.project(project);
    }
    world.robot("base", "reader", SECRET, "repository:pull");
    world.robot("team", "pusher", SECRET, "repository:push", "repository:pull");
    world.robot("mirror", "pusher", SECRET, "repository:push", "repository:pull");
    world.robot("base", "builder", SECRET, "repository:push", "repository:pull");
    phases = new Phases(directory, harbor.host());
    var credentials =
        Credentials.parse("test", login("", "robot$base+builder").getBytes(StandardCharsets.UTF_8));
    try (var client = RegistryClient.create(RegistryHosts.defaults(), credentials)) {
      SmallImage.create(directory.resolve("base"), "a", "a", ContainerConfig.EMPTY)
          .push(client, ImageReference.parse(harbor.host() + "/base/image:1"));
    }
  }

  @AfterEach
  void stop() {
    harbor.close();
  }

  @Test
  void usesSeparateAccountsForPullAndPush() throws Exception {
    pullSecret(0, login("", "robot$base+reader"));
    pushSecret(login("", "robot$team+pusher"));

    assertThat(build()).isZero();
    assertThat(phases.check()).isZero();
    assertThat(harbor.openUploads()).isZero();
  }

  @Test
  void usesPullSecretWithPermission() throws Exception {
    pullSecret(0, login("", "robot$mirror+pusher"));
    pullSecret(1, login("", "robot$base+reader"));
    pushSecret(login("/team", "robot$team+pusher"));

    assertThat(build()).isZero();
  }

  @Test
  void prefersAccountOfAdditionalDestination() throws Exception {
    pullSecret(0, login("", "robot$base+reader"));
    pushSecret(login("/team", "robot$team+pusher"));
    phases.mountSecret(
        "destination-1/mirror", ".dockerconfigjson", login("", "robot$mirror+pusher"));
    var first = Phases.output(harbor.host() + "/team/app:1");
    phases.output(
        new Output(
            List.of(
                first.destinations().getFirst(),
                new Destination(
                    "spec.output.additionalImages[0]",
                    harbor.host() + "/mirror/app",
                    List.of("1"),
                    Optional.of("destination-1/mirror"),
                    Optional.empty())),
            first.format(),
            first.labels(),
            first.annotations(),
            first.layers()));

    assertThat(build()).isZero();
    var mirrored = harbor.world().project("mirror").repository("app").digest("1");
    assertThat(mirrored).isEqualTo(harbor.world().project("team").repository("app").digest("1"));
    assertThat(harbor.openUploads()).isZero();
  }

  @Test
  void usesAccountOfMirror() throws Exception {
    phases.mirror("registry.example.com", harbor.host());
    pullSecret(0, login("/base", "robot$base+reader"));
    pushSecret(login("", "robot$team+pusher"));

    assertThat(build("FROM registry.example.com/base/image:1\n")).isZero();
  }

  @Test
  void reportsUnreadableBaseDuringPush() throws Exception {
    pullSecret(0, login("", "robot$base+reader"));
    pushSecret(login("", "robot$team+pusher"));
    assertThat(prepare()).isZero();
    phases.pretendStages();
    pullSecret(0, login("", "robot$mirror+pusher"));

    assertThat(phases.publish()).isEqualTo(40);
    var failure = ((Termination.Failed) phases.termination()).failure();
    assertThat(failure.reason()).isEqualTo(FailureReason.BaseImageUnauthorized);
    assertThat(failure.message())
        .contains("cannot read blob", "/base/image", "Secret pull of spec.imagePullSecrets")
        .doesNotContain(SECRET);
  }

  private int build() throws IOException {
    return build(dockerfile());
  }

  private int build(String from) throws IOException {
    var code = phases.prepare(from + "COPY a /a\n", Map.of("a", "1"));
    if (code != 0) {
      return code;
    }
    phases.pretendStages();
    return phases.publish();
  }

  private int prepare() throws IOException {
    return phases.prepare(dockerfile() + "COPY a /a\n", Map.of("a", "1"));
  }

  private String dockerfile() {
    return "FROM " + harbor.host() + "/base/image:1\n";
  }

  private String login(String path, String robot) {
    return "{\"auths\":{\"%s%s\":{\"username\":\"%s\",\"password\":\"%s\"}}}"
        .formatted(harbor.host(), path, robot, SECRET);
  }

  private void pullSecret(int number, String dockerConfig) throws IOException {
    phases.mountSecret("pull-" + number + "/pull", ".dockerconfigjson", dockerConfig);
  }

  private void pushSecret(String dockerConfig) throws IOException {
    phases.mountSecret(Phases.PUSH_SECRET, ".dockerconfigjson", dockerConfig);
  }
}
