package dev.stagewright.dockerfile.eval;

import dev.stagewright.dockerfile.instruction.Arg;
import dev.stagewright.dockerfile.instruction.Cmd;
import dev.stagewright.dockerfile.instruction.CommandLine;
import dev.stagewright.dockerfile.instruction.Entrypoint;
import dev.stagewright.dockerfile.instruction.Env;
import dev.stagewright.dockerfile.instruction.Expose;
import dev.stagewright.dockerfile.instruction.Healthcheck;
import dev.stagewright.dockerfile.instruction.Instruction;
import dev.stagewright.dockerfile.instruction.KeyValue;
import dev.stagewright.dockerfile.instruction.Label;
import dev.stagewright.dockerfile.instruction.Maintainer;
import dev.stagewright.dockerfile.instruction.Shell;
import dev.stagewright.dockerfile.instruction.StopSignal;
import dev.stagewright.dockerfile.instruction.User;
import dev.stagewright.dockerfile.instruction.Volume;
import dev.stagewright.dockerfile.source.DockerfileException;
import dev.stagewright.dockerfile.source.GoText;
import dev.stagewright.dockerfile.stages.GlobalArgs;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Evaluates the instructions that only change the image config or the build environment. */
final class SettingEvaluator {
  /** Arguments that configure the builder and are not part of the environment. */
  private static final Set<String> NOT_IN_ENVIRONMENT =
      Set.of("BUILDKIT_SBOM_SCAN_CONTEXT", "BUILDKIT_SBOM_SCAN_STAGE");

  private final StageState state;
  private final InstructionExpander expander;
  private final GlobalArgs globalArgs;
  private final Map<String, String> buildArgs;
  private boolean cmdIsSet;

  SettingEvaluator(
      StageState state,
      InstructionExpander expander,
      GlobalArgs globalArgs,
      Map<String, String> buildArgs) {
    this.state = state;
    this.expander = expander;
    this.globalArgs = globalArgs;
    this.buildArgs = buildArgs;
  }

  /** Applies an instruction and returns its history entry. */
  String apply(Instruction instruction) {
    return switch (instruction) {
      case Arg arg -> arg(arg);
      case Cmd cmd -> cmd(cmd);
      case Entrypoint entrypoint -> entrypoint(entrypoint);
      case Env env -> {
        env.pairs().forEach(pair -> state.setEnv(pair.key(), pair.value()));
        yield "ENV " + joined(env.pairs());
      }
      case Label label -> {
        label.pairs().forEach(pair -> state.label(pair.key(), pair.value()));
        yield "LABEL " + joined(label.pairs());
      }
      case Expose expose -> expose(expose);
      case Healthcheck healthcheck -> healthcheck(healthcheck);
      case Maintainer maintainer -> {
        state.author = maintainer.author();
        yield "MAINTAINER " + maintainer.author();
      }
      case Shell shell -> {
        state.shell = shell.shell();
        yield "SHELL " + bracketed(shell.shell());
      }
      case StopSignal stop -> stopSignal(stop);
      case User user -> {
        state.user = user.user();
        yield "USER " + user.user();
      }
      case Volume volume -> volume(volume);
      default ->
          throw new IllegalArgumentException(instruction.keyword() + " does not change settings");
    };
  }

  private String arg(Arg arg) {
    return arg.declarations().stream()
        .map(declaration -> declare(arg, declaration))
        .collect(Collectors.joining(" ", "ARG ", ""));
  }

  /** A value of the user overrides the default, and the default overrides the global scope. */
  private String declare(Arg arg, Arg.Declaration declaration) {
    var name = declaration.name();
    Optional<String> value;
    if (buildArgs.containsKey(name)) {
      value = Optional.of(buildArgs.getOrDefault(name, ""));
    } else if (declaration.value().isPresent()) {
      value = declaration.value().map(word -> expander.word(arg, word));
    } else {
      value = globalArgs.variables().value(name);
    }
    if (!NOT_IN_ENVIRONMENT.contains(name)) {
      value.ifPresent(v -> state.setArg(name, v));
    }
    state.declareArg(name, value);
    return name + value.map(v -> "=" + v).orElse("");
  }

  private String cmd(Cmd cmd) {
    cmdIsSet = true;
    state.cmd = command(cmd.command());
    state.argsEscaped = true;
    return "CMD " + GoText.quote(state.cmd);
  }

  /** ENTRYPOINT resets an inherited CMD, because that CMD belongs to the inherited ENTRYPOINT. */
  private String entrypoint(Entrypoint entrypoint) {
    state.entrypoint = command(entrypoint.command());
    if (!cmdIsSet) {
      state.cmd = List.of();
    }
    return "ENTRYPOINT " + GoText.quote(state.entrypoint);
  }

  private List<String> command(CommandLine command) {
    return command.shell() ? state.withShell(String.join(" ", command.words())) : command.words();
  }

  private String expose(Expose expose) {
    try {
      var ports = PortSpecs.parse(expose.ports());
      state.expose(ports);
      return "EXPOSE " + bracketed(ports);
    } catch (IllegalArgumentException e) {
      throw error(expose, String.valueOf(e.getMessage()));
    }
  }

  private String healthcheck(Healthcheck check) {
    var settings =
        new HealthcheckSettings(
            check.test(),
            check.interval(),
            check.timeout(),
            check.startPeriod(),
            check.startInterval(),
            check.retries());
    state.healthcheck = Optional.of(settings);
    return "HEALTHCHECK &{"
        + GoText.quote(check.test())
        + " "
        + GoText.quote(GoDurationFormat.format(check.interval()))
        + " "
        + GoText.quote(GoDurationFormat.format(check.timeout()))
        + " "
        + GoText.quote(GoDurationFormat.format(check.startPeriod()))
        + " "
        + GoText.quote(GoDurationFormat.format(check.startInterval()))
        + " "
        + GoText.quoteCharacter(check.retries())
        + "}";
  }

  private String stopSignal(StopSignal stop) {
    if (!Signals.isKnown(stop.signal())) {
      throw error(stop, "invalid signal: " + stop.signal());
    }
    state.stopSignal = stop.signal();
    return "STOPSIGNAL " + stop.signal();
  }

  private String volume(Volume volume) {
    if (volume.paths().contains("")) {
      throw error(volume, "VOLUME specified can not be an empty string");
    }
    state.addVolumes(volume.paths());
    return "VOLUME " + bracketed(volume.paths());
  }

  private static String joined(List<KeyValue> pairs) {
    return pairs.stream().map(KeyValue::toString).collect(Collectors.joining(" "));
  }

  private static String bracketed(List<String> words) {
    return "[" + String.join(" ", words) + "]";
  }

  private static DockerfileException error(Instruction instruction, String reason) {
    return new DockerfileException(instruction.position(), reason);
  }
}
