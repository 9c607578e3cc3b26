package dev.stagewright.dockerfile.eval;

import dev.stagewright.dockerfile.eval.EvaluatedInstruction.Setting;
import dev.stagewright.dockerfile.expand.ExpansionException;
import dev.stagewright.dockerfile.instruction.Add;
import dev.stagewright.dockerfile.instruction.Arg;
import dev.stagewright.dockerfile.instruction.Cmd;
import dev.stagewright.dockerfile.instruction.Copy;
import dev.stagewright.dockerfile.instruction.Entrypoint;
import dev.stagewright.dockerfile.instruction.Env;
import dev.stagewright.dockerfile.instruction.Expose;
import dev.stagewright.dockerfile.instruction.From;
import dev.stagewright.dockerfile.instruction.Healthcheck;
import dev.stagewright.dockerfile.instruction.Instruction;
import dev.stagewright.dockerfile.instruction.Label;
import dev.stagewright.dockerfile.instruction.Maintainer;
import dev.stagewright.dockerfile.instruction.OnBuild;
import dev.stagewright.dockerfile.instruction.Run;
import dev.stagewright.dockerfile.instruction.Shell;
import dev.stagewright.dockerfile.instruction.StopSignal;
import dev.stagewright.dockerfile.instruction.User;
import dev.stagewright.dockerfile.instruction.Volume;
import dev.stagewright.dockerfile.instruction.Workdir;
import dev.stagewright.dockerfile.source.DockerfileException;
import dev.stagewright.dockerfile.stages.BuildOptions;
import dev.stagewright.dockerfile.stages.FileSource;
import dev.stagewright.dockerfile.stages.SourceLookup;
import dev.stagewright.dockerfile.stages.StageGraph;
import dev.stagewright.dockerfile.stages.StageNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Evaluates the instructions of a stage in order. */
final class StageEvaluator {
  private final StageNode node;
  private final StageState state;
  private final SourceLookup sources;
  private final Set<Integer> finished;
  private final InstructionExpander expander;
  private final SettingEvaluator settings;
  private final CopyEvaluator copies;
  private final RunEvaluator runs;
  private final List<EvaluatedInstruction> instructions = new ArrayList<>();
  private final List<HistoryLine> history = new ArrayList<>();

  StageEvaluator(
      char escape,
      BuildOptions options,
      StageGraph graph,
      StageNode node,
      StageState state,
      Consumer<UndefinedVariableUse> undefined,
      Set<Integer> finished) {
    this.node = node;
    this.state = state;
    this.sources = graph.sources();
    this.finished = finished;
    this.expander = new InstructionExpander(escape, state, undefined);
    this.settings = new SettingEvaluator(state, expander, graph.args(), options.buildArgs());
    this.copies = new CopyEvaluator(state, graph.sources());
    this.runs = new RunEvaluator(state, expander, graph.sources(), options.buildArgs());
  }

  void evaluate() {
    int triggers = node.triggers().size();
    for (var instruction : node.instructions()) {
      checkSources(instruction);
      var prefix = instructions.size() < triggers ? "ONBUILD " : "";
      try {
        evaluate(expander.expand(instruction), prefix + instruction.statement().shown());
      } catch (ExpansionException e) {
        throw new DockerfileException(instruction.position(), String.valueOf(e.getMessage()));
      }
    }
  }

  /** The evaluated part of the stage. */
  EvaluatedStage evaluatedStage() {
    return new EvaluatedStage(
        node.stage(), node.base(), state.platform(), instructions, state.settings(), history);
  }

  private void evaluate(Instruction instruction, String text) {
    switch (instruction) {
      case Run run -> {
        var evaluated = runs.evaluate(run, text);
        add(evaluated, "RUN " + runs.history(evaluated.command()) + " # buildkit");
      }
      case Copy copy -> add(copies.copy(copy, text), CopyEvaluator.history(copy) + " # buildkit");
      case Add add -> add(copies.add(add, text), CopyEvaluator.history(add) + " # buildkit");
      case Workdir workdir -> workdir(workdir, text);
      case OnBuild onBuild -> {
        state.onBuild(onBuild.expression());
        instructions.add(new Setting(onBuild.position(), text, onBuild));
      }
      case Arg _,
          Cmd _,
          Entrypoint _,
          Env _,
          Expose _,
          Healthcheck _,
          Label _,
          Maintainer _,
          Shell _,
          StopSignal _,
          User _,
          Volume _ ->
          setting(instruction, text);
      case From from -> throw new IllegalStateException("FROM within a stage: " + from.position());
    }
  }

  private void setting(Instruction instruction, String text) {
    var createdBy = settings.apply(instruction);
    history.add(new HistoryLine(createdBy, true, instructions.size()));
    instructions.add(new Setting(instruction.position(), text, instruction));
  }

  private void workdir(Workdir workdir, String text) {
    var configured = StageState.absolute(state.workingDirectory(), workdir.path());
    state.setWorkingDirectory(configured);
    var path = state.workingDirectory();
    history.add(new HistoryLine("WORKDIR " + configured, path.equals("/"), instructions.size()));
    instructions.add(
        new EvaluatedInstruction.Workdir(
            workdir.position(), text, workdir.path(), path, state.user));
  }

  private void add(EvaluatedInstruction instruction, String createdBy) {
    history.add(new HistoryLine(createdBy, false, instructions.size()));
    instructions.add(instruction);
  }

  /** Checks that the instruction only reads files of earlier stages. */
  private void checkSources(Instruction instruction) {
    for (var dependency : sources.dependencies(instruction)) {
      if (!(dependency.source() instanceof FileSource.Stage(int source))
          || finished.contains(source)) {
        continue;
      }
      var own = node.stage().from().name().orElse("stage-" + node.index());
      var reason =
          instruction instanceof Run
              ? "cannot mount from stage \"%s\" to \"%s\", stage needs to be defined before current"
                  + " command"
              : "cannot copy from stage \"%s\", it needs to be defined before current stage \"%s\"";
      throw new DockerfileException(
          instruction.statement().locate(dependency.name()),
          reason.formatted(
              dependency.name(),
              instruction instanceof Run run ? runs.target(run, dependency) : own),
          dependency.name());
    }
  }
}
