package dev.stagewright.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagewright.controller.config.OperatorConfig;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The README of the chart lists all values. */
class ChartReadmeTest {
  private static final Path README = Chart.DIRECTORY.resolve("README.md");
  private static final Path VALUES = Chart.DIRECTORY.resolve("values.yaml");
  private static final String BEGIN = "<!-- values.yaml: begin -->\n";
  private static final String END = "<!-- values.yaml: end -->\n";

  /** Set by the chart itself, or fixed by its Deployment. */
  private static final Set<String> NOT_VALUES =
      Set.of("leaseName", "image", "httpPort", "webhookPort");

  @Test
  void theTableMatchesTheValues() throws Exception {
    var readme = Files.readString(README);
    var table = new ValuesTable(Files.readString(VALUES), Chart.yaml(VALUES)).markdown();
    new CheckedInFile(README)
        .verify(
            readme.substring(0, readme.indexOf(BEGIN) + BEGIN.length())
                + table
                + readme.substring(readme.indexOf(END)));
  }

  @Test
  void everySettingOfTheOperatorIsAValue() {
    var settings =
        Arrays.stream(OperatorConfig.class.getRecordComponents())
            .map(RecordComponent::getName)
            .filter(name -> !NOT_VALUES.contains(name))
            .toList();
    var values = Chart.yaml(VALUES).path("config");
    assertThat(values.properties().stream().map(it -> it.getKey()))
        .containsExactlyInAnyOrderElementsOf(settings);
  }

  @Test
  void valuesWithoutADescriptionAreErrors() throws Exception {
    var yaml = "# -- A.\na: 1\nb: {c: 2}\n";
    assertThatThrownBy(() -> new ValuesTable(yaml, Chart.YAML.readTree(yaml)).markdown())
        .hasMessage("values.yaml does not describe b.c");
  }

  @Test
  void groupsAreListedByTheirValues() throws Exception {
    var yaml = "# -- A.\na: \"\"\nb:\n  # -- C.\n  c: [1, {d: e}]\n";
    assertThat(new ValuesTable(yaml, Chart.YAML.readTree(yaml)).markdown())
        .endsWith("| `a` |  | A. |\n| `b.c` | `[1, {d: e}]` | C. |\n");
  }
}
