package dev.stagewright.kubectl.debug;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * A plan whose stage stops before an instruction: the steps before it run as in the build, and
 * instead of its command, one that waits.
 */
public final class HeldPlan {
  /** What the command that waits prints. */
  static final String MARKER = "stagewright-debug-hold";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private HeldPlan() {}

  /**
   * Changes a plan.
   *
   * @param plan JSON of the plan of the run
   * @param stage ID of the stage
   * @param line line of the RUN instruction in the Dockerfile
   * @return empty if the stage has no RUN in this line
   */
  public static Optional<String> stopBefore(String plan, String stage, int line) {
    try {
      var root = MAPPER.readTree(plan);
      for (var candidate : root.path("stages")) {
        if (candidate.path("id").asText().equals(stage)
            && candidate.path("steps") instanceof ArrayNode steps
            && hold(steps, line)) {
          return Optional.of(MAPPER.writeValueAsString(root));
        }
      }
      return Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static boolean hold(ArrayNode steps, int line) {
    for (int i = 0; i < steps.size(); i++) {
      if (isCommand(steps.get(i), line) && steps.get(i) instanceof ObjectNode step) {
        step.set(
            "command",
            MAPPER
                .createArrayNode()
                .add("/bin/sh")
                .add("-c")
                .add("echo " + MARKER + "; while sleep 1; do :; done"));
        return true;
      }
    }
    return false;
  }

  private static boolean isCommand(JsonNode step, int line) {
    return step.has("command") && step.path("position").path("line").asInt() == line;
  }
}
