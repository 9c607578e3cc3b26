package dev.stagewright.dockerfile.stages;

import dev.stagewright.dockerfile.Stage;
import dev.stagewright.dockerfile.expand.ExpansionException;
import dev.stagewright.dockerfile.expand.Variables;
import dev.stagewright.dockerfile.expand.WordExpander;
import dev.stagewright.dockerfile.instruction.Copy;
import dev.stagewright.dockerfile.instruction.Instruction;
import dev.stagewright.dockerfile.instruction.Run;
import dev.stagewright.dockerfile.mount.MountParser;
import dev.stagewright.dockerfile.source.DockerfileException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Resolves the names in COPY --from and RUN --mount=from=. */
public final class SourceLookup {
  private static final Pattern INDEX = Pattern.compile("[+-]?[0-9]{1,18}");

  private final Map<String, Integer> byName = new HashMap<>();
  private final int stages;
  private final Set<String> namedContexts;
  private final WordExpander expander;

  SourceLookup(List<Stage> stages, Set<String> namedContexts, char escape) {
    this.stages = stages.size();
    this.namedContexts = namedContexts;
    this.expander = new WordExpander(escape);
    // If several stages have the same name, the last one is used.
    stages.forEach(stage -> stage.from().name().ifPresent(name -> byName.put(name, stage.index())));
  }

  /** The sources that an instruction reads files from, without the build context. */
  public List<Dependency> dependencies(Instruction instruction) {
    return switch (instruction) {
      case Copy copy ->
          copy.from().stream()
              .map(name -> new Dependency(copy, copySource(copy, name), name))
              .toList();
      case Run run ->
          run.mounts().stream()
              .flatMap(mount -> MountParser.from(mount).stream())
              .map(name -> new Dependency(run, named(name), name))
              .toList();
      default -> List.of();
    };
  }

  /** Resolves COPY --from: the name of a stage, the index of a stage, or an image. */
  FileSource copySource(Copy copy, String name) {
    var statement = copy.statement();
    if (changesInExpansion(name)) {
      throw new DockerfileException(
          statement.locate(name),
          "variable expansion is not supported for --from, define a new stage with FROM using ARG"
              + " from global scope as a workaround",
          name);
    }
    if (!INDEX.matcher(name).matches()) {
      return named(name);
    }
    long index = Long.parseLong(name);
    if (index < 0 || index >= stages) {
      throw new DockerfileException(statement.locate(name), "invalid stage index " + index, name);
    }
    return new FileSource.Stage((int) index);
  }

  private boolean changesInExpansion(String name) {
    try {
      return !expander.expand(name, Variables.none()).text().equals(name);
    } catch (ExpansionException e) {
      return true;
    }
  }

  /** Resolves {@code from} of a mount: the name of a stage, or an image. */
  public FileSource named(String name) {
    return stage(name)
        .<FileSource>map(FileSource.Stage::new)
        .orElseGet(() -> {
          if (name.equals("scratch")) {
            return new FileSource.Nothing();
          }
          return namedContexts.contains(name)
              ? new FileSource.NamedContext(name)
              : new FileSource.Image(name);
        });
  }

  Optional<Integer> stage(String name) {
    return Optional.ofNullable(byName.get(name.toLowerCase(Locale.ROOT)));
  }

  Set<String> names() {
    return byName.keySet();
  }
}
