package dev.stagewright.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KubernetesQuantityTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1", "0.5", ".5", "5.", "+1", "500m", "1e3", "1E3", "12E", "1Ki", "9Ei", "1k", "0"
      })
  void acceptsStringsThatKubernetesAccepts(String text) {
    assertThat(read(text)).isNotNegative();
  }

  @Test
  void acceptsNumbers() {
    assertThat(read(2)).isEqualByComparingTo("2");
    assertThat(read(0.5)).isEqualByComparingTo("0.5");
    assertThat(read(2_147_483_648L)).isEqualByComparingTo("2147483648");
    assertThat(read(1.5e9)).isEqualByComparingTo("1500000000");
  }

  @Test
  void rejectsOtherValuesWithTheValueAndExamples() {
    for (var value :
        Arrays.<Object>asList(
            "half", "1Gb", "1 Gi", "1gi", "", "Gi", "1.2.3", "0x10", true, Map.of(), List.of())) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> read(value))
          .withMessageStartingWith("must be a quantity such as 512Mi, 2Gi or 1073741824, but is ")
          .withMessageContaining(String.valueOf(value));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read("-1"))
        .withMessageStartingWith("must not be negative, but is \"-1\"");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read("1e400"))
        .withMessageStartingWith("exceeds the maximum of Kubernetes: \"1e400\"");
  }

  private static BigDecimal read(Object value) {
    return KubernetesQuantity.read(value, KubernetesQuantity.BYTES).getNumericalAmount();
  }
}
