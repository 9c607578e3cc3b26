package dev.stagewright.harbor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.stagewright.harbor.standin.HarborStandIn;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.registry.ClientOptions;
import dev.stagewright.registry.auth.Credentials;
import dev.stagewright.registry.auth.MalformedCredentialsException;
import dev.stagewright.registry.call.Retry;
import dev.stagewright.registry.error.ErrorKind;
import dev.stagewright.registry.error.RegistryException;
import dev.stagewright.registry.host.RegistryHosts;
import dev.stagewright.registry.http.Timeouts;
import dev.stagewright.registry.proxy.ProxyEnvironment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests with the Harbor stand-in, over http and with passwords. */
class HarborClientTest {
  private static final String SECRET = "a-secret";

  private final HarborStandIn harbor = HarborStandIn.start();

  @AfterEach
  void stop() {
    harbor.close();
  }

  @Test
  void detectsOtherRegistry() throws Exception {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    var other = HttpServer.create(address, 0);
    other.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(404, -1);
          }
        });
    other.start();
    try (var client = client("nobody")) {
      var host = "127.0.0.1:" + other.getAddress().getPort();
      assertThat(client.find(ImageReference.parse(host + "/team/app"))).isEmpty();
    } finally {
      other.stop(0);
    }
  }

  @Test
  void readsVersion() throws Exception {
    harbor.world().admin("admin", SECRET).version("v2.9.0-a1b2c3d4");
    try (var client = client("admin")) {
      var version = at(client, "team/app").system().version();
      assertThat(version).contains(new HarborVersion(2, 9));
      assertThat(version.orElseThrow()).isLessThan(HarborVersion.WITH_SBOM);
    }
  }

  @Test
  void createsProjectOnce() throws Exception {
    harbor.world().admin("admin", SECRET);
    try (var client = client("admin")) {
      var project = at(client, "fresh/app").project();
      assertThat(project.exists()).contains(false);
      project.create();
      project.create();
      assertThat(project.exists()).contains(true);
      assertThat(project.id()).isPresent();
    }
    assertThat(harbor.seen("POST /api/v2.0/projects")).hasSize(2);
  }

  @Test
  void returnsNothingWithoutPermission() throws Exception {
    harbor.world().project("team").limit(5);
    try (var client = client("nobody")) {
      var repository = at(client, "team/app");
      assertThat(repository.project().exists()).isEmpty();
      assertThat(repository.project().quota()).isEmpty();
      assertThat(repository.artifact("1").immutableTags()).isEmpty();
      assertThatThrownBy(() -> repository.project().create())
          .isInstanceOfSatisfying(
              RegistryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.UNAUTHORIZED))
          .hasMessageStartingWith("cannot create project team (Harbor at " + harbor.host() + ")");
    }
  }

  @Test
  void readsQuotaOfProjectAsRobot() throws Exception {
    harbor.world().project("team").limit(5);
    harbor.world().robot("team", "seeing", SECRET, "project:read", "quota:read");
    try (var client = client("robot$team+seeing")) {
      var quota = at(client, "team/app").project().quota().orElseThrow();
      assertThat(quota.limit()).isEqualTo(5);
      assertThat(quota.isExhausted()).isFalse();
    }
  }

  @Test
  void findsLabelByExactName() throws Exception {
    harbor.world().admin("admin", SECRET);
    harbor.world().project("team");
    for (var i = 0; i < 150; i++) {
      harbor.world().label("nightly-" + i);
    }
    var label = harbor.world().label("nightly");
    try (var client = client("admin")) {
      assertThat(at(client, "team/app").labels().find("nightly")).contains((long) label);
      assertThat(at(client, "team/app").labels().find("night")).isEmpty();
    }
  }

  @Test
  void retriesTemporaryFailures() throws Exception {
    harbor.world().admin("admin", SECRET);
    harbor.next("HEAD /api/v2.0/projects", 502).next("HEAD /api/v2.0/projects", 429);
    try (var client = client("admin")) {
      assertThat(at(client, "team/app").project().exists()).contains(false);
    }
  }

  @Test
  void encodesSlashesOfRepositoryTwice() throws Exception {
    harbor.world().admin("admin", SECRET);
    harbor.world().project("team");
    try (var client = client("admin")) {
      assertThat(at(client, "team/a/b").artifact("1").immutableTags()).isEmpty();
    }
    // The server has decoded the address once.
    assertThat(harbor.seen("GET /api/v2.0/projects/team/repositories/"))
        .first()
        .asString()
        .startsWith("GET /api/v2.0/projects/team/repositories/a%2Fb/artifacts/1?");
  }

  private HarborRepository at(HarborClient client, String name) throws RegistryException {
    return client.find(ImageReference.parse(harbor.host() + "/" + name)).orElseThrow();
  }

  private HarborClient client(String user) throws MalformedCredentialsException {
    var auth = Base64.getEncoder().encodeToString((user + ":" + SECRET).getBytes(UTF_8));
    var config = "{\"auths\":{\"%s\":{\"auth\":\"%s\"}}}".formatted(harbor.host(), auth);
    return HarborClient.create(
        RegistryHosts.defaults(),
        Credentials.parse("test", config.getBytes(UTF_8)),
        new ClientOptions(Timeouts.DEFAULT, new Retry(3, _ -> {}), ProxyEnvironment.NONE));
  }
}
