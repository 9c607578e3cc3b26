package dev.stagewright.image;

import dev.stagewright.layers.oci.Platform;
import dev.stagewright.layers.tar.IndexedTarWriter;
import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.InstructionPosition;
import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.Mounts;
import dev.stagewright.protocol.RuntimeCommand;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.Step;
import dev.stagewright.protocol.Workspace;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A small build to train the stage runtime: it copies from the context and from another stage, runs
 * a program, writes layers and exports files.
 *
 * @param tree the root of the stages
 */
record StageTraining(RuntimeTree tree) {
  /** The stage that the trained stage copies from. */
  static final String FIRST = "s0";

  /** The trained stage. */
  static final String SECOND = "s1";

  private static final int FILE_SIZE = 100_000;

  /** Writes the files that both stages have in their Pods. */
  void prepare() throws IOException {
    var plan = Files.createDirectories(tree.at(Mounts.PLAN)).resolve(Mounts.PLAN_FILE);
    Files.writeString(plan, Json.write(plan()));
    Files.createDirectories(tree.at(Mounts.stage(FIRST)));
    Files.createDirectories(tree.at(Mounts.OWN));
    var context = Files.createDirectories(tree.at(Mounts.CONTEXT));
    try (var files =
        new IndexedTarWriter(context.resolve(Workspace.TAR), context.resolve(Workspace.INDEX))) {
      files.put(TarEntry.directory(""));
      files.put(TarEntry.directory("src"));
      files.put(
          TarEntry.file("src/file", FILE_SIZE), new ByteArrayInputStream(new byte[FILE_SIZE]));
      files.put(TarEntry.symlink("src/link", "file"));
      files.finish();
    }
  }

  private static BuildPlan plan() {
    var first = stage(FIRST, List.of(copy(new Step.CopyFrom.Context(), "src")), false);
    var second =
        stage(
            SECOND,
            List.of(
                new Step.Workdir(at("WORKDIR /srv"), "/srv", ""),
                copy(new Step.CopyFrom.Context(), "src/*"),
                copy(new Step.CopyFrom.Stage(FIRST), "/opt"),
                run()),
            true);
    return BuildPlan.builder(Platform.LINUX_AMD64, List.of(first, second), SECOND)
        .cacheLayers(Optional.of(BuildPlan.CacheLayers.ALL_BUT_LAST))
        .build();
  }

  private static StagePlan stage(String id, List<Step> steps, boolean snapshot) {
    return StagePlan.builder(id, id, at("FROM scratch"))
        .steps(steps)
        .exports(List.of("/opt"))
        .snapshot(snapshot)
        .build();
  }

  private static Step copy(Step.CopyFrom from, String source) {
    return Step.Copy.builder(at("COPY " + source), from, "/opt/")
        .sources(List.of(source))
        .chown(Optional.of("1:2"))
        .build();
  }

  /** The only program in the otherwise empty root is the loader. */
  private static Step run() {
    var loader = RuntimeCommand.java(Mounts.RUNTIME, Profile.STAGE.runtime()).getFirst();
    return new Step.Run(
        at("RUN"), List.of(loader, "--version"), List.of(), Map.of("PATH", "/"), "/srv", "");
  }

  private static InstructionPosition at(String instruction) {
    return new InstructionPosition("Dockerfile", 1, instruction);
  }
}
