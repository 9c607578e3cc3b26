package dev.stagewright.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KubernetesDurationTest {
  @ParameterizedTest
  @CsvSource({"90s,90000", "10m,600000", "1h30m,5400000", "1.5s,1500", "250ms,250", "1m0.5s,60500"})
  void parsesDurationsInTheFormatOfGo(String text, long millis) {
    assertThat(KubernetesDuration.parse(text)).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "10", "m", "-1s", "1d", "1h ", "PT1H"})
  void rejectsOtherTextWithAnExample(String text) {
    assertThatThrownBy(() -> KubernetesDuration.parse(text)).hasMessageContaining("1h30m");
  }

  @ParameterizedTest
  @CsvSource({"0,0s", "59999,59s", "60000,1m", "72000,1m12s", "3600000,1h", "3723000,1h2m3s"})
  void formatsWholeSeconds(long millis, String text) {
    assertThat(KubernetesDuration.format(Duration.ofMillis(millis))).isEqualTo(text);
  }
}
