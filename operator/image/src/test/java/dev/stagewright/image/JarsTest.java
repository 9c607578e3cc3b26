package dev.stagewright.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JarsTest {
  private static final byte[] NOTICE = "notice".repeat(100).getBytes(StandardCharsets.UTF_8);
  private static final Jars JARS = new Jars(Instant.EPOCH.plusSeconds(1_000_000_000));

  @TempDir Path directory;
  private Path projectJar;
  private Path library;
  private Path to;

  @BeforeEach
  void createJars() throws IOException {
    to = Files.createDirectory(directory.resolve("to"));
    projectJar = jar("stagewright-a.jar", Map.of("a/Main.class", type("a.Main", "b.Used")));
    library =
        jar(
            "b.jar",
            Map.of(
                "b/Used.class", type("b.Used", "b.Inner"),
                "b/Inner.class", type("b.Inner", "java.lang.String"),
                "b/Unused.class", type("b.Unused", "b.Used"),
                "META-INF/versions/21/b/Inner.class", type("b.Inner", "b.Newer"),
                "b/Newer.class", type("b.Newer", "java.lang.String"),
                "META-INF/NOTICE", NOTICE,
                "META-INF/maven/pom.xml", NOTICE));
  }

  /** Creates a class with a field of another class. */
  private static byte[] type(String name, String field) {
    return ClassFile.of()
        .build(
            ClassDesc.of(name),
            type ->
                type.withField("f", ClassDesc.of(field), 0)
                    .withSuperclass(ConstantDescs.CD_Object));
  }

  private Path jar(String name, Map<String, byte[]> entries) throws IOException {
    var jar = directory.resolve(name);
    try (var zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      for (var entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
      }
    }
    return jar;
  }

  private List<String> names(String jar) throws IOException {
    try (var zip = new ZipFile(to.resolve(jar).toFile())) {
      return zip.stream().map(ZipEntry::getName).toList();
    }
  }

  @Test
  void keepsRequiredClasses() throws IOException {
    JARS.copyRequired(List.of(projectJar, library), to);

    assertThat(names("stagewright-a.jar")).containsExactly("a/Main.class");
    assertThat(names("b.jar"))
        .containsExactlyInAnyOrder(
            "b/Used.class",
            "b/Inner.class",
            "META-INF/versions/21/b/Inner.class",
            "b/Newer.class",
            "META-INF/NOTICE");
  }

  @Test
  void keepsAllClassesForReflection() throws IOException {
    JARS.copyAll(List.of(library), to);

    assertThat(names("b.jar")).hasSize(6).contains("b/Unused.class");
  }

  @Test
  void removesSignatures() throws IOException {
    var manifest = "Manifest-Version: 1.0\r\nMulti-Release: true\r\n\r\nName: b/Used.class\r\n";
    var signed =
        jar(
            "signed.jar",
            Map.of(
                "META-INF/MANIFEST.MF",
                manifest.getBytes(StandardCharsets.UTF_8),
                "META-INF/KEY.SF",
                NOTICE,
                "META-INF/KEY.RSA",
                NOTICE,
                "b/Used.class",
                type("b.Used", "b.Inner")));

    JARS.copyAll(List.of(signed), to);

    assertThat(names("signed.jar"))
        .containsExactlyInAnyOrder("META-INF/MANIFEST.MF", "b/Used.class");
    try (var jar = new JarFile(to.resolve("signed.jar").toFile())) {
      assertThat(jar.isMultiRelease()).isTrue();
      assertThat(jar.getManifest().getEntries()).isEmpty();
    }
  }

  @Test
  void storesUncompressedWithOneTime() throws IOException {
    JARS.copyAll(List.of(library), to);
    var once = Files.readAllBytes(to.resolve("b.jar"));
    JARS.copyAll(List.of(library), to);

    assertThat(to.resolve("b.jar")).hasBinaryContent(once);
    try (var zip = new ZipFile(to.resolve("b.jar").toFile())) {
      var notice = zip.getEntry("META-INF/NOTICE");
      assertThat(notice.getMethod()).isEqualTo(ZipEntry.STORED);
      assertThat(zip.getInputStream(notice).readAllBytes()).isEqualTo(NOTICE);
    }
  }
}
