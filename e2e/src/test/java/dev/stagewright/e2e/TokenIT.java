package dev.stagewright.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.e2e.DistributionRegistry.Request;
import dev.stagewright.e2e.TokenService.Account;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A registry with TLS that accepts only tokens. Its certificate is in the registries of the
 * operator configuration. Base image and output are in this registry.
 */
@ExtendWith(StagewrightExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
class TokenIT {
  private static final Duration QUICK = Duration.ofMinutes(1);
  private static final Duration LONG = Duration.ofMinutes(5);

  private static final Account READER =
      new Account("reader", "PW-reader-4711", LONG, Map.of("team/base", Set.of("pull")));
  private static final Account BUILDER =
      new Account(
          "builder",
          "PW-builder-4711",
          Duration.ofSeconds(6),
          Map.of("team/base", Set.of("pull"), "team/app", Set.of("pull", "push")));
  private static final Account TEAM =
      new Account("team", "PW-team-4711", LONG, Map.of("own/app", Set.of("pull", "push")));
  private static final Account MIRROR =
      new Account("mirror", "PW-mirror-4711", LONG, Map.of("mirror/app", Set.of("pull", "push")));
  private static final Account STRANGER = new Account("builder", "PW-wrong-4711", LONG, Map.of());

  /** The upload of a build takes longer than the lifetime of a token. */
  private static final int BYTES = 9_000_000;

  private static final int BYTES_PER_SECOND = 800_000;

  private TokenService tokens;
  private DistributionRegistry registry;

  /**
   * A second server for the same images, for crane, which does not use a token service in a private
   * network.
   */
  private DistributionRegistry open;

  private SlowRoute route;
  private Installation operator;

  @BeforeAll
  void start(Environment environment, @TempDir Path folder) throws IOException {
    var certificate = certificate(folder.resolve("server"), environment);
    var issuer = new TokenIssuer(certificate(folder.resolve("issuer"), environment));
    tokens =
        TokenService.start(
            environment, certificate, issuer, List.of(READER, BUILDER, TEAM, MIRROR));
    registry = DistributionRegistry.withTokens(environment, folder, certificate, tokens);
    route = SlowRoute.to(registry.host(), BYTES_PER_SECOND);
    open = DistributionRegistry.open(environment, folder);
    var busybox = environment.registry() + "/library/busybox";
    var base = open.host() + "/team/base:1";
    environment.tools().output(QUICK, "crane", "copy", "--insecure", busybox, base);
    environment.cluster().trust(route.host(), certificate.file());
    // In chunks, because a registry checks a token only at the beginning of a request.
    operator =
        environment.operatorWithRegistries(
            "- {host: '%s', chunkSize: 200Ki, caBundle: \"%s\"}"
                .formatted(route.host(), certificate.pem().replace("\n", "\\n")));
  }

  @AfterAll
  void stop() {
    operator.close();
    open.close();
    route.close();
    registry.close();
    tokens.close();
  }

  @BeforeEach
  void logIn(TestNamespace namespace) {
    namespace.apply(login(route.host(), READER).secret("reader"));
    namespace.apply(login(route.host(), BUILDER).secret("builder"));
    namespace.apply(login(route.host(), STRANGER).secret("wrong"));
    namespace.apply(login(route.host(), TEAM).secret("team"));
    namespace.apply(login(route.host(), MIRROR).secret("mirror"));
  }

  @Test
  void renewsTokenDuringUpload(Environment environment, TestNamespace namespace) {
    build(namespace, "app", "reader", "builder").awaitSuccess();

    var chunks =
        registry.requests().stream()
            .filter(it -> it.method().equals("PATCH") && it.path().startsWith("/v2/team/app/"))
            .toList();
    assertThat(chunks).extracting(Request::status).containsOnly(202, 401).endsWith(202);
    assertThat(chunks).extracting(Request::path).containsOnly(chunks.getFirst().path());
    assertThat(namespace.log("app-1-worker", "publish")).contains(": mounted");
    var image = new PushedImage(environment, open.host() + "/team/app:1", "");
    assertThat(image.validate()).contains("PASS");
    assertThat(PublicText.of(namespace, operator))
        .contains(route.host())
        .doesNotContain(tokens.issued())
        .doesNotContain(login(route.host(), READER).secretTexts())
        .doesNotContain(login(route.host(), BUILDER).secretTexts());
  }

  @Test
  void usesSeparateAccountsPerRepository(Environment environment, TestNamespace namespace) {
    namespace.apply(
        """
        apiVersion: v1
        kind: ServiceAccount
        metadata: {name: puller}
        imagePullSecrets: [{name: gone}, {name: reader}]
        """);
    var spec =
        """
        serviceAccountName: puller
        output:
          image: '%1$s/own/app:1'
          credentials: {name: team}
          additionalImages: [{image: '%1$s/mirror/app:1', credentials: {name: mirror}}]
        """
            .formatted(route.host());
    var dockerfile = "FROM %s/team/base:1\nRUN echo a > /a\n".formatted(route.host());

    namespace.build(operator, "accounts", spec + Specs.inline(dockerfile, Map.of())).awaitSuccess();

    for (var name : List.of("own/app", "mirror/app")) {
      assertThat(new PushedImage(environment, open.host() + "/" + name + ":1", "").validate())
          .contains("PASS");
    }
    assertThat(namespace.log("accounts-1-worker", "publish")).doesNotContain(": mounted");
  }

  @Test
  void wrongPasswordIsNotRetried(TestNamespace namespace) {
    var unread = build(namespace, "unread", "wrong", "builder");
    var builds =
        Map.of(
            "PushUnauthorized",
            build(namespace, "refused", "reader", "wrong"),
            "BaseImageUnauthorized",
            unread);

    builds.forEach((reason, build) -> {
      build.awaitEnd();
      assertThat(build.text("failure", "reason")).as(build.name()).isEqualTo(reason);
      assertThat(build.list("conditions"))
          .as(build.name())
          .anyMatch(it -> "Ready".equals(it.get("type")) && reason.equals(it.get("reason")));
    });
    assertThat(tokens.refused()).isEqualTo(builds.size());
    assertThat(namespace.podsOf(unread, "s0")).isEmpty();
    assertThat(PublicText.of(namespace, operator))
        .doesNotContain(login(route.host(), STRANGER).secretTexts());
  }

  /** Creates the Secrets for the base image and for the output. */
  private Build build(TestNamespace namespace, String name, String pull, String push) {
    // With a cache, prepare also asks for a token with the account of the output.
    var spec =
        """
        cache: {disabled: true}
        imagePullSecrets: [{name: %s}]
        output: {image: '%s/team/app:1', credentials: {name: %s}}
        """
            .formatted(pull, route.host(), push);
    var dockerfile =
        """
        FROM %s/team/base:1
        RUN head -c %d /dev/urandom > /noise
        """
            .formatted(route.host(), BYTES);
    return namespace.build(operator, name, spec + Specs.inline(dockerfile, Map.of()));
  }

  private static ServerCertificate certificate(Path folder, Environment environment)
      throws IOException {
    return ServerCertificate.create(Files.createDirectory(folder), environment.host());
  }

  private static RegistrySecret login(String host, Account account) {
    return new RegistrySecret(host, account.user(), account.password());
  }
}
