package dev.stagewright.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.harbor.standin.HarborStandIn;
import dev.stagewright.harbor.standin.Scanner;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Builds with a Harbor stand-in that runs in this process, with HTTPS and tokens, and that the Pods
 * of the cluster can reach.
 */
@ExtendWith(StagewrightExtension.class)
class HarborIT {
  private static final String ADMIN_SECRET = "Harbor-4711-admin";
  private static final String ROBOT_SECRET = "robot-4711-secret";
  private static final String DOCKERFILE = "FROM busybox\nRUN echo a > /a\n";

  @TempDir private Path folder;
  private HarborStandIn harbor;

  @BeforeEach
  void start(TestNamespace namespace) {
    var host = namespace.environment().host();
    var certificate = ServerCertificate.create(folder, host);
    harbor =
        HarborStandIn.start(
            new InetSocketAddress(host, 0),
            Optional.of(certificate.context()),
            InstantSource.system());
    harbor.world().admin("admin", ADMIN_SECRET);
    harbor.world().robot("team", "builder", ROBOT_SECRET, "repository:push", "repository:pull");
    harbor.world().project("team");
    namespace.apply(certificate.configMap("authority"));
    namespace.apply(new RegistrySecret(harbor.host(), "admin", ADMIN_SECRET).secret("admin"));
    namespace.apply(
        new RegistrySecret(harbor.host(), "robot$team+builder", ROBOT_SECRET).secret("robot"));
    namespace.apply(
        new RegistrySecret(harbor.host(), "robot$team+builder", "wrong").secret("wrong"));
  }

  @AfterEach
  void stop() {
    harbor.close();
  }

  @Test
  void failsBeforeStagesIfPushIsImpossible(TestNamespace namespace) {
    harbor.world().project("other");
    harbor.world().project("small").limit(0);
    build(namespace, "seed", "team/app:rel-1", "robot", "").awaitSuccess();
    harbor.world().project("team").immutable("rel-*");

    var builds =
        Map.of(
            "ProjectNotFound", build(namespace, "nowhere", "nope/app:1", "admin", ""),
            "PushDenied", build(namespace, "denied", "other/app:1", "robot", ""),
            "PushUnauthorized", build(namespace, "unknown", "team/app:2", "wrong", ""),
            "TagImmutable", build(namespace, "kept", "team/app:rel-1", "admin", ""),
            "RegistryQuotaExceeded", build(namespace, "full", "small/app:1", "admin", ""));

    builds.forEach((reason, build) -> {
      build.awaitEnd();
      assertThat(build.text("failure", "reason")).as(build.name()).isEqualTo(reason);
      assertThat(build.text("failure", "message")).as(build.name()).doesNotContain(ROBOT_SECRET);
    });
  }

  @Test
  void harborCreatesLabelsAndScans(TestNamespace namespace) {
    var label = harbor.world().label("nightly");
    harbor
        .world()
        .scanner(Scanner.finding(Map.of("Medium", 3, "Low", 4), 2).taking(Duration.ofSeconds(2)));

    var build =
        build(
                namespace,
                "scanned",
                "fresh/app:1",
                "admin",
                "harbor: {createProject: true, labels: [nightly], scan: true, failOn: High, sbom: true}")
            .awaitSuccess();

    var repository = harbor.world().project("fresh").repository("app");
    assertThat(repository.digest("1")).contains(build.text("image", "digest"));
    assertThat(repository.artifact("1").orElseThrow().labels()).containsExactly(label);
    assertThat(build.text("scan", "status")).isEqualTo("Success");
    assertThat(build.text("scan", "severity")).isEqualTo("Medium");
    assertThat(build.text("scan", "counts", "Low")).isEqualTo("4");
    assertThat(build.text("scan", "fixable")).isEqualTo("2");
    assertThat(build.text("scan", "sbom")).startsWith("sha256:");
    assertThat(build.text("scan", "report")).startsWith(harbor.origin() + "/harbor/projects/");
  }

  @Test
  void vulnerabilitiesDoNotMoveReleaseTag(TestNamespace namespace) {
    build(namespace, "before", "team/app:release", "admin", "").awaitSuccess();
    var repository = harbor.world().project("team").repository("app");
    var before = repository.digest("release");
    harbor.world().scanner(Scanner.finding(Map.of("Critical", 1, "Low", 2), 1));

    var build =
        build(namespace, "after", "team/app:release", "admin", "harbor: {scan: true, failOn: High}")
            .awaitEnd();

    assertThat(build.text("failure", "reason")).isEqualTo("VulnerabilitiesFound");
    assertThat(build.text("failure", "message")).contains("1 Critical").contains(harbor.origin());
    assertThat(build.text("scan", "counts", "Critical")).isEqualTo("1");
    assertThat(repository.digest("release")).isEqualTo(before);
  }

  /**
   * Creates a build with a separate output.
   *
   * @param harborOptions a line of YAML with the Harbor options; may be empty
   */
  private Build build(
      TestNamespace namespace, String name, String image, String secret, String harborOptions) {
    var output =
        """
        output:
          image: '%s/%s'
          credentials: {name: %s}
          caBundle: {configMap: {name: authority}}
          %s
        """
            .formatted(harbor.host(), image, secret, harborOptions);
    return namespace.build(name, output + Specs.inline(DOCKERFILE, Map.of()));
  }
}
