package dev.stagewright.stage.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The agent, tested with the programs of OpenSSH. */
class SshAgentTest {
  @TempDir Path folder;

  @BeforeEach
  void needsOpenSsh() {
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/ssh-keygen")), "needs ssh-keygen (openssh-client)");
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvSource({
    "ed25519, 256, RFC4716",
    "ecdsa, 256, RFC4716",
    "ecdsa, 384, RFC4716",
    "ecdsa, 521, RFC4716",
    "rsa, 2048, RFC4716",
    "rsa, 2048, PEM",
    "rsa, 2048, PKCS8",
  })
  void signaturesAreVerifiedByOpenSsh(String type, String bits, String format) throws Exception {
    var key = generate(type, bits, format, "");
    try (var _ = SshAgent.start(folder.resolve("agent"), List.of(read(key)))) {
      var published = Files.readString(folder.resolve("key.pub")).split(" ", -1);
      assertThat(run("ssh-add", "-L")).startsWith(published[0] + " " + published[1] + " ");
      Files.writeString(folder.resolve("text"), "signed");
      run("ssh-keygen", "-Y", "sign", "-U", "-n", "test", "-f", "key.pub", "text");
      Files.writeString(
          folder.resolve("allowed"), "me " + published[0] + " " + published[1] + "\n");
      assertThat(
              run("sh", "-c", "ssh-keygen -Y verify -f allowed -I me -n test -s text.sig < text"))
          .startsWith("Good \"test\" signature for me");
    }
    assertThat(folder.resolve("agent")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({"RFC4716", "PEM", "PKCS8"})
  void encryptedKeysAreRejected(String format) throws IOException {
    var key = generate("rsa", "2048", format, "passphrase");
    assertThatThrownBy(() -> read(key))
        .isInstanceOf(KeyException.class)
        .hasMessageStartingWith("it is encrypted; ")
        .hasMessageContaining("ssh-keygen -p -f <key>");
  }

  @Test
  void otherFilesAreNotKeys() throws Exception {
    assertThat(KeyFile.parse("github.com ssh-ed25519 AAAA\n", "known_hosts")).isEmpty();
  }

  @Test
  void corruptKeysAreRejected() throws IOException {
    var text = Files.readString(generate("ed25519", "256", "RFC4716", ""));
    for (var damaged : List.of(text.substring(0, 100), text.replace("\nb3Blbn", "\nb3"))) {
      assertThatThrownBy(() -> KeyFile.parse(damaged, "key")).isInstanceOf(KeyException.class);
    }
  }

  @Test
  void changesOfKeysAreRejected() throws Exception {
    var key = read(generate("ed25519", "256", "RFC4716", ""));
    try (var _ = SshAgent.start(folder.resolve("agent"), List.of(key))) {
      assertThat(answer(new byte[] {19})).as("remove all").containsExactly(5);
      assertThat(answer(new byte[] {13, 0, 0})).as("cut short").containsExactly(5);
      assertThat(answer(new byte[] {11})).startsWith(12, 0, 0, 0, 1);
    }
  }

  private byte[] answer(byte[] request) throws IOException {
    try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(folder.resolve("agent")))) {
      var out = new DataOutputStream(Channels.newOutputStream(channel));
      out.writeInt(request.length);
      out.write(request);
      var in = new DataInputStream(Channels.newInputStream(channel));
      return in.readNBytes(in.readInt());
    }
  }

  private Path generate(String type, String bits, String format, String passphrase)
      throws IOException {
    run(
        "ssh-keygen",
        "-q",
        "-t",
        type,
        "-b",
        bits,
        "-m",
        format,
        "-N",
        passphrase,
        "-C",
        "a key",
        "-f",
        "key");
    return folder.resolve("key");
  }

  private static SshKey read(Path file) throws IOException, KeyException {
    return KeyFile.parse(Files.readString(file), "key").orElseThrow();
  }

  private String run(String... command) throws IOException {
    var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().put("SSH_AUTH_SOCK", folder.resolve("agent").toString());
    var process = builder.start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      assertThat(process.waitFor()).as(output).isZero();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return output;
  }
}
