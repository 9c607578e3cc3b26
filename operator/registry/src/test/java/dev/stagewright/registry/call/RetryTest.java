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
        .rejected(new ErrorResponse(status, List.of(), retryAfter, false));
  }

  private boolean failingWith(RegistryException failure) throws RegistryException {
    attempts++;
    throw failure;
  }

  private Retry retry(int max) {
    return new Retry(max, pauses::add);
  }

  @Test
  void doublesDelayUpToLimit() {
    assertThatThrownBy(() -> retry(8).run(() -> failingWith(answer(503, Optional.empty()))))
        .isInstanceOf(RegistryException.class);

    assertThat(attempts).isEqualTo(8);
    var maxSeconds = List.of(1, 2, 4, 8, 15, 15, 15);
    assertThat(pauses).hasSameSizeAs(maxSeconds);
    for (var i = 0; i < maxSeconds.size(); i++) {
      var max = Duration.ofSeconds(maxSeconds.get(i));
      assertThat(pauses.get(i)).isBetween(max.dividedBy(2), max);
    }
  }

  @Test
  void respectsRetryAfterUpToLimit() {
    var retryAfter = List.of(Duration.ofSeconds(7), Duration.ofDays(1)).iterator();

    assertThatThrownBy(() -> retry(3).run(() -> failingWith(answer(429, next(retryAfter)))))
        .isInstanceOf(RegistryException.class);

    assertThat(pauses).containsExactly(Duration.ofSeconds(7), Duration.ofMinutes(2));
  }

  @Test
  void theLimitOfRetryAfterCanBeLower() {
    var retry = retry(2).withMaxRetryAfter(Duration.ofSeconds(1));

    assertThatThrownBy(
            () -> retry.run(() -> failingWith(answer(429, Optional.of(Duration.ofDays(1))))))
        .isInstanceOf(RegistryException.class);

    assertThat(pauses).containsExactly(Duration.ofSeconds(1));
  }

  private static Optional<Duration> next(Iterator<Duration> durations) {
    return durations.hasNext() ? Optional.of(durations.next()) : Optional.empty();
  }

  @Test
  void doesNotRetryPermanentFailure() {
    assertThatThrownBy(() -> retry(8).run(() -> failingWith(answer(403, Optional.empty()))))
        .isInstanceOf(RegistryException.class);

    assertThat(attempts).isEqualTo(1);
  }

  @Test
  void stopsOnInterrupt() {
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

  @Test
  void countsAttemptsOfOtherLoops() throws InterruptedException {
    var attempt = retry(3).start();

    assertThat(attempt.pause(Optional.of(Duration.ofSeconds(3)))).isTrue();
    assertThat(attempt.pause(Optional.empty())).isTrue();
    assertThat(attempt.pause(Optional.empty())).isFalse();

    assertThat(attempt.failures()).isEqualTo(3);
    assertThat(pauses).hasSize(2).startsWith(Duration.ofSeconds(3));
  }
}
