package dev.stagewright.worker.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.FileNotFoundException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TaskScopeTest {

  @Test
  void awaitReturnsTheResult() throws Exception {
    try (var tasks = new TaskScope(1)) {
      assertThat(tasks.await(tasks.start(() -> 1))).isEqualTo(1);
      assertThat(tasks.await(tasks.startOnPlatformThread(() -> Thread.currentThread().isVirtual())))
          .isFalse();
    }
  }

  @Test
  void theFirstFailureEndsTheWaitForAnotherTaskAndInterruptsIt() throws Exception {
    var interrupted = new CompletableFuture<Boolean>();
    var waits = new CountDownLatch(1);
    try (var tasks = new TaskScope(1)) {
      var other =
          tasks.start(() -> {
            try {
              waits.countDown();
              new CountDownLatch(1).await();
            } catch (InterruptedException _) {
              interrupted.complete(true);
            }
            return 1;
          });
      var _ =
          tasks.start(() -> {
            waits.await();
            throw new FileNotFoundException("x");
          });

      assertThatExceptionOfType(FileNotFoundException.class).isThrownBy(() -> tasks.await(other));
      assertThat(interrupted.get()).isTrue();
    }
  }

  @Test
  void aTaskThatStartsAfterTheFailureEndsWithIt() throws Exception {
    try (var tasks = new TaskScope(1)) {
      var failed =
          tasks.start(() -> {
            throw new FileNotFoundException("x");
          });
      assertThatExceptionOfType(FileNotFoundException.class).isThrownBy(() -> tasks.await(failed));

      assertThatExceptionOfType(FileNotFoundException.class)
          .isThrownBy(() -> tasks.await(tasks.start(() -> 1)));
    }
  }

  @Test
  void aFailureEndsAPause() throws Exception {
    try (var tasks = new TaskScope(1)) {
      var _ =
          tasks.start(() -> {
            throw new FileNotFoundException("x");
          });

      assertThatExceptionOfType(FileNotFoundException.class)
          .isThrownBy(() -> tasks.pause(Duration.ofDays(1)));
    }
  }

  @Test
  void closeInterruptsTasks() throws Exception {
    var interrupted = new CompletableFuture<Boolean>();
    var waits = new CountDownLatch(1);
    try (var tasks = new TaskScope(1)) {
      var _ =
          tasks.startOnPlatformThread(() -> {
            try {
              waits.countDown();
              new CountDownLatch(1).await();
            } catch (InterruptedException _) {
              interrupted.complete(true);
            }
            return 1;
          });
      waits.await();
    }

    assertThat(interrupted.get()).isTrue();
  }
}
