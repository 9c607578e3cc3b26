package dev.stagewright.kubectl;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stagewright.cli.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code stagewright completion}. */
@Command(
    name = "completion",
    header = "Prints a script that completes commands and builds",
    description = {
      "Prints a script that completes commands, options, and the names of builds.",
      "bash, in ~/.bashrc: source <(stagewright completion bash)",
      "zsh, in ~/.zshrc: source <(stagewright completion zsh)",
      "fish: stagewright completion fish > ~/.config/fish/completions/stagewright.fish",
      "PowerShell, in $PROFILE: stagewright completion powershell | Out-String | Invoke-Expression",
      "kubectl stagewright: kubectl calls kubectl_complete-stagewright if it is in the PATH."
    },
    mixinStandardHelpOptions = true)
public final class CompletionCommand implements Callable<Integer> {
  enum Shell {
    bash,
    zsh,
    fish,
    powershell
  }

  @Parameters(paramLabel = "SHELL", description = "One of: ${COMPLETION-CANDIDATES}")
  private Shell shell = Shell.bash;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets the field before it calls the command
  private CommandSpec spec;

  @Override
  public Integer call() {
    var name = "/dev/stagewright/kubectl/completion/" + shell;
    try (var script =
        Objects.requireNonNull(CompletionCommand.class.getResourceAsStream(name), name)) {
      spec.commandLine().getOut().print(new String(script.readAllBytes(), UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    spec.commandLine().getOut().flush();
    return ExitCode.OK;
  }
}
