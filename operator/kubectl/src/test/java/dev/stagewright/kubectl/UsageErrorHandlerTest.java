package dev.stagewright.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsageErrorHandlerTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return StagewrightCommand.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          bulid .           | unknown command bulid (did you mean build?)         | stagewright
          explode           | unknown command explode                             | stagewright
          cache pruen       | unknown command pruen (did you mean prune?)         | stagewright cache
          build . --tga=x   | unknown option --tga (did you mean --tag?)          | stagewright build
          build . --squash  | stagewright build does not have the option --squash: layers are not merged; use a multi-stage Dockerfile | stagewright build
          get hello other   | unexpected argument other                           | stagewright get
          """)
  void saysWhatIsWrongAndWhereTheHelpIs(String line, String message, String command) {
    assertThat(run(line.split(" ", -1))).isEqualTo(2);

    assertThat(err.toString().lines()).containsExactly(message, "See '" + command + " --help'.");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void groupOfCommandsPrintsItsHelp() {
    assertThat(run()).isZero();
    assertThat(out.toString())
        .contains("Usage: stagewright")
        .contains("  wait          Waits for a build, and exits with its result");
  }
}
