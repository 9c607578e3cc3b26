package dev.stagewright.stage;

import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.Phase;
import dev.stagewright.protocol.PhaseRuntime;
import dev.stagewright.stage.linux.ContainerRestrictions;
import dev.stagewright.stage.linux.ProcessVisibility;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/**
 * Entry point of a stage Pod: runs the stage in a {@link PhaseRuntime} and exits with an exit code
 * of {@link Phase#STAGE}.
 */
public final class StageMain {
  private StageMain() {}

  /** Runs the stage; {@code StageOptions} describes the arguments. */
  public static void main(String[] arguments) {
    ProcessVisibility.hideArguments();
    var exitCode = run(new StageLog(new FileOutputStream(FileDescriptor.out)), arguments);
    // System.exit loads the JDK's logging, which a successful stage does not need.
    if (exitCode != 0) {
      System.exit(exitCode);
    }
  }

  static int run(StageLog log, String... arguments) {
    StageOptions options;
    try {
      options = StageOptions.parse(arguments);
    } catch (IllegalArgumentException e) {
      log.line(String.valueOf(e.getMessage()));
      return Phase.STAGE.exitCode(FailureReason.Internal);
    }
    return new PhaseRuntime(
            Phase.STAGE,
            options.terminationLog(),
            log::line,
            e -> explain(e, log),
            PeakMemory.OF_CONTAINER::read)
        .run(new StagePod(options, log)::run);
  }

  private static Failure explain(Exception unexpected, StageLog log) {
    var restrictions = ContainerRestrictions.read();
    if (!restrictions.isEmpty()) {
      return Failure.of(FailureReason.PodModified, restrictions.explain(unexpected.getMessage()));
    }
    unexpected.printStackTrace(new PrintWriter(log, true, StandardCharsets.UTF_8));
    return Failure.of(FailureReason.Internal, "the stage runtime failed: " + unexpected);
  }
}
