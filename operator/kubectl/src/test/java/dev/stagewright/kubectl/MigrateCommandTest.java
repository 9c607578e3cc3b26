package dev.stagewright.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class MigrateCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return StagewrightCommand.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  @Test
  void printsTheBuildAndTheNotes() {
    var exitCode =
        run(
            "migrate",
            "kaniko",
            "--name=web",
            "--push-secret",
            "registry",
            "-c",
            "git://git.example.com/app.git",
            "-d",
            "registry.example.com/app:1",
            "-v=debug");

    assertThat(out.toString()).contains("name: \"web\"", "name: \"registry\"", "app:1");
    assertThat(err.toString()).contains("note: --verbosity is not needed");
    assertThat(exitCode).isZero();
  }

  @Test
  void argumentsCanFollowDashes() {
    assertThat(run("migrate", "kaniko", "--", "--context=/src", "-d=r.example.com/app")).isOne();
    assertThat(err.toString()).contains("to do: spec.source is missing");
  }

  @Test
  void rejectsUnknownFlags() {
    assertThat(run("migrate", "kaniko", "--destination=r/a", "--push")).isEqualTo(2);
    assertThat(err.toString()).contains("--push is not a flag of kaniko");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void requiresArguments() {
    assertThat(run("migrate", "kaniko")).isEqualTo(2);
    assertThat(err.toString()).contains("the arguments of kaniko are missing");
  }
}
