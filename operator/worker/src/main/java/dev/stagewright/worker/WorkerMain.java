package dev.stagewright.worker;

import dev.stagewright.worker.prepare.PrepareMain;
import dev.stagewright.worker.publish.PublishMain;
import java.util.List;

/**
 * Entry point of the containers of the worker. The command line of the image has the same
 * subcommands, but loading its library takes a third of the time of a small prepare.
 */
public final class WorkerMain {
  private static final int USAGE = 2;

  private WorkerMain() {}

  /**
   * Runs a phase and exits with its exit code.
   *
   * @param arguments a subcommand and its arguments, which are empty in a Pod
   */
  public static void main(String[] arguments) {
    var exitCode = run(List.of(arguments));
    System.out.flush();
    // System.exit loads the JDK's logging; nothing is left to do at the end of a phase.
    Runtime.getRuntime().halt(exitCode);
  }

  /** Runs a phase and returns its exit code. */
  public static int run(List<String> arguments) {
    var rest = arguments.subList(Math.min(1, arguments.size()), arguments.size());
    return switch (arguments.isEmpty() ? "" : arguments.getFirst()) {
      case "prepare" -> PrepareMain.run(rest);
      case "publish" -> PublishMain.run(rest);
      default -> {
        System.err.println("usage: prepare|publish [--name value…]");
        yield USAGE;
      }
    };
  }
}
