package dev.stagewright.stage.linux;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserNamespaceTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0          0 4294967295                    | true
          0     524288      65536                    | false
          0          0      65536                    | false
          0          0       1000 1000 101000 64536  | false
          """)
  void identityMappingIsTheNode(String uidMap, boolean expected) {
    assertThat(UserNamespace.isNodes("         " + uidMap + "\n")).isEqualTo(expected);
  }
}
