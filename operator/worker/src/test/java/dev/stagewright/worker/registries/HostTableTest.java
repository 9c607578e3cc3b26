package dev.stagewright.worker.registries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.protocol.BuildRequest.RegistryHost;
import dev.stagewright.registry.tls.MalformedPemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HostTableTest {
  @TempDir private Path certificates;

  private static RegistryHost host(
      Optional<String> caBundle, Optional<String> tls, Optional<String> proxy) {
    return new RegistryHost(
        "h.example.com",
        false,
        Optional.empty(),
        Map.of("team", "harbor.example.com/proxy"),
        caBundle,
        tls,
        proxy,
        Optional.of(1L << 20));
  }

  @Test
  void convertsEntriesOfRequest() throws IOException {
    var entry = host(Optional.empty(), Optional.of("0"), Optional.of("http://proxy:3128"));

    var hosts = new HostTable(certificates).of(List.of(entry), List.of());

    assertThat(hosts.rewritten(ImageReference.parse("h.example.com/team/app:1")))
        .hasToString("harbor.example.com/proxy/app:1");
    assertThat(hosts.chunkSize("h.example.com")).contains(1L << 20);
    assertThat(hosts.endpoint("h.example.com").connection().proxy().orElseThrow())
        .hasToString("proxy:3128");
  }

  @Test
  void reportsMalformedBundle() {
    var entry = host(Optional.of("no PEM"), Optional.empty(), Optional.empty());

    assertThatThrownBy(() -> new HostTable(certificates).of(List.of(entry), List.of()))
        .isInstanceOf(MalformedPemException.class)
        .hasMessageStartingWith("the CA bundle of registry h.example.com: contains no certificate");
  }

  @Test
  void reportsMalformedFile() throws IOException {
    var directory = Files.createDirectory(certificates.resolve("0"));
    Files.writeString(directory.resolve("ca.crt"), "no PEM");
    var entry = host(Optional.empty(), Optional.of("0"), Optional.empty());

    assertThatThrownBy(() -> new HostTable(certificates).of(List.of(entry), List.of()))
        .isInstanceOf(MalformedPemException.class)
        .hasMessageStartingWith(directory.resolve("ca.crt") + ": contains no certificate");
  }

  @Test
  void reportsRegistryOfMalformedProxy() {
    var entry = host(Optional.empty(), Optional.empty(), Optional.of("socks5://proxy:1"));

    assertThatThrownBy(() -> new HostTable(certificates).of(List.of(entry), List.of()))
        .hasMessageStartingWith("the proxy of registry h.example.com is not of the form");
  }
}
