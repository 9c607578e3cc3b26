package dev.stagewright.worker.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.BuildRequest.StageRequest;
import dev.stagewright.worker.images.KnownImages;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests which stages run in the worker. */
class StageLocationsTest {
  private static final long LIMIT = KnownImages.layer("debian").blob().size();
  private static final TestPlanner PLANNER = TestPlanner.with("debian", "large-image");
  private static final TestPlanner ALLOWED = PLANNER.withSharedPods().withWorkerBases(LIMIT);

  /** The names of the stages in the plan, those in the worker with a star. */
  private static String locations(BuildPlan plan) {
    return plan.stages().stream()
        .map(stage -> stage.name() + (stage.runsInWorker() ? "*" : ""))
        .collect(Collectors.joining(" "));
  }

  private static String locations(TestPlanner planner, String dockerfile) {
    return locations(planner.plan(dockerfile.replace(';', '\n') + "\n"));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "files on scratch              | FROM scratch AS a;COPY x /;WORKDIR /w;USER 100000 | a*",
        "files on a small image        | FROM debian AS a;ADD --chown=70000 x /            | a*",
        "nothing but metadata          | FROM debian AS a;ENV X=1                          | a*",
        "files on a large image        | FROM large-image AS a;COPY x /                    | a",
        "a command                     | FROM debian AS a;COPY x /;RUN 1                   | a",
        "a command on scratch          | FROM scratch AS a;RUN 1                           | a",
        "files of a stage with RUN     | FROM large-image AS a;RUN 1;FROM scratch AS b;COPY --from=a /x / | a b*",
        "files of a small image        | FROM scratch AS a;COPY --from=debian /x /         | debian* a*",
        "files of a large image        | FROM scratch AS a;COPY --from=large-image /x /    | large-image a*",
        "a chain without RUN           | FROM debian AS a;COPY x /;FROM a AS b;COPY y /    | b*",
        "a chain that begins with RUN  | FROM debian AS a;RUN 1;FROM a AS b;COPY y /       | b",
        "a chain that ends with RUN    | FROM debian AS a;COPY x /;FROM a AS b;RUN 1       | b",
        "the base of two stages        | FROM debian AS a;COPY x /;FROM a AS b;RUN 1;FROM a AS c;COPY --from=b /x / | a* b c*",
        "a base that runs in a Pod     | FROM debian AS a;RUN 1;FROM a AS b;COPY --from=a /x / | a b*",
        "a stage on a large stage      | FROM large-image AS a;FROM a AS b;COPY --from=a /x /  | a b",
      })
  void onlyStagesThatNeedNoContainerRunInTheWorker(
      String what, String dockerfile, String expected) {
    assertThat(locations(ALLOWED, dockerfile)).isEqualTo(expected);
  }

  @Test
  void allStagesRunInPodsUnlessAllowed() {
    var dockerfile = "FROM scratch AS a;COPY x /";

    assertThat(locations(PLANNER.withSharedPods(), dockerfile)).isEqualTo("a");
    assertThat(locations(PLANNER.withWorkerBases(LIMIT), dockerfile)).isEqualTo("a");
  }

  @Test
  void stageWithSettingsOfItsOwnRunsInItsPod() {
    var own = new StageRequest("a", Set.of(), "settings");

    assertThat(
            locations(
                PLANNER.withSharedPods(own).withWorkerBases(LIMIT),
                "FROM scratch AS a;COPY x /;FROM scratch AS b;COPY --from=a /x /"))
        .isEqualTo("a b*");
  }

  @Test
  void scratchIsAllowedWithoutAnyBase() {
    assertThat(
            locations(
                PLANNER.withSharedPods().withWorkerBases(0),
                "FROM scratch AS a;COPY --from=debian /x /"))
        .isEqualTo("debian a*");
  }
}
