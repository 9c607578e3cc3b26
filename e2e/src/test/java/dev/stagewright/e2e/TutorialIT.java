package dev.stagewright.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.e2e.tutorial.ExpectedOutput;
import dev.stagewright.e2e.tutorial.PageBlock;
import dev.stagewright.e2e.tutorial.PageBlock.Command;
import dev.stagewright.e2e.tutorial.PageBlock.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands of the tutorial, in their order, succeed and print what the page shows. What they
 * have printed is in {@code target/tutorial.txt}.
 */
@ExtendWith(StagewrightExtension.class)
class TutorialIT {
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final String REGISTRY = "registry.example.com/tutorial";

  @TempDir private Path folder;

  @Test
  void commandsPrintWhatThePageShows(TestNamespace namespace) throws IOException {
    var page = Files.readString(LocalCluster.repository().resolve("docs/tutorial.md"));
    var context = Files.createDirectory(folder.resolve("context"));
    var shell = shell(namespace);
    var transcript = new StringBuilder();
    var differences = new ArrayList<String>();
    for (var block : PageBlock.read(page)) {
      switch (block) {
        case SourceFile file -> Files.writeString(context.resolve(file.name()), file.text());
        case Command command -> {
          var line = "cd '" + context + "' && " + command.line();
          var result = shell.run(LONG, List.of("bash", "-c", line));
          var printed = result.output().replace(registry(namespace), REGISTRY);
          transcript.append("$ ").append(command.line()).append('\n').append(printed);
          Files.writeString(Path.of("target/tutorial.txt"), transcript.toString());
          assertThat(result.exitCode()).as(command.line() + "\n" + printed).isZero();
          if (!command.output().isEmpty()) {
            new ExpectedOutput(command.output())
                .difference(printed)
                .ifPresent(text -> differences.add(command.line() + ": " + text));
          }
        }
      }
    }
    assertThat(differences).isEmpty();
  }

  private static String registry(TestNamespace namespace) {
    var image = namespace.image("x");
    return image.substring(0, image.lastIndexOf('/'));
  }

  /** The commands of the page with the options that only the tests need. */
  private Shell shell(TestNamespace namespace) throws IOException {
    var tools = CommandLine.install(namespace, folder).shell();
    var kubectl = tools.output(LONG, "which", "kubectl");
    script("kubectl", "exec '%s' -n %s \"$@\"".formatted(kubectl, namespace.name()));
    script(
        "stagewright",
        """
        command=$1
        shift
        case $command in
          build) exec kubectl-stagewright build "$@" -n %1$s --plain-http --operator %2$s ;;
          check) exec kubectl-stagewright check "$@" --plain-http ;;
          report) exec kubectl-stagewright report "$@" -n %1$s --plain-http ;;
          *) exec kubectl-stagewright "$command" "$@" -n %1$s ;;
        esac
        """
            .formatted(namespace.name(), namespace.environment().operator().operatorName()));
    var environment = new HashMap<>(tools.environment());
    environment.put("REGISTRY", registry(namespace));
    return new Shell(environment);
  }

  private void script(String name, String text) throws IOException {
    var file = folder.resolve(name);
    Files.writeString(file, "#!/bin/sh\n" + text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
