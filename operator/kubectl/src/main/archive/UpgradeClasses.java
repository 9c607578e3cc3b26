import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassHierarchyResolver.ClassHierarchyInfo;
import java.lang.classfile.ClassTransform;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Copies a jar, and gives classes of Java 5 and older, such as those of picocli, stack maps: the
 * JVM stores only classes with them in its cache. The copy is not compressed, because the archive
 * compresses it better, and classes load faster.
 */
final class UpgradeClasses {
  private static final int FIRST_WITH_STACK_MAPS = 50;
  private static final int MAJOR_VERSION = 6;

  /** The arguments are the jar and its copy. */
  public static void main(String[] arguments) throws IOException {
    try (var from = new ZipFile(arguments[0]);
        var to = new ZipOutputStream(Files.newOutputStream(Path.of(arguments[1])))) {
      for (var entry : from.stream().filter(it -> !it.isDirectory()).toList()) {
        byte[] content;
        try (var in = from.getInputStream(entry)) {
          content = in.readAllBytes();
        }
        if (entry.getName().endsWith(".class") && isOld(content)) {
          content = upgrade(content, from);
        }
        store(entry.getName(), entry.getTimeLocal(), content, to);
      }
    }
  }

  private static boolean isOld(byte[] content) {
    return ((content[MAJOR_VERSION] & 0xff) << 8 | content[MAJOR_VERSION + 1] & 0xff)
        < FIRST_WITH_STACK_MAPS;
  }

  private static byte[] upgrade(byte[] content, ZipFile jar) {
    var classes =
        ClassFile.of(
            StackMapsOption.GENERATE_STACK_MAPS,
            ClassFile.ClassHierarchyResolverOption.of(resolver(jar)));
    return classes.transformClass(
        classes.parse(content),
        withNewVersion()
            // Methods whose code is not rebuilt get no stack maps.
            .andThen(ClassTransform.transformingMethodBodies((code, it) -> code.with(it))));
  }

  private static ClassTransform withNewVersion() {
    return (builder, element) -> {
      if (element instanceof ClassFileVersion) {
        builder.withVersion(ClassFile.JAVA_8_VERSION, 0);
      } else {
        builder.with(element);
      }
    };
  }

  /** Finds classes in the jar and in the JDK; of others, which are optional, nothing is known. */
  private static ClassHierarchyResolver resolver(ZipFile jar) {
    return ClassHierarchyResolver.ofResourceParsing(name -> resource(jar, name))
        .orElse(ClassHierarchyResolver.defaultResolver())
        .orElse(_ -> ClassHierarchyInfo.ofClass(ConstantDescs.CD_Object))
        .cached();
  }

  private static InputStream resource(ZipFile jar, ClassDesc name) {
    var descriptor = name.descriptorString();
    var entry = jar.getEntry(descriptor.substring(1, descriptor.length() - 1) + ".class");
    try {
      return entry == null ? null : jar.getInputStream(entry);
    } catch (IOException e) {
      return null;
    }
  }

  private static void store(String name, LocalDateTime time, byte[] content, ZipOutputStream to)
      throws IOException {
    var crc = new CRC32();
    crc.update(content);
    var stored = new ZipEntry(name);
    stored.setMethod(ZipEntry.STORED);
    stored.setSize(content.length);
    stored.setCrc(crc.getValue());
    stored.setTimeLocal(time);
    to.putNextEntry(stored);
    to.write(content);
    to.closeEntry();
  }
}
