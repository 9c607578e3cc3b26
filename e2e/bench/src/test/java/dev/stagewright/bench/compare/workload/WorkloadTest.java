package dev.stagewright.bench.compare.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.bench.compare.workload.Workload.Texts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class WorkloadTest {
  private static final Texts FIRST = new Texts("first-group-0", "first-group");
  private static final Texts SECOND = new Texts("second-group-0", "second-group");

  @TempDir Path folder;

  /** All workloads but those with thousands of files, which take long to write. */
  static List<Workload> withFewFiles() {
    return Workloads.all().stream()
        .filter(workload -> !(workload.context() instanceof ManyFiles))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("withFewFiles")
  void everyBuildIsDifferentFromTheOneBefore(Workload workload) throws IOException {
    workload.write(folder, FIRST);
    var before = files();
    workload.write(folder, SECOND);

    assertThat(files()).isNotEqualTo(before).hasSameSizeAs(before);
  }

  @ParameterizedTest
  @MethodSource("withFewFiles")
  void everyCommandIsDifferentInEachBuild(Workload workload) throws IOException {
    workload.write(folder, FIRST);

    assertThat(instructions().filter(line -> line.startsWith("RUN ")))
        .allMatch(line -> line.contains("first-group"));
    assertThat(workload.bases()).isNotEmpty();
  }

  @Test
  void servicesHaveOnlyTheFirstStageInCommon() throws IOException {
    var services = Workloads.named("services").orElseThrow();
    services.write(folder, FIRST);
    var one = instructions().toList();
    services.write(folder, new Texts("first-group-1", "first-group"));
    var other = instructions().toList();

    assertThat(services.parallelBuilds()).isEqualTo(20);
    assertThat(one.subList(0, 3)).isEqualTo(other.subList(0, 3));
    assertThat(one.get(3)).isEqualTo(other.get(3)).startsWith("FROM ");
    assertThat(one).doesNotContain(other.getLast());
  }

  @ParameterizedTest
  @CsvSource({"dependencies, 3", "dependencies-pull, 2", "dependencies-unpack, 1"})
  void eachBuildWithKnownDependenciesHasAnotherSource(String name, int builds) throws IOException {
    var workload = Workloads.named(name).orElseThrow();
    workload.write(folder, FIRST);
    var measured = files();
    var contexts = new HashSet<Map<Path, String>>();
    contexts.add(measured);
    for (var earlier : workload.earlier()) {
      workload.writeEarlier(earlier, folder, FIRST);
      contexts.add(files());
    }

    assertThat(contexts).hasSize(builds + 1);
    assertThat(contexts)
        .allMatch(files ->
            files
                .get(folder.resolve("Dockerfile"))
                .equals(measured.get(folder.resolve("Dockerfile"))));
  }

  @Test
  void largeWorkloadsHaveFewRounds() {
    assertThat(Workloads.named("noise").orElseThrow().rounds(5)).isEqualTo(3);
    assertThat(Workloads.named("noise").orElseThrow().rounds(1)).isEqualTo(1);
    assertThat(Workloads.named("copy").orElseThrow().rounds(5)).isEqualTo(5);
  }

  @Test
  void onlyOneOfManyFilesChanges() throws IOException {
    var context = new ManyFiles(20, 6);
    context.write(folder, "first");
    var before = files();
    context.write(folder, "second");
    var after = files();

    assertThat(before).hasSize(20);
    assertThat(after.entrySet().stream().filter(file -> !before.entrySet().contains(file)))
        .hasSize(1);
  }

  @Test
  void warmUpUsesAllBaseImagesAndRunsNothing() throws IOException {
    Workloads.named("mixed").orElseThrow().writeWarmUp(folder, new Texts("warm", "all"));

    assertThat(folder.resolve("Dockerfile"))
        .hasContent(
            """
            FROM docker.io/library/gcc AS s0
            COPY Dockerfile /warm
            FROM docker.io/library/golang AS s1
            COPY Dockerfile /warm
            FROM docker.io/library/busybox AS s2
            COPY Dockerfile /warm
            FROM s0
            COPY --from=s1 /warm /s1
            COPY --from=s2 /warm /s2
            """);
  }

  /** The instructions of the Dockerfile, each on one line. */
  private Stream<String> instructions() throws IOException {
    return Files.readString(folder.resolve("Dockerfile")).replace("\\\n", "").lines();
  }

  private Map<Path, String> files() throws IOException {
    var files = new TreeMap<Path, String>();
    try (var paths = Files.walk(folder)) {
      for (var path : paths.filter(Files::isRegularFile).toList()) {
        files.put(path, Files.readString(path));
      }
    }
    return files;
  }
}
