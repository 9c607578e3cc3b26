package dev.stagewright.cache.key;

import static dev.stagewright.cache.TestPlans.FILES;
import static dev.stagewright.cache.TestPlans.keys;
import static dev.stagewright.cache.TestPlans.plan;
import static dev.stagewright.cache.TestPlans.run;
import static dev.stagewright.cache.TestPlans.stage;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.protocol.RunMount;
import dev.stagewright.protocol.StageBase;
import dev.stagewright.protocol.Step;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What people see of a key. */
class KeyInputsTest {
  @Test
  void shortValuesAreShown() {
    assertThat(inputs(run("make", Map.of("VERSION", "1.4"))))
        .contains(
            new KeyInput("command", "/bin/sh -c make"), new KeyInput("variable VERSION", "1.4"));
  }

  @Test
  void longValuesAreDigests() {
    assertThat(inputs(run("make " + "x".repeat(500))))
        .filteredOn(input -> input.name().equals("command"))
        .singleElement()
        .extracting(KeyInput::value)
        .asString()
        .startsWith("sha256:")
        .hasSize(71);
  }

  @Test
  void valuesOfVariablesThatSuggestASecretAreDigests() {
    assertThat(inputs(run("make", Map.of("API_TOKEN", "hunter2"))).toString())
        .contains("API_TOKEN")
        .doesNotContain("hunter2");
  }

  @Test
  void namesAreUnique() {
    var secret = new RunMount.Secret("a", Optional.empty(), Optional.of("A"), true, 0400, 0, 0);

    assertThat(inputs(run(secret, secret))).extracting(KeyInput::name).doesNotHaveDuplicates();
  }

  private static List<KeyInput> inputs(Step step) {
    var stage = stage("s0", new StageBase.Scratch(), step);
    return keys(plan(stage), stage, FILES).steps().getFirst().inputs();
  }
}
