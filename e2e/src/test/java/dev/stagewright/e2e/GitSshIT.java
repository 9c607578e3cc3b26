package dev.stagewright.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Sources over SSH, from OpenSSH's server. */
@ExtendWith(StagewrightExtension.class)
class GitSshIT {
  private static final String DOCKERFILE = "FROM busybox\nCOPY text /text\n";

  private OpenSshServer server;
  private String commit;

  @BeforeEach
  void serve(TestNamespace namespace) {
    server = OpenSshServer.start(namespace.environment());
    commit = server.commit(Map.of("Dockerfile", DOCKERFILE, "text", "over SSH"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void deployKeyFetchesFromKnownHost(TestNamespace namespace) {
    secret(
        namespace,
        "git-ssh",
        Map.of("ssh-privatekey", server.file("user"), "known_hosts", server.keyscan()));

    var build = namespace.build("key", source("git-ssh")).awaitSuccess();

    assertThat(build.text("source", "commit")).isEqualTo(commit);
    assertThat(build.image().paths()).contains("text");
  }

  @Test
  void failureContainsTheLineThatMakesTheServerKnown(TestNamespace namespace) {
    secret(namespace, "git-ssh", Map.of("ssh-privatekey", server.file("user")));

    var refused = namespace.build("unknown", source("git-ssh")).awaitEnd();

    assertThat(refused.text("failure", "reason")).isEqualTo("HostKeyNotTrusted");
    var line =
        Pattern.compile("to known_hosts: (\\S+ \\S+ \\S+)")
            .matcher(refused.text("failure", "message"));
    assertThat(line.find()).isTrue();
    secret(
        namespace,
        "git-ssh-2",
        Map.of("ssh-privatekey", server.file("user"), "known_hosts", line.group(1)));
    namespace.build("known", source("git-ssh-2")).awaitSuccess();
  }

  @Test
  void userCertificateFetches(TestNamespace namespace) {
    secret(
        namespace,
        "git-ssh",
        Map.of(
            "ssh-privatekey", server.file("certified"),
            "ssh-privatekey-cert.pub", server.file("certified-cert.pub"),
            "known_hosts", server.keyscan()));

    namespace.build("certificate", source("git-ssh")).awaitSuccess();
  }

  @Test
  void addFetchesWithTheDefaultSshKeys(TestNamespace namespace) {
    secret(
        namespace,
        "git-ssh",
        Map.of("ssh-privatekey", server.file("user"), "known_hosts", server.keyscan()));
    var spec =
        Specs.inline("FROM busybox\nADD " + server.url() + " /lib\n", Map.of())
            + "ssh: [{id: default, secret: {name: git-ssh}}]\n";

    var build = namespace.build("add", spec).awaitSuccess();

    assertThat(build.image().paths()).contains("lib/text");
  }

  @Test
  void verifiesSignatureOfCommit(TestNamespace namespace) {
    secret(
        namespace,
        "git-ssh",
        Map.of("ssh-privatekey", server.file("user"), "known_hosts", server.keyscan()));
    secret(namespace, "signers", Map.of("user.pub", server.file("user.pub")));
    secret(namespace, "others", Map.of("other.pub", server.file("certified.pub")));

    var signed = namespace.build("signed", source("git-ssh") + verify("signers")).awaitSuccess();
    var refused = namespace.build("refused", source("git-ssh") + verify("others")).awaitEnd();

    assertThat(signed.text("source", "signer")).startsWith("user@example.com (SHA256:");
    assertThat(refused.text("failure", "reason")).isEqualTo("SignatureNotVerified");
    assertThat(refused.text("failure", "message")).contains("which Secret others does not contain");
  }

  private String source(String secret) {
    return """
    source:
      git:
        url: '%s'
        credentials: {name: %s}
    """
        .formatted(server.url(), secret);
  }

  private static String verify(String secret) {
    return "    verify: {keys: {name: %s}}\n".formatted(secret);
  }

  private static void secret(TestNamespace namespace, String name, Map<String, String> values) {
    var data = new StringBuilder();
    values.forEach(
        (key, value) -> data.append("  ").append(key).append(": |\n").append(value.indent(4)));
    namespace.apply(
        "apiVersion: v1\nkind: Secret\nmetadata: {name: %s}\nstringData:\n%s"
            .formatted(name, data));
  }
}
