package dev.stagewright.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.bench.soak.SeenPod.End;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RepetitionCheckTest {
  private static final Instant SOME_TIME = Instant.parse("2026-01-01T00:00:00Z");
  private static final SeenPod PUSH = pod("push", 1, false, End.WELL);

  @Test
  void onePodForEachPartIsAsItShouldBe() {
    assertThat(violations(Set.of(), pod("s0", 1, false, End.WELL), pod("s1", 1, false, End.WELL)))
        .isEmpty();
  }

  @Test
  void aPodAfterOneThatWasHarmedIsAsItShouldBe() {
    assertThat(
            violations(
                Set.of("s0-1"), pod("s0", 1, true, End.BADLY), pod("s0", 2, false, End.WELL)))
        .isEmpty();
  }

  /** It may have come to its end in the moment in which it was harmed. */
  @Test
  void aSecondResultAfterAHarmedPodIsAsItShouldBe() {
    assertThat(
            violations(Set.of("s0-1"), pod("s0", 1, true, End.WELL), pod("s0", 2, false, End.WELL)))
        .isEmpty();
  }

  @Test
  void aPodAfterOneThatTheRegistryFailedIsAsItShouldBe() {
    assertThat(
            violations(Set.of(), pod("push", 1, false, End.BADLY), pod("push", 2, false, End.WELL)))
        .isEmpty();
  }

  @Test
  void aPodThatIsClearedAwayAfterItFailedIsAsItShouldBe() {
    var failed = pod("push", 1, false, End.BADLY);
    var cleared = failed.gone().after(failed);

    assertThat(violations(Set.of(), cleared, pod("push", 2, false, End.WELL))).isEmpty();
  }

  @Test
  void aPodThatMadeWayForAHarmedOneMayComeAgain() {
    assertThat(
            violations(
                Set.of("s0-1"),
                pod("s0", 1, true, End.BADLY),
                pod("s1", 1, true, End.BADLY),
                pod("s1", 2, false, End.WELL)))
        .isEmpty();
  }

  /** Its operator died, and could not tell that it had made it. */
  @Test
  void aPodThatIsGoneBeforeItsAttemptWasCountedMayHaveANamesake() {
    var lost = pod("s0", 1, true, End.BADLY);
    var namesake =
        new SeenPod(
            "other",
            "n",
            lost.name(),
            lost.run(),
            "s0",
            1,
            lost.created().plusSeconds(5),
            Optional.empty(),
            false,
            false,
            false,
            Optional.of(End.WELL));

    assertThat(new RepetitionCheck(List.of(namesake, lost), Set.of("s0-1")).violations()).isEmpty();
  }

  @Test
  void twoResultsOfAPartAreFound() {
    assertThat(violations(Set.of(), PUSH, pod("push", 2, false, End.WELL)))
        .extracting(Violation::kind)
        .contains(Violation.Kind.DUPLICATED);
  }

  @Test
  void aRunOfAnotherGenerationHasResultsOfItsOwn() {
    var next =
        new SeenPod(
            "u",
            "n",
            "b-2-push",
            "b/2",
            "push",
            1,
            SOME_TIME,
            Optional.empty(),
            false,
            false,
            false,
            PUSH.end());

    assertThat(violations(Set.of(), PUSH, next)).isEmpty();
  }

  @Test
  void aFailureForGoodThatIsTriedAgainIsFound() {
    assertThat(violations(Set.of(), pod("s0", 1, false, End.FOR_GOOD), pod("s0", 2, false, null)))
        .singleElement()
        .extracting(Violation::what)
        .asString()
        .contains("b-1-s0-1", "for no reason");
  }

  @Test
  void aPodThatTheOperatorDeletesAndReplacesForNothingIsFound() {
    assertThat(violations(Set.of(), pod("s0", 1, true, End.BADLY), pod("s0", 2, false, null)))
        .hasSize(1);
  }

  @Test
  void aPodBesideOneThatRunsIsFound() {
    assertThat(violations(Set.of(), pod("s0", 1, false, null), pod("s0", 2, false, null)))
        .hasSize(1);
  }

  private static List<Violation> violations(Set<String> harmed, SeenPod... pods) {
    return new RepetitionCheck(List.of(pods), harmed).violations();
  }

  private static SeenPod pod(String part, int attempt, boolean isDeleted, @Nullable End end) {
    var uid = part + "-" + attempt;
    return new SeenPod(
        uid,
        "n",
        "b-1-" + uid,
        "b/1",
        part,
        attempt,
        SOME_TIME.plusSeconds(attempt),
        Optional.empty(),
        end == null,
        isDeleted,
        isDeleted,
        Optional.ofNullable(end));
  }
}
