package dev.stagewright.controller.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogPositionTest {
  private final LogPosition position = new LogPosition();

  private List<String> read(String... lines) {
    return List.of(lines).stream().flatMap(line -> position.read(line).stream()).toList();
  }

  @Test
  void removesTheTime() {
    assertThat(read("2026-11-21T10:00:00.123456789Z a b", "2026-11-21T11:00:00.2+01:00 "))
        .containsExactly("a b", "");
    assertThat(position.last()).contains(Instant.parse("2026-11-21T10:00:00.2Z"));
  }

  @Test
  void skipsWhatAnEarlierStreamHasDelivered() {
    read(
        "2026-11-21T10:00:00.1Z one", "2026-11-21T10:00:00.2Z two", "2026-11-21T10:00:00.2Z three");

    position.restart();

    assertThat(
            read(
                "2026-11-21T10:00:00.1Z one",
                "2026-11-21T10:00:00.2Z two",
                "2026-11-21T10:00:00.2Z three",
                "2026-11-21T10:00:00.2Z four",
                "2026-11-21T10:00:00.3Z five"))
        .containsExactly("four", "five");
    assertThat(position.takeRepeated()).isEqualTo(3);
  }

  @Test
  void clockThatIsSetBackLosesNoLineOfAStream() {
    assertThat(read("2026-11-21T10:00:00Z one", "2026-11-21T09:00:00Z two"))
        .containsExactly("one", "two");
  }

  @Test
  void messagesOfTheKubeletAreNotLinesOfTheContainer() {
    assertThat(read("failed to create fsnotify watcher: too many open files", "", "x")).isEmpty();
    assertThat(position.takeUntimed()).isEqualTo(3);
    assertThat(position.last()).isEmpty();
  }
}
