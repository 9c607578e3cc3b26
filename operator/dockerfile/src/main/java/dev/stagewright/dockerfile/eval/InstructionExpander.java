package dev.stagewright.dockerfile.eval;

import dev.stagewright.dockerfile.expand.Expansion;
import dev.stagewright.dockerfile.expand.ExpansionException;
import dev.stagewright.dockerfile.expand.WordExpander;
import dev.stagewright.dockerfile.instruction.Add;
import dev.stagewright.dockerfile.instruction.Copy;
import dev.stagewright.dockerfile.instruction.Env;
import dev.stagewright.dockerfile.instruction.Expose;
import dev.stagewright.dockerfile.instruction.Heredoc;
import dev.stagewright.dockerfile.instruction.Instruction;
import dev.stagewright.dockerfile.instruction.KeyValue;
import dev.stagewright.dockerfile.instruction.Label;
import dev.stagewright.dockerfile.instruction.SourcesAndDestination;
import dev.stagewright.dockerfile.instruction.StopSignal;
import dev.stagewright.dockerfile.instruction.User;
import dev.stagewright.dockerfile.instruction.Volume;
import dev.stagewright.dockerfile.instruction.Workdir;
import dev.stagewright.dockerfile.source.DockerfileException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Expands the variables in instructions, with the values before the instruction. */
final class InstructionExpander {
  private static final Set<String> ONLY_FOR_SBOM =
      Set.of("BUILDKIT_SBOM_SCAN_CONTEXT", "BUILDKIT_SBOM_SCAN_STAGE");

  private final WordExpander words;
  private final WordExpander documents = new WordExpander('\\').ignoringQuotes();
  private final StageState state;
  private final Consumer<UndefinedVariableUse> undefined;

  InstructionExpander(char escape, StageState state, Consumer<UndefinedVariableUse> undefined) {
    this.words = new WordExpander(escape);
    this.state = state;
    this.undefined = undefined;
  }

  /** Expands an instruction. ARG and RUN are expanded by their evaluators. */
  Instruction expand(Instruction i) {
    return switch (i) {
      case Env env -> new Env(env.statement(), pairs(env, env.pairs()));
      case Label label -> new Label(label.statement(), pairs(label, label.pairs()));
      case Expose expose ->
          new Expose(
              expose.statement(),
              expose.ports().stream()
                  .flatMap(port -> result(i, port, words).words().stream())
                  .toList());
      case StopSignal stop -> new StopSignal(stop.statement(), word(i, stop.signal()));
      case User user -> new User(user.statement(), word(i, user.user()));
      case Volume volume -> new Volume(volume.statement(), all(i, volume.paths()));
      case Workdir workdir -> new Workdir(workdir.statement(), word(i, workdir.path()));
      case Copy copy ->
          new Copy(
              copy.statement(),
              files(i, copy.files()),
              copy.from(),
              copy.chown().map(word -> word(i, word)),
              copy.chmod().map(word -> word(i, word)),
              copy.link(),
              copy.parents(),
              copy.exclude());
      case Add add ->
          new Add(
              add.statement(),
              files(i, add.files()),
              add.chown().map(word -> word(i, word)),
              add.chmod().map(word -> word(i, word)),
              add.link(),
              add.exclude(),
              add.keepGitDir(),
              add.checksum().map(word -> word(i, word)),
              add.unpack());
      default -> i;
    };
  }

  /** Expands a word. */
  String word(Instruction instruction, String word) {
    return result(instruction, word, words).text();
  }

  private List<String> all(Instruction instruction, List<String> all) {
    return all.stream().map(word -> word(instruction, word)).toList();
  }

  private List<KeyValue> pairs(Instruction instruction, List<KeyValue> pairs) {
    return pairs.stream()
        .map(pair ->
            new KeyValue(
                word(instruction, pair.key()), word(instruction, pair.value()), pair.legacy()))
        .toList();
  }

  private SourcesAndDestination files(Instruction instruction, SourcesAndDestination files) {
    return new SourcesAndDestination(
        all(instruction, files.paths()),
        files.documents().stream().map(document -> document(instruction, document)).toList(),
        word(instruction, files.destination()));
  }

  private Heredoc document(Instruction instruction, Heredoc document) {
    var content = document.chomped();
    return document.withContent(
        document.expand() ? result(instruction, content, documents).text() : content);
  }

  private Expansion result(Instruction instruction, String word, WordExpander expander) {
    if (word.indexOf('$') < 0 && expander.equals(documents) && word.indexOf('\\') < 0) {
      return new Expansion(word, List.of(), Set.of(), Set.of());
    }
    try {
      var result = expander.expand(word, state.variables());
      report(instruction, result.unmatched());
      return result;
    } catch (ExpansionException e) {
      throw new DockerfileException(
          instruction.statement().locate(word), String.valueOf(e.getMessage()), word);
    }
  }

  private void report(Instruction instruction, Set<String> unmatched) {
    var names = new LinkedHashSet<>(unmatched);
    names.removeAll(state.buildArgs().keySet());
    names.removeAll(ONLY_FOR_SBOM);
    names.forEach(name ->
        undefined.accept(
            new UndefinedVariableUse(
                instruction, name, Set.copyOf(state.buildEnvironment().keySet()))));
  }
}
