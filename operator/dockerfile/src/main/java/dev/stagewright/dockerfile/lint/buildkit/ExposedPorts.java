package dev.stagewright.dockerfile.lint.buildkit;

import dev.stagewright.dockerfile.eval.EvaluatedInstruction.Setting;
import dev.stagewright.dockerfile.instruction.Expose;
import dev.stagewright.dockerfile.lint.Findings;
import dev.stagewright.dockerfile.lint.LintCheck;
import dev.stagewright.dockerfile.lint.LintContext;
import dev.stagewright.dockerfile.lint.Rule;
import java.util.List;
import java.util.Locale;

/** Checks the ports of EXPOSE. */
public final class ExposedPorts implements LintCheck {
  private static final Rule CASING =
      Rule.buildKit(
          "ExposeProtoCasing",
          "Protocol in EXPOSE instruction should be lowercase",
          "Write tcp, udp or sctp.");
  private static final Rule FORMAT =
      Rule.buildKit(
          "ExposeInvalidFormat",
          "IP address and host-port mapping should not be used in EXPOSE instruction. This will"
              + " become an error in a future release",
          "Use the port of the container only.");

  @Override
  public List<Rule> rules() {
    return List.of(CASING, FORMAT);
  }

  @Override
  public void run(LintContext context, Findings findings) {
    for (var stage : context.stages()) {
      for (var instruction : stage.instructions()) {
        if (instruction instanceof Setting setting
            && setting.instruction() instanceof Expose expose) {
          expose.ports().forEach(port -> check(expose, port, findings));
        }
      }
    }
  }

  private static void check(Expose expose, String port, Findings findings) {
    int slash = port.indexOf('/');
    var protocol = slash < 0 ? "" : port.substring(slash + 1);
    if (!protocol.equals(protocol.toLowerCase(Locale.ROOT))) {
      findings.add(
          CASING,
          expose,
          "Defined protocol '" + port + "' in EXPOSE instruction should be lowercase");
    }
    if (port.indexOf(':') >= 0) {
      findings.add(
          FORMAT,
          expose,
          "EXPOSE instruction should not define an IP address or host-port mapping, found '"
              + port
              + "'");
    }
  }
}
