package dev.stagewright.image;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.Utf8Entry;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The classes of some jars that others of them may ever need: a class needs whatever any of its
 * constants names, as a type or as a text. That is more than it will load, and never less.
 */
final class ClassClosure {
  private static final String SUFFIX = ".class";
  private static final Pattern DESCRIPTOR = Pattern.compile("L([\\w/$]+)[;<]");

  /** Names with slashes, of all classes in the jars, with the names of their constants. */
  private final Map<String, Set<String>> constants = new HashMap<>();

  private final Set<String> needed = new HashSet<>();
  private final Deque<String> open = new ArrayDeque<>();

  private ClassClosure() {}

  /**
   * The names, with slashes, of the classes that are needed.
   *
   * @param roots jars whose classes are all needed
   * @param libraries jars of which only part may be
   */
  static Set<String> of(List<Path> roots, List<Path> libraries) throws IOException {
    var closure = new ClassClosure();
    for (var jar : roots) {
      closure.open.addAll(closure.read(jar));
    }
    for (var jar : libraries) {
      closure.read(jar);
    }
    closure.follow();
    return closure.needed;
  }

  private Set<String> read(Path jar) throws IOException {
    var names = new HashSet<String>();
    try (var zip = new ZipFile(jar.toFile())) {
      for (var entry : zip.stream().filter(e -> e.getName().endsWith(SUFFIX)).toList()) {
        var name = className(entry.getName());
        constants.computeIfAbsent(name, _ -> new HashSet<>()).addAll(constants(zip, entry));
        names.add(name);
      }
    }
    return names;
  }

  /** The class in an entry of a jar, whatever release of Java it is for. */
  static String className(String entry) {
    var name = entry.replaceFirst("^META-INF/versions/\\d+/", "");
    return name.substring(0, name.length() - SUFFIX.length());
  }

  private static Set<String> constants(ZipFile zip, ZipEntry entry) throws IOException {
    var names = new HashSet<String>();
    try (var in = zip.getInputStream(entry)) {
      for (var constant : ClassFile.of().parse(in.readAllBytes()).constantPool()) {
        if (constant instanceof Utf8Entry utf8) {
          names.add(utf8.stringValue().replace('.', '/'));
          DESCRIPTOR
              .matcher(utf8.stringValue())
              .results()
              .forEach(type -> names.add(type.group(1)));
        }
      }
    }
    return names;
  }

  private void follow() {
    while (!open.isEmpty()) {
      var name = open.remove();
      var named = constants.get(name);
      if (named != null && needed.add(name)) {
        open.addAll(named);
      }
    }
  }
}
