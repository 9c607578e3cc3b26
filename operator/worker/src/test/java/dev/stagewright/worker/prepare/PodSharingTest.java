package dev.stagewright.worker.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.BuildRequest.AllowedSecrets;
import dev.stagewright.protocol.BuildRequest.StageRequest;
import dev.stagewright.protocol.StageBase;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.StagePlan.Member;
import dev.stagewright.worker.images.KnownImages;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests which stages share a Pod. */
class PodSharingTest {
  private static final TestPlanner SHARED = TestPlanner.with("debian").withSharedPods();

  /** The stages of each Pod, joined by {@code +}. */
  private static String pods(BuildPlan plan) {
    return plan.stages().stream()
        .map(stage -> stage.members().stream().map(Member::name).collect(Collectors.joining("+")))
        .collect(Collectors.joining(" "));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "a chain has one Pod             | FROM debian AS a;FROM a AS b;RUN 1;FROM b AS c | a+b+c",
        "a fork has several Pods     | FROM debian AS a;FROM a AS b;RUN 1;FROM a AS c;COPY --from=b /x / | a b c",
        "a copied stage has a Pod | FROM debian AS a;RUN 1;FROM a AS b;COPY --from=a /x /y | a b",
        "a mounted stage has a Pod     | FROM debian AS a;FROM a AS b;RUN --mount=from=a,target=/a 1 | a b",
        "two chains have two Pods   | FROM debian AS a;FROM a AS b;RUN 1;FROM scratch AS c;FROM c AS d;COPY --from=b /x / | a+b c+d",
      })
  void sharesPods(String what, String dockerfile, String pods) {
    assertThat(pods(SHARED.plan(dockerfile.replace(';', '\n') + "\n"))).isEqualTo(pods);
  }

  @Test
  void sharesNoPodsUnlessAllowed() {
    assertThat(pods(TestPlanner.with("debian").plan("FROM debian AS a\nFROM a AS b\n")))
        .isEqualTo("a b");
  }

  @Test
  void keepsStepsAndHistory() {
    var dockerfile =
        "FROM debian AS a\nRUN one\nENV X=1\nRUN two\nFROM a AS b\nUSER me\nRUN three\n";
    var apart = TestPlanner.with("debian").plan(dockerfile).stages();

    var shared = SHARED.plan(dockerfile).stages().getFirst();

    assertThat(shared.id()).isEqualTo("s1");
    assertThat(shared.base()).isEqualTo(apart.getFirst().base());
    assertThat(shared.base()).isInstanceOf(StageBase.Image.class);
    assertThat(shared.steps()).hasSize(3).startsWith(apart.getFirst().steps().getFirst());
    assertThat(shared.history().stream().map(StagePlan.HistoryEntry::step))
        .containsExactly(0, -1, 1, -1, 2);
    assertThat(shared.members())
        .extracting(Member::id, Member::firstStep, Member::steps)
        .containsExactly(tuple("s0", 0, 2), tuple("s1", 2, 1));
  }

  @Test
  void sharesNoPodsWithDifferentSettings() {
    var big = new StageRequest("b", Set.of(), "big");

    assertThat(pods(SHARED.withSharedPods(big).plan("FROM debian AS a\nFROM a AS b\n")))
        .isEqualTo("a b");
    assertThat(
            pods(
                SHARED
                    .withSharedPods(big, new StageRequest("0", Set.of(), "big"))
                    .plan("FROM debian AS a\nFROM a AS b\n")))
        .isEqualTo("a+b");
  }

  @Test
  void sharesNoPodsWithSecrets() {
    var planner =
        new TestPlanner(
            KnownImages.plain("debian"),
            Optional.empty(),
            Map.of(),
            new AllowedSecrets(Set.of("key"), Set.of(), false),
            List.of(),
            true);

    assertThat(
            pods(
                planner.plan(
                    "FROM debian AS a\nRUN --mount=type=secret,id=key make\nFROM a AS b\nRUN true\n")))
        .isEqualTo("a b");
  }
}
