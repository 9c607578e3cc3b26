package dev.stagewright.worker.cache.store;

import dev.stagewright.cache.key.CacheKey;
import dev.stagewright.harbor.standin.HarborStandIn;
import dev.stagewright.harbor.standin.Repository;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.protocol.CacheRequest;
import dev.stagewright.registry.ClientOptions;
import dev.stagewright.registry.RegistryClient;
import dev.stagewright.registry.auth.Credentials;
import dev.stagewright.registry.auth.MalformedCredentialsException;
import dev.stagewright.registry.call.Retry;
import dev.stagewright.registry.host.RegistryHosts;
import dev.stagewright.registry.http.Timeouts;
import dev.stagewright.registry.proxy.ProxyEnvironment;
import dev.stagewright.worker.Log;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** The repository {@code team/app/cache} of a Harbor, with stores that do not wait. */
public final class HarborCache implements AutoCloseable {
  private static final String USER = "robot$builder";
  private static final String SECRET = "a-secret-of-a-robot";

  private final HarborStandIn harbor = HarborStandIn.start();
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final Log log = new Log(new PrintStream(printed, true, StandardCharsets.UTF_8));
  private Instant now = Instant.parse("2026-11-28T10:00:00Z");

  /** Creates the project, and an account that may push. */
  public HarborCache() {
    harbor.world().project("team");
    allow("repository:push", "repository:pull");
  }

  /** Gives the account these permissions only. */
  public void allow(String... rights) {
    harbor.world().systemRobot("builder", SECRET, rights);
  }

  /** Moves the clock. */
  public void setTime(Instant time) {
    now = time;
  }

  /** The current time. */
  public Instant instant() {
    return now;
  }

  /** The current time in seconds since 1970. */
  public long now() {
    return now.getEpochSecond();
  }

  /** The server. */
  public HarborStandIn harbor() {
    return harbor;
  }

  /** The repository in the server. */
  public Repository repository() {
    return harbor.world().project("team").repository("app/cache");
  }

  /** The name of the repository. */
  public ImageReference name() {
    return ImageReference.parse(harbor.host() + "/team/app/cache");
  }

  /** The log of the stores. */
  public Log log() {
    return log;
  }

  /** The lines of the log. */
  public List<String> lines() {
    return printed.toString(StandardCharsets.UTF_8).lines().toList();
  }

  /** Requests to the repository, without those for tokens, from this one on. */
  public List<String> requests(int from) {
    var all = harbor.seen("").stream().filter(line -> line.contains("/v2/")).toList();
    return all.subList(from, all.size());
  }

  /** A key. */
  public static CacheKey key(String text) {
    return new CacheKey(Digest.of(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Requests the cache without conditions. */
  public CacheRequest request() {
    return request(false, false, Optional.empty());
  }

  /** Requests the cache. */
  public CacheRequest request(boolean readOnly, boolean ignoreRecords, Optional<Long> maxAge) {
    return new CacheRequest(
        name().name(),
        Optional.empty(),
        Optional.empty(),
        CacheRequest.Mode.MAX,
        readOnly,
        ignoreRecords,
        maxAge);
  }

  /** Opens a store. */
  public RegistryCacheStore open() {
    return open(request());
  }

  /** Opens a store for a request. */
  public RegistryCacheStore open(CacheRequest request) {
    return new RegistryCacheStore(request, () -> now, log, client(), client());
  }

  /** A client with the account. */
  public RegistryClient client() {
    var auth =
        Base64.getEncoder().encodeToString((USER + ":" + SECRET).getBytes(StandardCharsets.UTF_8));
    var config = "{\"auths\":{\"%s\":{\"auth\":\"%s\"}}}".formatted(harbor.host(), auth);
    try {
      return RegistryClient.create(
          RegistryHosts.defaults(),
          Credentials.parse("config.json", config.getBytes(StandardCharsets.UTF_8)),
          new ClientOptions(Timeouts.SHORT, new Retry(2, _ -> {}), ProxyEnvironment.NONE));
    } catch (MalformedCredentialsException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    harbor.close();
  }
}
