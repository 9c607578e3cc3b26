package dev.stagewright.worker.plan;

import dev.stagewright.dockerfile.eval.EvaluatedInstruction.Run;
import dev.stagewright.dockerfile.eval.InlineFile;
import dev.stagewright.dockerfile.eval.ResolvedMount;
import dev.stagewright.dockerfile.mount.Mount;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.RunMount;
import dev.stagewright.protocol.RunOptions;
import dev.stagewright.protocol.RunOptions.Network;
import dev.stagewright.protocol.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lowers the RUN instructions of one stage.
 *
 * @param allowInsecure whether {@code --security=insecure} is allowed
 * @param mounts lowers their mounts
 * @param places gives positions
 * @param failures of the stage
 */
record RunPlanner(
    boolean allowInsecure, MountPlanner mounts, Positions places, StageFailures failures) {
  private static final String AGENT_VARIABLE = "SSH_AUTH_SOCK";

  /**
   * The step of a RUN.
   *
   * @throws BuildFailedException if it asks for what the build does not have or may not do
   */
  Step of(Run run) {
    var lowered = new ArrayList<RunMount>();
    var environment = new LinkedHashMap<>(run.environment());
    var agents = 0;
    for (var mount : run.mounts()) {
      if (mount.mount() instanceof Mount.Ssh ssh) {
        var socket = agentSocket(mount, agents++);
        // The variable is there even where an agent that is not required is missing.
        environment.putIfAbsent(AGENT_VARIABLE, socket);
        mounts.ssh(run, ssh, socket).ifPresent(lowered::add);
      } else {
        var made = mounts.of(run, mount);
        if (made.isEmpty() && mount.mount() instanceof Mount.Secret secret) {
          // The same holds for a secret's variable.
          secret.variable().ifPresent(name -> environment.put(name, ""));
        }
        made.ifPresent(lowered::add);
      }
    }
    return step(run, environment, new RunOptions(lowered, network(run), insecure(run)));
  }

  private Step step(Run run, Map<String, String> environment, RunOptions surroundings) {
    return new Step.Run(
        places.of(run),
        run.command(),
        scripts(run.scripts()),
        environment,
        run.workingDirectory(),
        run.user(),
        surroundings);
  }

  private static List<Step.InlineFile> scripts(List<InlineFile> files) {
    return files.stream().map(file -> new Step.InlineFile(file.name(), file.content())).toList();
  }

  private static String agentSocket(ResolvedMount mount, int agent) {
    return mount.target().isEmpty() ? "/run/buildkit/ssh_agent." + agent : mount.target();
  }

  private Network network(Run run) {
    return switch (run.network()) {
      case "default" -> Network.DEFAULT;
      case "none" -> Network.NONE;
      default -> throw failures.unsupported(run, "RUN --network=" + run.network());
    };
  }

  private boolean insecure(Run run) {
    if (run.insecure() && !allowInsecure) {
      throw failures.of(
          run,
          FailureReason.Unsupported,
          "RUN --security=insecure is not allowed by this operator: whoever runs it decides so with"
              + " the setting allowInsecureRun");
    }
    return run.insecure();
  }
}
