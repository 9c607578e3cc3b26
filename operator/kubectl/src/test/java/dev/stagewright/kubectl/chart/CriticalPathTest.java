package dev.stagewright.kubectl.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.kubectl.support.TestBuilds;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A diamond: {@code a} and {@code b} start from {@code base}, {@code final} copies from both. */
class CriticalPathTest {
  private static final String DIAMOND =
      """
      phase: Succeeded
      startTime: '2026-01-01T10:00:00Z'
      completionTime: '2026-01-01T10:01:00Z'
      conditions:
      - {type: Prepared, status: 'True', lastTransitionTime: '2026-01-01T10:00:05Z', reason: Prepared, message: ''}
      - {type: Built, status: 'True', lastTransitionTime: '2026-01-01T10:00:50Z', reason: Built, message: ''}
      stages:
      - {id: s0, name: base, base: scratch, phase: Succeeded, completionTime: '2026-01-01T10:00:10Z'}
      - {id: s1, name: a, base: base, phase: Succeeded, completionTime: '2026-01-01T10:00:20Z'}
      - {id: s2, name: b, base: base, phase: Succeeded, completionTime: '2026-01-01T10:00:40Z'}
      - {id: s3, name: final, base: scratch, phase: Succeeded, completionTime: '2026-01-01T10:00:48Z'}
      """;

  private static List<String> segments(String status, Map<String, List<StageWait>> waits) {
    var parsed = TestBuilds.status(status);
    var times = PhaseTimes.of(parsed, Instant.parse("2026-01-01T12:00:00Z")).orElseThrow();
    return new CriticalPath(parsed, new RunDetails(Optional.empty(), waits), times)
        .segments().stream()
            .map(segment -> segment.name() + " " + segment.duration().toSeconds() + "s")
            .toList();
  }

  private static List<StageWait> waitsFor(String... stages) {
    return List.of(stages).stream()
        .map(stage -> new StageWait(stage, Instant.parse("2026-01-01T10:00:15Z")))
        .toList();
  }

  @Test
  void followsLongestWaits() {
    assertThat(segments(DIAMOND, Map.of("s3", waitsFor("a", "b"))))
        .containsExactly("prepare 5s", "base 5s", "b 30s", "final 10s", "publish 10s");
  }

  @Test
  void stageWithoutWaitStartsPath() {
    assertThat(segments(DIAMOND, Map.of("s3", List.of())))
        .containsExactly("prepare 5s", "final 45s", "publish 10s");
  }

  @Test
  void cachedStagesAreNotOnThePath() {
    var cached = DIAMOND.replace("phase: Succeeded, comp", "phase: Succeeded, cached: All, comp");

    assertThat(segments(cached, Map.of())).containsExactly("prepare 5s", "publish 55s");
  }

  @Test
  void durationsAddUpToTotal() {
    var seconds =
        segments(DIAMOND, Map.of("s3", waitsFor("a", "b"))).stream()
            .mapToInt(segment -> Integer.parseInt(segment.replaceAll(".* |s", "")))
            .sum();
    assertThat(seconds).isEqualTo(60);
  }
}
