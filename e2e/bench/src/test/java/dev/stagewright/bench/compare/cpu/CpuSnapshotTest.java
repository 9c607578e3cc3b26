package dev.stagewright.bench.compare.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CpuSnapshotTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void usageIsTheDifferenceOfTwoSnapshots() {
    var usage = snapshot(4, 3000, 500, 9000).since(snapshot(1, 1000, 400, 5000));

    assertThat(usage.seconds()).isEqualTo(3);
    assertThat(usage.components()).containsExactly(entry("etcd", 0.1), entry("pods", 2.0));
    assertThat(usage.others()).isEqualTo(1.9);
  }

  @Test
  void idleUsageOfTheSameTimeIsSubtracted() {
    var idle = snapshot(10, 100, 500, 5000).since(snapshot(0, 0, 0, 0));
    var usage = snapshot(4, 3000, 500, 9000).since(snapshot(1, 1000, 400, 5000));

    assertThat(usage.beyond(idle, "pods"::equals)).containsExactly(entry("pods", 1.97));
    assertThat(idle.rates()).containsExactly(entry("etcd", 0.05), entry("pods", 0.01));
  }

  @Test
  void machineTimeComesFromTheFirstLine() {
    var time =
        MachineTime.parse(
            """
            cpu  100 20 30 4000 500 6 7 8 0 0
            cpu0 50 10 15 2000 250 3 3 4 0 0
            """);

    assertThat(time).isEqualTo(new MachineTime(Duration.ofMillis(1630), Duration.ofMillis(80)));
  }

  private static CpuSnapshot snapshot(long second, long pods, long etcd, long busy) {
    return new CpuSnapshot(
        second * SECOND,
        Map.of("pods", Duration.ofMillis(pods), "etcd", Duration.ofMillis(etcd)),
        new MachineTime(Duration.ofMillis(busy), Duration.ZERO));
  }
}
