package dev.stagewright.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stagewright.layers.layout.ImageLayout;
import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.ImageConfig;
import dev.stagewright.layers.oci.ImageIndex;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.layers.oci.Manifest;
import dev.stagewright.layers.oci.Platform;
import dev.stagewright.layers.tar.TarReader;
import dev.stagewright.protocol.BuildRequest;
import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.LayerOptions;
import dev.stagewright.protocol.Mounts;
import dev.stagewright.protocol.RuntimeCommand;
import dev.stagewright.protocol.SourceRequest;
import dev.stagewright.protocol.StageResult;
import dev.stagewright.protocol.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests of the built image, unpacked to an empty directory and started there. */
final class ImageIT {
  private static final ImageLayout LAYOUT = new ImageLayout(Path.of("target/image"));

  @TempDir static Path directory;
  private static Manifest manifest;
  private static Chroot container;

  @BeforeAll
  static void unpack() throws IOException, InterruptedException {
    var manifests = LAYOUT.index().manifests();
    manifest = Manifest.parse(read(manifests.getFirst().manifest()));
    for (var layer : manifest.layers()) {
      HostProgram.of("tar", "-C", directory, "-xzf", LAYOUT.blob(layer.digest())).run();
    }
    container = new Chroot(new RuntimeTree(directory));
    // Takes the place of the volume with the runtime in a stage's container.
    Files.createDirectories(container.tree().at(Mounts.ROOT));
    Files.createSymbolicLink(container.tree().volume(), Path.of("../../.stagewright"));
  }

  private static byte[] read(Descriptor blob) throws IOException {
    try (var content = LAYOUT.openBlob(blob)) {
      return content.readAllBytes();
    }
  }

  private static void assumeChroot() throws InterruptedException {
    try {
      container.run(RuntimeCommand.java(Mounts.RUNTIME, "jre").subList(0, 1));
    } catch (IOException e) {
      assumeTrue(!String.valueOf(e.getMessage()).contains("unshare: "), "no user namespaces here");
    }
  }

  @Test
  void isValidImage() throws IOException {
    var config = ImageConfig.parse(read(manifest.config()));
    var diffIds = new ArrayList<Digest>();
    for (var layer : manifest.layers()) {
      try (var tar = new GZIPInputStream(LAYOUT.openBlob(layer))) {
        diffIds.add(Digest.of(tar.readAllBytes()));
      }
    }

    assertThat(config.diffIds()).isEqualTo(diffIds);
    assertThat(config.config().entrypoint()).isEqualTo(RuntimeCommand.entrypoint());
    assertThat(LAYOUT.index().manifests()).extracting(ImageIndex.Entry::platform).hasSize(1);
  }

  @Test
  void containsOneDirectory() throws IOException {
    for (var layer : manifest.layers()) {
      try (var tar = new TarReader(new GZIPInputStream(LAYOUT.openBlob(layer)))) {
        for (var entry = tar.next(); entry.isPresent(); entry = tar.next()) {
          assertThat(entry.get().name() + "/").startsWith(".stagewright/");
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void hasRequiredModules(Profile profile) throws Exception {
    var jars = directory.resolve(".stagewright/jars").resolve(profile.jars());
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin/jdeps").toString());
    command.addAll(
        List.of("--multi-release", "25", "--ignore-missing-deps", "--print-module-deps"));
    try (var projectJars = Files.newDirectoryStream(jars, "stagewright-*.jar")) {
      projectJars.forEach(jar -> command.add(jar.toString()));
    }

    var required = new HostProgram(command).run().lines().toList().getLast();

    assertThat(profile.modules().split(",")).contains(required.split(","));
  }

  @Test
  void isSmall() {
    assertThat(manifest.layers().stream().mapToLong(Descriptor::size).sum()).isLessThan(80_000_000);
  }

  @Test
  void startsWithoutOtherFiles() throws Exception {
    assumeChroot();
    var command = new ArrayList<>(RuntimeCommand.entrypoint());
    command.add("--help");

    assertThat(container.run(command)).startsWith("Usage: stagewright");
  }

  @ParameterizedTest
  @EnumSource
  void supportsUtf8FileNames(Profile profile) throws Exception {
    assumeChroot();
    var command = new ArrayList<>(RuntimeCommand.java(profile.directory(), profile.runtime()));
    command.addAll(List.of("-XshowSettings:properties", "-version"));

    assertThat(container.run(command)).contains("sun.jnu.encoding = UTF-8");
  }

  /** Java searches for all others on the class path, and creates what it finds there on its way. */
  @ParameterizedTest
  @EnumSource
  void hasOnlySecurityProvidersOfItsBaseModule(Profile profile) throws Exception {
    assumeChroot();
    var command = new ArrayList<>(RuntimeCommand.java(profile.directory(), profile.runtime()));
    command.addAll(List.of("-XshowSettings:security:providers", "-version"));

    assertThat(container.run(command).lines().filter(line -> line.contains("Provider name: ")))
        .extracting(line -> line.replaceFirst(".*: ", ""))
        .containsExactly("SUN", "SunRsaSign", "SunEC", "SunJSSE", "SunJCE");
  }

  @Test
  void runsStageWithoutOtherFiles() throws Exception {
    assumeChroot();
    runFirstStage();

    var log = container.run(RuntimeCommand.stage(StageTraining.SECOND));

    assertThat(log)
        .startsWith("[s1 1/5] FROM scratch\n")
        .contains("[s1 5/5] RUN\nld.so (")
        .doesNotContain("ERROR", "error");
    var result =
        Json.read(
            Files.readString(container.tree().at(Mounts.OWN).resolve(Workspace.RESULT)),
            StageResult.class);
    assertThat(result.layers()).hasSize(4);
    assertThat(directory.resolve("opt/file")).hasSize(100_000);
  }

  /** Runs the first stage of the training, without what the stages of another test have left. */
  private static void runFirstStage() throws IOException, InterruptedException {
    for (var path : List.of(Mounts.OWN, Mounts.stage(StageTraining.FIRST), "/opt", "/srv")) {
      DirectoryOperations.delete(container.tree().at(path));
    }
    new StageTraining(container.tree()).prepare();
    container.run(
        RuntimeCommand.stage(StageTraining.FIRST, "--own", Mounts.stage(StageTraining.FIRST)));
  }

  @ParameterizedTest
  @CsvSource({
    "/dev/stagewright/runtime/.stagewright, jre,      stage.args,        s1,     dev.stagewright.stage.StageMain",
    "/dev/stagewright/runtime/.stagewright, jre,      stage.args,        s1,     dev.stagewright.stage.copy.TreeCopier",
    "/.stagewright/.stagewright,            jre,      copy-runtime.args, /copy,  java.nio.file.Files",
    "/.stagewright/.stagewright,            jre-full, worker.args,       prepare, dev.stagewright.worker.WorkerMain",
    "/.stagewright/.stagewright,            jre-full, worker.args,       prepare, dev.stagewright.worker.plan.PlanBuilder",
    "/.stagewright/.stagewright,            jre-full, full.args,         --help, java.util.regex.Pattern",
  })
  void loadsClassesFromCache(
      String installation, String runtime, String options, String argument, String type)
      throws Exception {
    assumeChroot();
    runFirstStage();
    requestBuild();
    var command = new ArrayList<>(RuntimeCommand.java(installation, runtime));
    command.addAll(options(options));
    // The last option is used: the options of the file switch the log off.
    command.addAll(command.size() - 1, List.of("-Xlog:class+load"));
    command.add(argument);

    var output = container.run(command);

    assertThat(output.lines().filter(line -> line.contains("] " + type + " source: ")))
        .singleElement()
        .asString()
        .endsWith("source: shared objects file");
  }

  @ParameterizedTest
  @CsvSource({
    "/dev/stagewright/runtime/.stagewright, jre,      stage.args",
    "/.stagewright/.stagewright,            jre-full, worker.args",
  })
  void cacheIsMappedAtTheAddressForWhichItWasWritten(
      String installation, String runtime, String options) throws Exception {
    assumeChroot();
    var command = new ArrayList<>(RuntimeCommand.java(installation, runtime));
    command.addAll(options(options));
    command.removeLast();
    command.addAll(List.of("-Xlog:aot=info,cds=info", "-version"));

    assertThat(container.run(command)).containsPattern("region #0 at base 0x0000000800[0-9a-f]+ ");
  }

  /** Writes the request of a build that needs no registry. */
  private static void requestBuild() throws IOException {
    var request =
        BuildRequest.builder(
                "team/app",
                new SourceRequest.Inline(Map.of("Dockerfile", "FROM scratch\nCOPY . /\n")),
                Platform.LINUX_AMD64,
                BuildRequest.Output.to(
                    ImageReference.parse("registry.invalid/app:1"), LayerOptions.DEFAULT))
            .build();
    var directory = Files.createDirectories(container.tree().at(Mounts.REQUEST));
    Files.writeString(directory.resolve(Mounts.REQUEST_FILE), Json.write(request));
    Files.createDirectories(container.tree().at(Mounts.WORKSPACE));
  }

  private static List<String> options(String file) throws IOException {
    return Files.readAllLines(directory.resolve(".stagewright/etc").resolve(file));
  }

  @Test
  void copiesStageRuntime() throws Exception {
    assumeChroot();
    container.run(RuntimeCommand.copyRuntime("/copy"));

    var copy = directory.resolve("copy/.stagewright");
    assertThat(
            Files.mismatch(
                copy.resolve("lib/libc.so.6"), directory.resolve(".stagewright/lib/libc.so.6")))
        .isEqualTo(-1);
    assertThat(copy.resolve("jre-full")).doesNotExist();
  }
}
