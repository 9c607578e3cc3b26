package dev.stagewright.kubectl.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.kubectl.support.TestBuilds;
import dev.stagewright.kubectl.terminal.Ansi;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CacheReportTest {
  private static final Instant NOW = Instant.parse("2026-01-01T10:00:30Z");

  private static String draw(String status) {
    return new CacheReport(new Ansi(false), NOW).draw(TestBuilds.hello(status));
  }

  @Test
  void explainsEachStage() {
    assertThat(
            draw(
                """
                phase: Building
                startTime: '2026-01-01T10:00:00Z'
                stages:
                - {id: s0, name: builder, base: scratch, phase: Succeeded, cached: All, cache: {cachedSteps: 6, steps: 6, savedDuration: 1m2s, savedBytes: 312000000}}
                - {id: s1, name: assets, base: scratch, phase: Running, cached: Partial, cache: {cachedSteps: 2, steps: 4, startStep: 4/5 COPY . ., missed: 'COPY . .: src/main.js changed', savedDuration: 10s, savedBytes: 0}}
                - {id: s2, name: tools, base: scratch, phase: Running, cached: None, cache: {cachedSteps: 0, steps: 1, startStep: 2/2 RUN make, savedDuration: 0s, savedBytes: 0}}
                - {id: s3, name: docs, base: scratch, phase: Running, cached: Partial, cache: {cachedSteps: 1, steps: 1, missed: 'other stages copy other files of it', savedDuration: 0s, savedBytes: 0}}
                - {id: s4, name: final, base: scratch, phase: Waiting}
                cache: {repository: 'registry.example.com/team/hello/cache', cachedSteps: 9, steps: 12, savedDuration: 1m12s, savedBytes: 312000000}
                """))
        .isEqualTo(
            """
            hello  Building for 30s
            records  registry.example.com/team/hello/cache
            cached   9 of 12 steps, saved 1m12s and 312 MB

            builder  all steps are cached, saved 1m2s and 312 MB
            assets   2 of 4 steps are cached, saved 10s
                     runs from step 4/5 COPY . .
                     COPY . .: src/main.js changed
            tools    no step is cached
                     runs from step 2/2 RUN make
                     no earlier build to compare with
            docs     all steps are cached, but not the files that other stages copy
                     other stages copy other files of it
            final    not looked up
            """);
  }

  @Test
  void namesTheBuildThatAStageWaitsFor() {
    assertThat(
            draw(
                """
                phase: Building
                startTime: '2026-01-01T10:00:00Z'
                stages:
                - {id: s0, name: deps, base: scratch, phase: Waiting, reason: WaitsForBuild, message: 'waits for ImageBuild api, which runs the same instructions', cached: Partial, cache: {cachedSteps: 1, steps: 4, startStep: 3/5 RUN npm ci, savedDuration: 0s, savedBytes: 0}}
                cache: {repository: 'registry.example.com/team/hello/cache', cachedSteps: 1, steps: 4, savedDuration: 0s, savedBytes: 0}
                """))
        .endsWith(
            """
            deps  1 of 4 steps are cached
                  waits for ImageBuild api, which runs the same instructions
            """);
  }

  @Test
  void namesIgnoredRecords() {
    assertThat(
            draw(
                """
                phase: Building
                startTime: '2026-01-01T10:00:00Z'
                cache: {repository: 'r.example.com/cache', recordsIgnored: true, cachedSteps: 0, steps: 12, savedDuration: 0s, savedBytes: 0}
                """))
        .contains("cached   0 of 12 steps, existing records are ignored\n");
  }

  @Test
  void explainsWhyThereIsNoCache() {
    assertThat(draw("phase: Building\nstartTime: '2026-01-01T10:00:00Z'"))
        .endsWith("no stage has been looked up in the cache yet\n");
    assertThat(draw("phase: Failed\nstartTime: '2026-01-01T10:00:00Z'"))
        .endsWith("or the configuration of the operator disables the cache\n");
  }
}
