package dev.stagewright.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.controller.config.OperatorConfig;
import dev.stagewright.protocol.FailureReason;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The lists in the documentation are complete. */
class DocumentationTest {
  @Test
  void everyFailureReasonIsDocumented() throws Exception {
    assertThat(page("troubleshooting.md"))
        .contains(rows(Arrays.stream(FailureReason.values()).map(FailureReason::name)));
  }

  @Test
  void everyConfigurationPropertyIsDocumented() throws Exception {
    var properties =
        Arrays.stream(OperatorConfig.class.getRecordComponents()).map(RecordComponent::getName);
    assertThat(page("operator.md")).contains(rows(properties));
  }

  private static String[] rows(Stream<String> names) {
    return names.map(name -> "\n| `" + name + "` |").toArray(String[]::new);
  }

  private static String page(String name) throws IOException {
    return Files.readString(Path.of("..", "..", "docs", name));
  }
}
