package dev.stagewright.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.layers.oci.Platform;
import dev.stagewright.registry.auth.Credentials;
import dev.stagewright.registry.error.ErrorKind;
import dev.stagewright.registry.error.RegistryException;
import dev.stagewright.registry.host.RegistryHost;
import dev.stagewright.registry.host.RegistryHosts;
import dev.stagewright.registry.http.Connection;
import dev.stagewright.registry.http.Content;
import dev.stagewright.registry.proxy.ProxyAddress;
import dev.stagewright.registry.real.DistributionRegistry;
import dev.stagewright.registry.real.ForwardingProxy;
import dev.stagewright.registry.real.TestAuthority;
import dev.stagewright.registry.tls.Certificates;
import dev.stagewright.registry.tls.ClientIdentity;
import dev.stagewright.registry.tls.TlsSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests against real registries with https, one of which requires a client certificate. */
@TestInstance(Lifecycle.PER_CLASS)
final class SecureRegistryTest {
  private Optional<DistributionRegistry> open = Optional.empty();
  private Optional<DistributionRegistry> mutualTls = Optional.empty();
  private Optional<TestAuthority> authority = Optional.empty();
  private final Images image = Images.of(Platform.LINUX_AMD64, 100_000, 1);

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    var issuer = TestAuthority.create(directory.resolve("authority"));
    authority = Optional.of(issuer);
    issuer.issue("server", "EC", "san=ip:127.0.0.1,dns:registry.test");
    issuer.issue("RSA", "RSA", "eku=clientAuth");
    issuer.issue("EC", "EC", "eku=clientAuth");
    var trusted = Files.writeString(directory.resolve("ca.pem"), issuer.pem());
    var tls =
        "tls:\n  certificate: %s\n  key: %s\n"
            .formatted(issuer.certificate("server"), issuer.key("server"));
    open =
        Optional.of(
            DistributionRegistry.start(Files.createDirectory(directory.resolve("open")), tls, ""));
    mutualTls =
        Optional.of(
            DistributionRegistry.start(
                Files.createDirectory(directory.resolve("guarded")),
                tls + "  clientcas: [" + trusted + "]\n",
                ""));
  }

  @AfterAll
  void stop() {
    open.ifPresent(DistributionRegistry::close);
    mutualTls.ifPresent(DistributionRegistry::close);
  }

  private static void push(DistributionRegistry registry, TlsSettings tls, Images image)
      throws Exception {
    push(registry.host(), new Connection(tls, Optional.empty()), image);
  }

  private static void push(String registry, Connection connection, Images image) throws Exception {
    var host = new RegistryHost(registry, false, List.of()).with(connection);
    try (var client = Clients.with(RegistryHosts.of(List.of(host)), Credentials.none())) {
      var target = client.pusher(ImageReference.parse(registry + "/team/app:1"));
      target.push(image.layerDescriptor(), Content.of(image.layer()));
      assertThat(target.exists(image.layerDescriptor().digest())).isTrue();
    }
  }

  private TlsSettings trusting(Optional<ClientIdentity> identity) throws Exception {
    var bundle = Certificates.parse("ca.crt", authority.orElseThrow().pem());
    return new TlsSettings(bundle, identity);
  }

  @Test
  void pushesToRegistryWithTrustedAuthority() throws Exception {
    push(open.orElseThrow(), trusting(Optional.empty()), image);
  }

  @Test
  void reportsUntrustedAuthority() {
    assertThatThrownBy(() -> push(open.orElseThrow(), TlsSettings.DEFAULT, image))
        .hasMessageContaining("trust the registry's certificate")
        .extracting(failure -> ((RegistryException) failure).kind())
        .isEqualTo(ErrorKind.INVALID);
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC"})
  void sendsClientCertificate(String algorithm) throws Exception {
    var issuer = authority.orElseThrow();
    var identity =
        ClientIdentity.parse(
            "identity",
            Files.readString(issuer.certificate(algorithm), UTF_8),
            Files.readString(issuer.key(algorithm), UTF_8));

    push(mutualTls.orElseThrow(), trusting(Optional.of(identity)), image);
  }

  @Test
  void tunnelsThroughProxyWithPassword() throws Exception {
    var port = open.orElseThrow().port();
    try (var proxy = ForwardingProxy.start("me:S3cret!")) {
      var address = ProxyAddress.parse("proxy", "http://me:S3cret!@" + proxy.host());
      var connection = new Connection(trusting(Optional.empty()), Optional.of(address));

      push("registry.test:" + port, connection, Images.of(Platform.LINUX_AMD64, 100_000, 2));

      assertThat(proxy.requests()).isNotEmpty().allMatch(("CONNECT registry.test:" + port)::equals);
    }
  }

  @Test
  void failsWithoutClientCertificate() {
    assertThatThrownBy(() -> push(mutualTls.orElseThrow(), trusting(Optional.empty()), image))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("certificate");
  }
}
