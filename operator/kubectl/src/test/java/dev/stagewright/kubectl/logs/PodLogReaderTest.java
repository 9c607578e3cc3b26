package dev.stagewright.kubectl.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.kubectl.cluster.ClusterException;
import dev.stagewright.kubectl.cluster.ContainerName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Every stream of {@link FakePodLogs} ends with the lines that existed when it was opened. */
class PodLogReaderTest {
  private static final Duration RETRY_INTERVAL = Duration.ofMillis(1);

  private final FakePodLogs logs = new FakePodLogs();
  private final List<String> read = new ArrayList<>();

  private Optional<String> read(PodLogReader.TerminationCheck watch) throws InterruptedException {
    return new PodLogReader(new ContainerName("pod", "main"), logs, watch, RETRY_INTERVAL)
        .read(line -> read.add(line.text()));
  }

  /** Runs the next action each time before the log is opened. */
  private PodLogReader.TerminationCheck beforeEachOpen(Runnable... actions) {
    var next = List.of(actions).iterator();
    return pod -> {
      if (next.hasNext()) {
        next.next().run();
      }
      return logs.isTerminated(pod);
    };
  }

  @Test
  void resumesBrokenStream() throws Exception {
    var watch =
        beforeEachOpen(
            () -> logs.print("pod", "a", "b", "c", "d", "e"),
            () -> logs.print("pod", "f"),
            () -> {},
            () -> logs.print("pod", "g").terminate("pod"));

    assertThat(read(watch)).isEmpty();
    assertThat(read).containsExactly("a", "b", "c", "d", "e", "f", "g");
  }

  @Test
  void printsCutOffLineOnceComplete() throws Exception {
    var watch =
        beforeEachOpen(
            () -> logs.print("pod", "a").printPartial("pod", "hal"),
            () -> logs.completeLine("pod", "f").terminate("pod"));

    read(watch);
    assertThat(read).containsExactly("a", "half");
  }

  @Test
  void printsPartialLastLine() throws Exception {
    read(beforeEachOpen(() -> logs.printPartial("pod", "prompt>").terminate("pod")));

    assertThat(read).containsExactly("prompt>");
  }

  @Test
  void retriesFailedOpen() throws Exception {
    var watch = beforeEachOpen(() -> logs.print("pod", "a").fail(3), () -> {}, () -> {}, () -> {});
    logs.terminate("pod");

    assertThat(read(watch)).isEmpty();
    assertThat(read).containsExactly("a");
  }

  @Test
  void stopsAfterTooManyFailures() throws Exception {
    logs.fail(Integer.MAX_VALUE);

    assertThat(read(_ -> false)).contains("connection reset");
  }

  @Test
  void endsWhenPodIsDeleted() throws Exception {
    assertThat(read(beforeEachOpen(() -> logs.print("pod", "a"), () -> logs.remove("pod"))))
        .isEmpty();
    assertThat(read).containsExactly("a");
  }

  @Test
  void stopsWhenForbidden() throws Exception {
    PodLogReader.TerminationCheck forbidden =
        _ -> {
          throw new ClusterException("not allowed");
        };
    assertThat(read(forbidden)).contains("not allowed");
  }
}
