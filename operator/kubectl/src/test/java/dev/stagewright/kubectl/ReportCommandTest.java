package dev.stagewright.kubectl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stagewright.analysis.image.LayerOrigin;
import dev.stagewright.analysis.report.Report;
import dev.stagewright.analysis.report.ReportStage.Kind;
import dev.stagewright.analysis.size.LayerSize;
import dev.stagewright.analysis.size.SizeReport;
import dev.stagewright.kubectl.cluster.Kubeconfigs;
import dev.stagewright.kubectl.cluster.StubApiServer;
import dev.stagewright.kubectl.support.TestBuilds;
import dev.stagewright.kubectl.support.TestImage;
import dev.stagewright.kubectl.support.TestRegistry;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.layers.oci.Manifest;
import dev.stagewright.layers.oci.MediaTypes;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code report}, with the account of docker login. */
class ReportCommandTest {
  private static final String BUILD =
      "/apis/stagewright.dev/v1alpha1/namespaces/team/imagebuilds/hello";
  private static final String EMPTY_LIST =
      "{\"kind\": \"List\", \"apiVersion\": \"v1\", \"items\": []}";

  @TempDir private Path home;
  private final StubApiServer cluster = new StubApiServer();
  private TestRegistry registry;
  private ImageReference image;
  private Digest digest;

  @BeforeEach
  void build() throws Exception {
    registry = new TestRegistry(home);
    image = registry.image("app:1");
    digest =
        new TestImage()
            .layer("COPY app /app", Map.of("app", new byte[1000]))
            .command("/app")
            .push(registry.client(), image);
    var kubeconfig = Files.createDirectory(home.resolve(".kube")).resolve("config");
    Files.writeString(kubeconfig, Kubeconfigs.of(cluster.url()));
    cluster.respond("/api/v1/namespaces/team/pods", EMPTY_LIST);
    cluster.respond("/api/v1/namespaces/team/configmaps", EMPTY_LIST);
    respond("image: {reference: '%s', digest: '%s', size: 1, layers: 1}".formatted(image, digest));
  }

  @AfterEach
  void stop() {
    cluster.close();
    registry.close();
  }

  private void respond(String status) {
    cluster.respond(
        BUILD,
        Serialization.asJson(
            TestBuilds.hello(
                """
                phase: Succeeded
                startTime: 2026-01-01T00:00:00Z
                completionTime: 2026-01-01T00:01:00Z
                conditions:
                - {type: Prepared, status: 'True', lastTransitionTime: '2026-01-01T00:00:10Z', reason: A}
                - {type: Built, status: 'True', lastTransitionTime: '2026-01-01T00:00:50Z', reason: A}
                stages:
                - {id: s0, name: builder, base: golang, phase: Succeeded, node: n1, runsIn: Pod,
                   startTime: '2026-01-01T00:00:12Z', completionTime: '2026-01-01T00:00:48Z', cached: Partial}
                - {id: s1, name: final, base: scratch, phase: Succeeded, runsIn: Worker,
                   startTime: '2026-01-01T00:00:48Z', completionTime: '2026-01-01T00:00:50Z'}
                """
                    + status)));
  }

  private TestRegistry.Result run(String... options) {
    var kubeconfig = home.resolve(".kube/config").toString();
    var arguments =
        Stream.concat(Stream.of("report", "hello", "--kubeconfig", kubeconfig), Stream.of(options));
    return registry.run(arguments.toArray(String[]::new));
  }

  @Test
  void checksTheImageAndAddsTheStages() {
    var result = run("--format", "json");

    assertThat(result.err()).isEmpty();
    var report = Report.parse(result.out());
    assertThat(report.image().digest()).contains(digest.toString());
    assertThat(report.size().total().bytes()).isEqualTo(1000);
    assertThat(report.stages())
        .extracting(stage -> stage.name() + " " + stage.kind() + " " + stage.cache())
        .containsExactly(
            "prepare PREPARE UNKNOWN",
            "builder STAGE PARTIAL",
            "final WORKER_STAGE UNKNOWN",
            "publish PUBLISH UNKNOWN");
    assertThat(report.stages().getLast().times().orElseThrow().start())
        .isEqualTo("2026-01-01T00:00:50Z");
  }

  @Test
  void showsTheReportThatIsAttachedToTheImage() throws Exception {
    attach("attached to the image");

    var report = Report.parse(run("--format", "json").out());

    assertThat(report.size().layers().getFirst().origin().line()).contains(7);
    assertThat(report.image().reference()).isEqualTo("attached to the image");
    assertThat(report.stages()).extracting(stage -> stage.kind()).contains(Kind.PUBLISH);
  }

  @Test
  void checkTakesTheLinesFromTheAttachedReport() throws Exception {
    attach("attached to the image");

    var result = registry.run("check", image.toString(), "--format", "json");

    var report = Report.parse(result.out());
    assertThat(report.image().reference()).isEqualTo(image.toString());
    assertThat(report.size().layers().getFirst().origin().line()).contains(7);
  }

  @Test
  void ignoresAnAttachedReportThatItCannotRead() throws Exception {
    attach("{");

    assertThat(Report.parse(run("--format", "json").out()).image().digest())
        .contains(digest.toString());
  }

  /** Attaches a report, as publish does at a registry without the referrers API. */
  private void attach(String reference) throws Exception {
    var checked = registry.run("check", image.toString(), "--format", "json").out();
    var report = Report.parse(checked);
    var layer = report.size().layers().getFirst();
    var origin =
        new LayerOrigin(Optional.of("COPY app /app"), Optional.of(7), Optional.of("final"), false);
    var size =
        new SizeReport(
            report.size().total(),
            List.of(
                new LayerSize(
                    layer.digest(), origin, layer.total(), layer.hidden(), layer.complete())),
            report.size().files(),
            report.size().savings(),
            report.size().ladder());
    var attached = Report.builder(report.image(), size).build().json();
    var text = attached.replace(image.toString(), reference);
    if (reference.equals("{")) {
      text = reference;
    }
    var client = registry.client();
    var manifest =
        Manifest.of(
                TestImage.blob(client, image, MediaTypes.EMPTY, "{}".getBytes(UTF_8)),
                List.of(TestImage.blob(client, image, Report.ARTIFACT_TYPE, text.getBytes(UTF_8))))
            .withArtifactType(Report.ARTIFACT_TYPE);
    var artifact = TestImage.push(client, image.tagged("report"), manifest);
    var json = new ObjectMapper();
    var index = json.createObjectNode().put("schemaVersion", 2).put("mediaType", MediaTypes.INDEX);
    index
        .putArray("manifests")
        .addObject()
        .put("mediaType", MediaTypes.MANIFEST)
        .put("digest", artifact.toString())
        .put("size", manifest.bytes().length)
        .put("artifactType", Report.ARTIFACT_TYPE);
    var tag = image.tagged(digest.toString().replace(':', '-'));
    var _ = client.pusher(tag).pushManifest(tag, MediaTypes.INDEX, json.writeValueAsBytes(index));
  }

  @Test
  void saysThatTheBuildHasNoImage() {
    respond("");

    var result = run();

    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.err())
        .isEqualTo("ImageBuild hello has no image; see: stagewright get hello\n");
  }

  @Test
  void saysThatTheBuildDoesNotExist() {
    cluster.reject(BUILD, 404);

    assertThat(run().exitCode()).isEqualTo(3);
  }
}
