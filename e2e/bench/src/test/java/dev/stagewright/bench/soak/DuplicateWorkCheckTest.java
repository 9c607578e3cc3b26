package dev.stagewright.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.bench.soak.ObservedPod.Result;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DuplicateWorkCheckTest {
  private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");
  private static final ObservedPod PUSH = pod("push", 1, false, Result.SUCCESS);

  @Test
  void allowsOnePodPerTask() {
    assertThat(
            violations(
                Set.of(), pod("s0", 1, false, Result.SUCCESS), pod("s1", 1, false, Result.SUCCESS)))
        .isEmpty();
  }

  @Test
  void allowsPodAfterDisruptedPod() {
    assertThat(
            violations(
                Set.of("s0-1"),
                pod("s0", 1, true, Result.RETRYABLE_FAILURE),
                pod("s0", 2, false, Result.SUCCESS)))
        .isEmpty();
  }

  /** The Pod may have succeeded when the fault disrupted it. */
  @Test
  void allowsSecondSuccessAfterDisruptedPod() {
    assertThat(
            violations(
                Set.of("s0-1"),
                pod("s0", 1, true, Result.SUCCESS),
                pod("s0", 2, false, Result.SUCCESS)))
        .isEmpty();
  }

  @Test
  void allowsPodAfterRetryableFailure() {
    assertThat(
            violations(
                Set.of(),
                pod("push", 1, false, Result.RETRYABLE_FAILURE),
                pod("push", 2, false, Result.SUCCESS)))
        .isEmpty();
  }

  @Test
  void allowsDeletionOfFailedPod() {
    var failed = pod("push", 1, false, Result.RETRYABLE_FAILURE);
    var cleanedUp = failed.deleted().mergedWith(failed);

    assertThat(violations(Set.of(), cleanedUp, pod("push", 2, false, Result.SUCCESS))).isEmpty();
  }

  @Test
  void allowsPodAfterPreemption() {
    assertThat(
            violations(
                Set.of("s0-1"),
                pod("s0", 1, true, Result.RETRYABLE_FAILURE),
                pod("s1", 1, true, Result.RETRYABLE_FAILURE),
                pod("s1", 2, false, Result.SUCCESS)))
        .isEmpty();
  }

  /** The operator was killed before it stored the attempt in the status. */
  @Test
  void allowsSuccessorWithSameName() {
    var lost = pod("s0", 1, true, Result.RETRYABLE_FAILURE);
    var successor =
        new ObservedPod(
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
            Optional.of(Result.SUCCESS));

    assertThat(new DuplicateWorkCheck(List.of(successor, lost), Set.of("s0-1")).violations())
        .isEmpty();
  }

  @Test
  void findsTwoSuccessesOfTask() {
    assertThat(violations(Set.of(), PUSH, pod("push", 2, false, Result.SUCCESS)))
        .extracting(Violation::kind)
        .contains(Violation.Kind.DUPLICATED);
  }

  @Test
  void separatesRunsByGeneration() {
    var next =
        new ObservedPod(
            "u",
            "n",
            "b-2-push",
            "b/2",
            "push",
            1,
            CREATED,
            Optional.empty(),
            false,
            false,
            false,
            PUSH.result());

    assertThat(violations(Set.of(), PUSH, next)).isEmpty();
  }

  @Test
  void findsRetryOfPermanentFailure() {
    assertThat(
            violations(
                Set.of(), pod("s0", 1, false, Result.PERMANENT_FAILURE), pod("s0", 2, false, null)))
        .singleElement()
        .extracting(Violation::message)
        .asString()
        .contains("b-1-s0-1", "for no reason");
  }

  @Test
  void findsReplacementForNoReason() {
    assertThat(
            violations(
                Set.of(), pod("s0", 1, true, Result.RETRYABLE_FAILURE), pod("s0", 2, false, null)))
        .hasSize(1);
  }

  @Test
  void findsPodNextToRunningPod() {
    assertThat(violations(Set.of(), pod("s0", 1, false, null), pod("s0", 2, false, null)))
        .hasSize(1);
  }

  private static List<Violation> violations(Set<String> disrupted, ObservedPod... pods) {
    return new DuplicateWorkCheck(List.of(pods), disrupted).violations();
  }

  private static ObservedPod pod(
      String task, int attempt, boolean isDeleted, @Nullable Result result) {
    var uid = task + "-" + attempt;
    return new ObservedPod(
        uid,
        "n",
        "b-1-" + uid,
        "b/1",
        task,
        attempt,
        CREATED.plusSeconds(attempt),
        Optional.empty(),
        result == null,
        isDeleted,
        isDeleted,
        Optional.ofNullable(result));
  }
}
