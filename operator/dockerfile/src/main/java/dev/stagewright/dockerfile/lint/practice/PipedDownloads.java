package dev.stagewright.dockerfile.lint.practice;

import dev.stagewright.dockerfile.instruction.Run;
import dev.stagewright.dockerfile.lint.Findings;
import dev.stagewright.dockerfile.lint.LintCheck;
import dev.stagewright.dockerfile.lint.LintContext;
import dev.stagewright.dockerfile.lint.Rule;
import dev.stagewright.dockerfile.lint.Severity;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks for scripts that are run directly from the network. */
public final class PipedDownloads implements LintCheck {
  private static final Rule RULE =
      Rule.practice(
          "PipeToShell",
          Severity.WARNING,
          "Whoever controls the server or the network controls the image, and an incomplete download"
              + " runs in part",
          "Download the script to a file, verify its digest (ADD --checksum), then run it.");
  private static final Set<String> FETCHERS = Set.of("curl", "wget");
  private static final Set<String> INTERPRETERS =
      Set.of("sh", "bash", "zsh", "dash", "ash", "python", "python3", "perl", "ruby", "node");
  private static final Pattern SUBSTITUTED =
      Pattern.compile("(?:sh|bash)\\s+(?:-c\\s+\"?[$]\\(|<\\()\\s*(?:curl|wget)\\b");

  @Override
  public List<Rule> rules() {
    return List.of(RULE);
  }

  @Override
  public void run(LintContext context, Findings findings) {
    for (var stage : context.parsedStages()) {
      for (var instruction : stage.instructions()) {
        if (instruction instanceof Run run && runsDownload(run)) {
          findings.add(RULE, run, "A downloaded script is run without verification");
        }
      }
    }
  }

  private static boolean runsDownload(Run run) {
    boolean fetched = false;
    for (var command : ShellScript.of(run).commands()) {
      if (fetched && INTERPRETERS.contains(command.program())) {
        return true;
      }
      boolean piped = command.operator().equals("|");
      fetched = piped && (fetched || FETCHERS.contains(command.program()));
    }
    return SUBSTITUTED.matcher(run.statement().line()).find();
  }
}
