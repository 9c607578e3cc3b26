package dev.stagewright.kubectl.logs;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stagewright.kubectl.cluster.LogSource;
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
 * Logs as a kubelet serves them: from a whole second on, to the end of what is there. What follows
 * ends too, as if a proxy cut it off each time, so that a reader has to come back for the rest.
 */
final class FakeLogs implements LogSource, PodLog.PodWatch {
  private static final Instant START = Instant.parse("2026-01-01T10:00:00Z");
  private static final int MILLIS_BETWEEN_LINES = 300;

  private final Map<String, List<String>> lines = new HashMap<>();
  private final Set<String> over = new HashSet<>();
  private final Set<String> hanging = new HashSet<>();
  private int clock;
  private int failures;

  /** A container prints lines. */
  synchronized FakeLogs say(String pod, String... texts) {
    for (var text : texts) {
      lines.computeIfAbsent(pod, _ -> new ArrayList<>()).add(now() + " " + text + "\n");
    }
    return this;
  }

  /** A container prints the beginning of a line. */
  synchronized FakeLogs begin(String pod, String text) {
    lines.computeIfAbsent(pod, _ -> new ArrayList<>()).add(now() + " " + text);
    return this;
  }

  /** The rest of a line. */
  synchronized FakeLogs complete(String pod, String rest) {
    lines.computeIfPresent(
        pod,
        (_, all) -> {
          all.add(all.removeLast() + rest + "\n");
          return all;
        });
    return this;
  }

  synchronized FakeLogs end(String... pods) {
    over.addAll(List.of(pods));
    return this;
  }

  synchronized FakeLogs remove(String pod) {
    lines.remove(pod);
    return end(pod);
  }

  /** Its node is gone: a stream gives no more, and does not end. */
  synchronized FakeLogs hang(String pod) {
    hanging.add(pod);
    return this;
  }

  /** The next openings fail. */
  synchronized FakeLogs fail(int times) {
    failures = times;
    return this;
  }

  private String now() {
    return START.plusMillis((long) MILLIS_BETWEEN_LINES * clock++).toString();
  }

  @Override
  public synchronized Optional<InputStream> open(
      String pod, boolean follow, Optional<Instant> since) throws IOException {
    if (failures-- > 0) {
      throw new IOException("connection reset");
    }
    var from = since.map(time -> time.truncatedTo(ChronoUnit.SECONDS)).orElse(START);
    return Optional.ofNullable(lines.get(pod))
        .map(all ->
            all.stream()
                .filter(line -> !LogLine.parse(line).time().orElseThrow().isBefore(from))
                .reduce("", String::concat))
        .map(text -> new ByteArrayInputStream(text.getBytes(UTF_8)))
        .map(text -> hanging.contains(pod) ? new Hanging(text) : text);
  }

  @Override
  public synchronized boolean isOver(String pod) {
    return over.contains(pod);
  }

  /** Has no end. */
  private static final class Hanging extends InputStream {
    private final InputStream text;

    Hanging(InputStream text) {
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
