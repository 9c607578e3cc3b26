package dev.stagewright.kubectl.support;

import dev.stagewright.harbor.standin.HarborStandIn;
import dev.stagewright.kubectl.StagewrightCommand;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.registry.RegistryClient;
import dev.stagewright.registry.auth.Credentials;
import dev.stagewright.registry.host.RegistryHosts;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/** A registry with a project {@code team}, and commands of a user who is logged in to it. */
public final class TestRegistry implements AutoCloseable {
  private static final String SECRET = "a-secret";

  private final HarborStandIn harbor = HarborStandIn.start();
  private final String formerHome = System.getProperty("user.home");
  private final RegistryClient client;

  /** What a command did. */
  public record Result(int exitCode, String out, String err) {}

  /**
   * Starts the registry.
   *
   * @param home an empty folder, which becomes the home of the user
   */
  public TestRegistry(Path home) throws Exception {
    harbor.world().project("team");
    harbor.world().systemRobot("user", SECRET, "repository:pull", "repository:push");
    var file = Files.createDirectory(home.resolve(".docker")).resolve("config.json");
    var auth =
        Base64.getEncoder()
            .encodeToString(("robot$user:" + SECRET).getBytes(StandardCharsets.UTF_8));
    Files.writeString(
        file, "{\"auths\":{\"%s\":{\"auth\":\"%s\"}}}".formatted(harbor.host(), auth));
    System.setProperty("user.home", home.toString());
    client =
        RegistryClient.create(
            RegistryHosts.defaults(), Credentials.parse("config", Files.readAllBytes(file)));
  }

  /** An image of the project. */
  public ImageReference image(String name) {
    return ImageReference.parse(harbor.host() + "/team/" + name);
  }

  /** A client with the account of the user. */
  public RegistryClient client() {
    return client;
  }

  /** Runs a command of the user. */
  public Result run(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    var exitCode =
        StagewrightCommand.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(arguments);
    return new Result(exitCode, out.toString(), err.toString());
  }

  @Override
  public void close() {
    System.setProperty("user.home", formerHome);
    client.close();
    harbor.close();
  }
}
