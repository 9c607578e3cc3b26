package dev.stagewright.kubectl.logs;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stagewright.kubectl.cluster.ContainerName;
import dev.stagewright.kubectl.cluster.PodLogClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Logs as the kubelet serves them: from a whole second to the last existing line. A followed stream
 * ends too, as if a proxy closed the connection, so that a reader has to reopen it.
 */
final class FakePodLogs implements PodLogClient, PodLogReader.TerminationCheck {
  private static final Instant START = Instant.parse("2026-01-01T10:00:00Z");
  private static final int MILLIS_BETWEEN_LINES = 300;

  private final Map<String, List<String>> lines = new HashMap<>();
  private final Set<String> terminated = new HashSet<>();
  private final Set<String> hanging = new HashSet<>();
  private int clock;
  private int failures;

  /** Prints lines. */
  synchronized FakePodLogs print(String pod, String... texts) {
    for (var text : texts) {
      lines.computeIfAbsent(pod, _ -> new ArrayList<>()).add(now() + " " + text + "\n");
    }
    return this;
  }

  /** Prints the start of a line. */
  synchronized FakePodLogs printPartial(String pod, String text) {
    lines.computeIfAbsent(pod, _ -> new ArrayList<>()).add(now() + " " + text);
    return this;
  }

  /** Prints the rest of a line. */
  synchronized FakePodLogs completeLine(String pod, String rest) {
    lines.computeIfPresent(
        pod,
        (_, all) -> {
          all.add(all.removeLast() + rest + "\n");
          return all;
        });
    return this;
  }

  synchronized FakePodLogs terminate(String... pods) {
    terminated.addAll(List.of(pods));
    return this;
  }

  synchronized FakePodLogs remove(String pod) {
    lines.remove(pod);
    return terminate(pod);
  }

  /** Simulates a lost node: the stream delivers nothing more and does not end. */
  synchronized FakePodLogs hang(String pod) {
    hanging.add(pod);
    return this;
  }

  /** Makes the next calls of open fail. */
  synchronized FakePodLogs fail(int times) {
    failures = times;
    return this;
  }

  private String now() {
    return START.plusMillis((long) MILLIS_BETWEEN_LINES * clock++).toString();
  }

  @Override
  public synchronized Optional<InputStream> open(
      ContainerName container, boolean follow, Optional<Instant> since) throws IOException {
    if (failures-- > 0) {
      throw new IOException("connection reset");
    }
    var pod = container.pod();
    var from = since.map(time -> time.truncatedTo(ChronoUnit.SECONDS)).orElse(START);
    return Optional.ofNullable(lines.get(pod))
        .map(all ->
            all.stream()
                .filter(line -> !LogLine.parse(line).time().orElseThrow().isBefore(from))
                .reduce("", String::concat))
        .map(text -> new ByteArrayInputStream(text.getBytes(UTF_8)))
        .map(text -> hanging.contains(pod) ? new HangingStream(text) : text);
  }

  @Override
  public synchronized boolean isTerminated(ContainerName container) {
    return terminated.contains(container.pod());
  }

  /** A stream without an end. */
  private static final class HangingStream extends InputStream {
    private final InputStream text;

    HangingStream(InputStream text) {
      this.text = text;
    }

    @Override
    public int read() throws IOException {
      var next = text.read();
      return next < 0 ? hang() : next;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      var count = text.read(to, offset, length);
      return count < 0 ? hang() : count;
    }

    private static int hang() throws IOException {
      try {
        Thread.sleep(Long.MAX_VALUE);
        return -1;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
    }
  }
}
