package dev.stagewright.kubectl.completion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.kubectl.StagewrightCommand;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompletionTest {
  private final List<List<String>> queries = new ArrayList<>();
  private final Completion completion =
      new Completion(
          StagewrightCommand.commandLine().getCommandSpec(),
          options -> {
            queries.add(List.copyOf(options));
            return List.of("hello", "shop", "help-desk");
          });

  private List<String> complete(String... words) {
    return completion.complete(List.of(words)).words().stream()
        .map(word -> word.split("\t", -1)[0])
        .toList();
  }

  @Test
  void completesCommands() {
    assertThat(complete("")).contains("wait", "cancel", "lint").doesNotContain("__complete");
    assertThat(complete("re")).containsExactly("report", "retry");
    assertThat(complete("cache", "")).containsExactly("ls", "prune");
  }

  @Test
  void describesCommands() {
    assertThat(completion.complete(List.of("version")).words().getFirst())
        .startsWith("version\tShows the versions");
  }

  @Test
  void completesOptions() {
    assertThat(complete("wait", "--")).contains("--for", "--timeout", "--namespace");
    assertThat(complete("wait", "hello", "--ti")).containsExactly("--timeout");
  }

  @Test
  void completesValuesOfOptions() {
    assertThat(complete("retry", "--progress", "p")).containsExactly("plain");
    assertThat(complete("retry", "--progress=j")).containsExactly("--progress=json");
    assertThat(complete("get", "hello", "-o", "")).containsExactly("chart", "json", "yaml");
    assertThat(complete("completion", "")).containsExactly("bash", "zsh", "fish", "powershell");
  }

  @Test
  void completesNamesOfBuildsInTheSelectedNamespace() {
    assertThat(complete("logs", "-n", "team", "hel")).containsExactly("hello", "help-desk");
    assertThat(queries).containsExactly(List.of("logs", "-n", "team"));
    assertThat(complete("wait", "hello", "")).isEmpty();
  }

  @Test
  void leavesFilesToTheShell() {
    assertThat(completion.complete(List.of("lint", "Dock")).files()).isTrue();
    assertThat(completion.complete(List.of("get", "--kubeconfig", "")).files()).isTrue();
    assertThat(completion.complete(List.of("wait", "--timeout", "")).files()).isFalse();
  }
}
