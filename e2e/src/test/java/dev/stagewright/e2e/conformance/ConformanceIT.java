package dev.stagewright.e2e.conformance;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.e2e.Environment;
import dev.stagewright.e2e.LocalCluster;
import dev.stagewright.e2e.StagewrightExtension;
import dev.stagewright.e2e.conformance.cases.Case;
import dev.stagewright.e2e.conformance.cases.Cases;
import dev.stagewright.e2e.conformance.cases.Sandbox;
import dev.stagewright.e2e.conformance.cases.Selection;
import dev.stagewright.e2e.conformance.compare.Acceptances;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Stagewright builds the same image as BuildKit for every case. */
@ExtendWith(StagewrightExtension.class)
@Execution(ExecutionMode.CONCURRENT)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConformanceIT {
  private static final Path FOLDER = LocalCluster.repository().resolve("e2e/conformance");

  private final Selection selection =
      Selection.of(
          System.getProperty("conformance.cases", "smoke"),
          System.getProperty("conformance.sandbox", ""));
  private final Report report;
  private final Acceptances acceptances;
  private final ConformanceEnvironment conformanceEnvironment;

  ConformanceIT(Environment environment) throws IOException {
    report = new Report(ConformanceEnvironment.target());
    acceptances = Acceptances.read(FOLDER.resolve("accepted.yaml"));
    conformanceEnvironment = ConformanceEnvironment.open(environment);
  }

  @TestFactory
  Stream<DynamicContainer> everyCase() throws IOException {
    var cases = selection.of(Cases.below(FOLDER.resolve("cases")));
    assertThat(cases).as("cases of %s", selection.names()).isNotEmpty();
    return cases.stream()
        .collect(groupingBy(Case::group, TreeMap::new, toList()))
        .entrySet()
        .stream()
        .map(group -> DynamicContainer.dynamicContainer(group.getKey(), tests(group.getValue())));
  }

  private List<DynamicTest> tests(List<Case> cases) {
    var tests = new ArrayList<DynamicTest>();
    for (var one : cases) {
      var run = new CaseRun(conformanceEnvironment, one);
      one.sandboxes().stream()
          .filter(selection.sandboxes()::contains)
          .map(sandbox ->
              DynamicTest.dynamicTest(one + " " + sandbox.value(), () -> check(run, sandbox)))
          .forEach(tests::add);
    }
    return tests;
  }

  private void check(CaseRun run, Sandbox sandbox) throws IOException {
    var startedAt = Instant.now();
    var differences = run.differences(sandbox);
    var name = run.origin().fullName();
    var unknown =
        differences.stream()
            .filter(difference -> !acceptances.accepts(name, sandbox.value(), difference))
            .toList();
    var result =
        new Report.Result(
            run.origin(),
            sandbox,
            unknown,
            differences.size() - unknown.size(),
            Duration.between(startedAt, Instant.now()));
    report.add(result);
    assertThat(result.lines()).isEmpty();
  }

  @AfterAll
  void allAcceptedDifferencesOccur() throws IOException {
    conformanceEnvironment.close();
    report.write();
    System.out.print(report.table());
    if (selection.isAll()) {
      assertThat(acceptances.stale()).as("accepted differences that no case shows").isEmpty();
    }
  }
}
