package dev.stagewright.kubectl.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionTest {
  @TempDir private Path folder;

  private Path kubeconfig() throws IOException {
    return Files.writeString(
        folder.resolve("kubeconfig"), Kubeconfigs.of("https://k8s.example.com/"));
  }

  @Test
  void takesTheCurrentContext() throws Exception {
    try (var client = new Connection(Optional.of(kubeconfig()), Optional.empty()).open()) {
      assertThat(client.getMasterUrl()).hasToString("https://k8s.example.com/");
      assertThat(client.getNamespace()).isEqualTo("team");
    }
  }

  @Test
  void takesTheContextThatIsNamed() throws Exception {
    try (var client = new Connection(Optional.of(kubeconfig()), Optional.of("there")).open()) {
      assertThat(client.getNamespace()).isEqualTo("other");
    }
  }

  @Test
  void saysThatThereIsNoSuchContext() {
    assertThatThrownBy(
            () -> new Connection(Optional.of(kubeconfig()), Optional.of("nowhere")).open())
        .isInstanceOf(ClusterException.class)
        .hasMessage("no context nowhere in the kubeconfig; see kubectl config get-contexts");
  }

  @Test
  void saysThatThereIsNoSuchFile() {
    var missing = folder.resolve("missing");

    assertThatThrownBy(() -> new Connection(Optional.of(missing), Optional.empty()).open())
        .isInstanceOf(ClusterException.class)
        .hasMessage("cannot read " + missing);
  }
}
