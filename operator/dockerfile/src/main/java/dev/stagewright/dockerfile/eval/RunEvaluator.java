package dev.stagewright.dockerfile.eval;

import dev.stagewright.dockerfile.instruction.Instruction;
import dev.stagewright.dockerfile.instruction.Run;
import dev.stagewright.dockerfile.mount.Mount;
import dev.stagewright.dockerfile.mount.MountParser;
import dev.stagewright.dockerfile.mount.MountSyntaxException;
import dev.stagewright.dockerfile.parser.HeredocWords;
import dev.stagewright.dockerfile.source.DockerfileException;
import dev.stagewright.dockerfile.source.GoPath;
import dev.stagewright.dockerfile.source.GoText;
import dev.stagewright.dockerfile.stages.Dependency;
import dev.stagewright.dockerfile.stages.FileSource;
import dev.stagewright.dockerfile.stages.SourceLookup;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Evaluates RUN. Only variables in mounts are expanded; the shell expands the command. */
final class RunEvaluator {
  private static final String PIPES = "/dev/pipes/";

  private final StageState state;
  private final InstructionExpander expander;
  private final SourceLookup lookup;
  private final ProxyArgs proxies;

  RunEvaluator(
      StageState state,
      InstructionExpander expander,
      SourceLookup lookup,
      Map<String, String> buildArgs) {
    this.state = state;
    this.expander = expander;
    this.lookup = lookup;
    this.proxies = ProxyArgs.of(buildArgs);
  }

  EvaluatedInstruction.Run evaluate(Run run, String text) {
    if (!run.devices().isEmpty()) {
      throw new DockerfileException(
          run.statement().locate("--device"),
          "RUN --device is only in docker/dockerfile:labs and not supported",
          "--device");
    }
    if (!run.command().shell() && run.command().words().isEmpty()) {
      throw new DockerfileException(run.position(), "RUN requires at least one argument");
    }
    var script = script(run);
    var environment = new LinkedHashMap<>(state.buildEnvironment());
    environment.putAll(proxies.values());
    return new EvaluatedInstruction.Run(
        run.position(),
        text,
        script.map(file -> state.withShell(file.name())).orElseGet(() -> command(run)),
        script.stream().toList(),
        environment,
        proxies.undeclared(state.buildArgs().keySet()),
        state.rawWorkingDirectory(),
        state.user,
        run.mounts().stream().map(mount -> mount(run, mount)).toList(),
        run.network().orElse("default"),
        run.security().filter("insecure"::equals).isPresent());
  }

  /** The command in the history: the values of ARG, then the words. */
  String history(List<String> command) {
    var words = new ArrayList<String>();
    if (!state.buildArgs().isEmpty()) {
      words.add("|" + state.buildArgs().size());
      state
          .buildArgs()
          .forEach(
              (name, value) -> words.add(name + "=" + state.variables().value(name).orElse(value)));
    }
    words.addAll(command);
    return String.join(" ", words);
  }

  /** The target of the mount that reads a dependency, for messages. */
  String target(Run run, Dependency dependency) {
    return run.mounts().stream()
        .filter(value -> MountParser.from(value).filter(dependency.name()::equals).isPresent())
        .findFirst()
        .map(value -> parse(run, value).target())
        .orElse("");
  }

  /** The script of a RUN that consists of one heredoc with a {@code #!} line. */
  private Optional<InlineFile> script(Run run) {
    var heredocs = run.statement().heredocs();
    if (heredocs.isEmpty() || !isOnlyHeredoc(run) || state.platform().os().equals("windows")) {
      return Optional.empty();
    }
    var heredoc = heredocs.getFirst();
    var content = heredoc.chomped();
    return content.startsWith("#!")
        ? Optional.of(new InlineFile(PIPES + heredoc.name(), content))
        : Optional.empty();
  }

  private List<String> command(Run run) {
    var command = run.command();
    if (!command.shell()) {
      return command.words();
    }
    var heredocs = run.statement().heredocs();
    if (heredocs.isEmpty()) {
      return state.withShell(String.join(" ", command.words()));
    }
    if (isOnlyHeredoc(run)) {
      return state.withShell(heredocs.getFirst().chomped());
    }
    // If the command has more than one heredoc, the shell reads the heredocs.
    var text = new StringBuilder(command.words().getFirst());
    for (var heredoc : heredocs) {
      text.append('\n').append(heredoc.content()).append(heredoc.name());
    }
    return state.withShell(text.toString());
  }

  private static boolean isOnlyHeredoc(Run run) {
    return HeredocWords.parse(run.command().words().getFirst()).isPresent();
  }

  private Mount parse(Run run, String value) {
    try {
      return MountParser.parse(value, word -> expander.word(run, word));
    } catch (MountSyntaxException e) {
      throw error(run, value, String.valueOf(e.getMessage()));
    }
  }

  private ResolvedMount mount(Run run, String value) {
    var mount = parse(run, value);
    var source =
        switch (mount) {
          case Mount.Bind bind -> bind.from().map(lookup::named).orElse(new FileSource.Context());
          case Mount.Cache cache ->
              cache.from().map(lookup::named).orElse(new FileSource.Nothing());
          case Mount.Tmpfs _, Mount.Secret _, Mount.Ssh _ -> new FileSource.Nothing();
        };
    boolean hasTarget =
        !mount.target().isEmpty() || !(mount instanceof Mount.Secret || mount instanceof Mount.Ssh);
    var target = hasTarget ? GoPath.resolve(state.workingDirectory(), mount.target()) : "";
    if (target.equals("/")) {
      throw error(run, value, "invalid mount target " + GoText.quote(target));
    }
    return new ResolvedMount(mount, target, source);
  }

  private static DockerfileException error(Instruction run, String offending, String reason) {
    return new DockerfileException(run.statement().locate(offending), reason, offending);
  }
}
