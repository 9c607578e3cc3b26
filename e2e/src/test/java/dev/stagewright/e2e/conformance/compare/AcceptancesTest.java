package dev.stagewright.e2e.conformance.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Known differences are accepted as long as they occur. */
class AcceptancesTest {
  private static final String YAML =
      """
      - cases: [run/*, add/b]
        kind: mtime
        path: etc/*
        reason: known
      - cases: ["*"]
        kind: history
        path: "*"
        reason: never seen
      """;

  @TempDir Path folder;

  @Test
  void acceptsListedDifferences() throws IOException {
    var acceptances = acceptances();

    assertThat(acceptances.accepts("run/a", "inPlace", difference("mtime", "etc/a/b"))).isTrue();
    assertThat(acceptances.accepts("add/b", "inPlace", difference("mtime", "etc/a"))).isTrue();
    assertThat(acceptances.accepts("copy/a", "inPlace", difference("mtime", "etc/a"))).isFalse();
    assertThat(acceptances.accepts("run/a", "inPlace", difference("mode", "etc/a"))).isFalse();
    assertThat(acceptances.accepts("run/a", "inPlace", difference("mtime", "usr"))).isFalse();
  }

  @Test
  void entryCanApplyToOneSandbox() throws IOException {
    var acceptances =
        new Acceptances(List.of(new Acceptance(List.of("*"), "*", "*", "inPlace", "cannot mount")));

    assertThat(acceptances.accepts("run/a", "inPlace", difference("mode", "a"))).isTrue();
    assertThat(acceptances.accepts("run/a", "userNamespace", difference("mode", "a"))).isFalse();
  }

  @Test
  void reportsUnusedEntries() throws IOException {
    var acceptances = acceptances();
    acceptances.accepts("run/a", "inPlace", difference("mtime", "etc/a"));

    assertThat(acceptances.stale()).extracting(Acceptance::reason).containsExactly("never seen");
  }

  private Acceptances acceptances() throws IOException {
    return Acceptances.read(Files.writeString(folder.resolve("accepted.yaml"), YAML));
  }

  private static Difference difference(String kind, String path) {
    return new Difference(kind, path, "1", "2");
  }
}
