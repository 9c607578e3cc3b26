package dev.stagewright.bench.compare.workload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One kind of build, the same for all builders.
 *
 * @param name name on the command line
 * @param title description in the table
 * @param dockerfile text of the Dockerfile, in which {@code {{NONCE}}} stands for a text that no
 *     other build has, and {@code {{GROUP}}} for a text that only builds have that start at once,
 *     so that no builder can use results of an earlier build
 */
public record Workload(
    String name,
    String title,
    String dockerfile,
    BuildContext context,
    Aim aim,
    Schedule schedule) {
  private static final String NONCE = "{{NONCE}}";
  private static final String GROUP = "{{GROUP}}";
  private static final Pattern BASE = Pattern.compile("(?m)^FROM (\\S+/\\S+)");

  /** What makes a workload different from others. */
  public enum Trait {
    /** Takes minutes or gigabytes of disk space; not in the default selection. */
    LARGE,

    /** No builder knows the context of an earlier build. */
    NEW_CONTEXT,

    /** The files of cache mounts are on a claim, as they are in one daemon. */
    CACHE_CLAIM,

    /** The stage must start from an image that contains the known steps. */
    PREFIX_IMAGE,

    /**
     * The builds that start at once have a stage in common, and share a cache. The stage writes
     * {@link SharedStage#RUN_ID}.
     */
    SHARED_STAGE
  }

  /** A small workload of one build. */
  static Workload of(String name, String title, Aim aim, BuildContext context, String dockerfile) {
    return new Workload(name, title, dockerfile, context, aim, Schedule.ONE_BUILD);
  }

  Workload with(Trait... added) {
    return with(schedule.withTraits(Set.of(added)));
  }

  Workload times(int builds) {
    return with(schedule.withParallelBuilds(builds));
  }

  /** The same with at most this number of rounds, because each of them takes minutes. */
  Workload atMost(int rounds) {
    return with(schedule.withMaxRounds(rounds));
  }

  Workload after(EarlierBuild... builds) {
    return with(schedule.withEarlier(List.of(builds)));
  }

  private Workload with(Schedule other) {
    return new Workload(name, title, dockerfile, context, aim, other);
  }

  /** Whether the workload has this trait. */
  public boolean has(Trait trait) {
    return schedule.traits().contains(trait);
  }

  /** The number of builds that start at once. */
  public int parallelBuilds() {
    return schedule.parallelBuilds();
  }

  /** The number of rounds, if this number is requested. */
  public int rounds(int requested) {
    return Math.min(requested, schedule.maxRounds().orElse(requested));
  }

  /** The builds that run before each measured build. */
  public List<EarlierBuild> earlier() {
    return schedule.earlier();
  }

  /** The base images of all stages, without duplicates. */
  public List<String> bases() {
    return BASE.matcher(dockerfile).results().map(match -> match.group(1)).distinct().toList();
  }

  /** Writes Dockerfile and context to a directory, which can have the files of another build. */
  public void write(Path folder, Texts texts) throws IOException {
    Files.createDirectories(folder);
    writeDockerfile(folder, dockerfile, texts);
    context.write(folder, texts.build());
  }

  /** Writes the Dockerfile and the context of an earlier build. */
  public void writeEarlier(EarlierBuild build, Path folder, Texts texts) throws IOException {
    write(folder, texts);
    writeDockerfile(folder, build.edit().apply(dockerfile), texts);
    build.context().write(folder, texts.build());
  }

  private static void writeDockerfile(Path folder, String text, Texts texts) throws IOException {
    Files.writeString(
        folder.resolve("Dockerfile"),
        text.replace(NONCE, texts.build()).replace(GROUP, texts.group()));
  }

  /**
   * Writes a build that pulls all base images and publishes their layers, so that the measured
   * builds find them.
   */
  public void writeWarmUp(Path folder, Texts texts) throws IOException {
    write(folder, texts);
    var nonce = texts.build();
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

  /**
   * Texts that make a build different from others.
   *
   * @param build text that no other build has
   * @param group text that only the builds have that start at once
   */
  public record Texts(String build, String group) {}
}
