package dev.stagewright.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class OptionFilesTest {

  @Test
  void endsWithMainClass() {
    assertThat(OptionFiles.stage(List.of("a.jar"), "a.Main")).last().isEqualTo("a.Main");
    assertThat(OptionFiles.full(List.of("a.jar"), "a.Main")).last().isEqualTo("a.Main");
  }

  @Test
  void usesPathsInContainer() {
    assertThat(OptionFiles.stage(List.of("a.jar", "b.jar"), "a.Main"))
        .containsSequence(
            "-cp",
            "/dev/stagewright/runtime/.stagewright/jars/stage/a.jar:"
                + "/dev/stagewright/runtime/.stagewright/jars/stage/b.jar");
    assertThat(OptionFiles.copy(List.of("a.jar"), "a.Main"))
        .containsSequence("-cp", "/.stagewright/.stagewright/jars/stage/a.jar");
  }

  @Test
  void keepsLimitOfOpenFiles() {
    assertThat(OptionFiles.stage(List.of("a.jar"), "a.Main")).contains("-XX:-MaxFDLimit");
  }

  @Test
  void disablesAttachSocket() {
    assertThat(OptionFiles.stage(List.of("a.jar"), "a.Main"))
        .contains("-XX:+DisableAttachMechanism");
  }

  @Test
  void usesCacheNextToJars() {
    assertThat(OptionFiles.useCache(Profile.FULL.cache()))
        .isEqualTo("-XX:AOTCache=/.stagewright/.stagewright/jars/full.aot");
  }
}
