package dev.stagewright.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The alerts and the dashboard of the chart, as promtool of Prometheus sees them. */
@ExtendWith(StagewrightExtension.class)
class AlertsIT {
  private static final Duration TIMEOUT = Duration.ofMinutes(1);
  private static final Path FILES = LocalCluster.repository().resolve("charts/stagewright/files");

  @Test
  void alertsFireAndAreSilentInAClusterThatWorks(Environment environment) {
    var rules = FILES.resolve("alerts.yaml").toString();
    var tests = LocalCluster.repository().resolve("charts/tests/alerts.yaml").toString();
    environment.tools().output(TIMEOUT, "promtool", "check", "rules", "--lint-fatal", rules);
    assertThat(environment.tools().output(TIMEOUT, "promtool", "test", "rules", tests))
        .contains("SUCCESS");
  }

  @Test
  void everyAlertHasATest() throws IOException {
    var tests = Files.readString(LocalCluster.repository().resolve("charts/tests/alerts.yaml"));
    assertThat(Files.readAllLines(FILES.resolve("alerts.yaml")))
        .filteredOn(line -> line.contains("- alert: "))
        .allSatisfy(
            line -> assertThat(tests).contains("  - name: " + line.replaceFirst(".*alert: ", "")));
  }

  @Test
  void queriesOfTheDashboardAreValid(Environment environment, @TempDir Path folder)
      throws IOException {
    var queries = new ArrayList<String>();
    collect(new ObjectMapper().readTree(FILES.resolve("dashboard.json").toFile()), queries);
    var rules = new StringBuilder("groups: [{name: dashboard, rules: [\n");
    for (var i = 0; i < queries.size(); i++) {
      rules.append("  {record: query%d, expr: %s},\n".formatted(i, quoted(queries.get(i))));
    }
    var file = Files.writeString(folder.resolve("rules.yaml"), rules.append("]}]\n"));
    assertThat(
            environment
                .tools()
                .output(TIMEOUT, "promtool", "check", "rules", "--lint=none", file.toString()))
        .contains("SUCCESS: " + queries.size() + " rules found");
  }

  /** With a value for the variable that Grafana replaces. */
  private static String quoted(String query) {
    return "'" + query.replace("$__rate_interval", "5m").replace("'", "''") + "'";
  }

  private static void collect(JsonNode node, List<String> queries) {
    if (node.has("expr")) {
      queries.add(node.path("expr").asText());
    }
    node.forEach(child -> collect(child, queries));
  }
}
