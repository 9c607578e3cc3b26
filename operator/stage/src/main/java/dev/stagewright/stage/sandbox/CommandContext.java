package dev.stagewright.stage.sandbox;

import java.util.List;

/**
 * What a sandbox gives a command beside the stage's files.
 *
 * @param mounts in order: a later one may lie inside an earlier one
 * @param networkless whether it gets a loopback interface and nothing else
 * @param insecure whether it keeps all privileges that the Pod has
 */
public record CommandContext(List<SandboxMount> mounts, boolean networkless, boolean insecure) {
  /** No mounts, the Pod's network, the usual capabilities. */
  public static final CommandContext USUAL = new CommandContext(List.of(), false, false);
}
