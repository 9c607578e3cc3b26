package dev.stagewright.analysis.run;

import dev.stagewright.analysis.finding.Finding;
import dev.stagewright.analysis.image.AnalyzedImage;
import dev.stagewright.analysis.image.ImageLayer;
import dev.stagewright.analysis.image.LayerOrigin;
import dev.stagewright.analysis.layer.LayerContent;
import dev.stagewright.analysis.layer.LayerFile;
import dev.stagewright.layers.oci.ContainerConfig;
import dev.stagewright.layers.oci.ImageConfig;
import dev.stagewright.layers.oci.Platform;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Builds images like a Dockerfile. */
final class TestImage {
  private static final String GLIBC = "usr/lib/x86_64-linux-gnu/";

  private final List<List<LayerFile>> layers = new ArrayList<>(List.of(new ArrayList<>()));
  private ContainerConfig config = ContainerConfig.EMPTY;
  private Platform platform = Platform.LINUX_AMD64;
  private boolean complete = true;

  static TestImage scratch() {
    return new TestImage();
  }

  /** Statically linked busybox. */
  static TestImage busybox() {
    return scratch()
        .file("bin/busybox", TestFile.elf(TestElf.program()))
        .file("bin/sh", TestFile.elf(TestElf.program()))
        .file("bin/env", TestFile.elf(TestElf.program()))
        .file("etc/passwd", passwd())
        .file("etc/group", TestFile.text("root:x:0:\nstaff:x:50:app\n"));
  }

  /** Debian with merged /usr, and glibc 2.36. */
  static TestImage debian() {
    return scratch()
        .file("bin", TestFile.link("usr/bin"))
        .file("lib", TestFile.link("usr/lib"))
        .file("lib64", TestFile.link("usr/lib64"))
        .file("usr/lib64/ld-linux-x86-64.so.2", TestFile.link("/" + GLIBC + "ld-linux-x86-64.so.2"))
        .file(
            GLIBC + "ld-linux-x86-64.so.2",
            TestFile.elf(
                TestElf.library("ld-linux-x86-64.so.2").defines("GLIBC_2.3", "GLIBC_2.35")))
        .file(
            GLIBC + "libc.so.6",
            TestFile.elf(
                TestElf.library("libc.so.6")
                    .needs("ld-linux-x86-64.so.2")
                    .needsVersion("ld-linux-x86-64.so.2", "GLIBC_2.35")
                    .defines("GLIBC_2.2.5", "GLIBC_2.34", "GLIBC_2.36")))
        .file(GLIBC + "libm.so.6", TestFile.elf(TestElf.library("libm.so.6").needs("libc.so.6")))
        .file("usr/bin/dash", TestFile.elf(TestElf.glibcProgram()))
        .file("usr/bin/sh", TestFile.link("dash"))
        .file("usr/bin/bash", TestFile.elf(TestElf.glibcProgram()))
        .file("usr/bin/env", TestFile.elf(TestElf.glibcProgram()))
        .file("etc/passwd", passwd())
        .file("etc/ld.so.conf", TestFile.text("include /etc/ld.so.conf.d/*.conf\n"))
        .file("etc/ld.so.conf.d/libc.conf", TestFile.text("# default\n/usr/local/lib\n"))
        .file("usr/local/lib", TestFile.directory())
        .file("etc/ld.so.cache", TestFile.text(""));
  }

  /** Busybox on musl. */
  static TestImage alpine() {
    return scratch()
        .file("lib/ld-musl-x86_64.so.1", TestFile.elf(TestElf.library("libc.musl-x86_64.so.1")))
        .file("lib/libc.musl-x86_64.so.1", TestFile.link("ld-musl-x86_64.so.1"))
        .file("bin/busybox", TestFile.elf(TestElf.muslProgram()))
        .file("bin/sh", TestFile.link("/bin/busybox"))
        .file("etc/passwd", passwd());
  }

  private static TestFile passwd() {
    return TestFile.text(
        """
        root:x:0:0:root:/root:/bin/sh
        app:x:1000:1000::/home/app:/bin/sh
        """);
  }

  TestImage file(String path, TestFile file) {
    layers.getLast().add(file.at(path));
    return this;
  }

  /** Begins another layer. */
  TestImage layer() {
    layers.add(new ArrayList<>());
    return this;
  }

  TestImage entrypoint(String... command) {
    return config(it -> it.withEntrypoint(List.of(command)));
  }

  TestImage cmd(String... command) {
    return config(it -> it.withCmd(List.of(command)));
  }

  /** CMD in shell form. */
  TestImage shellForm(String command) {
    return cmd("/bin/sh", "-c", command);
  }

  TestImage user(String user) {
    return config(it -> it.withUser(user));
  }

  TestImage workdir(String directory) {
    return config(it -> it.withWorkingDir(directory));
  }

  TestImage env(String... variables) {
    return config(it -> it.withEnv(List.of(variables)));
  }

  TestImage config(UnaryOperator<ContainerConfig> change) {
    config = change.apply(config);
    return this;
  }

  TestImage platform(String text) {
    platform = Platform.parse(text);
    return this;
  }

  TestImage incomplete() {
    complete = false;
    return this;
  }

  AnalyzedImage image() {
    return AnalyzedImage.of(
        ImageConfig.scratch(platform).withConfig(config),
        layers.stream().map(this::imageLayer).toList());
  }

  private ImageLayer imageLayer(List<LayerFile> files) {
    var none = new LayerOrigin(Optional.empty(), Optional.empty(), Optional.empty(), false);
    return new ImageLayer(
        "sha256:0", 1, none, new LayerContent(files, List.of(), List.of(), complete));
  }

  StartPrediction predict() {
    return StartPrediction.of(image());
  }

  boolean runs() {
    return predict().verdict() instanceof Verdict.Runs;
  }

  boolean isUnknown() {
    return predict().verdict() instanceof Verdict.Unknown;
  }

  /** The finding because of which the image does not run. */
  Finding failure() {
    if (predict().verdict() instanceof Verdict.Fails fails) {
      return fails.finding();
    }
    throw new AssertionError("not a failure: " + predict());
  }

  /** The ids of findings that do not prevent the start. */
  List<String> notes() {
    return predict().findings().stream().map(Finding::rule).toList();
  }
}
