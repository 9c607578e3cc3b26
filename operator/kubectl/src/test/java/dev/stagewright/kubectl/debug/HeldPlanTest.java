package dev.stagewright.kubectl.debug;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeldPlanTest {
  private static final String PLAN =
      """
      {"stages": [
        {"id": "s0", "steps": [{"command": ["other"], "position": {"line": 3}}]},
        {"id": "s1", "steps": [
          {"sources": ["."], "position": {"line": 2}},
          {"command": ["make"], "position": {"line": 3}, "environment": {"A": "b"}},
          {"command": ["make", "test"], "position": {"line": 4}}]}]}
      """;

  @Test
  void waitsInsteadOfTheCommand() {
    assertThat(HeldPlan.stopBefore(PLAN, "s1", 3).orElseThrow())
        .contains(
            "{\"command\":[\"/bin/sh\",\"-c\",\"echo stagewright-debug-hold; while sleep 1; do :;"
                + " done\"],\"position\":{\"line\":3},\"environment\":{\"A\":\"b\"}}")
        .contains("{\"command\":[\"other\"],\"position\":{\"line\":3}}");
  }

  @Test
  void stopsOnlyBeforeCommands() {
    assertThat(HeldPlan.stopBefore(PLAN, "s1", 2)).isEmpty();
    assertThat(HeldPlan.stopBefore(PLAN, "s2", 3)).isEmpty();
    assertThat(HeldPlan.stopBefore("no plan", "s1", 3)).isEmpty();
  }
}
