package dev.stagewright.worker.plan;

import dev.stagewright.dockerfile.eval.AddSource;
import dev.stagewright.dockerfile.eval.EvaluatedInstruction;
import dev.stagewright.dockerfile.eval.EvaluatedInstruction.Copy;
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
import java.util.Optional;

/**
 * Plans the steps of one stage: one step for each instruction that can change files.
 *
 * @param allowInsecure whether {@code --security=insecure} is allowed
 * @param sources the sources of files
 * @param mounts plans the mounts of RUN
 * @param locator creates the positions of steps
 */
record StepPlanner(
    boolean allowInsecure, FileSources sources, MountPlanner mounts, InstructionLocator locator) {
  private static final String ROOT = "/";
  private static final String AGENT_VARIABLE = "SSH_AUTH_SOCK";

  /**
   * Plans the step of an instruction; empty if the instruction only changes the image config.
   *
   * @throws BuildFailedException if the instruction is not supported, not allowed, or requires a
   *     secret that the build does not have
   */
  Optional<Step> plan(EvaluatedInstruction instruction) {
    return switch (instruction) {
      case Run run -> Optional.of(run(run));
      case Copy copy -> Optional.of(copy(copy));
      case EvaluatedInstruction.Workdir workdir when workdir.path().equals(ROOT) ->
          Optional.empty();
      case EvaluatedInstruction.Workdir workdir ->
          Optional.of(new Step.Workdir(locator.of(workdir), workdir.path(), workdir.user()));
      case EvaluatedInstruction.Setting _ -> Optional.empty();
    };
  }

  private Step run(Run run) {
    var planned = new ArrayList<RunMount>();
    var environment = new LinkedHashMap<>(run.environment());
    var agents = 0;
    for (var mount : run.mounts()) {
      if (mount.mount() instanceof Mount.Ssh ssh) {
        var socket = agentSocket(mount, agents++);
        // The variable is set even if an optional agent is missing.
        environment.putIfAbsent(AGENT_VARIABLE, socket);
        mounts.ssh(run, ssh, socket).ifPresent(planned::add);
      } else {
        var runMount = mounts.plan(run, mount);
        if (runMount.isEmpty() && mount.mount() instanceof Mount.Secret secret) {
          // The variable of a missing optional secret is set too, and is empty.
          secret.variable().ifPresent(name -> environment.put(name, ""));
        }
        runMount.ifPresent(planned::add);
      }
    }
    return new Step.Run(
        locator.of(run),
        run.command(),
        inlineFiles(run.scripts()),
        environment,
        run.workingDirectory(),
        run.user(),
        new RunOptions(
            planned, network(run), insecure(run), run.proxies().stream().sorted().toList()));
  }

  private static String agentSocket(ResolvedMount mount, int agent) {
    return mount.target().isEmpty() ? "/run/buildkit/ssh_agent." + agent : mount.target();
  }

  private Network network(Run run) {
    return switch (run.network()) {
      case "default" -> Network.DEFAULT;
      case "none" -> Network.NONE;
      default -> throw locator.unsupported(run, "RUN --network=" + run.network());
    };
  }

  private boolean insecure(Run run) {
    if (run.insecure() && !allowInsecure) {
      throw locator.failure(
          run,
          FailureReason.Unsupported,
          "RUN --security=insecure is not allowed by this operator; an administrator can allow it"
              + " with the setting allowInsecureRun");
    }
    return run.insecure();
  }

  private Step copy(Copy copy) {
    return Step.Copy.builder(locator.of(copy), copyFrom(copy), copy.destination())
        .sources(copy.paths())
        .files(inlineFiles(copy.files()))
        .chown(copy.chown())
        .chmod(copy.chmod())
        .exclude(copy.exclude())
        .parents(copy.parents())
        .link(copy.link())
        .unpack(copy.unpack())
        .remotes(remotes(copy))
        .build();
  }

  private Step.CopyFrom copyFrom(Copy copy) {
    return sources
        .copyFrom(copy.from(), copy, locator)
        .orElseThrow(() ->
            locator.failure(
                copy,
                FailureReason.CopyFailed,
                "COPY failed: scratch has no files: "
                    + String.join(", ", copy.paths())
                    + " not found"));
  }

  private List<Step.Remote> remotes(Copy copy) {
    var remotes = new ArrayList<Step.Remote>();
    var locals = 0;
    for (var source : copy.sources()) {
      switch (source) {
        case AddSource.Local _ -> locals++;
        case AddSource.Http url ->
            remotes.add(
                new Step.Remote(
                    sources.remoteId(url), url.fileName(), locals, copy.unpackRemote()));
        case AddSource.Git repository -> {
          checkScheme(copy, repository);
          remotes.add(new Step.Remote(sources.remoteId(repository), "", locals, false));
        }
      }
    }
    return List.copyOf(remotes);
  }

  private void checkScheme(Copy copy, AddSource.Git repository) {
    if (repository.url().startsWith("git://")) {
      throw locator.unsupported(
          copy, "ADD of a Git repository over a protocol other than HTTPS, HTTP and SSH");
    }
  }

  private static List<Step.InlineFile> inlineFiles(List<InlineFile> files) {
    return files.stream().map(file -> new Step.InlineFile(file.name(), file.content())).toList();
  }
}
