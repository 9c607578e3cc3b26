package dev.stagewright.kubectl.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.kubectl.support.TestBuilds;
import dev.stagewright.kubectl.terminal.Ansi;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class BuildTableTest {
  private static final Instant NOW = Instant.parse("2026-01-01T10:01:00Z");

  private static ImageBuild build(String name, String created, String status) {
    var build = TestBuilds.hello(status);
    build.getMetadata().setName(name);
    build.getMetadata().setCreationTimestamp(created);
    return build;
  }

  @Test
  void listsNewestFirst() {
    var builds =
        List.of(
            build(
                "old",
                "2026-01-01T09:00:00Z",
                """
                phase: Succeeded
                progress: 2/2
                startTime: '2026-01-01T09:00:01Z'
                duration: 40s
                """),
            build(
                "active",
                "2026-01-01T10:00:00Z",
                """
                phase: Building
                progress: 0/2
                startTime: '2026-01-01T10:00:10Z'
                """),
            build(
                "broken",
                "2026-01-01T08:00:00Z",
                """
                phase: Failed
                progress: 1/2
                startTime: '2026-01-01T08:00:01Z'
                duration: 9s
                failure: {reason: RunFailed, message: exit code 2}
                """),
            build("new", "2026-01-01T10:00:59Z", ""));

    assertThat(new BuildTable(new Ansi(false), NOW).draw(builds))
        .isEqualTo(
            """
            BUILD   PHASE      STAGES  TIME  AGE   IMAGE                                REASON
            new     -                          1s  registry.example.com/team/hello:1.0
            active  Building   0/2      50s    1m  registry.example.com/team/hello:1.0
            old     Succeeded  2/2      40s  1h1m  registry.example.com/team/hello:1.0
            broken  Failed     1/2       9s  2h1m  registry.example.com/team/hello:1.0  RunFailed
            """);
  }

  @Test
  void printsHeaderForEmptyNamespace() {
    assertThat(new BuildTable(new Ansi(false), NOW).draw(List.of()))
        .isEqualTo("BUILD  PHASE  STAGES  TIME  AGE  IMAGE  REASON\n");
  }
}
