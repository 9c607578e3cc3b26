package dev.stagewright.kubectl.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientConfigTest {
  @TempDir private Path folder;

  private Path kubeconfig() throws IOException {
    return Files.writeString(
        folder.resolve("kubeconfig"), Kubeconfigs.of("https://k8s.example.com/"));
  }

  @Test
  void usesCurrentContext() throws Exception {
    try (var client =
        new ClientConfig(Optional.of(kubeconfig()), Optional.empty()).createClient()) {
      assertThat(client.getMasterUrl()).hasToString("https://k8s.example.com/");
      assertThat(client.getNamespace()).isEqualTo("team");
    }
  }

  @Test
  void usesNamedContext() throws Exception {
    try (var client =
        new ClientConfig(Optional.of(kubeconfig()), Optional.of("there")).createClient()) {
      assertThat(client.getNamespace()).isEqualTo("other");
    }
  }

  @Test
  void reportsMissingContext() {
    assertThatThrownBy(() ->
            new ClientConfig(Optional.of(kubeconfig()), Optional.of("nowhere")).createClient())
        .isInstanceOf(ClusterException.class)
        .hasMessage(
            "no context nowhere in the kubeconfig; kubectl config get-contexts lists the contexts");
  }

  @Test
  void reportsMissingFile() {
    var missing = folder.resolve("missing");

    assertThatThrownBy(
            () -> new ClientConfig(Optional.of(missing), Optional.empty()).createClient())
        .isInstanceOf(ClusterException.class)
        .hasMessage("cannot read the kubeconfig " + missing);
  }
}
