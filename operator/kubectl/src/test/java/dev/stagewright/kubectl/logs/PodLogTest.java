package dev.stagewright.kubectl.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.kubectl.cluster.ClusterException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Every stream of {@link FakeLogs} ends with what was there when it was opened. */
class PodLogTest {
  private static final Duration PAUSE = Duration.ofMillis(1);

  private final FakeLogs logs = new FakeLogs();
  private final List<String> read = new ArrayList<>();

  private Optional<String> read(PodLog.PodWatch watch) throws InterruptedException {
    return new PodLog("pod", logs, watch, PAUSE).read(line -> read.add(line.text()));
  }

  /** Goes on with the next thing to happen each time the log is to be opened. */
  private PodLog.PodWatch meanwhile(Runnable... happens) {
    var next = List.of(happens).iterator();
    return pod -> {
      if (next.hasNext()) {
        next.next().run();
      }
      return logs.isOver(pod);
    };
  }

  @Test
  void readsOnWhereAStreamBroke() throws Exception {
    var watch =
        meanwhile(
            () -> logs.say("pod", "a", "b", "c", "d", "e"),
            () -> logs.say("pod", "f"),
            () -> {},
            () -> logs.say("pod", "g").end("pod"));

    assertThat(read(watch)).isEmpty();
    assertThat(read).containsExactly("a", "b", "c", "d", "e", "f", "g");
  }

  @Test
  void tellsALineThatWasCutOffOnceItIsWhole() throws Exception {
    var watch =
        meanwhile(
            () -> logs.say("pod", "a").begin("pod", "hal"),
            () -> logs.complete("pod", "f").end("pod"));

    read(watch);
    assertThat(read).containsExactly("a", "half");
  }

  @Test
  void tellsALastLineThatHasNoEnd() throws Exception {
    read(meanwhile(() -> logs.begin("pod", "prompt>").end("pod")));

    assertThat(read).containsExactly("prompt>");
  }

  @Test
  void opensTheLogAgainWhereThatFails() throws Exception {
    var watch = meanwhile(() -> logs.say("pod", "a").fail(3), () -> {}, () -> {}, () -> {});
    logs.end("pod");

    assertThat(read(watch)).isEmpty();
    assertThat(read).containsExactly("a");
  }

  @Test
  void givesUpWhereItFailsForever() throws Exception {
    logs.fail(Integer.MAX_VALUE);

    assertThat(read(_ -> false)).contains("connection reset");
  }

  @Test
  void endsWithAPodThatIsGone() throws Exception {
    assertThat(read(meanwhile(() -> logs.say("pod", "a"), () -> logs.remove("pod")))).isEmpty();
    assertThat(read).containsExactly("a");
  }

  @Test
  void doesNotInsistWhereItMayNotRead() throws Exception {
    PodLog.PodWatch forbidden =
        _ -> {
          throw new ClusterException("you may not");
        };
    assertThat(read(forbidden)).contains("you may not");
  }
}
