package dev.stagewright.bench.compare.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class AimTest {
  private static final Optional<Double> POD_START = Optional.of(0.5);
  private static final Optional<Double> BUILD_KIT = Optional.of(20.0);
  private static final Optional<Double> UNKNOWN = Optional.empty();

  @Test
  void limitCountsPodStartsAndSeconds() {
    assertThat(Aim.podStarts(2, 1.2).limit(POD_START, UNKNOWN).orElseThrow())
        .isEqualTo(2.2, within(1e-9));
  }

  @Test
  void limitIsAMultipleOfBuildKit() {
    assertThat(Aim.timesBuildKit(0.9).limit(UNKNOWN, BUILD_KIT).orElseThrow())
        .isEqualTo(18.0, within(1e-9));
  }

  @Test
  void limitCanCombineBoth() {
    var aim = Aim.podStarts(2, 0.5).andTimesBuildKit(1);

    assertThat(aim.limit(POD_START, BUILD_KIT).orElseThrow()).isEqualTo(21.5, within(1e-9));
  }

  @Test
  void limitIsUnknownWithoutTheFiguresThatItNeeds() {
    assertThat(Aim.timesBuildKit(0.9).limit(POD_START, UNKNOWN)).isEmpty();
    assertThat(Aim.podStarts(1, 1).limit(UNKNOWN, BUILD_KIT)).isEmpty();
    assertThat(Aim.none().limit(POD_START, BUILD_KIT)).isEmpty();
  }

  @Test
  void formulaNamesAllLimits() {
    assertThat(Aim.podStarts(1, 1).withCpuSeconds(3).withPodCount(1).formula())
        .isEqualTo("S + 1 s, 3 processor s, 1 Pod");
    assertThat(Aim.podStarts(2, 0.5).andTimesBuildKit(1).withPodCount(2).formula())
        .isEqualTo("BuildKit + 2 S + 0.5 s, 2 Pods");
    assertThat(Aim.timesBuildKit(0.7).formula()).isEqualTo("0.7 × BuildKit");
    assertThat(Aim.none().withCpuSeconds(5).formula()).isEqualTo("5 processor s");
    assertThat(Aim.timesBuildKit(0.5).withSharedStageRuns(1).formula())
        .isEqualTo("0.5 × BuildKit, shared stage 1 time");
  }
}
