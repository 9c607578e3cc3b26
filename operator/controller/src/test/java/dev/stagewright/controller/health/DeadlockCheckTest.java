package dev.stagewright.controller.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class DeadlockCheckTest {
  private final DeadlockCheck check = new DeadlockCheck();

  @Test
  void namesThreadsThatWaitForEachOther() throws Exception {
    assertThat(check.problem()).isEmpty();
    var one = new ReentrantLock();
    var other = new ReentrantLock();
    var bothLocked = new CyclicBarrier(2);
    var first = start("first-in-deadlock", one, other, bothLocked);
    var second = start("second-in-deadlock", other, one, bothLocked);

    Awaitility.await().until(() -> check.problem().isPresent());
    assertThat(check.problem().orElseThrow())
        .contains("first-in-deadlock", "second-in-deadlock", "lockInterruptibly");

    first.interrupt();
    first.join();
    second.join();
    assertThat(check.problem()).isEmpty();
  }

  private static Thread start(String name, Lock held, Lock wanted, CyclicBarrier bothLocked) {
    return Thread.ofPlatform()
        .name(name)
        .start(() -> {
          held.lock();
          try {
            bothLocked.await();
            wanted.lockInterruptibly();
            wanted.unlock();
          } catch (Exception e) {
            Thread.currentThread().interrupt();
          } finally {
            held.unlock();
          }
        });
  }
}
