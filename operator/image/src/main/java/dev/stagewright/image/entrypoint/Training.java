package dev.stagewright.image.entrypoint;

import dev.stagewright.stage.StageMain;
import dev.stagewright.worker.WorkerMain;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs several phases in one process, from which an ahead-of-time cache is created. Only the build
 * of the image uses it; it is in the image since the class path of the cache must be that of the
 * image.
 */
public final class Training {
  /** Separates the command lines of the phases. */
  public static final String SEPARATOR = "--";

  private Training() {}

  /**
   * @param args the command lines of the phases
   */
  public static void main(String[] args) {
    var line = new ArrayList<String>();
    for (var argument : args) {
      if (argument.equals(SEPARATOR)) {
        run(List.copyOf(line));
        line.clear();
      } else {
        line.add(argument);
      }
    }
    run(line);
  }

  /** Exits if the phase fails. */
  private static void run(List<String> line) {
    if (line.getFirst().equals("stage")) {
      StageMain.main(line.subList(1, line.size()).toArray(String[]::new));
      return;
    }
    var exitCode = WorkerMain.run(line);
    if (exitCode != 0) {
      System.exit(exitCode);
    }
  }
}
