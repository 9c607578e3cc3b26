package dev.stagewright.stage;

import static dev.stagewright.stage.TestStage.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.protocol.SandboxKind;
import dev.stagewright.protocol.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The processes of a command in each sandbox: what they inherit and how they end. */
@NeedsRoot
@ParameterizedClass(name = "{0}")
@EnumSource(
    value = SandboxKind.class,
    names = {"IN_PLACE", "USER_NAMESPACE"})
class CommandProcessesTest {
  /** Waits until the process with the id in $pid has ended, with a timeout. */
  private static final String GONE =
      "; i=0; while kill -0 $pid 2>/dev/null; do i=$((i+1)); [ $i -lt 300000 ] || exit 9; done";

  @Parameter SandboxKind sandbox = SandboxKind.IN_PLACE;
  @TempDir Path folder;
  private TestRoot root;
  private TestStage build;

  @BeforeEach
  void prepare() throws IOException {
    root = TestRoot.create(Files.createDirectory(folder.resolve("root")));
    build = new TestStage(folder.resolve("workspace"), sandbox);
  }

  private int runs(Step... steps) throws IOException {
    return build.stage("s0", TestStage.BASE, List.of(), true, steps).run("s0", root.path());
  }

  @Test
  void stoppedDaemonIsReaped() throws IOException {
    var start = "(setsid sleep 1000 & echo $! >/tmp/pid)";
    var code = runs(run(start + "; pid=$(cat /tmp/pid); kill $pid" + GONE + "; echo gone"));
    assertThat(code).as(build.log()).isZero();
    assertThat(build.log()).endsWith("\ngone\n");
  }

  @Test
  void endedDaemonIsReaped() throws IOException {
    var code = runs(run("(true & echo $! >/tmp/pid); pid=$(cat /tmp/pid)" + GONE));
    assertThat(code).as(build.log()).isZero();
  }

  @Test
  void commandCanKillItself() throws IOException {
    assertThat(runs(run("kill -TERM $$; sleep 1000"))).isEqualTo(30);
    assertThat(build.failure().message()).endsWith("returned a non-zero code: 143 (SIGTERM)");
  }

  @Test
  void remainingProcessesAreKilledBeforeTheNextCommand() throws IOException {
    var leave = "for i in 1 2 3 4 5; do (setsid sleep 1000 & echo $! >>/tmp/pids); done";
    var code =
        runs(
            run(leave),
            run("while read pid; do ! kill -0 $pid 2>/dev/null || exit 9; done </tmp/pids"));
    assertThat(code).as(build.log()).isZero();
  }
}
