package dev.stagewright.registry.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagewright.registry.error.ErrorResponse;
import dev.stagewright.registry.error.Operation;
import dev.stagewright.registry.error.RegistryException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RetryTest {
  private final List<Duration> pauses = new ArrayList<>();
  private int attempts;

  private static RegistryException answer(int status, Optional<Duration> retryAfter) {
    return new Operation("try", Optional.empty())
        .refused(new ErrorResponse(status, List.of(), retryAfter, false));
  }

  private boolean failingWith(RegistryException failure) throws RegistryException {
    attempts++;
    throw failure;
  }

  private Retry retry(int most) {
    return new Retry(most, pauses::add);
  }

  @Test
  void pausesTwiceAsLongEachTimeUpToALimit() {
    assertThatThrownBy(() -> retry(8).run(() -> failingWith(answer(503, Optional.empty()))))
        .isInstanceOf(RegistryException.class);

    assertThat(attempts).isEqualTo(8);
    var longest = List.of(1, 2, 4, 8, 15, 15, 15);
    assertThat(pauses).hasSameSizeAs(longest);
    for (var i = 0; i < longest.size(); i++) {
      var most = Duration.ofSeconds(longest.get(i));
      assertThat(pauses.get(i)).isBetween(most.dividedBy(2), most);
    }
  }

  @Test
  void pausesAsLongAsTheRegistryAsksForWithinReason() {
    var asked = List.of(Duration.ofSeconds(7), Duration.ofDays(1)).iterator();

    assertThatThrownBy(() -> retry(3).run(() -> failingWith(answer(429, next(asked)))))
        .isInstanceOf(RegistryException.class);

    assertThat(pauses).containsExactly(Duration.ofSeconds(7), Duration.ofMinutes(2));
  }

  private static Optional<Duration> next(Iterator<Duration> durations) {
    return durations.hasNext() ? Optional.of(durations.next()) : Optional.empty();
  }

  @Test
  void triesOnceWhatIsRefusedForGood() {
    assertThatThrownBy(() -> retry(8).run(() -> failingWith(answer(403, Optional.empty()))))
        .isInstanceOf(RegistryException.class);

    assertThat(attempts).isEqualTo(1);
  }

  @Test
  void stopsWhenItIsInterrupted() {
    var retry =
        new Retry(
            8,
            _ -> {
              throw new InterruptedException();
            });

    assertThatThrownBy(() -> retry.run(() -> failingWith(answer(503, Optional.empty()))))
        .isInstanceOf(RegistryException.class);

    assertThat(attempts).isEqualTo(1);
    assertThat(Thread.interrupted()).isTrue();
  }
}
