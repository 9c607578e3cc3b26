package dev.stagewright.stage.sandbox;

import java.util.List;

/**
 * The context of a command in addition to the files of the stage.
 *
 * @param mounts mounts in order: a later mount may be inside an earlier one
 * @param networkless whether the command has only a loopback interface
 * @param insecure whether the command has all privileges of the Pod
 */
public record CommandContext(List<SandboxMount> mounts, boolean networkless, boolean insecure) {
  /** No mounts, the network of the Pod, the default capabilities. */
  public static final CommandContext USUAL = new CommandContext(List.of(), false, false);
}
