package dev.stagewright.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.layers.oci.ContainerConfig;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.layers.oci.Platform;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.BuildRequest;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.PlanFrame;
import dev.stagewright.protocol.StageResult;
import dev.stagewright.protocol.Termination;
import dev.stagewright.protocol.Workspace;
import dev.stagewright.registry.RegistryClient;
import dev.stagewright.registry.auth.Credentials;
import dev.stagewright.registry.host.RegistryHosts;
import dev.stagewright.worker.prepare.PrepareMain;
import dev.stagewright.worker.push.PushMain;
import dev.stagewright.worker.registries.LocalRegistry;
import dev.stagewright.worker.registries.SmallImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prepare and push against a real registry; what a stage would leave is written by hand. */
class WholeBuildTest {
  @TempDir private Path folder;
  private LocalRegistry registry;
  private RegistryClient client;
  private SmallImage base;
  private String printed = "";

  @BeforeEach
  void pushBase() throws Exception {
    registry = LocalRegistry.start(folder, Optional.empty());
    client = RegistryClient.create(RegistryHosts.defaults(), Credentials.none());
    base =
        SmallImage.create(
            folder.resolve("base"),
            "etc/os-release",
            "ID=test\n",
            ContainerConfig.EMPTY.withEnv(List.of("PATH=/bin")).withCmd(List.of("sh")));
    base.push(client, image("library/base:1"));
  }

  @AfterEach
  void stop() {
    client.close();
    registry.close();
  }

  @Test
  void buildsAnImageOnItsBase() throws Exception {
    var pushed = build("FROM %s/library/base:1\nCOPY a /a\nENV B=2\n", Map.of("a", "1"));

    assertThat(pushed.references()).containsExactly(image("team/app:1"));
    assertThat(pushed.layers()).isEqualTo(2);
    var found = client.resolve(image("team/app:1"), Platform.LINUX_AMD64);
    assertThat(found.descriptor().digest()).isEqualTo(pushed.digest());
    assertThat(found.config().diffIds()).hasSize(2).contains(base.layer().diffId());
    assertThat(found.config().config().env()).containsExactly("PATH=/bin", "B=2");
    assertThat(found.config().config().cmd()).containsExactly("sh");
    assertThat(found.config().history())
        .extracting(entry -> entry.createdBy().orElse(""))
        .containsExactly("ADD", "COPY a /a # buildkit", "ENV B=2");
    assertThat(found.config().created()).isPresent();
    assertThat(pushed.size())
        .isEqualTo(
            found.manifest().config().size()
                + found.manifest().layers().stream().mapToLong(layer -> layer.size()).sum());
  }

  @Test
  void mountsTheBasesLayersInsteadOfUploadingThem() throws Exception {
    var pushed = build("FROM %s/library/base:1\nCOPY a /a\n", Map.of("a", "1"));

    assertThat(printed).contains("base layer " + base.layer().blob().digest().shortHex());
    assertThat(printed).contains(": mounted");
    assertThat(pushed.uploadedBytes()).isEqualTo(pushed.size() - base.layer().blob().size());
  }

  @Test
  void uploadsNothingASecondTime() throws Exception {
    build("FROM %s/library/base:1\nCOPY a /a\n", Map.of("a", "1"));
    var again = build("FROM %s/library/base:1\nCOPY a /a\n", Map.of("a", "1"));

    assertThat(printed).contains("is there already").doesNotContain(": uploaded");
    assertThat(again.uploadedBytes()).isLessThan(1000);
  }

  @Test
  void saysWhichBaseImageDoesNotExist() throws Exception {
    var dockerfile = "FROM scratch\nFROM %s/library/bose:1 AS web\nCOPY a /a\n";

    assertThat(prepare(dockerfile, Map.of("a", "1"))).isEqualTo(20);
    var failure = ((Termination.Failed) lastWords()).failure();
    assertThat(failure.reason()).isEqualTo(FailureReason.BaseImageNotFound);
    assertThat(failure.message())
        .startsWith(
            "image %s/library/bose:1 of stage web was not found".formatted(registry.host()));
    assertThat(failure.stage()).contains("web");
    assertThat(failure.position().orElseThrow().line()).isEqualTo(2);
  }

  private Termination.Pushed build(String dockerfile, Map<String, String> files)
      throws IOException {
    assertThat(prepare(dockerfile, files)).isZero();
    var prepared = (Termination.Prepared) lastWords();
    var json = PlanFrame.find(printed, prepared.plan()).orElseThrow();
    Files.writeString(folder.resolve("plan.json"), json);
    runStages(Json.read(json, BuildPlan.class));
    assertThat(run(PushMain::run)).isZero();
    return (Termination.Pushed) lastWords();
  }

  /** Every step's layer holds a file that is named after the step. */
  private void runStages(BuildPlan plan) throws IOException {
    for (var stage : plan.stages()) {
      var own = folder.resolve("workspace").resolve(Workspace.stage(stage.id()));
      var layers = new ArrayList<StageResult.Layer>();
      for (var i = 0; i < stage.steps().size(); i++) {
        var layer = SmallImage.layer(own.resolve(Workspace.BLOBS), "step" + i, "made");
        layers.add(new StageResult.Layer(i, layer.blob(), layer.diffId()));
      }
      Files.writeString(
          own.resolve(Workspace.RESULT), Json.write(new StageResult(stage.id(), layers, 0)));
    }
  }

  private int prepare(String dockerfile, Map<String, String> files) throws IOException {
    var all = new HashMap<>(files);
    all.put("Dockerfile", dockerfile.formatted(registry.host()));
    var request =
        new BuildRequest(
            "team/app",
            new BuildRequest.Source.Inline(all),
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            Platform.LINUX_AMD64,
            new BuildRequest.Output(image("team/app:1")),
            List.of());
    Files.writeString(folder.resolve("request.json"), Json.write(request));
    return run(PrepareMain::run);
  }

  private int run(ToIntFunction<List<String>> phase) {
    var out = System.out;
    var captured = new ByteArrayOutputStream();
    System.setOut(new PrintStream(captured, true, StandardCharsets.UTF_8));
    try {
      return phase.applyAsInt(
          List.of(
              "--request", folder.resolve("request.json").toString(),
              "--plan", folder.resolve("plan.json").toString(),
              "--workspace", folder.resolve("workspace").toString(),
              "--credentials", folder.resolve("secrets").toString(),
              "--termination-log", folder.resolve("termination-log").toString()));
    } finally {
      System.setOut(out);
      printed = captured.toString(StandardCharsets.UTF_8);
    }
  }

  private Termination lastWords() throws IOException {
    return Json.read(Files.readString(folder.resolve("termination-log")), Termination.class);
  }

  private ImageReference image(String name) {
    return ImageReference.parse(registry.host() + "/" + name);
  }
}
