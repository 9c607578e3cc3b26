package dev.stagewright.worker.source.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.protocol.SourceRequest;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeepGitDirectoryTest {

  @ParameterizedTest(name = "keepGitDir {0}, argument {1}: {2}")
  @CsvSource({
    ", , false",
    ", 1, true",
    ", true, true",
    ", T, true",
    ", 0, false",
    ", False, false",
    "true, , true",
    "true, 0, true",
    "false, 1, false",
  })
  void prefersFieldToArgument(Boolean field, String argument, boolean wanted) {
    var keep = keep(Optional.ofNullable(field), argument, Optional.empty());

    assertThat(keep.isEnabled()).isEqualTo(wanted);
    assertThat(keep.problem()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"yes", "on", "tRUE", "2"})
  void ignoresAndReportsInvalidBoolean(String value) {
    var keep = keep(Optional.empty(), value, Optional.empty());

    assertThat(keep.isEnabled()).isFalse();
    assertThat(keep.problem().orElseThrow())
        .contains("BUILDKIT_CONTEXT_KEEP_GIT_DIR is \"" + value + "\"", "true or false");
  }

  @Test
  void excludesGitDirectoryForSubdirectory() {
    var keep = keep(Optional.empty(), "1", Optional.of("services/web"));

    assertThat(keep.isEnabled()).isFalse();
    assertThat(keep.problem().orElseThrow())
        .contains("spec.source.git.directory makes services/web its root", "spec.dockerfile");
    assertThat(keep(Optional.empty(), "1", Optional.of("./")).isEnabled()).isTrue();
  }

  private static KeepGitDirectory keep(
      Optional<Boolean> field, String argument, Optional<String> directory) {
    return new KeepGitDirectory(
        new SourceRequest.Git("https://x/y", Optional.empty(), directory, field),
        argument == null ? Map.of() : Map.of("BUILDKIT_CONTEXT_KEEP_GIT_DIR", argument));
  }
}
