package dev.stagewright.worker.cache.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.cache.key.CacheKey;
import dev.stagewright.cache.record.ImageRecord;
import dev.stagewright.harbor.standin.HarborStandIn;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.Platform;
import dev.stagewright.protocol.BuildRequest;
import dev.stagewright.protocol.BuildRequest.Destination;
import dev.stagewright.protocol.BuildRequest.ImageFormat;
import dev.stagewright.protocol.CacheRequest;
import dev.stagewright.protocol.LayerOptions;
import dev.stagewright.protocol.SourceRequest;
import dev.stagewright.registry.auth.TokenCache;
import dev.stagewright.worker.Log;
import dev.stagewright.worker.registries.Clients;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The accounts with which the cache of a build is opened. */
class CacheAccountsTest {
  private static final String SECRET = "a-secret-of-a-robot";
  private static final CacheKey KEY = HarborCache.key("image");
  private static final ImageRecord RECORD = new ImageRecord(1, Digest.of(new byte[0]));

  @TempDir private Path directory;
  private final HarborStandIn harbor = HarborStandIn.start();
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @BeforeEach
  void createAccounts() throws IOException {
    for (var project : List.of("team", "cache")) {
      harbor.world().project(project);
      harbor.world().robot(project, "builder", SECRET, "repository:push", "repository:pull");
      var secret = Files.createDirectories(directory.resolve("secrets/" + project));
      Files.writeString(secret.resolve("username"), "robot$" + project + "+builder");
      Files.writeString(secret.resolve("password"), SECRET);
    }
  }

  @AfterEach
  void stop() {
    harbor.close();
  }

  private boolean canRecord(String repository, Optional<String> credentials) throws Exception {
    var cache =
        new CacheRequest(
            harbor.host() + "/" + repository,
            credentials,
            Optional.empty(),
            CacheRequest.Mode.MAX,
            false,
            false,
            Optional.empty());
    var opener =
        new Clients(
            directory.resolve("secrets"),
            directory.resolve("none"),
            Map.of(),
            new TokenCache(Clock.systemUTC()));
    var log = new Log(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try (var store =
        RegistryCacheStore.open(opener, request(cache), cache, InstantSource.system(), log)) {
      store.put(KEY, RECORD);
      return store.image(KEY).equals(Optional.of(RECORD));
    } catch (IOException _) {
      return false;
    }
  }

  private BuildRequest request(CacheRequest cache) {
    var destination =
        new Destination(
            "spec.output",
            harbor.host() + "/team/app",
            List.of("1"),
            Optional.of("team"),
            Optional.empty());
    return BuildRequest.builder(
            "team/app",
            new SourceRequest.Mounted(),
            Platform.LINUX_AMD64,
            new BuildRequest.Output(
                List.of(destination), ImageFormat.OCI, Map.of(), Map.of(), LayerOptions.DEFAULT))
        .cache(Optional.of(cache))
        .build();
  }

  @Test
  void usesTheAccountOfTheOutput() throws Exception {
    assertThat(canRecord("team/app/cache", Optional.empty())).isTrue();
  }

  @Test
  void usesItsOwnAccount() throws Exception {
    assertThat(canRecord("cache/app", Optional.of("cache"))).isTrue();
  }

  @Test
  void theAccountOfTheOutputMayNotSuffice() throws Exception {
    assertThat(canRecord("cache/app", Optional.empty())).isFalse();
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .startsWith("cache: nothing is recorded any more: ")
        .contains("spec.output.credentials");
  }
}
