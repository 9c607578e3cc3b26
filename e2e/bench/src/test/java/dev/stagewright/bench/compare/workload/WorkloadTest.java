package dev.stagewright.bench.compare.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WorkloadTest {
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
    workload.write(folder, "first");
    var before = files();
    workload.write(folder, "second");

    assertThat(files()).isNotEqualTo(before).hasSameSizeAs(before);
  }

  @ParameterizedTest
  @MethodSource("withFewFiles")
  void everyCommandIsDifferentInEachBuild(Workload workload) throws IOException {
    workload.write(folder, "nonce-of-the-build");
    var instructions = Files.readString(folder.resolve("Dockerfile")).replace("\\\n", "");

    assertThat(instructions.lines().filter(line -> line.startsWith("RUN ")))
        .allMatch(line -> line.contains("nonce-of-the-build"));
    assertThat(workload.bases()).isNotEmpty();
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
    Workloads.named("mixed").orElseThrow().writeWarmUp(folder, "warm");

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
