package dev.stagewright.bench.compare.result;

import static dev.stagewright.bench.compare.result.Samples.comparison;
import static dev.stagewright.bench.compare.result.Samples.result;
import static dev.stagewright.bench.compare.result.Samples.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultOutputTest {
  private static final Comparison COMPARISON =
      comparison(
          result("copy", sample("stagewright", 1.4, 3.5, 1), sample("buildkit", 0.4, 0.2, 0)),
          result("noise", sample("stagewright", 40, 60, 2), sample("buildkit", 100, 90, 0)));

  @TempDir Path folder;

  @Test
  void fileKeepsAllSamples() throws IOException {
    var file = new ResultFile(folder.resolve("a/result.json"));
    assertThat(file.read()).isEmpty();

    file.write(COMPARISON);

    assertThat(file.read()).contains(COMPARISON);
  }

  @Test
  void newResultReplacesThatOfTheSameWorkload() {
    var changed = COMPARISON.with(result("copy", sample("stagewright", 1, 1, 1)));

    assertThat(changed.results())
        .extracting(WorkloadResult::workload)
        .containsExactly("copy", "noise");
    assertThat(changed.results().getFirst().seconds("stagewright")).contains(1.0);
  }

  @Test
  void partsOfAComparisonAreMerged() {
    var part =
        new Comparison(
            Samples.MACHINE,
            Map.of("stagewright", "1.0", "buildah", "1.28.2"),
            Map.of(),
            List.of(
                result("noise", sample("stagewright", 30, 60, 2)),
                result("run", sample("stagewright", 2, 4, 2))));

    var merged = COMPARISON.with(part);

    assertThat(merged.results())
        .extracting(WorkloadResult::workload)
        .containsExactly("copy", "noise", "run");
    assertThat(merged.results().get(1).seconds("stagewright")).contains(30.0);
    assertThat(merged.versions())
        .containsOnly(
            entry("stagewright", "1.0"), entry("buildkit", "0.26.3"), entry("buildah", "1.28.2"));
    assertThat(merged.absent()).isEmpty();
  }

  @Test
  void partsOfOtherVersionsOrMachinesAreRefused() {
    var other = new Comparison(Samples.MACHINE, Map.of("stagewright", "2.0"), Map.of(), List.of());
    var elsewhere =
        new Comparison(
            new Machine(4, "Test", 8L << 30, "Linux 6.12"), Map.of(), Map.of(), List.of());

    assertThatThrownBy(() -> COMPARISON.with(other))
        .hasMessage("results of different versions: stagewright 1.0 and 2.0");
    assertThatThrownBy(() -> COMPARISON.with(elsewhere))
        .hasMessageStartingWith("results of different machines: 2 processors");
  }

  @Test
  void chartIsXmlForLightAndDarkPages() throws Exception {
    var svg = new Chart(COMPARISON).svg();

    var document =
        DocumentBuilderFactory.newNSInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    assertThat(document.getElementsByTagName("rect").getLength()).isEqualTo(2 + 2 * 2);
    assertThat(document.getElementsByTagName("line").getLength()).isEqualTo(1 + 2);
    assertThat(svg).contains("prefers-color-scheme: dark", "1.40 s", "100.0 s");
  }

  @Test
  void longestBarOfAGroupHasTheFullLength() {
    assertThat(new Chart(COMPARISON).svg())
        .contains("class=\"buildkit\" x=\"330.0\" y=\"101.0\" width=\"470.0\"")
        .contains("class=\"stagewright\" x=\"330.0\" y=\"87.0\" width=\"188.0\"");
  }

  @Test
  void pageGetsTheTableBetweenItsComments() throws IOException {
    var page = folder.resolve("performance.md");
    Files.writeString(
        page,
        """
        # Performance
        <!-- results of e2e/bench/compare -->
        earlier results
        <!-- end of results -->
        The end.
        """);

    new DocsPage(page).write(COMPARISON);
    new DocsPage(page).write(COMPARISON);

    assertThat(Files.readString(page))
        .startsWith("# Performance\n<!-- results of e2e/bench/compare -->\n\n")
        .contains(
            "BuildKit 0.26.3, Stagewright 1.0", "](performance.svg)", "| one COPY on busybox |")
        .doesNotContain("earlier results")
        .endsWith("|\n\n<!-- end of results -->\nThe end.\n");
    assertThat(folder.resolve("performance.svg")).isNotEmptyFile();
  }

  @Test
  void machineHasTheReleaseOfItsKernel() {
    assertThat(Machine.release("6.12.3-4-amd64")).isEqualTo("6.12");
    assertThat(Samples.MACHINE).hasToString("2 processors (Test), 8 GiB of memory, Linux 6.12");
  }

  @Test
  void pageWithoutCommentsIsRefused() {
    assertThatThrownBy(() -> DocsPage.insert("# Performance\n", "results"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
