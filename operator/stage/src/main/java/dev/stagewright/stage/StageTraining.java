package dev.stagewright.stage;

import dev.stagewright.layers.oci.Platform;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.Position;
import dev.stagewright.protocol.StageBase;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.Step;
import dev.stagewright.stage.files.EntryMaker;
import dev.stagewright.stage.linux.RootFileSystem;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs a stage that does a little of everything, so that an ahead-of-time cache made of the run has
 * what real stages need first.
 */
public final class StageTraining {
  private static final String STAGE = "s0";

  private StageTraining() {}

  /**
   * Runs it.
   *
   * @param arguments a folder to work in, which is made and removed again; then a command to run
   */
  public static void main(String[] arguments) throws IOException {
    var folder = Path.of(arguments[0]).toAbsolutePath();
    var command = List.of(arguments).subList(1, arguments.length);
    Files.createDirectories(folder);
    try {
      var plan = folder.resolve("plan.json");
      Files.writeString(plan, Json.write(plan(folder, command)));
      StageMain.run(
          new StageLog(new FileOutputStream(FileDescriptor.out)),
          STAGE,
          "--plan",
          plan.toString(),
          "--own",
          folder.resolve("own").toString(),
          "--termination-log",
          folder.resolve("termination-log").toString());
    } finally {
      new EntryMaker(RootFileSystem.open(Path.of("/"))).remove(folder.toString().substring(1));
    }
  }

  private static BuildPlan plan(Path folder, List<String> command) {
    var position = new Position("Dockerfile", 1, "RUN training");
    var stage =
        new StagePlan(
            STAGE,
            "training",
            position,
            new StageBase.Scratch(),
            List.of(
                new Step.Workdir(position, folder + "/work", ""),
                copy(position, folder),
                new Step.Run(position, command, List.of(), Map.of("PATH", "/bin"), "/", "")),
            List.of(folder + "/work"),
            true,
            List.of());
    return new BuildPlan(
        Platform.parse("linux/amd64"),
        Optional.empty(),
        List.of(stage),
        List.of(),
        STAGE,
        new BuildPlan.ImageTemplate("{}", "[]"),
        List.of());
  }

  private static Step.Copy copy(Position position, Path folder) {
    return new Step.Copy(
        position,
        new Step.CopyFrom.Context(),
        List.of(),
        List.of(new Step.InlineFile("file", "content\n")),
        folder + "/work/",
        Optional.of("0:0"),
        Optional.empty(),
        List.of(),
        false,
        false,
        false);
  }
}
