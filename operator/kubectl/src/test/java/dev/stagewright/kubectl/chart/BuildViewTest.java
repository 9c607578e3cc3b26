package dev.stagewright.kubectl.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.kubectl.support.TestBuilds;
import dev.stagewright.kubectl.terminal.Terminal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BuildViewTest {
  private static final Instant NOW = Instant.parse("2026-01-01T10:00:30Z");
  private static final Terminal UNICODE = new Terminal(false, false, true, 110);
  private static final Terminal ASCII = new Terminal(false, false, false, 110);
  private static final RunDetails NO_DETAILS = new RunDetails(Optional.empty(), Map.of());

  private static final String SUCCEEDED =
      """
      phase: Succeeded
      startTime: '2026-01-01T10:00:00Z'
      completionTime: '2026-01-01T10:00:40Z'
      duration: 40s
      conditions:
      - {type: Ready, status: 'True', lastTransitionTime: '2026-01-01T10:00:40Z', reason: Pushed, message: pushed}
      - {type: Prepared, status: 'True', lastTransitionTime: '2026-01-01T10:00:04Z', reason: Prepared, message: ''}
      - {type: Built, status: 'True', lastTransitionTime: '2026-01-01T10:00:36Z', reason: Built, message: ''}
      stages:
      - id: s0
        name: builder
        base: docker.io/library/golang@sha256:1
        node: node-1
        phase: Succeeded
        startTime: '2026-01-01T10:00:06Z'
        completionTime: '2026-01-01T10:00:30Z'
        step: 3/3 RUN go build
        size: 2100000
      - id: s1
        name: final
        base: builder
        node: node-2
        phase: Succeeded
        startTime: '2026-01-01T10:00:06Z'
        completionTime: '2026-01-01T10:00:35Z'
        step: 2/2 COPY --from=builder /app /app
        size: 340
      image: {reference: 'registry.example.com/team/hello:1.0', digest: 'sha256:5d9c', size: 12300000, layers: 3}
      """;

  @Test
  void drawsSuccessfulRun() {
    var waits =
        Map.of(
            "s0",
            List.<StageWait>of(),
            "s1",
            List.of(new StageWait("builder", Instant.parse("2026-01-01T10:00:10Z"))));
    assertThat(
            new BuildView(UNICODE, NOW)
                .draw(TestBuilds.hello(SUCCEEDED), new RunDetails(Optional.empty(), waits)))
        .isEqualTo(
            """
            hello  Succeeded after 40s
            image   registry.example.com/team/hello:1.0
            digest  sha256:5d9c
            size    12 MB in 3 layers

                                0s        15s        30s 40s
            prepare             ███                            4s  done
            ├─ builder             ·█████████████████         24s  done  node-1  2.1 MB  3/3 RUN go build
            └─ final ← builder     ·███░░░░░░░░░░░░░░███      29s  done  node-2   340 B  2/2 COPY --from=builder /app /app
            publish                                      ███   4s  done

            critical path  prepare 4s → builder 26s → final 6s → publish 4s
            """);
  }

  @Test
  void drawsWithAscii() {
    assertThat(new BuildView(ASCII, NOW).draw(TestBuilds.hello(SUCCEEDED), NO_DETAILS))
        .isEqualTo(
            """
            hello  Succeeded after 40s
            image   registry.example.com/team/hello:1.0
            digest  sha256:5d9c
            size    12 MB in 3 layers

                                 0s        15s       30s 40s
            prepare              ###                           4s  done
            |- builder              .################         24s  done  node-1  2.1 MB  3/3 RUN go build
            `- final <- builder     .####################     29s  done  node-2   340 B  2/2 COPY --from=builder /app /app
            publish                                      ###   4s  done

            critical path  prepare 4s -> builder 26s -> final 6s -> publish 4s
            """);
  }

  @Test
  void showsActiveRun() {
    var status =
        """
        phase: Building
        startTime: '2026-01-01T10:00:00Z'
        conditions:
        - {type: Ready, status: Unknown, lastTransitionTime: '2026-01-01T10:00:00Z', reason: Building, message: 1 of 3 stages are done}
        - {type: Prepared, status: 'True', lastTransitionTime: '2026-01-01T10:00:05Z', reason: Prepared, message: ''}
        stages:
        - {id: s0, name: builder, base: scratch, node: node-1, phase: Running, step: 2/3 RUN make, startTime: '2026-01-01T10:00:10Z'}
        - {id: s1, name: assets, base: scratch, phase: Pending, reason: ErrImagePull, message: 'no such host'}
        - {id: s2, name: final, base: builder, phase: Waiting, reason: WaitsForStage, message: waits for stage builder}
        """;
    assertThat(new BuildView(UNICODE, NOW).draw(TestBuilds.hello(status), NO_DETAILS))
        .isEqualTo(
            """
            hello  Building for 30s
            image  registry.example.com/team/hello:1.0
            state  1 of 3 stages are done

                                0s       10s      20s    30s
            prepare             █████                          5s  done
            ├─ builder               ····██████████████████▶  20s  running  node-1  2/3 RUN make
            ├─ assets                ·······················       pending          ErrImagePull
            └─ final ← builder       ·······················       waiting          WaitsForStage

            assets is pending: no such host
            """);
  }

  @Test
  void showsFailure() {
    var status =
        """
        phase: Failed
        startTime: '2026-01-01T10:00:00Z'
        completionTime: '2026-01-01T10:00:20Z'
        duration: 20s
        conditions:
        - {type: Prepared, status: 'True', lastTransitionTime: '2026-01-01T10:00:05Z', reason: Prepared, message: ''}
        stages:
        - {id: s0, name: builder, base: scratch, node: node-1, phase: Failed, step: 2/3 RUN make, reason: RunFailed, message: 'exit code 2', startTime: '2026-01-01T10:00:10Z', completionTime: '2026-01-01T10:00:19Z'}
        - {id: s1, name: final, base: scratch, phase: Cancelled}
        failure: {reason: RunFailed, stage: builder, line: 3, instruction: RUN make, exitCode: 2, message: 'the command ended with exit code 2', logTail: ['make: *** no rule', 'make: stopped']}
        """;
    assertThat(new BuildView(UNICODE, NOW).draw(TestBuilds.hello(status), NO_DETAILS))
        .isEqualTo(
            """
            hello  Failed after 20s
            image  registry.example.com/team/hello:1.0

                        0s       5s       10s      15s   20s
            prepare     █████████                             5s  done
            ├─ builder           ·········████████████████✗   9s  failed     node-1  2/3 RUN make
            └─ final             ···························      cancelled

            RunFailed in stage builder, line 3: RUN make
            the command ended with exit code 2
            │ make: *** no rule
            │ make: stopped
            """);
  }

  @Test
  void showsWhatIsCached() {
    var status =
        """
        phase: Succeeded
        startTime: '2026-01-01T10:00:00Z'
        completionTime: '2026-01-01T10:00:20Z'
        duration: 20s
        conditions:
        - {type: Ready, status: 'True', lastTransitionTime: '2026-01-01T10:00:20Z', reason: Unchanged, message: ''}
        - {type: Prepared, status: 'True', lastTransitionTime: '2026-01-01T10:00:05Z', reason: Prepared, message: ''}
        - {type: Built, status: 'True', lastTransitionTime: '2026-01-01T10:00:15Z', reason: Built, message: ''}
        stages:
        - {id: s0, name: builder, base: scratch, phase: Succeeded, step: 4/4 RUN make, completionTime: '2026-01-01T10:00:05Z', cached: All, cache: {cachedSteps: 3, steps: 3, savedDuration: 1m2s, savedBytes: 312000000}}
        - {id: s1, name: final, base: scratch, node: node-1, phase: Succeeded, step: 3/3 RUN make, startTime: '2026-01-01T10:00:06Z', completionTime: '2026-01-01T10:00:15Z', cached: Partial, cache: {cachedSteps: 1, steps: 2, savedDuration: 0s, savedBytes: 340}}
        cache: {repository: 'registry.example.com/team/hello/cache', cachedSteps: 4, steps: 5, savedDuration: 1m2s, savedBytes: 312000340}
        """;
    assertThat(new BuildView(UNICODE, NOW).draw(TestBuilds.hello(status), NO_DETAILS))
        .isEqualTo(
            """
            hello  Succeeded after 20s, unchanged
            image  registry.example.com/team/hello:1.0
            cache  4 of 5 steps, saved 1m2s and 312 MB

                        0s       5s       10s      15s   20s
            prepare     █████████                             5s  done
            ├─ builder                                            cached          all steps cached
            └─ final             ·█████████████████           9s  done    node-1  3/3 RUN make (1 of 2 steps cached)
            publish                                █████████  5s  done

            critical path  prepare 5s → final 10s → publish 5s
            """);
  }

  private static String summary(String cacheMounts) {
    var status =
        """
        phase: Preparing
        conditions:
        - {type: Ready, status: Unknown, lastTransitionTime: '2026-01-01T10:00:00Z', reason: Preparing, message: ''}
        cacheMounts: %s
        """
            .formatted(cacheMounts);
    return new BuildView(UNICODE, NOW).draw(TestBuilds.hello(status), NO_DETAILS);
  }

  @Test
  void showsTheClaimOfCacheMounts() {
    assertThat(summary("{storage: Claim, claimName: caches, reason: Configured, message: x}"))
        .isEqualTo(
            """
            hello  Preparing
            image   registry.example.com/team/hello:1.0
            mounts  caches on claim caches
            """);
  }

  @Test
  void showsWhyCacheMountsDoNotLast() {
    assertThat(
            summary(
                "{storage: Workspace, reason: ClaimUnavailable, message: 'exceeded quota: storage'}"))
        .contains("mounts  caches for this run only: exceeded quota: storage\n");
  }

  @Test
  void showsQueuePosition() {
    var status =
        """
        phase: Queued
        conditions:
        - {type: Ready, status: Unknown, lastTransitionTime: '2026-01-01T10:00:00Z', reason: Queued, message: waits for its turn}
        queue: {position: 3, since: '2026-01-01T10:00:00Z', message: 4 builds of the namespace run}
        """;
    assertThat(new BuildView(UNICODE, NOW).draw(TestBuilds.hello(status), NO_DETAILS))
        .isEqualTo(
            """
            hello  Queued
            image  registry.example.com/team/hello:1.0
            queue  position 3: 4 builds of the namespace run
            state  waits for its turn
            """);
  }

  @Test
  void checksAreOneLineAndFindingsAreNotes() {
    var checked =
        SUCCEEDED
            + """
            checks: {runnable: 'False', errors: 1, warnings: 0, hints: 2, sizeRatio: '41.3', millis: 12}
            findings:
            - rule: MissingInterpreter
              severity: Error
              path: /app
              line: 7
              message: /app needs /lib/ld-musl-x86_64.so.1
              fix: use an image with musl
            - {rule: StageNameCasing, severity: Warning, message: lower case, line: 1}
            """;

    assertThat(new BuildView(ASCII, NOW).draw(TestBuilds.hello(checked), NO_DETAILS))
        .contains(
            "checks  cannot start; 1 error, 2 hints; the largest stage is 41.3 times as large\n")
        .contains("MissingInterpreter, /app, line 7: /app needs /lib/ld-musl-x86_64.so.1\n")
        .contains(" use an image with musl\n")
        .contains("StageNameCasing, line 1: lower case");
  }
}
