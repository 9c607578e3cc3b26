package dev.stagewright.bench.compare.workload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One kind of build, the same for all builders.
 *
 * @param name name on the command line
 * @param title description in the table
 * @param dockerfile text of the Dockerfile, in which {@code {{NONCE}}} stands for a text that no
 *     other build has, so that no builder can use results of an earlier build
 * @param parallelBuilds number of builds that start at once
 * @param earlier build that runs before each measured build, whose results the measured build can
 *     use; empty if every build is the first of its kind
 */
public record Workload(
    String name,
    String title,
    String dockerfile,
    BuildContext context,
    Aim aim,
    int parallelBuilds,
    Set<Trait> traits,
    Optional<EarlierBuild> earlier) {
  private static final String NONCE = "{{NONCE}}";
  private static final Pattern BASE = Pattern.compile("(?m)^FROM (\\S+/\\S+)");

  /** What makes a workload different from others. */
  public enum Trait {
    /** Takes minutes or gigabytes of disk space; not in the default selection. */
    LARGE,

    /** No builder knows the context of an earlier build. */
    NEW_CONTEXT
  }

  /** A small workload of one build. */
  static Workload of(String name, String title, Aim aim, BuildContext context, String dockerfile) {
    return new Workload(name, title, dockerfile, context, aim, 1, Set.of(), Optional.empty());
  }

  Workload with(Trait... added) {
    return new Workload(
        name, title, dockerfile, context, aim, parallelBuilds, Set.of(added), earlier);
  }

  Workload times(int builds) {
    return new Workload(name, title, dockerfile, context, aim, builds, traits, earlier);
  }

  Workload after(EarlierBuild build) {
    return new Workload(
        name, title, dockerfile, context, aim, parallelBuilds, traits, Optional.of(build));
  }

  /** Whether the workload has this trait. */
  public boolean has(Trait trait) {
    return traits.contains(trait);
  }

  /** The base images of all stages, without duplicates. */
  public List<String> bases() {
    return BASE.matcher(dockerfile).results().map(match -> match.group(1)).distinct().toList();
  }

  /** Writes Dockerfile and context to a directory, which can have the files of another build. */
  public void write(Path folder, String nonce) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("Dockerfile"), dockerfile.replace(NONCE, nonce));
    context.write(folder, nonce);
  }

  /** Writes the Dockerfile and the context of the earlier build. */
  public void writeEarlier(EarlierBuild build, Path folder, String nonce) throws IOException {
    write(folder, nonce);
    var text = build.edit().apply(dockerfile).replace(NONCE, nonce);
    Files.writeString(folder.resolve("Dockerfile"), text);
    build.context().write(folder, nonce);
  }

  /**
   * Writes a build that pulls all base images and publishes their layers, so that the measured
   * builds find them.
   */
  public void writeWarmUp(Path folder, String nonce) throws IOException {
    write(folder, nonce);
    var text = new StringBuilder();
    var bases = bases();
    for (var base : bases) {
      text.append("FROM ").append(base).append(" AS s").append(bases.indexOf(base));
      text.append("\nCOPY Dockerfile /").append(nonce).append("\n");
    }
    text.append("FROM s0\n");
    for (var index = 1; index < bases.size(); index++) {
      text.append("COPY --from=s").append(index).append(" /").append(nonce);
      text.append(" /s").append(index).append("\n");
    }
    Files.writeString(folder.resolve("Dockerfile"), text);
  }
}
