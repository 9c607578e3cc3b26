package dev.stagewright.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.harbor.standin.HarborStandIn;
import dev.stagewright.harbor.standin.Scanner;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.protocol.BuildRequest.Destination;
import dev.stagewright.protocol.BuildRequest.Output;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.HarborOptions;
import dev.stagewright.protocol.LayerOptions;
import dev.stagewright.protocol.Termination;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests of publish with a Harbor. */
class HarborTest {
  private static final String ROBOT = "robot$team+builder";
  private static final String SECRET = "a-secret-of-a-robot";
  private static final String[] PERMISSIONS = {
    "repository:push",
    "repository:pull",
    "artifact:read",
    "tag:list",
    "label:list",
    "label:read",
    "artifact-label:create",
    "scan:create",
    "sbom:create",
    "project:read",
    "quota:read"
  };

  @TempDir private Path directory;
  private final HarborStandIn harbor = HarborStandIn.start();
  private Phases phases;

  @BeforeEach
  void start() throws IOException {
    harbor.world().project("team");
    harbor.world().robot("team", "builder", SECRET, PERMISSIONS);
    phases = new Phases(directory, harbor.host());
    loginAs(ROBOT, SECRET);
  }

  @AfterEach
  void stop() {
    harbor.close();
  }

  @Test
  void acceptsImage() throws Exception {
    assertThat(check(image("team/app:1"), Optional.empty())).isEmpty();
    assertThat(phases.log()).contains("team/app accepts pushes").contains("team has quota left");
    assertThat(harbor.openUploads()).isZero();
  }

  @Test
  void checkLeavesNoOpenUploads() throws Exception {
    harbor.world().robot("team", "pusher", SECRET, "repository:push", "repository:pull");
    loginAs("robot$team+pusher", SECRET);

    assertThat(check(image("team/app:1"), Optional.empty())).isEmpty();
    assertThat(harbor.openUploads()).isZero();
  }

  @Test
  void checkReportsImmutableTag() throws Exception {
    harbor.world().project("team").immutable("rel-*");
    assertThat(build("team/app:rel-1", Optional.empty())).isEmpty();

    var failure = check(image("team/app:rel-1"), Optional.empty()).orElseThrow();
    assertThat(failure.reason()).isEqualTo(FailureReason.TagImmutable);
    assertThat(failure.message())
        .isEqualTo(
            harbor.host()
                + "/team/app:rel-1 exists, and a tag immutability rule of Harbor project team applies"
                + " to it; choose another tag, or change the rule");
    assertThat(check(image("team/app:rel-2"), Optional.empty())).isEmpty();
    assertThat(check(image("team/app:{{.Branch}}"), Optional.empty())).isEmpty();
  }

  @Test
  void checkReportsExhaustedQuota() throws Exception {
    assertThat(build("team/app:1", Optional.empty())).isEmpty();
    harbor.world().project("team").limit(1);

    var failure = check(image("team/app:2"), Optional.empty()).orElseThrow();
    assertThat(failure.reason()).isEqualTo(FailureReason.RegistryQuotaExceeded);
    assertThat(failure.message()).startsWith("Harbor project team has exhausted its quota: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nope/app:1 | ProjectNotFound | no project nope",
        "proxy/app:1 | ProxyCacheProject | can not push artifact to a proxy project: proxy",
        "other/app:1 | PushDenied | other/app",
      })
  void checkReportsProjectWithoutPushes(String image, FailureReason reason, String words)
      throws Exception {
    harbor.world().project("proxy").proxyCache();
    harbor.world().project("other");
    harbor.world().systemRobot("proxy", SECRET, "repository:push", "repository:pull");
    if (!image.startsWith("other")) {
      loginAs("robot$proxy", SECRET);
    }

    var failure = check(image(image), Optional.of(options(false, List.of()))).orElseThrow();
    assertThat(failure.reason()).isEqualTo(reason);
    assertThat(failure.message()).contains(words).doesNotContain(SECRET);
  }

  @Test
  void createsRequestedProject() throws Exception {
    harbor.world().admin("admin", "Harbor12345");
    loginAs("admin", "Harbor12345");

    assertThat(check(image("fresh/app:1"), Optional.of(options(true, List.of())))).isEmpty();
    assertThat(phases.log()).contains("created project fresh");
    assertThat(check(image("fresh/app:1"), Optional.of(options(true, List.of())))).isEmpty();
    assertThat(phases.log()).doesNotContain("created");
  }

  @Test
  void reportsMissingPermissionToCreateProject() throws Exception {
    var failure = check(image("fresh/app:1"), Optional.of(options(true, List.of()))).orElseThrow();

    assertThat(failure.reason()).isEqualTo(FailureReason.PushDenied);
    assertThat(failure.message())
        .contains("create project fresh")
        .contains("createProject requires");
  }

  @Test
  void addsExistingLabels() throws Exception {
    var own = harbor.world().label("reviewed", harbor.world().project("team"));
    var global = harbor.world().label("nightly");

    var failure =
        check(image("team/app:1"), Optional.of(options(false, List.of("reviewed", "review"))))
            .orElseThrow();
    assertThat(failure.reason()).isEqualTo(FailureReason.LabelNotFound);
    assertThat(failure.message()).contains("the label 'review' does not exist in project team");

    assertThat(build("team/app:1", Optional.of(options(false, List.of("reviewed", "nightly")))))
        .isEmpty();
    var artifact = harbor.world().project("team").repository("app").artifact("1").orElseThrow();
    assertThat(artifact.labels()).containsExactly(own, global);
  }

  @Test
  void reportsScanInTermination() throws Exception {
    harbor
        .world()
        .scanner(Scanner.finding(Map.of("High", 2, "Low", 5), 3).taking(Duration.ofMillis(300)));

    assertThat(build("team/app:1", Optional.of(scan(Optional.of("Critical"), true)))).isEmpty();

    var scan = ((Termination.Pushed) phases.termination()).scan().orElseThrow();
    assertThat(scan.status()).isEqualTo("Success");
    assertThat(scan.severity()).contains("High");
    assertThat(scan.counts()).isEqualTo(Map.of("High", 2, "Low", 5));
    assertThat(scan.fixable()).isEqualTo(3);
    assertThat(scan.scanner()).contains("Trivy v0.65.0");
    assertThat(scan.sbom().orElseThrow()).startsWith("sha256:");
    assertThat(scan.report().orElseThrow())
        .startsWith(harbor.origin() + "/harbor/projects/")
        .contains("/repositories/app/artifacts-tab/artifacts/sha256:");
  }

  @Test
  void keepsTagIfVulnerabilitiesFound() throws Exception {
    assertThat(build("team/app:rel", Optional.empty())).isEmpty();
    var before = digest("rel");
    harbor.world().scanner(Scanner.finding(Map.of("Critical", 1, "High", 2, "Low", 5), 3));

    var failure =
        build("team/app:rel", Optional.of(scan(Optional.of("High"), false))).orElseThrow();

    assertThat(failure.reason()).isEqualTo(FailureReason.VulnerabilitiesFound);
    assertThat(failure.message())
        .startsWith(
            "the scan found vulnerabilities: 1 Critical, 2 High; 3 have a fix; no tag was moved;"
                + " report: "
                + harbor.origin());
    assertThat(digest("rel")).isEqualTo(before);
    var scan = ((Termination.Failed) phases.termination()).scan().orElseThrow();
    assertThat(scan.counts()).containsEntry("Low", 5);
  }

  @Test
  void keepsTagOnFailedScanWithSeverityGate() throws Exception {
    harbor.world().scanner(Scanner.finding(Map.of(), 0).ending("Error"));

    var failure = build("team/app:1", Optional.of(scan(Optional.of("Low"), false))).orElseThrow();
    assertThat(failure.reason()).isEqualTo(FailureReason.ScanFailed);

    assertThat(build("team/app:1", Optional.of(scan(Optional.empty(), false)))).isEmpty();
    var scan = ((Termination.Pushed) phases.termination()).scan().orElseThrow();
    assertThat(scan.status()).isEqualTo("Error");
  }

  @Test
  void reportsMissingScanner() throws Exception {
    var failure = build("team/app:1", Optional.of(scan(Optional.of("Low"), false))).orElseThrow();

    assertThat(failure.reason()).isEqualTo(FailureReason.ScanFailed);
    assertThat(failure.message()).contains("no available scanner");
  }

  @Test
  void timesOutOnSlowScan() throws Exception {
    harbor.world().scanner(Scanner.finding(Map.of(), 0).taking(Duration.ofHours(1)));

    var failure = build("team/app:1", Optional.of(scan(Optional.of("Low"), false))).orElseThrow();

    assertThat(failure.reason()).isEqualTo(FailureReason.ScanTimeout);
    assertThat(failure.message()).contains("spec.output.harbor.timeout: its status is Pending");
  }

  @Test
  void reportsHarborWithoutSboms() throws Exception {
    harbor.world().version("v2.9.0-a1b2c3d4");

    var failure =
        check(image("team/app:1"), Optional.of(scan(Optional.empty(), true))).orElseThrow();
    assertThat(failure.reason()).isEqualTo(FailureReason.HarborTooOld);
  }

  private Optional<Failure> build(String image, Optional<HarborOptions> options)
      throws IOException {
    phases.output(output(image(image), options));
    assertThat(phases.prepare("FROM scratch\nCOPY a /a\n", Map.of("a", "1"))).isZero();
    phases.pretendStages();
    var code = phases.publish();
    return failure(code);
  }

  private Optional<Failure> check(String image, Optional<HarborOptions> options)
      throws IOException {
    phases.output(output(image, options));
    phases.request("FROM scratch\n", Map.of());
    return failure(phases.check());
  }

  private Optional<Failure> failure(int code) throws IOException {
    assertThat(phases.log()).doesNotContain(SECRET);
    if (code == 0) {
      return Optional.empty();
    }
    assertThat(code).isGreaterThanOrEqualTo(40).isLessThan(50);
    return Optional.of(((Termination.Failed) phases.termination()).failure());
  }

  private static Output output(String image, Optional<HarborOptions> options) {
    var colon = image.lastIndexOf(':');
    var repository = ImageReference.parse(image.substring(0, colon) + ":x");
    var output = Output.to(repository, LayerOptions.DEFAULT);
    var first = output.destinations().getFirst();
    return new Output(
            List.of(
                new Destination(
                    first.field(),
                    first.repository(),
                    List.of(image.substring(colon + 1)),
                    Optional.of(Phases.PUSH_SECRET),
                    first.authorities())),
            output.format(),
            output.labels(),
            output.annotations(),
            output.layers())
        .withHarbor(options);
  }

  private static HarborOptions options(boolean createProject, List<String> labels) {
    return new HarborOptions(createProject, labels, false, Optional.empty(), false, 5);
  }

  private static HarborOptions scan(Optional<String> failOn, boolean sbom) {
    return new HarborOptions(false, List.of(), true, failOn, sbom, 2);
  }

  private String image(String name) {
    return harbor.host() + "/" + name;
  }

  private String digest(String tag) {
    return harbor.world().project("team").repository("app").digest(tag).orElseThrow();
  }

  private void loginAs(String user, String secret) throws IOException {
    var auth =
        Base64.getEncoder().encodeToString((user + ":" + secret).getBytes(StandardCharsets.UTF_8));
    phases.mountSecret(
        Phases.PUSH_SECRET,
        ".dockerconfigjson",
        "{\"auths\":{\"" + harbor.host() + "\":{\"auth\":\"" + auth + "\"}}}");
  }
}
