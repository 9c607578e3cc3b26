package dev.stagewright.worker.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.layers.oci.Platform;
import dev.stagewright.layers.tar.IndexedTarWriter;
import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.layers.tar.TarWriter;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.InstructionPosition;
import dev.stagewright.protocol.StageBase;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.Step;
import dev.stagewright.protocol.Workspace;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxNeedsTest {
  private static final InstructionPosition AT = new InstructionPosition("Dockerfile", 3, "");

  @TempDir Path workspace;

  private Optional<String> need(Step step) throws IOException {
    return plan(stage("s0", new StageBase.Scratch(), step)).stage("s0").needsInPlace();
  }

  private BuildPlan plan(StagePlan... stages) throws IOException {
    return new SandboxNeeds(workspace)
        .of(
            BuildPlan.builder(Platform.LINUX_AMD64, List.of(stages), stages[stages.length - 1].id())
                .build());
  }

  private static StagePlan stage(String id, StageBase base, Step... steps) {
    return StagePlan.builder(id, id, AT).base(base).steps(List.of(steps)).snapshot(true).build();
  }

  private static Step.Run run(String user, String command) {
    return new Step.Run(AT, List.of("/bin/sh", "-c", command), List.of(), Map.of(), "/", user);
  }

  private static Step.Copy copy(Optional<String> chown, boolean unpack) {
    return Step.Copy.builder(AT, new Step.CopyFrom.Context(), "/")
        .sources(List.of("rootfs.tar"))
        .chown(chown)
        .unpack(unpack)
        .build();
  }

  private void context(TarEntry... entries) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var tar = new TarWriter(bytes)) {
      for (var entry : entries) {
        tar.put(entry);
      }
    }
    var folder = Files.createDirectories(workspace.resolve(Workspace.CONTEXT));
    try (var context =
        new IndexedTarWriter(folder.resolve(Workspace.TAR), folder.resolve(Workspace.INDEX))) {
      var archive = bytes.toByteArray();
      context.put(TarEntry.file("rootfs.tar", archive.length), new ByteArrayInputStream(archive));
      context.finish();
    }
  }

  @Test
  void needsInPlaceForLargeUser() throws IOException {
    assertThat(need(run("200000", "true"))).contains("USER 200000 (Dockerfile:3)");
    assertThat(need(run("1000", "true"))).isEmpty();
  }

  @Test
  void needsInPlaceForDevice() throws IOException {
    assertThat(need(run("", "mknod /x c 1 3"))).contains("\"mknod /x c 1 3\" (Dockerfile:3)");
  }

  @Test
  void needsInPlaceForLargeOwner() throws IOException {
    assertThat(need(copy(Optional.of("100000"), false))).contains("--chown=100000 (Dockerfile:3)");
  }

  @Test
  void needsInPlaceForArchiveWithDevices() throws IOException {
    context(
        TarEntry.directory("dev"),
        TarEntry.device("dev/null", TarEntry.Type.CHARACTER_DEVICE, 1, 3));

    assertThat(need(copy(Optional.of("0:0"), true)))
        .contains("rootfs.tar has the device dev/null (Dockerfile:3)");
    assertThat(need(copy(Optional.empty(), false))).isEmpty();
  }

  @Test
  void needsInPlaceForArchiveWithLargeOwners() throws IOException {
    context(TarEntry.directory("srv").withOwner(100_000, 0));

    assertThat(need(copy(Optional.empty(), true)))
        .contains("rootfs.tar has the owner 100000:0 of srv (Dockerfile:3)");
    assertThat(need(copy(Optional.of("1:1"), true))).isEmpty();
  }

  @Test
  void inheritsNeedOfBaseStage() throws IOException {
    var plan =
        plan(
            stage("s0", new StageBase.Scratch(), run("200000", "true")),
            stage("s1", new StageBase.Stage("s0"), run("", "true")),
            stage("s2", new StageBase.Scratch(), run("", "true")));

    assertThat(plan.stage("s1").needsInPlace()).contains("USER 200000 (Dockerfile:3)");
    assertThat(plan.stage("s2").needsInPlace()).isEmpty();
  }
}
