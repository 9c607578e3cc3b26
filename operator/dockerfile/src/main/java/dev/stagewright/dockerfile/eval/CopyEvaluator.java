package dev.stagewright.dockerfile.eval;

import dev.stagewright.dockerfile.instruction.Add;
import dev.stagewright.dockerfile.instruction.Copy;
import dev.stagewright.dockerfile.instruction.Heredoc;
import dev.stagewright.dockerfile.instruction.Instruction;
import dev.stagewright.dockerfile.instruction.SourcesAndDestination;
import dev.stagewright.dockerfile.source.DockerfileException;
import dev.stagewright.dockerfile.source.GoPath;
import dev.stagewright.dockerfile.stages.FileSource;
import dev.stagewright.dockerfile.stages.SourceLookup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Evaluates COPY and ADD. */
final class CopyEvaluator {
  private final StageState state;
  private final SourceLookup lookup;

  CopyEvaluator(StageState state, SourceLookup lookup) {
    this.state = state;
    this.lookup = lookup;
  }

  EvaluatedInstruction.Copy copy(Copy copy, String text) {
    check(copy, copy.chmod());
    for (var path : copy.files().paths()) {
      if (RemoteSourceParser.isGit(path)) {
        throw error(copy, path, "source can't be a git ref for COPY");
      }
      if (RemoteSourceParser.isHttp(path)) {
        throw error(copy, path, "source can't be a URL for COPY");
      }
    }
    return new EvaluatedInstruction.Copy(
        copy.position(),
        text,
        false,
        lookup.dependencies(copy).stream()
            .findFirst()
            .map(dependency -> dependency.source())
            .orElse(new FileSource.Context()),
        copy.files().paths().stream().<AddSource>map(AddSource.Local::new).toList(),
        documents(copy.files()),
        destination(copy.files().destination()),
        copy.chown(),
        copy.chmod(),
        copy.exclude(),
        copy.parents(),
        isLinked(copy.link(), copy.chmod()),
        false,
        false);
  }

  EvaluatedInstruction.Copy add(Add add, String text) {
    check(add, add.chmod());
    var paths = add.files().paths();
    if (add.checksum().isPresent()) {
      if (paths.size() != 1) {
        throw error(add, "", "checksum can't be specified for multiple sources");
      }
      if (!RemoteSourceParser.isHttp(paths.getFirst())
          && !RemoteSourceParser.isGit(paths.getFirst())) {
        throw error(add, paths.getFirst(), "checksum requires HTTP(S) or Git sources");
      }
    }
    return new EvaluatedInstruction.Copy(
        add.position(),
        text,
        true,
        new FileSource.Context(),
        sources(add),
        documents(add.files()),
        destination(add.files().destination()),
        add.chown(),
        add.chmod(),
        add.exclude(),
        false,
        isLinked(add.link(), add.chmod()),
        add.unpack().orElse(true),
        add.unpack().orElse(false));
  }

  static String history(Copy copy) {
    var prefix = copy.parents() ? "COPY --parents" : "COPY";
    return history(prefix, copy.files(), copy.chown(), copy.chmod());
  }

  static String history(Add add) {
    return history("ADD", add.files(), add.chown(), add.chmod());
  }

  private static String history(
      String keyword, SourcesAndDestination files, Optional<String> chown, Optional<String> chmod) {
    var line = new StringBuilder(keyword);
    chown.filter(owner -> !owner.isEmpty()).ifPresent(o -> line.append(" --chown=").append(o));
    chmod.filter(mode -> !mode.isEmpty()).ifPresent(m -> line.append(" --chmod=").append(m));
    files.paths().forEach(path -> line.append(' ').append(path));
    files.documents().forEach(document -> line.append(" <<").append(document.name()));
    return line.append(' ').append(files.destination()).toString();
  }

  /** As in BuildKit, {@code --chmod} disables {@code --link}. */
  private static boolean isLinked(boolean link, Optional<String> chmod) {
    return link && chmod.filter(mode -> !mode.isEmpty()).isEmpty();
  }

  private static List<AddSource> sources(Add add) {
    var sources = new ArrayList<AddSource>();
    for (var path : add.files().paths()) {
      try {
        sources.add(RemoteSourceParser.source(path, add.checksum(), add.keepGitDir()));
      } catch (IllegalArgumentException e) {
        throw error(add, path, String.valueOf(e.getMessage()));
      }
    }
    return sources;
  }

  private static List<InlineFile> documents(SourcesAndDestination files) {
    return files.documents().stream()
        .map((Heredoc document) -> new InlineFile(document.name(), document.content()))
        .toList();
  }

  private static void check(Instruction instruction, Optional<String> chmod) {
    chmod
        .filter(mode -> !mode.isEmpty() && !Chmod.isValid(mode))
        .ifPresent(mode -> {
          throw error(
              instruction,
              mode,
              "invalid chmod parameter: '"
                  + mode
                  + "'. it should be octal string and between 0 and 07777");
        });
  }

  /** The absolute destination; a directory ends with a slash. */
  private String destination(String written) {
    var path = GoPath.resolve(state.workingDirectory(), written);
    boolean directory =
        written.isEmpty()
            || written.equals(".")
            || written.endsWith("/")
            || written.endsWith("/.")
            || written.equals("..")
            || written.endsWith("/..");
    return directory && !path.endsWith("/") ? path + "/" : path;
  }

  private static DockerfileException error(
      Instruction instruction, String offending, String reason) {
    return new DockerfileException(instruction.statement().locate(offending), reason, offending);
  }
}
