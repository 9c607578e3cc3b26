package dev.stagewright.kubectl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes.Name;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher script, installed as the documentation describes. */
class LauncherTest {
  private static final Path LAUNCHER = Path.of("stagewright").toAbsolutePath();

  @TempDir private Path folder;

  private record Result(int exitCode, String out, String err) {}

  @BeforeEach
  void install() throws IOException {
    Files.copy(LAUNCHER, folder.resolve("stagewright"));
    assertThat(folder.resolve("stagewright").toFile().setExecutable(true)).isTrue();
    Files.createSymbolicLink(folder.resolve("kubectl-stagewright"), Path.of("stagewright"));
    try (var jar =
        new JarOutputStream(Files.newOutputStream(folder.resolve("stagewright.jar")), manifest())) {
      jar.finish();
    }
  }

  /** A manifest with the class path of this test. */
  private static Manifest manifest() {
    var manifest = new Manifest();
    var attributes = manifest.getMainAttributes();
    attributes.put(Name.MANIFEST_VERSION, "1.0");
    attributes.put(Name.MAIN_CLASS, StagewrightCommand.class.getName());
    attributes.put(
        Name.CLASS_PATH,
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(path -> Path.of(path).toUri().toString())
            .collect(Collectors.joining(" ")));
    return manifest;
  }

  private Result run(String program, String... arguments) throws Exception {
    return run(Map.of(), program, arguments);
  }

  private Result run(Map<String, String> variables, String program, String... arguments)
      throws Exception {
    var command =
        Stream.concat(Stream.of(folder.resolve(program).toString()), Stream.of(arguments)).toList();
    var out = folder.resolve("out");
    var err = folder.resolve("err");
    var process =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    var environment = process.environment();
    List.of("KUBECONFIG", "KUBERNETES_SERVICE_HOST", "STAGEWRIGHT_JAR")
        .forEach(environment::remove);
    environment.put("HOME", folder.toString());
    environment.put("JAVA_TOOL_OPTIONS", "-Duser.home=" + folder);
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.putAll(variables);
    var exitCode = process.start().waitFor();
    var error = Files.readString(err, UTF_8).replaceAll("(?m)^Picked up .*\\R", "");
    return new Result(exitCode, Files.readString(out, UTF_8), error);
  }

  @Test
  void runsAsKubectlPlugin() throws Exception {
    var result = run("kubectl-stagewright", "--help");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).contains("logs", "get", "why", "lint", "plan", "parse");
  }

  @Test
  void reportsMissingKubeconfig() throws Exception {
    var result = run("stagewright", "logs", "hello");

    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .startsWith("no kubeconfig with a current context; set the file with --kubeconfig")
        .hasLineCount(1);
  }

  @Test
  void startsTheRuntimeOfTheArchive() throws Exception {
    var java = Files.createDirectories(folder.resolve("runtime/bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    Files.createDirectory(folder.resolve("lib"));
    Files.createFile(folder.resolve("lib/stagewright.jar"));
    var result = run("kubectl-stagewright", "get", "two words");

    assertThat(result.out().lines())
        .containsExactly(
            "@" + folder + "/lib/options",
            "-XX:AOTCache=" + folder + "/lib/stagewright.aot",
            "-jar",
            folder + "/lib/stagewright.jar",
            "get",
            "two words");
    assertThat(result.err()).isEmpty();
  }

  @Test
  void reportsMissingJar() throws Exception {
    var jar = folder.resolve("stagewright.jar");
    Files.delete(jar);
    var result = run("kubectl-stagewright", "get");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err())
        .isEqualTo(
            "stagewright: cannot read %s; copy stagewright.jar there or set STAGEWRIGHT_JAR to its path\n"
                .formatted(jar));
  }

  @Test
  void rejectsUnknownCommand() throws Exception {
    assertThat(run("stagewright", "lgos").exitCode()).isEqualTo(2);
  }

  @Test
  void namesTheKubeconfigThatDoesNotExist() throws Exception {
    var result = run(Map.of("KUBECONFIG", "/missing"), "stagewright", "logs", "hello");

    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.err())
        .startsWith(
            "the kubeconfig /missing does not exist or has no current context; set the file")
        .hasLineCount(1);
  }
}
