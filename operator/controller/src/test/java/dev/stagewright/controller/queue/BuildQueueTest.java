package dev.stagewright.controller.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.controller.queue.QueueEntry.SlotState;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Entries have the form {@code namespace/name[!priority][@since][^lastStart]}, with a prefix for
 * the slot state: {@code +} for running, {@code ~} for blocked, {@code -} for none; no prefix means
 * waiting.
 */
class BuildQueueTest {

  @ParameterizedTest(name = "{0}: {2} of {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "no limits admit all                     | 0 0 | a/1 a/2 b/1              | a/1 b/1 a/2     | ",
        "the oldest is first                     | 1 0 | a/1@3 a/2@1 a/3@2        | a/2             | a/3 a/1",
        "names break a tie                       | 1 0 | a/2@1 a/1@1              | a/1             | a/2",
        "the higher priority is first            | 1 0 | a/1@1 a/2!5@2 a/3!5@3    | a/2             | a/3 a/1",
        "priority applies within a namespace     | 1 0 | a/1!9@2 b/1@1            | b/1             | a/1",
        "namespaces alternate                    | 3 0 | a/1@1 a/2@2 a/3@3 b/1@9  | a/1 b/1 a/2     | a/3",
        "fewest builds gets the next slot        | 3 0 | +a/0 +a/1 a/2@1 b/1@9    | b/1             | a/2",
        "the oldest last start is next           | 1 0 | -a/0^9 a/1@1 -b/0^5 b/1@8 | b/1            | a/1",
        "no last start is next                   | 1 0 | -a/0^9 a/1@1 b/1@8       | b/1             | a/1",
        "running builds keep slots               | 1 0 | +a/0 +b/0 a/1            |                 | a/1",
        "a namespace has its own limit           | 0 1 | +a/0 a/1@1 b/1@2 b/2@3   | b/1             | a/1 b/2",
        "both limits apply                       | 2 1 | a/1@1 a/2@2 b/1@3 c/1@4  | a/1 b/1         | c/1 a/2",
        "an exceeded quota blocks a namespace    | 0 0 | ~a/0 a/1@1 b/1@2         | b/1             | a/1",
        "a blocked build occupies its slot       | 1 0 | ~a/0 b/1                 |                 | b/1",
      })
  void ordersBuilds(String what, String limits, String entries, String runs, String waits) {
    var numbers = Arrays.stream(limits.split(" ", 0)).mapToInt(Integer::parseInt).toArray();
    var queue = new BuildQueue(new QueueLimits(numbers[0], numbers[1]));

    var positions =
        queue.positions(Arrays.stream(entries.split(" ", 0)).map(BuildQueueTest::entry).toList());

    var waiting =
        positions.entrySet().stream()
            .filter(entry -> entry.getValue() instanceof QueuePosition.Queued)
            .collect(Collectors.toList());
    assertThat(
            positions.entrySet().stream()
                .filter(entry -> entry.getValue() instanceof QueuePosition.Admitted)
                .map(entry -> entry.getKey())
                .collect(Collectors.joining(" ")))
        .isEqualTo(runs == null ? "" : runs);
    assertThat(waiting.stream().map(entry -> entry.getKey()).collect(Collectors.joining(" ")))
        .isEqualTo(waits == null ? "" : waits);
    for (var index = 0; index < waiting.size(); index++) {
      assertThat(((QueuePosition.Queued) waiting.get(index).getValue()).position())
          .isEqualTo(index + 1);
    }
  }

  @Test
  void messageNamesReachedLimit() {
    var queue = new BuildQueue(new QueueLimits(2, 1));
    var positions =
        queue.positions(
            Arrays.stream("+a/0 a/1 +b/0 c/1".split(" ", 0)).map(BuildQueueTest::entry).toList());

    assertThat(positions.get("a/1"))
        .isInstanceOfSatisfying(
            QueuePosition.Queued.class,
            position -> assertThat(position.message()).contains("maxConcurrentBuildsPerNamespace"));
    assertThat(positions.get("c/1"))
        .isInstanceOfSatisfying(
            QueuePosition.Queued.class,
            position ->
                assertThat(position.message())
                    .isEqualTo("all slots are taken (maxConcurrentBuilds: 2)"));
  }

  private static QueueEntry entry(String text) {
    var slotState =
        switch (text.charAt(0)) {
          case '+' -> SlotState.RUNNING;
          case '~' -> SlotState.BLOCKED;
          case '-' -> SlotState.NONE;
          default -> SlotState.WAITING;
        };
    var id = (slotState == SlotState.WAITING ? text : text.substring(1)).split("[!@^]", 2)[0];
    return new QueueEntry(
        id,
        id.substring(0, id.indexOf('/')),
        id.substring(id.indexOf('/') + 1),
        (int) number(text, '!'),
        Instant.ofEpochSecond(number(text, '@')),
        slotState,
        Instant.ofEpochSecond(number(text, '^')),
        1);
  }

  private static long number(String text, char sign) {
    var at = text.indexOf(sign);
    return at < 0 ? 0 : Long.parseLong(text.substring(at + 1).split("[!@^]", 2)[0]);
  }
}
